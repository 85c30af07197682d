package emulator

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml/xmlenc"
)

const (
	nsProtocol  = "urn:oasis:names:tc:SAML:2.0:protocol"
	nsAssertion = "urn:oasis:names:tc:SAML:2.0:assertion"
	success     = "urn:oasis:names:tc:SAML:2.0:status:Success"
)

// Attribute names begin with one of these; the second is China's.
var attributePrefixes = []string{"https://aws.amazon.com/SAML/Attributes/", "https://www.amazonaws.cn/SAML/Attributes/"}

// claims are what an assertion says, as far as STS reads it.
type claims struct {
	id, issuer          string
	subject, format     string // the NameID; subject empty where there is none
	recipient           string
	confirmations       int
	audiences           [][]string // one list a restriction; all restrictions count
	issued              time.Time
	notBefore, notAfter time.Time // of Conditions and SubjectConfirmationData, the stricter
	confirmedUntil      time.Time // NotOnOrAfter of SubjectConfirmationData
	sessionUntil        time.Time // SessionNotOnOrAfter
	attributes          map[string][]string
	attributeNames      []string // in order

}

var errUnreadable = errors.New("not a SAML response")

// decodeResponse reads the base64 of a form or an API call. Line breaks are
// tolerated as IdPs wrap; anything else is not base64 to STS.
func decodeResponse(text string) ([]byte, error) {
	return base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
}

func parseResponse(b []byte) (*etree.Element, error) {
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(b); err != nil {
		return nil, errUnreadable
	}
	root := doc.Root()
	if root == nil || root.Tag != "Response" || root.NamespaceURI() != nsProtocol {
		return nil, errUnreadable
	}
	return root, nil
}

// children returns the direct children of a name. Only those count: an
// assertion hidden deeper is how signatures are wrapped.
func children(e *etree.Element, ns, tag string) []*etree.Element {
	var out []*etree.Element
	for _, c := range e.ChildElements() {
		if c.Tag == tag && c.NamespaceURI() == ns {
			out = append(out, c)
		}
	}
	return out
}

func child(e *etree.Element, ns, tag string) *etree.Element {
	if e == nil {
		return nil
	}
	if c := children(e, ns, tag); len(c) > 0 {
		return c[0]
	}
	return nil
}

func text(e *etree.Element) string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.Text())
}

// statusOf is the response's top status code.
func statusOf(response *etree.Element) string {
	code := child(child(response, nsProtocol, "Status"), nsProtocol, "StatusCode")
	if code == nil {
		return success // a missing status is the schema's business, not a refusal
	}
	return code.SelectAttrValue("Value", "")
}

// decrypt opens an EncryptedAssertion with any of a provider's keys.
func decrypt(encrypted *etree.Element, keys []PrivateKey) (*etree.Element, error) {
	for _, k := range keys {
		key, err := parseKey(k.PEM)
		if err != nil {
			continue
		}
		for _, data := range encrypted.FindElements("./EncryptedData") {
			// Some IdPs put the EncryptedKey beside the data instead of inside.
			if beside := encrypted.FindElement("./EncryptedKey"); beside != nil && data.FindElement(".//EncryptedKey") == nil {
				info := data.FindElement("./KeyInfo")
				if info == nil {
					continue
				}
				info.AddChild(beside.Copy())
			}
			plain, err := xmlenc.Decrypt(key, data)
			if err != nil {
				continue
			}
			doc := etree.NewDocument()
			if doc.ReadFromBytes(plain) == nil && doc.Root() != nil {
				return doc.Root(), nil
			}
		}
	}
	// What AWS says here is not published.
	return nil, invalidToken("no key opens the assertion")
}

// readClaims reads an assertion whose signature was verified.
func readClaims(a *etree.Element) claims {
	c := claims{id: a.SelectAttrValue("ID", ""), issuer: text(child(a, nsAssertion, "Issuer")), attributes: map[string][]string{}}
	c.issued = stampOf(a, "IssueInstant")
	subject := child(a, nsAssertion, "Subject")
	if id := child(subject, nsAssertion, "NameID"); id != nil {
		c.subject, c.format = text(id), id.SelectAttrValue("Format", "")
	}
	if subject != nil {
		all := children(subject, nsAssertion, "SubjectConfirmation")
		c.confirmations = len(all)
		for _, sc := range all {
			if d := child(sc, nsAssertion, "SubjectConfirmationData"); d != nil {
				c.recipient = d.SelectAttrValue("Recipient", "")
				c.confirmedUntil = stampOf(d, "NotOnOrAfter")
				c.narrow(stampOf(d, "NotBefore"), c.confirmedUntil)
				break
			}
		}
	}
	if cond := child(a, nsAssertion, "Conditions"); cond != nil {
		c.narrow(stampOf(cond, "NotBefore"), stampOf(cond, "NotOnOrAfter"))
		for _, r := range children(cond, nsAssertion, "AudienceRestriction") {
			var one []string
			for _, u := range children(r, nsAssertion, "Audience") {
				one = append(one, text(u))
			}
			c.audiences = append(c.audiences, one)
		}
	}
	c.sessionUntil = stampOf(child(a, nsAssertion, "AuthnStatement"), "SessionNotOnOrAfter")
	for _, s := range children(a, nsAssertion, "AttributeStatement") {
		for _, at := range children(s, nsAssertion, "Attribute") {
			name := at.SelectAttrValue("Name", "")
			if _, seen := c.attributes[name]; !seen {
				c.attributeNames = append(c.attributeNames, name)
				c.attributes[name] = []string{}
			}
			for _, v := range children(at, nsAssertion, "AttributeValue") {
				c.attributes[name] = append(c.attributes[name], v.Text())
			}
		}
	}
	return c
}

func (c *claims) narrow(notBefore, notAfter time.Time) {
	if notBefore.After(c.notBefore) {
		c.notBefore = notBefore
	}
	if c.notAfter.IsZero() || !notAfter.IsZero() && notAfter.Before(c.notAfter) {
		c.notAfter = notAfter
	}
}

func stampOf(e *etree.Element, attr string) time.Time {
	if e == nil {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, e.SelectAttrValue(attr, ""))
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// attribute returns the values of one of AWS's own attributes. Names count
// byte by byte.
func (c *claims) attribute(name string) []string {
	for _, p := range attributePrefixes {
		if v, ok := c.attributes[p+name]; ok {
			return v
		}
	}
	return nil
}

func (c *claims) first(name string) string {
	if v := c.attribute(name); len(v) > 0 {
		return v[0]
	}
	return ""
}

// tags returns the session tags: one PrincipalTag:Key attribute each.
func (c *claims) tags() map[string]string {
	out := map[string]string{}
	for _, p := range attributePrefixes {
		for _, name := range c.attributeNames {
			if key, ok := strings.CutPrefix(name, p+"PrincipalTag:"); ok && len(c.attributes[name]) > 0 {
				out[key] = c.attributes[name][0]
			}
		}
	}
	return out
}

// A pair is one value of the Role attribute.
type pair struct{ role, provider string }

// pairs reads the Role attribute; both orders are seen in the wild and taken.
// Blanks are not trimmed: whether AWS does is not published.
func (c *claims) pairs() []pair {
	var out []pair
	for _, v := range c.attribute("Role") {
		a, b, ok := strings.Cut(v, ",")
		if !ok {
			continue
		}
		if strings.Contains(a, ":saml-provider/") {
			a, b = b, a
		}
		if strings.Contains(a, ":role/") && strings.Contains(b, ":saml-provider/") {
			out = append(out, pair{a, b})
		}
	}
	return out
}

// hasPair reports whether the assertion offers this role through this provider.
func (c *claims) hasPair(role, provider string) bool {
	return slices.Contains(c.pairs(), pair{role, provider})
}
