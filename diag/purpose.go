package diag

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
)

// forConnect tells whether a sign-in is meant for Amazon Connect: the relay
// state or a later address names it, an instance is given, the role is there
// for it, or the answers show it. It is unasked where a bare response leaves
// it open.
func forConnect(c evidence.Case) evidence.Fact[bool] {
	yes := func(why string) evidence.Fact[bool] {
		return evidence.Fact[bool]{Value: true, State: evidence.Known, Why: why}
	}
	cp := c.Capture.Value
	if cp.RelayState.State == evidence.Known && endpoint.ParseRelay(cp.RelayState.Value.Value).Target == endpoint.ToConnect {
		return yes("the relay state names Amazon Connect")
	}
	if cp.Posted != nil && endpoint.ParseACS(cp.Posted.URL).Kind == endpoint.ConnectGlobal {
		return yes("it was posted to Connect's own sign-in")
	}
	if cp.Outcome == evidence.OutcomeConnect || cp.Direct != nil {
		return yes("the capture shows Amazon Connect")
	}
	if cp.Posted != nil {
		for _, e := range cp.Exchanges {
			if !e.At.Before(cp.Posted.SentAt) && (e.Party == "connect" || endpoint.ParseRelay(e.URL).Target == endpoint.ToConnect) {
				return yes("a later address in the capture names Amazon Connect")
			}
		}
	}
	if c.Asked.Connect || c.Asked.InstanceID != "" || c.Live.Instance.State == evidence.Known {
		return yes("a Connect instance was given")
	}
	if grantsConnect(c) {
		return yes("the role is there to open Amazon Connect")
	}
	if cp.RelayState.State == evidence.Unasked {
		return evidence.Fact[bool]{Why: "nothing here tells whether it is meant for Amazon Connect"}
	}
	return evidence.Fact[bool]{State: evidence.Known, Why: "nothing in the capture names Amazon Connect"}
}

// grantsConnect reports whether the role's policies allow
// connect:GetFederationToken by name. A wildcard that happens to cover it does
// not tell what a role is for.
func grantsConnect(c evidence.Case) bool {
	if _, _, ok := claims.Read(c); !ok {
		return false
	}
	ps, ok := c.Live.Permissions.Get()
	return ok && policy.NamesConnect(ps)
}
