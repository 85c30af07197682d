package xmldsig_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/xmldsig"
)

// Documents that are small and take long, if one lets them. What is asserted
// is that they end, and are told apart from wrong signatures.
func TestDocumentsThatAskForTooMuch(t *testing.T) {
	m := makers()[0]
	good := m.exclusive(t, assertionOf("_1", "jdoe"))
	begun := time.Now()
	long := `<r xmlns="urn:r" xmlns:p="` + strings.Repeat("x", 1<<18) + `" ID="_1">` + strings.Repeat("<p:x/>", 2_000) + `</r>`
	_, signature := split(t, good)
	found, err := xmldsig.Inspect([]byte(strings.Replace(long, "</r>", signature+"</r>", 1)))
	if err != nil || len(found) != 1 || !found[0].Unsupported || found[0].Problem == "" {
		t.Errorf("amplified namespaces: %v %+v", err, found)
	}
	many := strings.Replace(assertionOf("_1", strings.Repeat("x", 20_000)), "</saml:Assertion>", strings.Repeat(signature, 300)+"</saml:Assertion>", 1)
	found, err = xmldsig.Inspect([]byte(many))
	if err != nil || len(found) != 300 || !found[299].Unsupported {
		t.Errorf("300 signatures: %v, %d", err, len(found))
	}
	if took := time.Since(begun); took > time.Minute {
		t.Errorf("took %s", took)
	}
}

func TestSmallKeysStillVerify(t *testing.T) {
	t.Setenv("GODEBUG", "rsa1024min=0")
	key, err := rsa.GenerateKey(rand.Reader, 768)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "weak"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	weak := maker{key, certificate.FromDER(der, "iam", "signing", evidence.Spot{})}
	doc := responseOf("_r", weak.exclusive(t, assertionOf("_1", "jdoe")))
	if j := judge(t, doc, weak.cert); j.State != xmldsig.Valid {
		t.Errorf("%+v", j)
	}
	t.Setenv("GODEBUG", "rsa1024min=1")
	if j := judge(t, doc, weak.cert); j.State != xmldsig.Invalid || !strings.Contains(strings.Join(j.Why, " "), "768 bits") {
		t.Errorf("where the library refuses the key: %+v", j)
	}
}
