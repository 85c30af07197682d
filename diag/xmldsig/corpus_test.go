package xmldsig_test

import (
	"crypto/x509"
	"encoding/csv"
	"encoding/pem"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/saml"
	"example.com/samlens/diag/xmldsig"
)

// corpus is where documents signed by other programs are, beside the
// repository.
const corpus = "../../../shared/corpus/"

// manifest returns the corpus's list: file and what is said of it.
func manifest(t testing.TB, below string) map[string]string {
	t.Helper()
	f, err := os.Open(corpus + "MANIFEST.tsv")
	if err != nil {
		t.Skip("the corpus of documents by other programs is not here")
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, row := range rows {
		if len(row) > 3 && strings.HasPrefix(row[0], below) {
			out[row[0]] = row[3]
		}
	}
	return out
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(corpus + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var signer = regexp.MustCompile(`sig(\d)@\w+:(OK|FAIL|ERROR)`)

// Every signature of the corpus is to be right or wrong as xmlsec1 found it.
func TestEverySignatureIsAsXMLSecFoundIt(t *testing.T) {
	keys := map[string][]any{}
	compared := 0
	for file, said := range manifest(t, "signatures/") {
		if !strings.HasSuffix(file, ".xml") || strings.Contains(file, "/hostile/") {
			continue
		}
		world := strings.TrimPrefix(strings.Split(file, "/")[1], "world-")
		if keys[world] == nil {
			block, _ := pem.Decode(read(t, "keys/sp-enc-"+world+".key"))
			k, err := x509.ParsePKCS8PrivateKey(block.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			keys[world] = []any{k}
		}
		var trusted []evidence.Certificate
		for _, name := range []string{"idp-", "ec-"} {
			trusted = append(trusted, certificate.FromPEM(read(t, "keys/"+name+world+".crt"))...)
		}
		r, err := saml.Parse(read(t, file), saml.Options{Keys: keys[world]})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		verdicts := signer.FindAllStringSubmatch(said, -1)
		if i := strings.Index(said, "after decryption:"); i >= 0 {
			verdicts = signer.FindAllStringSubmatch(said[i:], -1)
		}
		for i, v := range verdicts {
			s := r.Signatures[i]
			_, verified := xmldsig.VerifiedBy(s, trusted)
			got, want := s.Intact() && verified, v[2] == "OK"
			switch {
			case v[2] == "ERROR" && strings.Contains(s.Method, "MGF1"):
				want = true // which xmlsec1 1.2 cannot compute
			case s.Over == "response" && r.Decrypted > 0:
				want = true // it signed the closed document, which is what is computed
			}
			compared++
			if got != want {
				t.Errorf("%s: signature %d is right: %v (%s), xmlsec1 says %s", file, i+1, got, s.Problem, v[2])
			}
		}
		expect(t, file, said, xmldsig.Judge(r, trusted))
		if r.Decrypted > 0 {
			closed, err := saml.Parse(read(t, file), saml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want := xmldsig.Unchecked // unless the response around it is signed
			if strings.Contains(said, "sig1@Response:OK") {
				want = xmldsig.Valid
			}
			if j := xmldsig.Judge(closed, trusted); j.State != want {
				t.Errorf("%s, closed: %s, want %s", file, j.State, want)
			}
		}
	}
	if compared < 30 {
		t.Errorf("only %d signatures compared", compared)
	}
}

func expect(t *testing.T, file, said string, j xmldsig.Judgement) {
	t.Helper()
	_, said, _ = strings.Cut(said, "Expected: ")
	var want xmldsig.State
	switch {
	case strings.Contains(file, "xsw"):
		want = xmldsig.Invalid
		if !j.Wrapped || j.How == "" {
			t.Errorf("%s: wrapping not seen", file)
		}
	case strings.HasPrefix(said, "unsigned"):
		want = xmldsig.Missing
	case strings.Contains(said, "Assertion signature valid"), strings.HasPrefix(said, "first signature NOT"):
		want = xmldsig.Valid // of the assertion: the other one stands
	case strings.HasPrefix(said, "NOT valid"):
		want = xmldsig.Invalid
	case strings.HasPrefix(said, "signature valid"), strings.HasPrefix(said, "decrypts with"):
		want = xmldsig.Valid
	default:
		return
	}
	if j.State != want {
		t.Errorf("%s: %s, want %s: %v", file, j.State, want, j.Why)
	}
	if (j.VerifiedBy != "") != (want == xmldsig.Valid) || want == xmldsig.Valid && j.Wrapped {
		t.Errorf("%s: verified by %q, wrapped %v %s", file, j.VerifiedBy, j.Wrapped, j.How)
	}
}

// Where goxmldsig's Validate accepts, nothing may be found wrong.
func TestAgreesWithGoxmldsig(t *testing.T) {
	files, _ := filepath.Glob(corpus + "signatures/world-*/*/*.xml")
	public, _ := filepath.Glob(corpus + "public/response/*/*.xml")
	accepted := 0
	for _, file := range append(files, public...) {
		doc, err := os.ReadFile(file)
		if err != nil || len(doc) > 64<<10 {
			continue
		}
		found, err := xmldsig.Inspect(doc)
		if err != nil {
			continue
		}
		for _, s := range found {
			if s.Over == "other" || len(s.Certificates) == 0 || s.Certificates[0].X509 == nil {
				continue
			}
			if !validates(doc, s) {
				continue
			}
			accepted++
			if ok, why := xmldsig.Verify(s, s.Certificates[0]); !ok || !s.Intact() {
				t.Errorf("%s: goxmldsig accepts the signature at %s, here: %v %q %q", file, s.At.Path, s.Intact(), s.Problem, why)
			}
		}
	}
	if len(files) == 0 {
		t.Skip("the corpus of documents by other programs is not here")
	}
	if accepted < 20 {
		t.Errorf("goxmldsig accepted only %d", accepted)
	}
}

// validates asks goxmldsig's own Validate about a signature.
func validates(doc []byte, s evidence.Signature) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	d := etree.NewDocument()
	if d.ReadFromBytes(doc) != nil {
		return false
	}
	for _, el := range d.FindElements("//*") {
		if el.SelectAttrValue("ID", "") != s.ParentID || el.SelectElement("Signature") == nil {
			continue
		}
		v := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{s.Certificates[0].X509}})
		v.Clock = dsig.NewFakeClockAt(s.Certificates[0].X509.NotBefore.Add(1))
		_, err := v.Validate(el)
		return err == nil
	}
	return false
}

// What another library accepts has to be valid here too; what it refuses may
// be refused for many reasons.
func TestAgreesWithASecondOpinion(t *testing.T) {
	said, err := os.ReadFile(corpus + "signatures/second-opinion.tsv")
	if err != nil {
		t.Skip("the corpus of documents by other programs is not here")
	}
	compared := 0
	for line := range strings.SplitSeq(string(said), "\n") {
		f := strings.Split(line, "\t")
		if len(f) < 4 || !strings.HasPrefix(f[2], "node-saml") || !strings.HasPrefix(f[3], "accepts") {
			continue
		}
		files, _ := filepath.Glob(corpus + "signatures/world-" + f[0] + "/*/" + f[1])
		if len(files) != 1 {
			continue
		}
		doc, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		r, err := saml.Parse(doc, saml.Options{})
		if err != nil {
			t.Errorf("%s: %v", f[1], err)
			continue
		}
		if len(r.Assertions) == 0 {
			continue
		}
		compared++
		j := xmldsig.Judge(r, certificate.FromPEM(read(t, "keys/idp-"+f[0]+".crt")))
		if j.State != xmldsig.Valid {
			t.Errorf("%s: node-saml accepts it, here it is %s: %v", f[1], j.State, j.Why)
		}
	}
	if compared < 20 {
		t.Errorf("only %d compared", compared)
	}
}

var embedded = regexp.MustCompile(`signature (\d+) on \w+ \S+: (VALID|INVALID) against the embedded certificate`)

// Signed metadata that other projects publish is as xmlsec1 found it.
func TestSignedMetadataIsAsXMLSecFoundIt(t *testing.T) {
	compared := 0
	for file, said := range manifest(t, "public/metadata/") {
		for _, m := range embedded.FindAllStringSubmatch(said, -1) {
			found, err := xmldsig.Inspect(read(t, file))
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			i := int(m[1][0] - '1')
			if i >= len(found) {
				t.Errorf("%s: %d signatures", file, len(found))
				continue
			}
			compared++
			_, ok := xmldsig.VerifiedBy(found[i], found[i].Certificates)
			if got := ok && found[i].Intact(); got != (m[2] == "VALID") {
				t.Errorf("%s: signature %s: %v, xmlsec1 says %s", file, m[1], got, m[2])
			}
		}
	}
	if compared < 3 {
		t.Errorf("only %d compared", compared)
	}
}
