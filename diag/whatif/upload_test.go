package whatif

import (
	"strings"
	"testing"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// TestAnUploadIsTriedWithWhatIsAtHand: the IdP's metadata where it was given,
// else the response's own certificate, and never one that IAM has already.
func TestAnUploadIsTriedWithWhatIsAtHand(t *testing.T) {
	cert := func(n string) evidence.Certificate {
		return evidence.Certificate{SHA256: "SHA:" + n, SPKI: "key-" + n, DER: []byte(n)}
	}
	held := func(cs ...evidence.Certificate) evidence.Fact[evidence.Provider] {
		return evidence.Have(evidence.Provider{Metadata: evidence.Metadata{Entities: []evidence.Entity{{Signing: cs}}}}, "iam")
	}
	carries := func(cs ...evidence.Certificate) evidence.Fact[evidence.Response] {
		return evidence.Have(evidence.Response{Signatures: []evidence.Signature{{Certificates: cs}}}, "capture")
	}
	given := evidence.Have(evidence.Metadata{Entities: []evidence.Entity{{Signing: []evidence.Certificate{cert("new")}}}}, "okta.xml")
	for name, x := range map[string]struct {
		c    evidence.Case
		want string // keys that IAM would hold; "" for nothing to try
		says string
	}{
		"given":      {evidence.Case{Response: carries(cert("x")), Live: evidence.Live{Provider: held(cert("old")), IdPMetadata: given}}, "key-new", "IdP's metadata"},
		"carried":    {evidence.Case{Response: carries(cert("old"), cert("new")), Live: evidence.Live{Provider: held(cert("old"))}}, "key-old key-new", "SHA:new"},
		"held":       {evidence.Case{Response: carries(cert("old")), Live: evidence.Live{Provider: held(cert("old"))}}, "", ""},
		"none":       {evidence.Case{Response: carries(), Live: evidence.Live{Provider: held(cert("old"))}}, "", ""},
		"not asked":  {evidence.Case{Response: carries(cert("new"))}, "", ""},
		"no entity":  {evidence.Case{Response: carries(cert("new")), Live: evidence.Live{Provider: evidence.Have(evidence.Provider{}, "iam")}}, "", ""},
		"unreadable": {evidence.Case{Response: carries(evidence.Certificate{SHA256: "SHA:?"}), Live: evidence.Live{Provider: held(cert("old"))}}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(x.c.Live.Provider.Value.Metadata.Signing())
			p, ok := FromFix(diag.Diagnosis{Case: x.c}, rule.Fix{Uploads: true})
			if ok != (x.want != "") {
				t.Fatalf("%v, %+v", ok, p)
			}
			if !ok {
				return
			}
			c, placed := p.in(x.c)
			var keys []string
			for _, s := range c.Live.Provider.Value.Metadata.Signing() {
				keys = append(keys, s.SPKI)
			}
			if got := strings.Join(keys, " "); got != x.want {
				t.Errorf("IAM would hold %s, want %s", got, x.want)
			}
			if len(placed) != 1 || !strings.Contains(placed[0], x.says) {
				t.Errorf("says %q", placed)
			}
			if n := len(x.c.Live.Provider.Value.Metadata.Signing()); n != before {
				t.Error("the evidence itself was changed")
			}
		})
	}
}
