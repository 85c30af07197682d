package xmldsig_test

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/xmldsig"
)

// odd holds what canonicalisers get wrong: several namespaces on one
// element, redeclared and undeclared ones, inherited xml attributes, CDATA,
// references, comments, instructions and line ends.
const odd = "<?xml version=\"1.0\"?>\r\n<!-- before --><?pi before?>\n" +
	`<s:Outer xmlns:s="urn:s" xmlns="urn:default" xmlns:z="urn:a" xmlns:a="urn:z" xmlns:unused="urn:u" xml:lang="en" xml:base="http://h/x/y" xml:space="preserve">` +
	`<s:Signed ID="_1" xmlns:a="urn:z2" xml:base="../q" a:b="1" z:b="2" z:a="3" b="4" a='5 &#9;&#10;&#13;"&lt;&gt;&amp;'>` + "\r\n\ttext &#13;&gt;<![CDATA[ <&> ]]><!-- comment\r\n --><?pi  data\r\n?>" +
	`<in xmlns=""><deep xmlns="urn:default2"><x/><z:y xmlns:z="urn:z3" z:q="1"/></deep></in><s:e xmlns:s="urn:s" xmlns="urn:default"/><u:e xmlns:u="urn:late" u:ö="ß"/>` +
	`%s</s:Signed></s:Outer>`

func template(c14n, transform, inside string) string {
	return `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="` + c14n + `"/>` +
		`<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#_1"><ds:Transforms>` +
		`<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="` + transform + `">` + inside + `</ds:Transform></ds:Transforms>` +
		`<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>`
}

// xmlsec1 signs the oddest document there is in every way; all of it has to
// be found intact.
func TestXMLSecSignsAndWeAgree(t *testing.T) {
	program, err := exec.LookPath("xmlsec1")
	if err != nil {
		t.Skip("xmlsec1 is not installed")
	}
	m, dir := makers()[0], t.TempDir()
	der, err := x509.MarshalPKCS8PrivateKey(m.key)
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(dir, "key.pem")
	if err := os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	const exclusive, rec, v11 = "http://www.w3.org/2001/10/xml-exc-c14n#", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11"
	prefixes := `<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="#default unused a"/>`
	for i, c := range []struct{ info, transform, inside string }{
		{exclusive, exclusive, ""},
		{exclusive, exclusive, prefixes},
		{rec, rec, ""},
		{v11, v11, ""},
		{exclusive, exclusive + "WithComments", ""},
		{rec + "#WithComments", rec + "#WithComments", ""},
		{v11 + "#WithComments", v11 + "#WithComments", ""},
		{rec, exclusive, prefixes},
	} {
		in, out := filepath.Join(dir, fmt.Sprintf("in%d.xml", i)), filepath.Join(dir, fmt.Sprintf("out%d.xml", i))
		doc := fmt.Sprintf(odd, template(c.info, c.transform, c.inside))
		if err := os.WriteFile(in, []byte(doc), 0o600); err != nil {
			t.Fatal(err)
		}
		said, err := exec.CommandContext(t.Context(), program, "--sign", "--privkey-pem", key, "--id-attr:ID", "urn:s:Signed", "--output", out, in).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		signed, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		found, err := xmldsig.Inspect(signed)
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v, %d signatures", c.transform, err, len(found))
		}
		if _, ok := xmldsig.VerifiedBy(found[0], []evidence.Certificate{m.cert}); !ok || !found[0].Intact() {
			t.Errorf("%s, %s %q: verified %v, intact %v, %q", c.info, c.transform, c.inside, ok, found[0].Intact(), found[0].Problem)
		}
		again, err := xmldsig.Inspect([]byte(strings.Replace(string(signed), "text ", "texT ", 1)))
		if err != nil || again[0].Intact() {
			t.Errorf("%s: a change is not seen: %v", c.transform, err)
		}
	}
}
