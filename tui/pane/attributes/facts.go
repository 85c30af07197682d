package attributes

import (
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
)

// A fact is one row: a value of the assertion, and what AWS makes of it.
type fact struct {
	group, name, value, means string
	sent                      string // the attribute's Name, as it was sent; "" for what is no attribute
	spot                      evidence.Spot
	lacking                   bool // AWS asks for it and it is not there
	extra                     bool // AWS does not read it
}

// id tells facts apart as long as the assertion is the same.
func (f fact) id() string { return f.group + "/" + f.name + f.spot.Path }

// The groups, in order.
const (
	reads  = "WHAT AWS READS"
	frame  = "SUBJECT AND CONDITIONS"
	ignore = "NOT READ BY AWS"
)

// facts lists what a sign-in's assertion says.
func facts(d diag.Diagnosis) []fact {
	cl, a, ok := claims.Read(d.Case)
	if !ok {
		return nil
	}
	var out []fact
	add := func(f fact) { out = append(out, f) }
	for _, n := range claims.Names() {
		as := attributesOf(cl, n)
		if len(as) == 0 && (n == claims.Role || n == claims.RoleSessionName) {
			add(fact{group: reads, name: string(n), means: meaning(string(n)), lacking: true})
		}
		for _, at := range as {
			rest, _ := claims.Cut(at.Name.Value)
			out = append(out, values(reads, rest, meaning(string(n)), at)...)
		}
	}
	text := func(name, means string, t evidence.Text) {
		if t.Present {
			add(fact{group: frame, name: name, value: t.Value, means: means, spot: t.At})
		}
	}
	text("Issuer", "has to equal the entityID of the IAM provider's metadata", a.Issuer)
	if s := a.Subject; s != nil {
		text("NameID", "shown as the user name in CloudTrail; not the Connect user", s.NameID)
		text("NameID format", "", s.Format)
		for _, c := range s.Confirmations {
			text("Recipient", "the address of AWS sign-in; the trust policy sees it as SAML:aud", c.Recipient)
			text("Confirmed until", "the response has to be redeemed before", c.NotOnOrAfter.Text)
			text("InResponseTo", "", c.InResponseTo)
		}
	}
	for _, r := range a.Audiences {
		for _, t := range r {
			text("Audience", "whom the assertion is for", t)
		}
	}
	text("Issued", "AWS takes a response for 5 minutes from here", a.IssueInstant.Text)
	text("Not before", "", a.NotBefore.Text)
	text("Not on or after", "", a.NotOnOrAfter.Text)
	for _, s := range a.Authn {
		text("Session ends", "the IdP's own session", s.SessionNotOnOrAfter.Text)
	}
	text("Destination", "", d.Case.Response.Value.Destination)
	for _, at := range a.Attributes {
		if rest, ok := claims.Cut(at.Name.Value); ok && meaning(strings.SplitN(rest, ":", 2)[0]) != "" {
			continue
		}
		for _, f := range values(ignore, at.Name.Value, "", at) {
			f.extra = true
			add(f)
		}
	}
	return out
}

// values are the rows of one attribute, one for each value.
func values(group, name, means string, at evidence.Attribute) []fact {
	if len(at.Values) == 0 {
		return []fact{{group: group, name: name, means: means, sent: at.Name.Value, spot: at.At}}
	}
	out := make([]fact, len(at.Values))
	for i, v := range at.Values {
		out[i] = fact{group: group, name: name, value: v.Value, means: means, sent: at.Name.Value, spot: v.At}
		if !v.At.Known() {
			out[i].spot = at.At
		}
	}
	return out
}

func attributesOf(c claims.Claims, n claims.Name) []evidence.Attribute {
	switch n {
	case claims.Role:
		return c.Role
	case claims.RoleSessionName:
		return c.SessionName
	case claims.SessionDuration:
		return c.Duration
	case claims.SourceIdentity:
		return c.Source
	case claims.TransitiveTagKeys:
		return c.Transitive
	case claims.PrincipalTag:
		out := make([]evidence.Attribute, len(c.Tags))
		for i, t := range c.Tags {
			out[i] = t.Attribute
		}
		return out
	}
	return nil
}

// meaning says what AWS does with an attribute; "" for one it does not read.
func meaning(name string) string {
	switch claims.Name(name) {
	case claims.Role:
		return "role ARN, provider ARN: which role, by which provider"
	case claims.RoleSessionName:
		return "the Connect user name, compared with its case"
	case claims.SessionDuration:
		return "seconds, 900 to 43200"
	case claims.SourceIdentity:
		return "kept through role chaining"
	case claims.PrincipalTag:
		return "a session tag; the trust policy has to allow sts:TagSession"
	case claims.TransitiveTagKeys:
		return "tags that stay through role chaining"
	}
	return ""
}
