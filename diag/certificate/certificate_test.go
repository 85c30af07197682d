package certificate

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/evidence"
)

var day = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func make509(t testing.TB, cn string, from, to time.Time) evidence.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(0x0abc), Subject: pkix.Name{CommonName: cn}, NotBefore: from, NotAfter: to, KeyUsage: x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return FromDER(der, "file", "signing", evidence.Spot{})
}

// refused changes a good certificate into one that the standard library does
// not take.
func refused(t testing.TB, change func(*form)) evidence.Certificate {
	t.Helper()
	f, err := parse(make509(t, "odd", day, day.AddDate(1, 0, 0)).DER)
	if err != nil {
		t.Fatal(err)
	}
	change(&f)
	der, err := asn1.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return FromDER(der, "file", "signing", evidence.Spot{})
}

func field(c evidence.Certificate, name string) string {
	for _, f := range Facts(c) {
		if f.Name == name {
			return f.Value
		}
	}
	return "?"
}

func TestFacts(t *testing.T) {
	c := make509(t, "one", day, day.AddDate(1, 0, 0))
	for name, want := range map[string]string{
		FieldSubject: "CN=one", FieldIssuer: "CN=one", FieldSerial: "0ABC", FieldFrom: "2026-11-23T09:00:00Z", FieldTo: "2027-11-23T09:00:00Z",
		FieldKey: "ECDSA 256", FieldAlgorithm: "ECDSA-SHA256", FieldUsage: "digital signature", FieldProblem: "",
	} {
		if got := field(c, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if len(c.SHA256) != 95 || len(c.SHA1) != 59 || len(c.SPKI) != 64 {
		t.Errorf("fingerprints %q %q %q", c.SHA256, c.SHA1, c.SPKI)
	}
}

func TestWhatTheLibraryRefusesIsShownAllTheSame(t *testing.T) {
	negative := refused(t, func(f *form) { f.TBS.Serial = big.NewInt(-5) })
	if negative.X509 != nil || negative.Err == "" {
		t.Skip("the standard library takes a negative serial number")
	}
	if field(negative, FieldSerial) != "-05" || field(negative, FieldSubject) != "CN=odd" || field(negative, FieldKey) != "ECDSA 256" || negative.SPKI == "" {
		t.Errorf("%+v", Facts(negative))
	}
	if _, err := PublicKey(negative); err != nil {
		t.Error(err)
	}
	twice := refused(t, func(f *form) { f.TBS.Extensions = append(f.TBS.Extensions, f.TBS.Extensions[0]) })
	if twice.RepeatedExtension != "2.5.29.15" || !strings.Contains(field(twice, FieldProblem), "2.5.29.15 occurs twice") {
		t.Errorf("%q %+v", twice.RepeatedExtension, Facts(twice))
	}
	none := FromBase64("bm8gY2VydGlmaWNhdGU=", "file", "", evidence.Spot{})
	if none.Err == "" || none.SHA256 == "" || none.SPKI != "" {
		t.Errorf("%+v", none)
	}
	if _, err := PublicKey(none); err == nil {
		t.Error("a key out of nothing")
	}
}

func TestFormsOfBase64(t *testing.T) {
	c := make509(t, "one", day, day.AddDate(1, 0, 0))
	text := base64.StdEncoding.EncodeToString(c.DER)
	for _, form := range []string{text, text[:64] + "\r\n  " + text[64:], PEM(c), "\n" + text + "\n", strings.TrimRight(text, "=")} {
		if d := FromBase64(form, "file", "", evidence.Spot{}); !d.Same(c) || d.Err != "" {
			t.Errorf("%.40q: %s", form, d.Err)
		}
	}
	for _, form := range []string{"", "  ", "***", strings.Repeat("A", 3*MaxBytes)} {
		if d := FromBase64(form, "file", "", evidence.Spot{}); d.Err == "" || d.DER != nil {
			t.Errorf("%.10q: %+v", form, d)
		}
	}
	if got := FromPEM([]byte("comment\n" + PEM(c) + PEM(c))); len(got) != 2 || !got[1].Same(c) {
		t.Errorf("%d certificates", len(got))
	}
	for _, form := range []string{string(c.DER), text} {
		if got := FromPEM([]byte(form)); len(got) != 1 || !got[0].Same(c) {
			t.Errorf("%d certificates of %.20q", len(got), form)
		}
	}
	if got := FromPEM([]byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")); got != nil {
		t.Errorf("%d certificates of a key", len(got))
	}
}

func TestCompare(t *testing.T) {
	a, b := make509(t, "one", day, day.AddDate(1, 0, 0)), make509(t, "two", day, day.AddDate(1, 0, 0))
	differs := map[string]bool{}
	for _, r := range Compare([]evidence.Certificate{a, {Err: "unreadable"}, b}) {
		if len(r.Values) != 3 || len(r.Differs) != 3 || r.Differs[0] {
			t.Errorf("%+v", r)
		}
		differs[r.Name] = !r.Same
	}
	for name, want := range map[string]bool{FieldSubject: true, FieldFrom: false, FieldTo: false, FieldKey: false, FieldSHA256: true, FieldSPKI: true} {
		if got, ok := differs[name]; !ok || got != want {
			t.Errorf("%s differs: %v %v", name, got, ok)
		}
	}
}

func TestStageOfARotation(t *testing.T) {
	old := make509(t, "old", day.AddDate(-1, 0, 0), day.AddDate(0, 0, 3).Add(time.Hour))
	young := make509(t, "young", day.AddDate(0, 0, -3), day.AddDate(2, 0, 0))
	list := func(c ...evidence.Certificate) []evidence.Certificate { return c }
	for name, c := range map[string]struct {
		s        Sources
		stage    Stage
		sentence string
	}{
		"steady":      {Sources{Signer: &young, IAM: list(young), IAMKnown: true, IdP: list(young), IdPKnown: true}, StageSteady, "IAM holds it."},
		"announced":   {Sources{Signer: &old, IAM: list(old), IAMKnown: true, IdP: list(old, young), IdPKnown: true}, StageAnnounced, "does not hold yet"},
		"ready":       {Sources{Signer: &old, IAM: list(old, young), IAMKnown: true, IdP: list(old, young), IdPKnown: true}, StageReady, "already holds"},
		"broken":      {Sources{Signer: &young, IAM: list(old), IAMKnown: true}, StageBroken, "valid from 2026-11-20; IAM holds only " + Label(old) + " that expires in 3 days"},
		"published":   {Sources{Signer: &young, IAM: list(old), IAMKnown: true, IdP: list(young), IdPKnown: true}, StageBroken, "IAM holds only"},
		"stranger":    {Sources{Signer: &young, IAM: list(old), IAMKnown: true, IdP: list(old), IdPKnown: true}, StageUnverified, "neither IAM holds nor the IdP publishes"},
		"leftover":    {Sources{Signer: &young, IAM: list(old, young), IAMKnown: true, IdP: list(young), IdPKnown: true}, StageLeftover, "no longer publishes"},
		"no signer":   {Sources{IAM: list(old), IAMKnown: true}, StageUnknown, "not known"},
		"only drift":  {Sources{IAM: list(old), IAMKnown: true, IdP: list(young), IdPKnown: true}, StageAnnounced, "which IAM does not hold"},
		"no provider": {Sources{Signer: &young}, StageUnknown, "not known"},
		"no keys":     {Sources{Signer: &young, IAMKnown: true}, StageBroken, "no certificate"},
	} {
		r := StageOf(c.s, day)
		if r.Stage != c.stage || !strings.Contains(r.Sentence, c.sentence) {
			t.Errorf("%s: %s, %q", name, r.Stage, r.Sentence)
		}
		if (r.Stage == StageBroken || r.Stage == StageAnnounced) && len(r.Missing) != 1 {
			t.Errorf("%s: missing %d", name, len(r.Missing))
		}
	}
}

func TestKeySize(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: day, NotAfter: day}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if kind, bits := KeySize(FromDER(der, "", "", evidence.Spot{})); kind != "RSA" || bits != 1024 {
		t.Errorf("%s %d", kind, bits)
	}
}

func FuzzFromDER(f *testing.F) {
	f.Add(make509(f, "one", day, day).DER)
	f.Add([]byte{0x30, 0x80})
	f.Fuzz(func(t *testing.T, der []byte) {
		c := FromDER(der, "file", "", evidence.Spot{})
		if c.X509 == nil && c.Err == "" {
			t.Fatalf("%+v", c)
		}
		Facts(c)
		StageOf(Sources{Signer: &c, IAM: []evidence.Certificate{c}, IAMKnown: true}, day)
		FromPEM(der)
	})
}
