package proof

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestOthersDoNotMatter puts other people beside the agent: in the roster, in
// CloudTrail, and other providers, roles and policies in the account.
func TestOthersDoNotMatter(t *testing.T) {
	t.Parallel()
	for _, x := range situations() {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			but := []string{"trail-silent", "trail-event"}
			want := x.make(t).check(t).essence(but...)
			// The nearest names are in the fix where the user is missing.
			want.Fix = ""
			rapid.Check(t, func(r *rapid.T) {
				s := x.make(t)
				people := rapid.SliceOfNDistinct(rapid.StringMatching(`z[a-z]{4,9}\.[q-z]{6,12}`), 0, 60, rapid.ID[string]).Draw(r, "people")
				var others []object
				for i, p := range people {
					u := usersOf(p + "@northwind.example")[0]
					u["Id"] = fmt.Sprintf("%08d-aaaa-4bbb-8ccc-0123456789ab", i)
					others = append(others, u)
				}
				s.users = rapid.Permutation(append(others, s.users...)).Draw(r, "roster")
				var es []object
				for i, p := range people {
					at := morning.Add(-time.Duration(rapid.IntRange(10, 600).Draw(r, "minutes")) * time.Minute)
					e := s.event(fmt.Sprintf("idz%d", i), p+"@northwind.example", at, "")
					if rapid.Bool().Draw(r, "another provider") {
						e["requestParameters"].(object)["principalArn"] = strings.Replace(providerARN, "Okta", "PartnerPortal", 1)
						e["errorCode"], e["errorMessage"] = "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"
					}
					es = append(es, e)
				}
				if len(es) > 0 {
					s.events(rapid.Permutation(es).Draw(r, "events")...)
				}
				for range rapid.IntRange(0, 8).Draw(r, "providers") {
					s.providers = append(s.providers, "arn:aws:iam::"+account+":saml-provider/"+rapid.StringMatching(`[A-Z][a-z]{8,12}`).Draw(r, "provider"))
				}
				s.providers = rapid.Permutation(s.providers).Draw(r, "order")
				got := s.check(t).essence(but...)
				got.Fix = ""
				if fmt.Sprint(got) != fmt.Sprint(want) {
					r.Errorf("%+v, want %+v", got, want)
				}
			})
		})
	}
}

// TestTheOrderOfFlagsDoesNotMatter expects the same report, byte for byte.
func TestTheOrderOfFlagsDoesNotMatter(t *testing.T) {
	t.Parallel()
	for _, x := range situations() {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			s := x.make(t)
			s.events(s.event("idother", "tom.baker@northwind.example", morning.Add(-time.Minute), ""))
			capture, evidence := s.write(t)
			want := check(t, s.now, append(flags(evidence), capture)...)
			rapid.Check(t, func(r *rapid.T) {
				shuffled := rapid.Permutation(evidence).Draw(r, "flags")
				args := flags(shuffled)
				at := 2 * rapid.IntRange(0, len(shuffled)).Draw(r, "where the capture stands")
				args = append(append(append([]string{}, args[:at]...), capture), args[at:]...)
				if got := check(t, s.now, args...); got.out != want.out || got.err != want.err || got.code != want.code {
					r.Errorf("%q: exit %d, %s\nwant\n%s", args, got.code, got.out, want.out)
				}
			})
		})
	}
}

// TestTakingEvidenceAway tries every selection of the evidence. Less of it
// never makes a healthy sign-in broken nor an unknown one healthy; a broken one
// keeps its cause or becomes unknown, and with all of it back all is as it was.
func TestTakingEvidenceAway(t *testing.T) {
	t.Parallel()
	for n, x := range situations() {
		if n%every != 0 {
			continue
		}
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			s := x.make(t)
			capture, evidence := s.write(t)
			type answer struct{ state, rule string }
			all := 1<<len(evidence) - 1
			got := make([]answer, all+1)
			for set := range got {
				var some []given
				for i, g := range evidence {
					if set&(1<<i) != 0 {
						some = append(some, g)
					}
				}
				c := check(t, s.now, append(flags(some), capture)...).last()
				c.wellFormed(t)
				got[set] = answer{c.Verdict.State, c.Verdict.Rule}
			}
			full := got[all]
			for set, a := range got {
				if a.state == "broken" && a != full {
					t.Errorf("with %06b it is %v, with all of it %v", set, a, full)
				}
				for i := range evidence {
					switch more := got[set|1<<i]; {
					case a.state == "healthy" && more.state == "unknown", a.state == "broken" && more != a:
						t.Errorf("with %06b it is %v, with %s beside it %v", set, a, evidence[i].flag, more)
					case a.state == "healthy" && full.state == "broken":
						t.Errorf("with %06b it is healthy, with all of it %v", set, full)
					}
				}
			}
		})
	}
}
