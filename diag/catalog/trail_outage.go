package catalog

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/trail"
)

// Successes have fallen to zero: the dependable sign of an outage.
var trailOutage = &rule.Rule{
	ID: "trail-outage", Title: "Sign-ins through this provider have stopped succeeding",
	Hop: evidence.HopSTS, Whole: true, Severity: rule.Error,
	Needs: evidence.NeedTrail,
	Uses:  evidence.NeedResponse | evidence.NeedTime,
	Why: "CloudTrail shows sign-ins through this provider succeeding, and from some moment on none. That tells an outage of everybody " +
		"from one person's trouble. Since failures may not be logged, the end of the successes is the dependable sign.",
	Refs: []string{pageTrailSTS},
	Check: func(c evidence.Case) []rule.Finding {
		mine := ownProviders(c)
		var out []rule.Finding
		for _, o := range trail.Outages(c.Live.Trail.Value, c.AsOf.At) {
			if len(mine) > 0 && !slices.Contains(mine, o.Provider) {
				continue
			}
			at := evidence.Spot{In: evidence.InTrail, Path: o.LastGood.ID}
			f := rule.Finding{At: at, Evidence: []rule.Exhibit{{What: "last success", At: at, Saw: stamp(o.LastGood.Time)}}}
			if o.Silent {
				// Likelihood only: the events may end before the sign-ins do.
				f.Severity = rule.Warning
				f.Summary = fmt.Sprintf("No sign-in through %s has been logged since %s, where one every %s was usual", quote(last(o.Provider)), stamp(o.LastGood.Time), span(o.Usual))
			} else {
				bad := evidence.Spot{In: evidence.InTrail, Path: o.FirstBad.ID}
				f.Also = []evidence.Spot{bad}
				f.Summary = fmt.Sprintf("%s through %s failed since %s and none succeeded: %s hit; the last success was %s",
					count(o.Failures, "sign-in", "sign-ins"), quote(last(o.Provider)), stamp(o.FirstBad.Time), count(len(o.Users), "user is", "users are"), stamp(o.LastGood.Time))
				f.Evidence = append(f.Evidence, rule.Exhibit{What: "first failure", At: bad, Saw: strings.TrimSpace(stamp(o.FirstBad.Time) + " " + o.FirstBad.ErrorCode + " " + o.FirstBad.ErrorMessage)})
				if c.Response.State == evidence.Known && (!c.AsOf.Known() || !c.AsOf.At.After(o.LastGood.Time)) {
					f.Severity = rule.Warning // this sign-in is not known to be part of it
				}
			}
			out = append(out, f)
		}
		return out
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Find what changed between the last success and the first failure", Who: rule.Caller,
			Steps: []string{"Look at the errors of the failures, and at changes to the provider, the role and the IdP in between", "Capture one failing sign-in as a HAR and open it beside the trail"},
		}}
	},
}

// ownProviders are the names that CloudTrail has for the providers of this
// sign-in: ARNs, and the name qualifiers where an event names no provider.
func ownProviders(c evidence.Case) []string {
	cl, a, ok := claims.Read(c)
	if !ok {
		return nil
	}
	var out []string
	for _, p := range cl.Candidates(c) {
		if p.OK {
			out = append(out, p.ProviderARN, evidence.NameQualifier(asJudged(c, a.Issuer.Value), p.Provider.Account, p.Provider.Name()))
		}
	}
	return out
}
