package trail

import (
	"cmp"
	"slices"

	"example.com/samlens/diag/evidence"
)

// Merge joins lists of events into one, newest first, each event once: log
// files may hold an event twice, and several Regions and pages the same one.
// Events without an ID are all kept. Lists are left as they were.
func Merge(lists ...[]evidence.TrailEvent) []evidence.TrailEvent {
	n := 0
	for _, l := range lists {
		n += len(l)
	}
	out := make([]evidence.TrailEvent, 0, n)
	seen := make(map[string]bool, n)
	for _, l := range lists {
		for _, e := range l {
			if e.ID != "" {
				if seen[e.ID] {
					continue
				}
				seen[e.ID] = true
			}
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.TrailEvent) int {
		return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Own returns the events of this sign-in: the AssumeRoleWithSAML events whose sAMLAssertionID is one
// of ids. Give it the IDs of the assertion and of the response, for which of
// them AWS logs is not documented.
func Own(events []evidence.TrailEvent, ids ...string) []evidence.TrailEvent {
	var out []evidence.TrailEvent
	for _, e := range events {
		if e.Name == "AssumeRoleWithSAML" && e.AssertionID != "" && slices.Contains(ids, e.AssertionID) {
			out = append(out, e)
		}
	}
	return out
}

// OwnOf returns the events of a case's own assertion.
func OwnOf(c evidence.Case) []evidence.TrailEvent {
	r, ok := c.Response.Get()
	if !ok {
		return nil
	}
	a, _ := r.First()
	return Own(c.Live.Trail.Value, a.ID.Value, r.ID.Value)
}

// Qualifier computes userIdentity.identityProvider of a SAML sign-in from the
// issuer, the account's number and the provider's name. With it an event can
// be led back to a provider and issuer.
func Qualifier(issuer, account, provider string) string {
	return evidence.NameQualifier(issuer, account, provider)
}
