package metadata

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/csv"
	"math/big"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/evidence"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func certificateOf(t testing.TB, key any, public any, extra ...pkix.Extension) string {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "idp"}, NotBefore: now, NotAfter: now.AddDate(1, 0, 0), ExtraExtensions: extra}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, key)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

func ec(t testing.TB) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return certificateOf(t, key, &key.PublicKey)
}

func keyDescriptor(use, cert string) string {
	return `<md:KeyDescriptor` + use + `><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>` + cert + `</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`
}

func entityOf(id, attrs, keys string) string {
	return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="` + id + `"` + attrs + `><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` + keys +
		`<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>` + strings.Repeat(" ", 1000)
}

func TestParse(t *testing.T) {
	one, two, three := ec(t), ec(t), ec(t)
	m := Parse([]byte("\ufeff"+`<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="2027-01-01T00:00:00Z">`+
		entityOf("urn:a", "", keyDescriptor(` use="signing"`, one)+keyDescriptor("", two)+keyDescriptor(` use="encryption"`, three))+
		entityOf("urn:b", ` validUntil="2026-01-01T00:00:00Z"`, `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:KeyValue/></ds:KeyInfo></md:KeyDescriptor>`)+
		`</md:EntitiesDescriptor>`), "iam")
	if m.Problem != "" || !m.BOM || m.Encoding != "UTF-8" || len(m.Entities) != 2 {
		t.Fatalf("%+v", m)
	}
	a, b := m.Entities[0], m.Entities[1]
	if a.ID.Value != "urn:a" || !a.IDPDescriptor || len(a.Signing) != 2 || len(a.Encryption) != 1 || len(a.SSO) != 1 || a.SSO[0].Location != "https://idp.example/sso" || len(a.NameIDFormats) != 1 {
		t.Errorf("%+v", a)
	}
	if a.ValidUntil.Time.Year() != 2027 || b.ValidUntil.Time.Year() != 2026 {
		t.Errorf("valid until %v, %v", a.ValidUntil.Time, b.ValidUntil.Time)
	}
	if got := string(m.Document[a.ID.At.Start:a.ID.At.End]); got != "urn:a" || a.ID.At.Path != "/EntitiesDescriptor/EntityDescriptor[1]/@entityID" || a.ID.At.In != evidence.InMetadata {
		t.Errorf("%q at %+v", got, a.ID.At)
	}
	if len(b.Signing) != 1 || !strings.Contains(b.Signing[0].Err, "KeyValue") {
		t.Errorf("%+v", b.Signing)
	}
}

func TestWhatCannotBeParsedIsTold(t *testing.T) {
	for doc, want := range map[string]string{
		"":                           "no XML element",
		"<md:EntityDescriptor>":      "prefix md is not declared",
		"<html><body></body></html>": "html is not SAML metadata",
		`<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>`:                     "no EntityDescriptor",
		`<IDPSSODescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>`:                       "wants EntityDescriptor",
		`<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>`:                           "is a SAML Response",
		`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="a"/> and more`: "bytes follow",
	} {
		m := Parse([]byte(doc), "idp-metadata")
		if !strings.Contains(m.Problem, want) {
			t.Errorf("%.40q: %q, want %q", doc, m.Problem, want)
		}
		if p := Problems(m, now); len(p) == 0 || p[len(p)-1].Kind != Unreadable || !p[len(p)-1].Refused {
			t.Errorf("%.40q: %+v", doc, p)
		}
	}
}

func TestProblemsBeforeUploading(t *testing.T) {
	t.Setenv("GODEBUG", "rsa1024min=0")
	weak, err := rsa.GenerateKey(rand.Reader, 768)
	if err != nil {
		t.Fatal(err)
	}
	good := ec(t)
	signing := keyDescriptor(` use="signing"`, good)
	utf16 := []byte{0xFE, 0xFF}
	for _, b := range []byte(entityOf("urn:a", "", signing)) {
		utf16 = append(utf16, 0, b)
	}
	for name, c := range map[string]struct {
		doc  string
		want []Kind
	}{
		"fine":          {entityOf("urn:a", "", signing), nil},
		"BOM":           {"\ufeff" + entityOf("urn:a", "", signing), []Kind{ByteOrderMark}},
		"UTF-16":        {string(utf16), []Kind{ByteOrderMark, NotUTF8}},
		"short":         {strings.TrimSpace(entityOf("urn:a", "", ""))[:0] + `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="a"><IDPSSODescriptor/></EntityDescriptor>`, []Kind{TooShort, NoSigningKey}},
		"no entityID":   {entityOf(" ", "", signing), []Kind{NoEntityID}},
		"no key":        {entityOf("urn:a", "", keyDescriptor(` use="encryption"`, good)), []Kind{NoSigningKey}},
		"weak":          {entityOf("urn:a", "", keyDescriptor("", certificateOf(t, weak, &weak.PublicKey))), []Kind{WeakKey}},
		"unreadable":    {entityOf("urn:a", "", signing+keyDescriptor("", "AAAA")), []Kind{BadCertificate}},
		"past":          {entityOf("urn:a", ` validUntil="2026-11-22T00:00:00Z"`, signing), []Kind{Expired}},
		"DTD":           {"<!DOCTYPE x>" + entityOf("urn:a", "", signing), []Kind{DTD}},
		"no IdP":        {`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="a"><SPSSODescriptor/></EntityDescriptor>` + strings.Repeat("\n", 1000), []Kind{NoIdP}},
		"many entities": {`<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">` + strings.Repeat(entityOf("urn:a", "", signing), 11) + `</EntitiesDescriptor>`, []Kind{TooManyEntities, TooManyKeys}},
	} {
		m := Parse([]byte(c.doc), "file")
		var got []Kind
		for _, p := range Problems(m, now) {
			got = append(got, p.Kind)
			if p.Says == "" {
				t.Errorf("%s: %s says nothing", name, p.Kind)
			}
		}
		if len(got) != len(c.want) || strings.Join(texts(got), " ") != strings.Join(texts(c.want), " ") {
			t.Errorf("%s: %v, want %v (%s)", name, got, c.want, m.Problem)
		}
	}
}

func texts(in []Kind) (out []string) {
	for _, k := range in {
		out = append(out, string(k))
	}
	return out
}

func TestRepeatedExtension(t *testing.T) {
	m := Parse([]byte(entityOf("urn:a", "", "")), "file")
	m.Entities[0].Signing = []evidence.Certificate{{DER: []byte{1}, SPKI: "x", RepeatedExtension: "2.5.29.19"}}
	p := Problems(m, now)
	if len(p) != 2 || p[1].Kind != RepeatedExtension || p[1].Saw != "2.5.29.19" {
		t.Errorf("%+v", p)
	}
}

func TestDrift(t *testing.T) {
	one, two := ec(t), ec(t)
	key := func(c string) string { return keyDescriptor(` use="signing"`, c) }
	parse := func(doc string) evidence.Metadata { return Parse([]byte(doc), "iam") }
	base := entityOf("urn:a", "", key(one))
	for name, c := range map[string]struct {
		idp    string
		want   string
		breaks bool
	}{
		"laid out anew":   {strings.NewReplacer("><", ">\n<", "md:", "", "xmlns:md", "xmlns").Replace(base), "", false},
		"new key beside":  {entityOf("urn:a", "", key(one)+key(two)), "signing certificate", true},
		"other order":     {entityOf("urn:a", "", key(one)+key(one)), "", false},
		"entityID":        {entityOf("urn:a/", "", key(one)), "entityID", true},
		"address":         {strings.Replace(base, "idp.example", "new.example", 1), "sign-on service", false},
		"validUntil":      {entityOf("urn:a", ` validUntil="2027-01-01T00:00:00Z"`, key(one)), "validUntil", false},
		"signed requests": {strings.Replace(base, `Signed="false"`, `Signed="true"`, 1), "WantAuthnRequestsSigned", false},
		"name IDs":        {strings.Replace(base, "persistent", "transient", 1), "NameID formats", false},
		"aggregate":       {`<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">` + base + entityOf("urn:z", "", key(two)) + `</md:EntitiesDescriptor>`, "", false},
	} {
		d := Drift(parse(base), parse(c.idp))
		if c.want == "" {
			if len(d) != 0 {
				t.Errorf("%s: %+v", name, d)
			}
			continue
		}
		if len(d) != 1 || d[0].What != c.want || d[0].Breaks != c.breaks || d[0].Says == "" {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if d := Drift(parse(entityOf("urn:a", "", key(one))), parse(entityOf("urn:a", "", key(two)))); len(d) != 2 {
		t.Errorf("replaced key: %+v", d)
	}
}

// Metadata that other projects publish.
func TestPublicMetadata(t *testing.T) {
	const corpus = "../../../shared/corpus/"
	f, err := os.Open(corpus + "MANIFEST.tsv")
	if err != nil {
		t.Skip("the corpus of public documents is not here")
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	counts, id := regexp.MustCompile(`(\d+) entities, (\d+) IDPSSODescriptor`), regexp.MustCompile(`entityID=([^;]+)`)
	read := 0
	for _, row := range rows {
		m := counts.FindStringSubmatch(row[3])
		if !strings.HasPrefix(row[0], "public/metadata/") || m == nil {
			continue
		}
		doc, err := os.ReadFile(corpus + row[0])
		if err != nil {
			t.Fatal(err)
		}
		got := Parse(doc, "file")
		idps := 0
		for _, e := range got.Entities {
			if e.IDPDescriptor {
				idps++
			}
		}
		if got.Problem == "" && (m[1] != itoa(len(got.Entities)) || m[2] != itoa(idps)) {
			t.Errorf("%s: %d entities and %d IdPs, want %s and %s", row[0], len(got.Entities), idps, m[1], m[2])
		}
		if want := id.FindStringSubmatch(row[3]); want != nil && (len(got.Entities) == 0 || got.Entities[0].ID.Value != strings.TrimSpace(want[1])) {
			t.Errorf("%s: %s: want %s", row[0], got.Problem, want[1])
		}
		Problems(got, now)
		if d := Drift(got, got); len(d) != 0 {
			t.Errorf("%s: differs from itself: %+v", row[0], d)
		}
		read++
	}
	if read < 30 {
		t.Errorf("only %d read", read)
	}
}

func itoa(n int) string { return big.NewInt(int64(n)).String() }

func FuzzMetadata(f *testing.F) {
	f.Add([]byte(entityOf("urn:a", "", keyDescriptor("", ec(f)))))
	f.Add([]byte("\xff\xfe<\x00"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		m := Parse(doc, "iam")
		if m.Problem == "" && len(m.Entities) == 0 {
			t.Fatal("neither a problem nor an entity")
		}
		for _, e := range m.Entities {
			if m.Encoding == "UTF-8" && (e.At.Start < 0 || e.At.End > len(doc)) {
				t.Fatalf("%+v", e.At)
			}
		}
		Problems(m, now)
		if d := Drift(m, m); len(d) != 0 && unique(m) {
			t.Fatalf("differs from itself: %+v", d)
		}
	})
}

func unique(m evidence.Metadata) bool {
	seen := map[string]bool{}
	for _, e := range m.Entities {
		if seen[e.ID.Value] {
			return false
		}
		seen[e.ID.Value] = true
	}
	return true
}
