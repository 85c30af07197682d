package demo

// Incidents are all of them: the three case studies first, then the common
// ones, then those that are hard to see.
func Incidents() []Incident {
	return []Incident{
		monday, capitals, sydney,
		localPart, newAgent, noPermission, regional, tags, clock, renamed, typo, tenant, wrongInstance, relay, deadLink, mfa, console, healthy,
	}
}
