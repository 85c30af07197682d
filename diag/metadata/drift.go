package metadata

import (
	"slices"
	"sort"
	"strings"
	"time"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
)

// A Difference is one thing that two copies of metadata say differently.
type Difference struct {
	// What names it: "entityID", "signing certificate", ...
	What string
	// IAM and IdP are what the two say; "" where one has nothing.
	IAM, IdP string
	// AtIAM and AtIdP are the places; unknown where one has nothing.
	AtIAM, AtIdP evidence.Spot
	// Breaks tells that sign-ins fail, now or as soon as the IdP uses what
	// only it has.
	Breaks bool
	Says   string // one sentence
}

// Drift compares IAM's copy with what the IdP publishes, by meaning: order,
// white space, prefixes and the document's own signature say nothing. Of a
// federation's metadata only the entities that IAM has are compared.
func Drift(iam, idp evidence.Metadata) []Difference {
	if iam.Problem != "" || idp.Problem != "" {
		return nil
	}
	var out []Difference
	theirs := map[string]evidence.Entity{}
	var only []evidence.Entity
	for _, e := range idp.Entities {
		if e.IDPDescriptor {
			theirs[e.ID.Value] = e
			only = append(only, e)
		}
	}
	for _, a := range iam.Entities {
		if !a.IDPDescriptor {
			continue
		}
		b, ok := theirs[a.ID.Value]
		if !ok {
			d := Difference{What: "entityID", IAM: a.ID.Value, AtIAM: a.ID.At, Breaks: true, Says: "the IdP publishes no entity with the entityID that IAM has"}
			if len(only) == 1 {
				b, ok = only[0], true
				d.IdP, d.AtIdP, d.Says = b.ID.Value, b.ID.At, "the entityID differs, and IAM compares it byte for byte with the assertion's Issuer"
			}
			out = append(out, d)
		}
		if ok {
			out = append(out, compare(a, b)...)
		}
	}
	return out
}

func compare(a, b evidence.Entity) (out []Difference) {
	out = append(out, keys("signing certificate", a.Signing, b.Signing, true)...)
	out = append(out, keys("encryption certificate", a.Encryption, b.Encryption, false)...)
	if x, y := endpoints(a), endpoints(b); x != y {
		out = append(out, Difference{What: "sign-on service", IAM: x, IdP: y, AtIAM: a.At, AtIdP: b.At, Says: "the IdP's sign-on addresses differ; AWS needs them only where it starts the sign-in"})
	}
	if x, y := formats(a), formats(b); x != y {
		out = append(out, Difference{What: "NameID formats", IAM: x, IdP: y, AtIAM: a.At, AtIdP: b.At, Says: "the NameID formats on offer differ"})
	}
	if x, y := flag(a.WantAuthnRequestsSigned), flag(b.WantAuthnRequestsSigned); x != y {
		out = append(out, Difference{What: "WantAuthnRequestsSigned", IAM: x, IdP: y, AtIAM: a.At, AtIdP: b.At, Says: "whether the IdP wants requests signed differs"})
	}
	if !a.ValidUntil.Time.Equal(b.ValidUntil.Time) {
		out = append(out, Difference{What: "validUntil", IAM: until(a), IdP: until(b), AtIAM: a.ValidUntil.At, AtIdP: b.ValidUntil.At, Says: "the documents are valid until different times"})
	}
	return out
}

// keys tells the certificates that only one side has.
func keys(what string, a, b []evidence.Certificate, breaks bool) (out []Difference) {
	has := func(list []evidence.Certificate, c evidence.Certificate) bool {
		return slices.ContainsFunc(list, c.Same)
	}
	seen := map[string]bool{}
	for _, c := range b {
		if c.SHA256 != "" && !has(a, c) && !seen[c.SHA256] {
			seen[c.SHA256] = true
			out = append(out, Difference{What: what, IdP: label(c), AtIdP: c.At, Breaks: breaks, Says: "the IdP publishes a " + what + " that IAM does not have"})
		}
	}
	for _, c := range a {
		if c.SHA256 != "" && !has(b, c) && !seen[c.SHA256] {
			seen[c.SHA256] = true
			out = append(out, Difference{What: what, IAM: label(c), AtIAM: c.At, Says: "IAM has a " + what + " that the IdP no longer publishes"})
		}
	}
	return out
}

func label(c evidence.Certificate) string {
	s := c.SHA256
	if _, to, ok := certificate.Validity(c); ok {
		s += " until " + to.Format(time.DateOnly)
	}
	return s
}

func endpoints(e evidence.Entity) string {
	var out []string
	for _, s := range e.SSO {
		out = append(out, s.Binding[strings.LastIndexByte(s.Binding, ':')+1:]+" "+s.Location)
	}
	sort.Strings(out)
	return strings.Join(slices.Compact(out), ", ")
}

func formats(e evidence.Entity) string {
	var out []string
	for _, f := range e.NameIDFormats {
		out = append(out, strings.TrimSpace(f))
	}
	sort.Strings(out)
	return strings.Join(slices.Compact(out), ", ")
}

// flag reads an xs:boolean; without one it is false.
func flag(s string) string {
	if s = strings.TrimSpace(s); s == "true" || s == "1" {
		return "true"
	}
	return "false"
}

func until(e evidence.Entity) string {
	if e.ValidUntil.Time.IsZero() {
		return e.ValidUntil.Value
	}
	return e.ValidUntil.Time.Format(time.RFC3339)
}
