package xmldsig_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/saml"
	"example.com/samlens/diag/xmldsig"
)

// A maker signs with goxmldsig, which is none of ours.
type maker struct {
	key  *rsa.PrivateKey
	cert evidence.Certificate
}

func newMaker(serial int64) maker {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: fmt.Sprintf("signer %d", serial)},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	return maker{key, certificate.FromDER(der, "iam", "signing", evidence.Spot{})}
}

// makers are the IdP of the tests and a stranger.
var makers = sync.OnceValue(func() [2]maker { return [2]maker{newMaker(1), newMaker(2)} })

func (m maker) GetKeyPair() (*rsa.PrivateKey, []byte, error) { return m.key, m.cert.DER, nil }

// sign puts an enveloped signature into the root element of a document.
func (m maker) sign(t testing.TB, doc string, c dsig.Canonicalizer, hash crypto.Hash) string {
	t.Helper()
	ctx := dsig.NewDefaultSigningContext(m)
	ctx.Canonicalizer = c
	ctx.Hash = hash
	d := etree.NewDocument()
	if err := d.ReadFromString(doc); err != nil {
		t.Fatal(err)
	}
	el, err := ctx.SignEnveloped(d.Root())
	if err != nil {
		t.Fatal(err)
	}
	out := etree.NewDocument()
	out.SetRoot(el)
	s, err := out.WriteToString()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (m maker) exclusive(t testing.TB, doc string) string {
	t.Helper()
	return m.sign(t, doc, dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(""), crypto.SHA256)
}

func assertionOf(id, name string) string {
	return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="` + id + `" Version="2.0" IssueInstant="2026-11-23T09:00:00Z"><saml:Issuer>urn:idp</saml:Issuer>` +
		`<saml:Subject><saml:NameID>` + name + `</saml:NameID></saml:Subject><saml:AttributeStatement><saml:Attribute Name="a"><saml:AttributeValue>` + name + `</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`
}

func responseOf(id, inside string) string {
	return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="` + id + `" Version="2.0">` + inside + `</samlp:Response>`
}

// split takes the signature out of a signed element.
func split(t testing.TB, signed string) (without, signature string) {
	t.Helper()
	from, to := strings.Index(signed, "<ds:Signature "), strings.Index(signed, "</ds:Signature>")+len("</ds:Signature>")
	if from < 0 || to < from {
		t.Fatal("not signed")
	}
	return signed[:from] + signed[to:], signed[from:to]
}

func judge(t testing.TB, doc string, candidates ...evidence.Certificate) xmldsig.Judgement {
	t.Helper()
	r, err := saml.Parse([]byte(doc), saml.Options{})
	if err != nil {
		t.Fatalf("%v in %s", err, doc)
	}
	return xmldsig.Judge(r, candidates)
}

func before(end, s, insert string) string { return strings.Replace(s, end, insert+end, 1) }

// The eight shapes of Somorovsky et al.: in none of them may the injected
// assertion pass for signed.
func TestWrappingIsSeen(t *testing.T) {
	m := makers()[0]
	good := m.exclusive(t, assertionOf("_good", "jdoe"))
	bare, signature := split(t, good)
	evil := assertionOf("_evil", "ceo")
	whole := m.exclusive(t, responseOf("_r", assertionOf("_good", "jdoe")))
	bareWhole, wholeSignature := split(t, whole)
	object := func(s, inside string) string {
		return before("</ds:Signature>", s, "<ds:Object>"+inside+"</ds:Object>")
	}
	const endA = "</saml:Assertion>"
	for name, doc := range map[string]string{
		"XSW1":          responseOf("_evilr", evil+object(wholeSignature, bareWhole)),
		"XSW2":          responseOf("_evilr", evil+bareWhole+wholeSignature),
		"XSW3":          responseOf("_r", evil+good),
		"XSW4":          responseOf("_r", before(endA, evil, good)),
		"XSW5":          responseOf("_r", before(endA, evil, signature)+bare),
		"XSW6":          responseOf("_r", before(endA, evil, before("</ds:Signature>", signature, bare))),
		"XSW7":          responseOf("_r", "<samlp:Extensions>"+evil+"</samlp:Extensions>"+good),
		"XSW8":          responseOf("_r", before(endA, evil, object(signature, bare))),
		"same ID":       responseOf("_r", strings.Replace(evil, "_evil", "_good", 1)+good),
		"same ID after": responseOf("_r", before(endA, strings.Replace(evil, "_evil", "_good", 1), signature)+bare),
	} {
		j := judge(t, doc, m.cert)
		if j.State != xmldsig.Invalid || !j.Wrapped && !j.Altered || j.VerifiedBy != "" {
			t.Errorf("%s: %+v", name, j)
		}
		if strings.HasPrefix(name, "XSW") && (!j.Wrapped || j.How == "") {
			t.Errorf("%s: wrapping not seen: %+v", name, j)
		}
	}
	for name, doc := range map[string]string{
		"assertion signed": responseOf("_r", good),
		"response signed":  whole,
		"both signed":      m.exclusive(t, responseOf("_r", good)),
		"bare assertion":   good,
		"both, one ID":     responseOf("_good", good),
		"evil one after":   responseOf("_r", good+evil),
	} {
		if j := judge(t, doc, m.cert); j.State != xmldsig.Valid || j.Wrapped || j.VerifiedBy != m.cert.SHA256 {
			t.Errorf("%s: %+v", name, j)
		}
	}
}

func TestStates(t *testing.T) {
	m, stranger := makers()[0], makers()[1]
	good := responseOf("_r", m.exclusive(t, assertionOf("_1", "jdoe")))
	for name, c := range map[string]struct {
		doc        string
		candidates []evidence.Certificate
		state      xmldsig.State
		signed     string
	}{
		"valid":                    {good, []evidence.Certificate{stranger.cert, m.cert}, xmldsig.Valid, "assertion"},
		"embedded":                 {good, nil, xmldsig.Valid, "assertion"},
		"another key":              {good, []evidence.Certificate{stranger.cert}, xmldsig.Invalid, "assertion"},
		"provider without keys":    {good, []evidence.Certificate{}, xmldsig.Invalid, "assertion"},
		"altered":                  {strings.ReplaceAll(good, "jdoe", "jd0e"), []evidence.Certificate{m.cert}, xmldsig.Invalid, "assertion"},
		"unsigned":                 {responseOf("_r", assertionOf("_1", "jdoe")), []evidence.Certificate{m.cert}, xmldsig.Missing, "none"},
		"no key known":             {cut(good, "<ds:KeyInfo>", "</ds:KeyInfo>"), nil, xmldsig.Unchecked, "assertion"},
		"unknown algorithm":        {strings.Replace(good, "xmldsig-more#rsa-sha256", "xmldsig-more#rsa-whirlpool", 1), []evidence.Certificate{m.cert}, xmldsig.Unsupported, "assertion"},
		"HMAC":                     {strings.Replace(good, "xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256", 1), []evidence.Certificate{m.cert}, xmldsig.Invalid, "assertion"},
		"value is no base64":       {strings.Replace(good, "<ds:SignatureValue>", "<ds:SignatureValue>*", 1), []evidence.Certificate{m.cert}, xmldsig.Invalid, "assertion"},
		"reference leads nowhere":  {strings.Replace(good, `URI="#_1"`, `URI="#_2"`, 1), []evidence.Certificate{m.cert}, xmldsig.Invalid, "assertion"},
		"reference leads out":      {strings.Replace(good, `URI="#_1"`, `URI="https://idp.example/a.xml"`, 1), []evidence.Certificate{m.cert}, xmldsig.Invalid, "assertion"},
		"no SignedInfo":            {cut(good, "<ds:SignedInfo>", "</ds:SignedInfo>"), []evidence.Certificate{m.cert}, xmldsig.Invalid, "assertion"},
		"another element's":        {responseOf("_r", "<samlp:Extensions xmlns:samlp='urn:x'>"+m.exclusive(t, `<x ID="_x"/>`)+"</samlp:Extensions>"+assertionOf("_1", "jdoe")), []evidence.Certificate{m.cert}, xmldsig.Missing, "none"},
		"two SignedInfo":           {strings.Replace(good, "<ds:SignatureValue>", "<ds:SignedInfo/><ds:SignatureValue>", 1), []evidence.Certificate{m.cert}, xmldsig.Invalid, "assertion"},
		"a DTD":                    {"<!DOCTYPE r>" + good, []evidence.Certificate{m.cert}, xmldsig.Unchecked, "assertion"},
		"a transform of any kind":  {strings.Replace(good, "xmldsig#enveloped-signature", "xmldsig#xslt", 1), []evidence.Certificate{m.cert}, xmldsig.Unsupported, "assertion"},
		"response altered outside": {strings.Replace(good, `Version="2.0">`, `Version="2.0" Destination="x">`, 1), []evidence.Certificate{m.cert}, xmldsig.Valid, "assertion"},
	} {
		r, err := saml.Parse([]byte(c.doc), saml.Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		j := xmldsig.Judge(r, c.candidates)
		if j.State != c.state || j.Signed != c.signed || (j.State == xmldsig.Valid) != (j.VerifiedBy != "") || j.State != xmldsig.Valid && len(j.Why) == 0 {
			t.Errorf("%s: %s, want %s: %+v", name, j.State, c.state, j)
		}
		if other := j.OtherKey != nil && j.OtherKey.Same(m.cert); other != (name == "another key" || name == "provider without keys") {
			t.Errorf("%s: other key %v", name, j.OtherKey)
		}
	}
}

func cut(s, from, to string) string {
	i, j := strings.Index(s, from), strings.Index(s, to)
	return s[:i] + s[j+len(to):]
}

func TestClassesOfChange(t *testing.T) {
	m := makers()[0]
	assertion := strings.Replace(assertionOf("_1", "Zoë"), "<saml:NameID>", "<saml:NameID>a\n", 1)
	good := responseOf("_r", m.exclusive(t, assertion))
	for want, change := range map[string]func(string) string{
		xmldsig.Reindented: func(s string) string { return strings.ReplaceAll(s, "><saml:", ">\n  <saml:") },
		xmldsig.LineEnds:   func(s string) string { return strings.ReplaceAll(s, "a\n", "a&#13;\n") },
		xmldsig.Reencoded:  func(s string) string { return strings.ReplaceAll(s, "ë", "Ã«") },
		"":                 func(s string) string { return strings.ReplaceAll(s, "Zoë", "Zoé") },
	} {
		j := judge(t, change(good), m.cert)
		if !j.Altered || j.Change != want {
			t.Errorf("%q: %+v", want, j)
		}
	}
	if j := judge(t, strings.ReplaceAll(good, "a\n", "a\r\n"), m.cert); j.State != xmldsig.Valid {
		t.Errorf("line ends that XML takes for one: %+v", j)
	}
}

// What a value was before somebody edited it can be told where the old text
// stands elsewhere in the document, or was only spelt otherwise.
func TestAnEditedValueIsFound(t *testing.T) {
	m := makers()[0]
	good := responseOf("_r", m.exclusive(t, strings.Replace(assertionOf("_1", "jdoe@corp.example"), `Name="a"><saml:AttributeValue>jdoe@corp.example`, `Name="a"><saml:AttributeValue>jdoe`, 1)))
	for _, c := range []struct{ old, edited, was, path string }{
		{">jdoe<", ">ceo<", "jdoe", "/Response/Assertion/AttributeStatement/Attribute/AttributeValue"},
		{">jdoe<", ">Jdoe<", "jdoe", "/Response/Assertion/AttributeStatement/Attribute/AttributeValue"},
		{`Name="a"`, `Name="A "`, "a", "/Response/Assertion/AttributeStatement/Attribute/@Name"},
		{">urn:idp<", ">urn:idp/<", "urn:idp", "/Response/Assertion/Issuer"},
		{">jdoe@corp.example<", ">a&amp;b<", "", ""},
	} {
		found, err := xmldsig.Inspect([]byte(strings.Replace(good, c.old, c.edited, 1)))
		if err != nil {
			t.Fatal(err)
		}
		ref := found[0].References[0]
		if ref.Match || ref.Was != c.was || ref.Edited.Path != c.path || (ref.Change == xmldsig.Edited) != (c.was != "") {
			t.Errorf("%s: %q was %q at %q", c.edited, ref.Change, ref.Was, ref.Edited.Path)
		}
	}
}

// goxmldsig's traversal ends at a thousand elements; users with many groups
// have assertions beyond that.
func TestManyElements(t *testing.T) {
	m := makers()[0]
	for _, n := range []int{1_100, 10_000} {
		groups := strings.Repeat("<saml:AttributeValue>arn:aws:iam::111122223333:group/team</saml:AttributeValue>", n)
		doc := responseOf("_r", m.exclusive(t, strings.Replace(assertionOf("_1", "jdoe"), "<saml:AttributeValue>", groups+"<saml:AttributeValue>", 1)))
		if j := judge(t, doc, m.cert); j.State != xmldsig.Valid {
			t.Errorf("%d elements: %+v", n, j)
		}
		if j := judge(t, strings.Replace(doc, ":group/team<", ":group/tean<", 1), m.cert); j.State != xmldsig.Invalid || !j.Altered {
			t.Errorf("%d elements, altered: %+v", n, j)
		}
	}
}

func TestCanonicalisationsOfAnotherSigner(t *testing.T) {
	m := makers()[0]
	for _, c := range []dsig.Canonicalizer{
		dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("saml xs"), dsig.MakeC14N10RecCanonicalizer(), dsig.MakeC14N11Canonicalizer(),
		dsig.MakeC14N10WithCommentsCanonicalizer(), dsig.MakeC14N11WithCommentsCanonicalizer(),
	} {
		for _, h := range []crypto.Hash{crypto.SHA1, crypto.SHA256, crypto.SHA384, crypto.SHA512} {
			doc := m.sign(t, responseOf("_r", assertionOf("_1", "jdoe")), c, h)
			if j := judge(t, doc, m.cert); j.State != xmldsig.Valid {
				t.Errorf("%s %v: %+v", c.Algorithm(), h, j)
			}
		}
	}
}

// A changed byte of what is signed must be seen, wherever it is.
func TestEveryChangedByteIsSeen(t *testing.T) {
	m := makers()[0]
	good := m.exclusive(t, assertionOf("_1", "jdoe"))
	bare, _ := split(t, good)
	for i := range len(bare) - len("</saml:Assertion>") {
		if bare[i] != good[i] { // from here on the signature stands between
			break
		}
		doc := []byte(good)
		doc[i] ^= 1
		r, err := saml.Parse(doc, saml.Options{})
		if err != nil {
			continue
		}
		if j := xmldsig.Judge(r, []evidence.Certificate{m.cert}); j.State == xmldsig.Valid {
			t.Errorf("byte %d, %q to %q: still valid", i, good[i], doc[i])
		}
	}
}

func FuzzInspect(f *testing.F) {
	m := makers()[0]
	f.Add([]byte(responseOf("_r", m.exclusive(f, assertionOf("_1", "jdoe")))))
	f.Add([]byte(`<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><Reference URI="#xpointer(/)"/></SignedInfo></Signature>`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		found, err := xmldsig.Inspect(doc)
		if err != nil {
			return
		}
		for _, s := range found {
			if ok, why := xmldsig.Verify(s, m.cert); !ok && why == "" {
				t.Fatalf("no reason: %+v", s)
			}
			if s.Problem == "" && (s.SignedInfo == nil || len(s.References) == 0) {
				t.Fatalf("nothing computed and no problem told: %+v", s)
			}
		}
		if r, err := saml.Parse(doc, saml.Options{}); err == nil {
			if j := xmldsig.Judge(r, []evidence.Certificate{m.cert}); j.State == xmldsig.Valid && len(r.Assertions) > 0 {
				if n := r.Assertions[0].Subject; n == nil || n.NameID.Value != "jdoe" {
					t.Fatalf("forged: %q", doc)
				}
			}
		}
	})
}

func benchmark(b *testing.B, values int) {
	m := makers()[0]
	groups := strings.Repeat("<saml:AttributeValue>arn:aws:iam::111122223333:group/team</saml:AttributeValue>", values)
	doc := []byte(responseOf("_r", m.exclusive(b, strings.Replace(assertionOf("_1", "jdoe"), "<saml:AttributeValue>", groups+"<saml:AttributeValue>", 1))))
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		found, err := xmldsig.Inspect(doc)
		if err != nil || len(found) != 1 || !found[0].Intact() {
			b.Fatal(err)
		}
		if ok, _ := xmldsig.Verify(found[0], m.cert); !ok {
			b.Fatal("not verified")
		}
	}
}

func BenchmarkInspect8KB(b *testing.B)  { benchmark(b, 65) }
func BenchmarkInspect75KB(b *testing.B) { benchmark(b, 900) }
func BenchmarkInspect5MB(b *testing.B)  { benchmark(b, 65_000) }
