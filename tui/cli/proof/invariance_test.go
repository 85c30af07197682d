package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.com/samlens/awsx/emulator/idp"
)

// An essence is what must not change where only what does not matter does.
type essence struct {
	State, Rule, Hop, Chain, Fix string
	Findings                     []string
}

// essence leaves out the findings of some rules.
func (o outcome) essence(but ...string) essence {
	c := o.last()
	e := essence{State: c.Verdict.State, Rule: c.Verdict.Rule, Hop: c.Verdict.Hop, Chain: c.states()}
	for i, f := range c.Findings {
		if i == 0 && f.Fix != nil && c.Verdict.Rule != "" {
			e.Fix = f.Fix.Summary
		}
		if !slices.Contains(but, f.Rule) {
			e.Findings = append(e.Findings, f.Severity+" "+f.Rule)
		}
	}
	return e
}

// A situation is a sign-in to be varied: the healthy one, or one broken at a
// hop.
type situation struct {
	name   string
	change func(testing.TB, *signIn)
}

// situations are the healthy sign-in and a broken one for each hop from signin
// on, by the mutations of the same name.
func situations() []situation {
	out := []situation{{"healthy", func(testing.TB, *signIn) {}}}
	for _, id := range []string{"role-whitespace", "certificate-rotated", "issuer-mismatch", "session-name-missing", "redeemed-late", "trust-condition", "federation-resource-mismatch", "user-case-mismatch", "user-not-found"} {
		all := mutations()
		i := slices.IndexFunc(all, func(m mutation) bool { return m.rule == id })
		out = append(out, situation{id, all[i].change})
	}
	return out
}

func (x situation) make(t testing.TB) *signIn {
	s := healthy(t)
	x.change(t, s)
	return s
}

// A variation changes something that does not matter. bare marks forms that do
// not show where the response was posted.
type variation struct {
	name   string
	bare   bool
	but    []string // findings that may come or go
	change func(testing.TB, *signIn)
}

var attributeElement = regexp.MustCompile(`(?s)<saml2:Attribute .*?</saml2:Attribute>`)

// writings are other ways to write the same response, all before it is signed.
func writings() []variation {
	before := func(name string, edit func(string) string) variation {
		return variation{name: name, change: func(_ testing.TB, s *signIn) { s.assertion = append(s.assertion, edit) }}
	}
	return []variation{
		before("order of the attributes", func(a string) string {
			all := attributeElement.FindAllString(a, -1)
			return attributeElement.ReplaceAllStringFunc(a, func(string) string {
				last := all[len(all)-1]
				all = all[:len(all)-1]
				return last
			})
		}),
		before("order of the XML attributes", func(a string) string {
			return regexp.MustCompile(`<saml2:Assertion (xmlns:saml2="[^"]*") (ID="[^"]*") (IssueInstant="[^"]*")`).ReplaceAllString(a, "<saml2:Assertion $3 $2 $1")
		}),
		before("prefix", func(a string) string {
			return strings.NewReplacer("<saml2:", "<a:", "</saml2:", "</a:", "xmlns:saml2=", "xmlns:a=").Replace(a)
		}),
		before("default namespace", func(a string) string {
			return strings.NewReplacer("<saml2:", "<", "</saml2:", "</", "xmlns:saml2=", "xmlns=").Replace(a)
		}),
		before("single quotes", func(a string) string {
			return regexp.MustCompile(`="([^"']*)"`).ReplaceAllString(a, "='$1'")
		}),
		before("layout", func(a string) string { return strings.ReplaceAll(a, "><", ">\n\t  <") }),
		before("layout of another system", func(a string) string { return strings.ReplaceAll(a, "><", ">&#13;\n<") }),
		before("CDATA", func(a string) string {
			return strings.ReplaceAll(a, ">28800<", "><![CDATA[28800]]><")
		}),
		before("character references", func(a string) string { return strings.ReplaceAll(a, ">28800<", ">2&#56;&#x38;00<") }),
		before("comment in a value", func(a string) string { return strings.ReplaceAll(a, ">28800<", ">288<!-- in seconds -->00<") }),
		{name: "envelope's prefix", change: func(_ testing.TB, s *signIn) {
			s.signed = append(s.signed, func(doc string) string { return strings.ReplaceAll(doc, "saml2p", "samlp") })
		}},
		{name: "XML declaration", change: func(_ testing.TB, s *signIn) {
			s.signed = append(s.signed, func(doc string) string { return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + doc })
		}},
		{name: "both signed", change: func(_ testing.TB, s *signIn) {
			if len(s.assertion) == 0 && s.response.Signed == idp.Assertion {
				s.response.Signed = idp.Both
			}
		}},
		{name: "encrypted to a key that is given", change: func(t testing.TB, s *signIn) {
			encrypted(t, s, "sp")
			s.args = append(s.args, "--key", "../../../testdata/keys/sp.key")
		}},
		{name: "another ID", change: func(_ testing.TB, s *signIn) { s.response.ID, s.response.AssertionID = "_1", "_2" }},
	}
}

// transports are the forms in which people send the same sign-in.
func transports() []variation {
	browser := func(name string, b idp.Browser) variation {
		return variation{name: name, change: func(_ testing.TB, s *signIn) { s.visit.Browser = b }}
	}
	out := []variation{
		browser("Chrome", idp.Chrome), browser("Firefox", idp.Firefox), browser("Safari", idp.Safari), browser("Playwright", idp.Playwright),
		{name: "Firefox without text", but: []string{"capture-repaired"}, change: func(_ testing.TB, s *signIn) {
			s.visit.Browser = idp.Firefox
			s.har = append(s.har, func(har object) { request(har)["postData"].(object)["text"] = "" })
		}},
		{name: "without bodies", change: func(_ testing.TB, s *signIn) { s.har = append(s.har, quiet) }},
		{name: "minified", change: func(_ testing.TB, s *signIn) {
			s.raw = func(h []byte) []byte { return []byte(regexp.MustCompile(`\n\s*`).ReplaceAllString(string(h), "")) }
		}},
		{name: "byte order mark", change: func(_ testing.TB, s *signIn) {
			s.raw = func(h []byte) []byte { return append([]byte("\xef\xbb\xbf"), h...) }
		}},
	}
	for _, d := range dresses() {
		out = append(out, variation{name: d.name, bare: d.bare, but: []string{"capture-repaired"}, change: func(_ testing.TB, s *signIn) {
			acs, relay := s.visit.Answer.URL, s.visit.RelayState
			s.dress = func(doc []byte) []byte { return d.wear(doc, acs, relay) }
		}})
	}
	return out
}

// TestWhatDoesNotMatter varies every situation and expects the same answer.
func TestWhatDoesNotMatter(t *testing.T) {
	t.Parallel()
	post := regexp.MustCompile(` post=(verified|inferred)`)
	for n, x := range situations() {
		dated := func(t testing.TB, v variation) *signIn {
			s := x.make(t)
			s.args = append(s.args, "--as-of", s.visit.At.Format(time.RFC3339))
			v.change(t, s)
			return s
		}
		want := dated(t, variation{change: func(testing.TB, *signIn) {}}).check(t)
		for i, v := range append(writings(), transports()...) {
			if (i+n)%every != 0 {
				continue
			}
			t.Run(x.name+"/"+v.name, func(t *testing.T) {
				t.Parallel()
				a, b := want.essence(v.but...), dated(t, v).check(t)
				e := b.essence(v.but...)
				if v.bare {
					a.Chain, e.Chain = post.ReplaceAllString(a.Chain, " post"), post.ReplaceAllString(e.Chain, " post")
				}
				if fmt.Sprint(a) != fmt.Sprint(e) || b.err != "" || b.code != want.code {
					t.Errorf("exit %d\n%+v, want\n%+v\n%s %v", b.code, e, a, b.err, b.last().Verdict.Summary)
				}
			})
		}
	}
}

// TestTheDayDoesNotMatter moves every instant together.
func TestTheDayDoesNotMatter(t *testing.T) {
	t.Parallel()
	for _, x := range situations() {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			want := x.make(t).check(t).essence()
			rapid.Check(t, func(r *rapid.T) {
				by := time.Duration(rapid.IntRange(0, 5*365*24*3600).Draw(r, "seconds")) * time.Second
				s := x.make(t)
				s.move(by)
				if got := s.check(t).essence(); fmt.Sprint(got) != fmt.Sprint(want) {
					r.Errorf("%s later: %+v, want %+v", by, got, want)
				}
			})
		})
	}
}
