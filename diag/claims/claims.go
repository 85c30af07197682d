// Package claims reads from an assertion what AWS reads from it: role pairs,
// role session name, duration, tags and source identity.
//
// It takes values as they are sent and only separates them; whether AWS would
// accept them is for the rules to say. The names are those of "Configure SAML
// assertions for the authentication response" in the IAM User Guide; the China
// Regions' documents spell them with www.amazonaws.cn.
package claims

import (
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// A Name is the last part of an AWS attribute's name.
type Name string

// The attributes that AWS reads.
const (
	Role              Name = "Role"
	RoleSessionName   Name = "RoleSessionName"
	SessionDuration   Name = "SessionDuration"
	SourceIdentity    Name = "SourceIdentity"
	PrincipalTag      Name = "PrincipalTag" // followed by ":" and the tag's key
	TransitiveTagKeys Name = "TransitiveTagKeys"
)

// The prefixes of AWS attribute names. Names mind case.
const (
	Prefix      = "https://aws.amazon.com/SAML/Attributes/"
	ChinaPrefix = "https://www.amazonaws.cn/SAML/Attributes/"
	// chinaPlain is the form without TLS that older China documents show.
	chinaPlain = "http://www.amazonaws.cn/SAML/Attributes/"
)

// Names returns the names that AWS knows, PrincipalTag without its key.
func Names() []Name {
	return []Name{Role, RoleSessionName, SessionDuration, SourceIdentity, PrincipalTag, TransitiveTagKeys}
}

// Full is the name as an assertion has to spell it.
func (n Name) Full() string { return Prefix + string(n) }

// Cut returns what follows an AWS prefix in an attribute's name.
func Cut(attribute string) (rest string, ok bool) {
	for _, p := range []string{Prefix, ChinaPrefix, chinaPlain} {
		if rest, ok := strings.CutPrefix(attribute, p); ok {
			return rest, true
		}
	}
	return "", false
}

// Claims are an assertion's AWS attributes.
type Claims struct {
	// Pairs has one entry for each value of every Role attribute.
	Pairs []Pair
	// The attributes of each name, in document order.
	Role, SessionName, Duration, Source, Transitive []evidence.Attribute
	Tags                                            []Tag
}

// A Pair is one value of the Role attribute.
type Pair struct {
	Value evidence.Value
	// Role and Provider are the two ARNs, trimmed of white space around the
	// comma; as written where they are no ARNs.
	RoleARN, ProviderARN string
	Role, Provider       endpoint.ARN
	// Swapped tells the order provider,role. AWS documents role,provider.
	Swapped bool
	// OK tells that it is a role and a provider, whatever white space stands
	// around them.
	OK bool
}

// A Tag is one PrincipalTag attribute.
type Tag struct {
	Key       string
	Attribute evidence.Attribute
}

// Of reads an assertion's claims.
func Of(a evidence.Assertion) Claims {
	var c Claims
	for _, at := range a.Attributes {
		rest, ok := Cut(at.Name.Value)
		if !ok {
			continue
		}
		key, isTag := strings.CutPrefix(rest, string(PrincipalTag)+":")
		switch {
		case isTag:
			c.Tags = append(c.Tags, Tag{key, at})
		case rest == string(Role):
			c.Role = append(c.Role, at)
			for _, v := range at.Values {
				c.Pairs = append(c.Pairs, Split(v))
			}
		case rest == string(RoleSessionName):
			c.SessionName = append(c.SessionName, at)
		case rest == string(SessionDuration):
			c.Duration = append(c.Duration, at)
		case rest == string(SourceIdentity):
			c.Source = append(c.Source, at)
		case rest == string(TransitiveTagKeys):
			c.Transitive = append(c.Transitive, at)
		}
	}
	return c
}

// Read reads the claims of the case's first assertion. It reports false where
// no assertion can be read.
func Read(c evidence.Case) (Claims, evidence.Assertion, bool) {
	r, ok := c.Response.Get()
	if !ok {
		return Claims{}, evidence.Assertion{}, false
	}
	a, ok := r.First()
	if !ok {
		return Claims{}, a, false
	}
	return Of(a), a, true
}

// Split takes one Role value apart.
func Split(v evidence.Value) Pair {
	p := Pair{Value: v}
	one, two, found := strings.Cut(v.Value, ",")
	p.RoleARN, p.ProviderARN = trim(one), trim(two)
	if !found || strings.Contains(two, ",") {
		return p
	}
	a, okA := endpoint.ParseARN(p.RoleARN)
	b, okB := endpoint.ParseARN(p.ProviderARN)
	if okA && okB && a.IsProvider() && b.IsRole() {
		p.Swapped = true
		p.RoleARN, p.ProviderARN, a, b = p.ProviderARN, p.RoleARN, b, a
	}
	p.Role, p.Provider = a, b
	p.OK = okA && okB && a.IsRole() && b.IsProvider()
	return p
}

// trim removes XML white space, which viewers and IdPs add around values.
func trim(s string) string { return strings.Trim(s, " \t\r\n") }

// First returns the first value among attributes, as sent.
func First(as []evidence.Attribute) (evidence.Value, bool) {
	for _, a := range as {
		if len(a.Values) > 0 {
			return a.Values[0], true
		}
	}
	return evidence.Value{}, false
}

// Name returns the role session name as AWS is sent it; "" without one.
func (c Claims) Name() string {
	v, _ := First(c.SessionName)
	return v.Value
}

// NameIn returns the role session name as it is to be compared in case ec:
// trimmed of XML white space where the capture is XML that a viewer laid out
// anew, since then white space is the viewer's.
func (c Claims) NameIn(ec evidence.Case) string {
	if r, ok := ec.Response.Get(); ok && r.LaidOut() {
		return trim(c.Name())
	}
	return c.Name()
}

// Chosen returns the pair to judge: the role picked on AWS's role picker, else
// the one of this assertion's own CloudTrail event, else the one asked for,
// else the only one. It reports false where several remain.
func (c Claims) Chosen(ec evidence.Case) (Pair, bool) {
	var want []string
	if cp, ok := ec.Capture.Get(); ok && cp.PickedRole != "" {
		want = append(want, cp.PickedRole)
	}
	if arn := ownRole(ec); arn != "" {
		want = append(want, arn)
	}
	if ec.Asked.Role != "" {
		want = append(want, ec.Asked.Role)
	}
	for _, w := range want {
		for _, p := range c.Pairs {
			if p.RoleARN == w {
				return p, true
			}
		}
	}
	distinct := c.distinct()
	if len(distinct) == 1 {
		return distinct[0], true
	}
	return Pair{}, false
}

// distinct returns the pairs without repetition, well-formed ones if any.
func (c Claims) distinct() []Pair {
	var out, ok []Pair
	seen := map[string]bool{}
	for _, p := range c.Pairs {
		k := p.RoleARN + "," + p.ProviderARN
		if seen[k] {
			continue
		}
		seen[k] = true
		out = append(out, p)
		if p.OK {
			ok = append(ok, p)
		}
	}
	if len(ok) > 0 {
		return ok
	}
	return out
}

// Candidates returns the pairs to judge: the chosen one, or all well-formed
// ones where none was chosen (a hop then fails only if all of them fail).
func (c Claims) Candidates(ec evidence.Case) []Pair {
	if p, ok := c.Chosen(ec); ok {
		return []Pair{p}
	}
	return c.distinct()
}

// ownRole is the role ARN of the CloudTrail event that carries this
// assertion's ID; "" where none is known.
func ownRole(ec evidence.Case) string {
	r, ok := ec.Response.Get()
	if !ok {
		return ""
	}
	a, ok := r.First()
	if !ok || a.ID.Value == "" {
		return ""
	}
	for _, e := range ec.Live.Trail.Value {
		if e.AssertionID == a.ID.Value && e.RoleARN != "" {
			return e.RoleARN
		}
	}
	return ""
}
