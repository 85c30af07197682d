package saml_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml/xmlenc"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/saml"
)

const whole = `<?xml version="1.0" encoding="UTF-8"?>
<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0" IssueInstant="2026-11-23T09:00:00Z" Destination="https://signin.aws.amazon.com/saml" InResponseTo="_q" Consent="c">
  <a:Issuer>https://idp.example/</a:Issuer>
  <p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></p:StatusCode><p:StatusMessage>no</p:StatusMessage><p:StatusDetail><x>some  <y>cause</y></x></p:StatusDetail></p:Status>
  <a:Assertion ID="_a" Version="2.0" IssueInstant="2026-11-23T09:00:00.5Z">
    <a:Issuer>https://idp.example/</a:Issuer>
    <a:Subject>
      <a:NameID Format="f" NameQualifier="n" SPNameQualifier="s"> jdoe
</a:NameID>
      <a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><a:SubjectConfirmationData Recipient="https://signin.aws.amazon.com/saml" NotOnOrAfter="soon" InResponseTo="_q" Address="10.0.0.1"/></a:SubjectConfirmation>
      <a:SubjectConfirmation Method="m"/>
    </a:Subject>
    <a:Conditions NotBefore="2026-11-23T08:59:30Z" NotOnOrAfter="2026-11-23T09:05:00Z"><a:AudienceRestriction><a:Audience>one</a:Audience><a:Audience>two</a:Audience></a:AudienceRestriction><a:AudienceRestriction/></a:Conditions>
    <a:AuthnStatement AuthnInstant="2026-11-23T09:00:00Z" SessionNotOnOrAfter="2026-11-23T17:00:00Z" SessionIndex="i"><a:AuthnContext><a:AuthnContextClassRef>k</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement>
    <a:AttributeStatement>
      <a:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role" NameFormat="uri" FriendlyName="Role"><a:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string">r,p</a:AttributeValue><a:AttributeValue/></a:Attribute>
    </a:AttributeStatement>
    <a:AttributeStatement>
      <a:Attribute Name="b"><a:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/><a:AttributeValue><a:NameID>x</a:NameID></a:AttributeValue></a:Attribute>
      <a:Attribute Name="c"/>
    </a:AttributeStatement>
  </a:Assertion>
</p:Response>`

func parse(t testing.TB, doc string) evidence.Response {
	t.Helper()
	r, err := saml.Parse([]byte(doc), saml.Options{EncodedLen: 7})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEveryValueIsReadWithItsPlace(t *testing.T) {
	r := parse(t, whole)
	a, ok := r.First()
	if !ok || !a.Direct || len(r.Assertions) != 1 || r.EncodedLen != 7 || r.Version != "2.0" || r.BareAssertion {
		t.Fatalf("%+v", r)
	}
	role, b := a.Attributes[0], a.Attributes[1]
	for _, c := range []struct {
		got         evidence.Text
		value, path string
	}{
		{r.ID, "_r", "/Response/@ID"},
		{r.Destination, "https://signin.aws.amazon.com/saml", "/Response/@Destination"},
		{r.InResponseTo, "_q", "/Response/@InResponseTo"},
		{r.Consent, "c", "/Response/@Consent"},
		{r.Issuer, "https://idp.example/", "/Response/Issuer"},
		{r.Status.Code, "urn:oasis:names:tc:SAML:2.0:status:Responder", "/Response/Status/StatusCode/@Value"},
		{r.Status.SubCode, "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed", "/Response/Status/StatusCode/StatusCode/@Value"},
		{r.Status.Message, "no", "/Response/Status/StatusMessage"},
		{a.ID, "_a", "/Response/Assertion/@ID"},
		{a.Subject.NameID, " jdoe\n", "/Response/Assertion/Subject/NameID"},
		{a.Subject.Format, "f", "/Response/Assertion/Subject/NameID/@Format"},
		{a.Subject.NameQualifier, "n", "/Response/Assertion/Subject/NameID/@NameQualifier"},
		{a.Subject.SPNameQualifier, "s", "/Response/Assertion/Subject/NameID/@SPNameQualifier"},
		{a.Subject.Confirmations[0].Recipient, "https://signin.aws.amazon.com/saml", "/Response/Assertion/Subject/SubjectConfirmation[1]/SubjectConfirmationData/@Recipient"},
		{a.Subject.Confirmations[1].Method, "m", "/Response/Assertion/Subject/SubjectConfirmation[2]/@Method"},
		{a.Audiences[0][1], "two", "/Response/Assertion/Conditions/AudienceRestriction[1]/Audience[2]"},
		{a.Authn[0].SessionIndex, "i", "/Response/Assertion/AuthnStatement/@SessionIndex"},
		{a.Authn[0].ContextClass, "k", "/Response/Assertion/AuthnStatement/AuthnContext/AuthnContextClassRef"},
		{role.Name, "https://aws.amazon.com/SAML/Attributes/Role", "/Response/Assertion/AttributeStatement[1]/Attribute/@Name"},
		{role.FriendlyName, "Role", "/Response/Assertion/AttributeStatement[1]/Attribute/@FriendlyName"},
		{role.Values[0].Text, "r,p", "/Response/Assertion/AttributeStatement[1]/Attribute/AttributeValue[1]"},
		{role.Values[1].Text, "", "/Response/Assertion/AttributeStatement[1]/Attribute/AttributeValue[2]"},
		{b.Name, "b", "/Response/Assertion/AttributeStatement[2]/Attribute[1]/@Name"},
	} {
		if c.got.Value != c.value || c.got.At.Path != c.path || !c.got.Present || c.got.At.In != evidence.InResponse {
			t.Errorf("%q at %+v, want %q at %s", c.got.Value, c.got.At, c.value, c.path)
		}
		if raw := string(r.XML[c.got.At.Start:c.got.At.End]); raw != c.value {
			t.Errorf("%s: bytes %q, want %q", c.path, raw, c.value)
		}
		if want := 1 + strings.Count(whole[:c.got.At.Start], "\n"); c.got.At.Line != want {
			t.Errorf("%s: line %d, want %d", c.path, c.got.At.Line, want)
		}
	}
	if c := a.Subject.Confirmations; !c[0].HasData || c[1].HasData || !c[0].NotOnOrAfter.Bad || c[0].NotBefore.Present {
		t.Errorf("confirmations %+v", c)
	}
	if a.NotOnOrAfter.Time != time.Date(2026, 11, 23, 9, 5, 0, 0, time.UTC) || a.IssueInstant.Time.Nanosecond() != 500_000_000 || len(a.Audiences) != 2 || a.Audiences[1] == nil {
		t.Errorf("conditions %+v %+v", a.NotOnOrAfter, a.Audiences)
	}
	if a.AttributeStatements != 2 || b.Statement != 1 || role.Values[0].Type != "xs:string" || !b.Values[0].Nil || !b.Values[1].Structured || b.Values[1].Value != "x" || len(a.Attributes[2].Values) != 0 {
		t.Errorf("attributes %+v", a.Attributes)
	}
	if r.Status.Success() || r.Status.Detail.Value != "some cause" || len(r.Disagreements) != 0 || r.Trailing != 0 || len(r.DuplicateIDs) != 0 || r.Doctype.Known() {
		t.Errorf("%+v %q %d %q", r.Status, r.Disagreements, r.Trailing, r.DuplicateIDs)
	}
}

func TestOddities(t *testing.T) {
	change := func(old, with string) evidence.Response { return parse(t, strings.Replace(whole, old, with, 1)) }
	if r := change("<?xml", "\ufeff<?xml"); !r.BOM || r.Encoding != "UTF-8" || r.ID.Value != "_r" {
		t.Errorf("BOM: %v %q", r.BOM, r.Encoding)
	}
	if r := change("jdoe", "jdoe<!-- x -->.evil"); len(r.Disagreements) != 1 || r.Assertions[0].Subject.NameID.Value != " jdoe.evil\n" {
		t.Errorf("comment: %q", r.Disagreements)
	}
	if r := change("jdoe", "jd<?x y?>oe"); len(r.Disagreements) != 1 {
		t.Errorf("instruction: %q", r.Disagreements)
	}
	if r := change("<a:Issuer>", "<!-- between elements --><a:Issuer>"); len(r.Disagreements) != 0 {
		t.Errorf("harmless comment: %q", r.Disagreements)
	}
	if r := change(`ID="_a"`, `ID="_r"`); len(r.DuplicateIDs) != 1 || r.DuplicateIDs[0] != "_r" {
		t.Errorf("duplicate: %q", r.DuplicateIDs)
	}
	if r := parse(t, whole+"\n and more"); r.Trailing != len("andmore") {
		t.Errorf("trailing: %d", r.Trailing)
	}
	if r := change("<p:Response", "<!DOCTYPE p [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><p:Response"); !r.Doctype.Known() {
		t.Error("DTD not seen")
	}
	if r := change(`encoding="UTF-8"`, `encoding="UTF-16"`); len(r.Disagreements) != 1 {
		t.Errorf("encoding: %q", r.Disagreements)
	}
	swapped := strings.NewReplacer("p:", "a:", "a:", "p:", "xmlns:p", "xmlns:a", "xmlns:a", "xmlns:p").Replace(whole)
	if r := parse(t, swapped); r.Assertions[0].Attributes[0].Values[0].Value != "r,p" {
		t.Error("misled by prefixes")
	}
	from, to := strings.Index(whole, "<a:Assertion"), strings.Index(whole, "</p:Response>")
	bare := strings.Replace(whole[from:to], "<a:Assertion", `<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"`, 1)
	if r := parse(t, bare); !r.BareAssertion || len(r.Assertions) != 1 || !r.Assertions[0].Direct || r.ID.Present {
		t.Errorf("bare: %+v", r)
	}
	if r := change("<a:Assertion", "<p:Extensions><a:Assertion/></p:Extensions><a:Assertion"); len(r.Assertions) != 2 || r.Assertions[0].Direct || !r.Assertions[1].Direct {
		t.Errorf("hidden assertion: %+v", r.Assertions)
	}
}

func TestOtherDocumentsAreNamed(t *testing.T) {
	for doc, want := range map[string]string{
		`<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>`:   "SAML request (AuthnRequest)",
		`<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>`:  "SAML request (LogoutRequest)",
		`<p:LogoutResponse xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>`: "SAML LogoutResponse",
		`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>`:   "metadata",
		`<Response/>`: "not in a SAML namespace",
		`<html/>`:     "html is not a SAML response",
	} {
		_, err := saml.Parse([]byte(doc), saml.Options{})
		var not *saml.NotResponse
		if !errors.As(err, &not) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", doc, err)
		}
	}
	for doc, want := range map[string]string{
		`<p:Response xmlns:p="urn:oasis:names:tc:SAML:1.0:protocol" ResponseID="_1"><Assertion xmlns="urn:oasis:names:tc:SAML:1.0:assertion" Issuer="i" AssertionID="_2"/></p:Response>`:                                         "1.1",
		`<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><Assertion ID="_1" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>i</Issuer></Assertion></t:RequestSecurityTokenResponse>`: "ws-federation",
	} {
		if r := parse(t, doc); r.Version != want || r.Issuer.Value != "i" || r.ID.Value != "_1" {
			t.Errorf("%+v", r)
		}
	}
	_, err := saml.Parse([]byte("<p:Response xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol'>\n<x></p:Response>"), saml.Options{})
	var syntax *saml.SyntaxError
	if !errors.As(err, &syntax) || syntax.Line != 2 {
		t.Errorf("%v", err)
	}
}

var keys = sync.OnceValue(func() [2]*rsa.PrivateKey {
	var out [2]*rsa.PrivateKey
	for i := range out {
		out[i], _ = rsa.GenerateKey(rand.Reader, 2048)
	}
	return out
})

// encrypt closes an assertion with crewjam's xmlenc, which is none of ours.
func encrypt(t testing.TB, plain string, m xmlenc.RSA) string {
	t.Helper()
	key := keys()[0]
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sp"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	el, err := m.Encrypt(cert, []byte(plain), nil)
	if err != nil {
		t.Fatal(err)
	}
	d := etree.NewDocument()
	d.SetRoot(el)
	s, err := d.WriteToString()
	if err != nil {
		t.Fatal(err)
	}
	return `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r"><a:EncryptedAssertion>` + s + `</a:EncryptedAssertion></p:Response>`
}

func TestEncryptedAssertions(t *testing.T) {
	const plain = `<?xml version="1.0"?><a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a"><a:Issuer>i</a:Issuer></a:Assertion>`
	aes128, pkcs := xmlenc.OAEP(), xmlenc.PKCS1v15()
	aes128.BlockCipher, aes128.DigestMethod = xmlenc.AES128CBC, xmlenc.SHA1
	pkcs.BlockCipher = xmlenc.AES192CBC
	right, wrong := keys()[0], keys()[1]
	for name, m := range map[string]xmlenc.RSA{"OAEP": aes128, "RSA 1.5": pkcs} {
		doc := encrypt(t, plain, m)
		r, err := saml.Parse([]byte(doc), saml.Options{Keys: []any{wrong, "no key", right}})
		if err != nil || r.Decrypted != 1 || len(r.Assertions) != 1 || len(r.Encrypted) != 0 || !r.Assertions[0].WasEncrypted || !r.Assertions[0].Direct {
			t.Fatalf("%s: %v %+v", name, err, r)
		}
		if at := r.Assertions[0].Issuer.At; string(r.XML[at.Start:at.End]) != "i" || at.Path != "/Response/Assertion/Issuer" {
			t.Errorf("%s: %+v", name, at)
		}
		closed := parse(t, doc)
		if len(closed.Encrypted) != 1 || closed.Encrypted[0].KeyWasGiven || closed.Encrypted[0].WhyClosed != "" || closed.Encrypted[0].KeyHint != "CN=sp" || closed.Encrypted[0].DataMethod == "" || closed.Encrypted[0].KeyMethod == "" || len(closed.Assertions) != 0 {
			t.Errorf("%s: %+v", name, closed.Encrypted)
		}
		r, err = saml.Parse([]byte(doc), saml.Options{Keys: []any{wrong}})
		if err != nil || len(r.Encrypted) != 1 || !r.Encrypted[0].KeyWasGiven || r.Encrypted[0].WhyClosed != "the key given does not open it" {
			t.Errorf("%s: %v %+v", name, err, r.Encrypted)
		}
	}
	good := encrypt(t, plain, aes128)
	from, to := strings.Index(good, "<a:EncryptedAssertion>"), strings.Index(good, "</p:Response>")
	both := good[:to] + strings.Replace(good[from:to], "aes128-cbc", "rot13", 1) + good[to:]
	if r, err := saml.Parse([]byte(both), saml.Options{Keys: []any{right}}); err != nil || len(r.Encrypted) != 1 || r.Decrypted != 1 || !strings.HasPrefix(string(r.XML[r.Encrypted[0].At.Start:]), "<a:EncryptedAssertion>") {
		t.Errorf("one open, one closed: %v %+v", err, r.Encrypted)
	}
	begin, end := strings.Index(good, "<xenc:EncryptedKey"), strings.Index(good, "</xenc:EncryptedKey>")+len("</xenc:EncryptedKey>")
	id := regexp.MustCompile(`^[^>]*? Id="([^"]+)"`).FindStringSubmatch(good[begin:end])
	far := good[:begin] + `<ds:RetrievalMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" URI="#` + id[1] + `"/>` + good[end:to] + `<p:Extensions xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">` + good[begin:end] + "</p:Extensions>" + good[to:]
	if r, err := saml.Parse([]byte(far), saml.Options{Keys: []any{right}}); err != nil || r.Decrypted != 1 {
		t.Errorf("the key is elsewhere in the document: %v %+v", err, r.Encrypted)
	}
	for name, doc := range map[string]string{
		"cut short":         strings.Replace(good, "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>", "AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>", 1),
		"unknown cipher":    strings.Replace(good, "aes128-cbc", "rot13", 1),
		"unknown transport": strings.Replace(good, "rsa-oaep-mgf1p", "rsa-oaep-mgf2", 1),
		"no key":            strings.ReplaceAll(good, "EncryptedKey", "OtherKey"),
		"not an assertion":  encrypt(t, "<x/>", aes128),
		"no XML":            encrypt(t, "plain", aes128),
		"two elements":      encrypt(t, plain+"<a:Assertion>", aes128),
	} {
		r, err := saml.Parse([]byte(doc), saml.Options{Keys: []any{right}})
		if err != nil || len(r.Encrypted) != 1 || r.Encrypted[0].WhyClosed == "" || r.Decrypted != 0 {
			t.Errorf("%s: %v %+v", name, err, r.Encrypted)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(encrypt(f, "<a:Assertion/>", xmlenc.PKCS1v15())))
	f.Add([]byte("\xfe\xff\x00<\x00a\x00/\x00>"))
	key := keys()[0]
	f.Fuzz(func(t *testing.T, doc []byte) {
		r, err := saml.Parse(doc, saml.Options{Keys: []any{key}})
		if err != nil {
			if len(err.Error()) > 300 || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Fatalf("%q", err)
			}
			return
		}
		in := func(s evidence.Spot) {
			if s.Known() && (s.Start < 0 || s.End > len(r.XML) || s.Start > s.End || s.Line < 1) {
				t.Fatalf("%+v of %d bytes", s, len(r.XML))
			}
		}
		in(r.At)
		in(r.Doctype)
		for _, a := range r.Assertions {
			in(a.At)
			for _, v := range a.Attributes {
				in(v.Name.At)
				for _, v := range v.Values {
					in(v.At)
				}
			}
		}
		for _, s := range r.Signatures {
			in(s.At)
		}
	})
}

func benchmark(b *testing.B, values int) {
	doc := []byte(strings.Replace(whole, "<a:AttributeValue/>", strings.Repeat("<a:AttributeValue>arn:aws:iam::111122223333:group/team</a:AttributeValue>", values), 1))
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := saml.Parse(doc, saml.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse8KB(b *testing.B)  { benchmark(b, 60) }
func BenchmarkParse75KB(b *testing.B) { benchmark(b, 1000) }
func BenchmarkParse5MB(b *testing.B)  { benchmark(b, 70_000) }
