package catalog

import (
	"fmt"
	"net/netip"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/trail"
)

// An authentication profile lets the agent in from some addresses only.
var userIPBlocked = &rule.Rule{
	ID: "user-ip-blocked", Title: "An authentication profile blocks this address",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgConnectDenied},
	Needs:    evidence.NeedAuthProfiles | evidence.NeedTrail | evidence.NeedResponse,
	Why: "A Connect authentication profile can name addresses that agents may, or may not, sign in from. The address is that of this " +
		"assertion's own CloudTrail event.",
	Inferred: "Which profile holds for this agent is not among the evidence, so the default one is judged. Which text Connect shows is not documented.",
	Refs:     []string{"https://docs.aws.amazon.com/connect/latest/adminguide/authentication-profiles.html"},
	Check: func(c evidence.Case) []rule.Finding {
		var ip netip.Addr
		for _, e := range trail.OwnOf(c) {
			if a, err := netip.ParseAddr(e.SourceIP); err == nil {
				ip = a.Unmap()
			}
		}
		if !ip.IsValid() {
			return nil
		}
		for _, p := range c.Live.AuthProfiles.Value {
			if !p.Default {
				continue
			}
			if rng, hit := among(ip, p.BlockedIPs); hit {
				return one(ipFinding(p, ip, "blocks "+rng, rng))
			}
			if _, hit := among(ip, p.AllowedIPs); len(p.AllowedIPs) > 0 && !hit {
				return one(ipFinding(p, ip, "allows only "+list(p.AllowedIPs), strings.Join(p.AllowedIPs, ", ")))
			}
		}
		return nil
	},
	Fix: func(evidence.Case, rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Let the address in, or sign in from an allowed one", Who: rule.ConnectAdmin,
			Steps: []string{"Add the address range to the authentication profile, if agents work from there", "An agent on a VPN or at home can come from another address than usual"},
		}}
	},
}

func ipFinding(p evidence.AuthProfile, ip netip.Addr, how, want string) rule.Finding {
	at := evidence.Spot{In: evidence.InInstance, Path: p.ID}
	return rule.Finding{
		At: at, Inferred: true,
		Summary:  fmt.Sprintf("The sign-in came from %s, and the authentication profile %s %s", ip, quote(p.Name), how),
		Evidence: []rule.Exhibit{{What: "address", At: at, Saw: ip.String(), Want: want}},
	}
}

// among returns the range that holds an address.
func among(ip netip.Addr, ranges []string) (string, bool) {
	for _, r := range ranges {
		if p, err := netip.ParsePrefix(r); err == nil && p.Contains(ip) {
			return r, true
		}
		if a, err := netip.ParseAddr(r); err == nil && a.Unmap() == ip {
			return r, true
		}
	}
	return "", false
}
