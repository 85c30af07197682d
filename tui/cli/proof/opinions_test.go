package proof

import (
	"crypto/x509"
	"encoding/pem"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"pgregory.net/rapid"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
	"example.com/samlens/diag/xmldsig"
)

// documents are the responses of all mutations and writings, each once.
func documents(t testing.TB) map[string][]byte {
	t.Helper()
	out, seen := map[string][]byte{}, map[string]bool{}
	add := func(name string, s *signIn) {
		if s.response.EncryptTo != nil {
			return // what is closed has no signature to be read
		}
		if doc := s.document(t); !seen[string(doc)] {
			seen[string(doc)] = true
			out[name] = doc
		}
	}
	add("healthy", healthy(t))
	for _, m := range mutations() {
		s := healthy(t)
		m.change(t, s)
		add(m.rule+" "+m.name, s)
	}
	for _, w := range writings() {
		s := healthy(t)
		w.change(t, s)
		add(w.name, s)
	}
	return out
}

// disagreements are the documents on whose signatures xmlsec1 says something
// else, and why. With goxmldsig there is none.
var disagreements = map[string]string{
	"duplicate-id": "xmlsec1 takes no reference that two elements answer to; the signature of the one that is used is right, and duplicate-id warns",
}

// certificates are the proof's, whoever holds them.
func certificates(t testing.TB) (out []*x509.Certificate) {
	for _, name := range []string{"idp-a", "idp-a-next", "other", "weak", "expired"} {
		out = append(out, keyOf(t, name).Certificate)
	}
	return out
}

// TestSignaturesBySecondOpinion has every signature of every document verified
// by goxmldsig and, where it is installed, by xmlsec1.
func TestSignaturesBySecondOpinion(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("xmlsec1")
	if err != nil {
		t.Log("xmlsec1 is not installed: goxmldsig alone is asked")
	}
	dir := t.TempDir()
	var held []evidence.Certificate
	for i, c := range certificates(t) {
		held = append(held, certificate.FromDER(c.Raw, "iam", "signing", evidence.Spot{}))
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.pem", i)), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n, good := 0, 0
	for name, doc := range documents(t) {
		signatures, err := xmldsig.Inspect(doc)
		if err != nil {
			continue // no XML
		}
		for _, s := range signatures {
			if s.ParentID == "" {
				continue
			}
			n++
			which, ours := xmldsig.VerifiedBy(s, held)
			ours = ours && s.Intact()
			if ours {
				good++
			}
			if theirs := goxmldsig(doc, s.ParentID, certificates(t)); theirs != ours {
				t.Errorf("%s, %s: %v, goxmldsig says %v (%s)", name, s.Over, ours, theirs, s.Problem)
			}
			if program == "" {
				continue
			}
			theirs := xmlsec(t, program, dir, doc, s.ParentID, max(which, 0))
			why, explained := disagreements[strings.TrimSpace(name)]
			switch {
			case (theirs != ours) != explained:
				t.Errorf("%s, %s: %v, xmlsec1 says %v (%s)", name, s.Over, ours, theirs, s.Problem)
			case explained:
				t.Logf("%s: %v, xmlsec1 says %v: %s", name, ours, theirs, why)
			}
		}
	}
	if n < 60 || good < 50 || good == n {
		t.Errorf("%d signatures, %d of them good", n, good)
	}
}

// goxmldsig asks the library whether the element of an ID is signed by one of
// the certificates, whatever their dates.
func goxmldsig(doc []byte, id string, held []*x509.Certificate) (ok bool) {
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
		if el.SelectAttrValue("ID", "") != id || el.SelectElement("Signature") == nil {
			continue
		}
		for _, c := range held {
			v := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{c}})
			v.Clock = dsig.NewFakeClockAt(c.NotBefore.Add(time.Second))
			if _, err := v.Validate(el.Copy()); err == nil {
				return true
			}
		}
	}
	return false
}

// xmlsec asks xmlsec1 the same of one certificate.
func xmlsec(t *testing.T, program, dir string, doc []byte, id string, which int) bool {
	t.Helper()
	file := filepath.Join(dir, "document.xml")
	if err := os.WriteFile(file, doc, 0o600); err != nil {
		t.Fatal(err)
	}
	const saml = "urn:oasis:names:tc:SAML:2.0:"
	err := exec.CommandContext(t.Context(), program, "--verify", "--enabled-reference-uris", "empty,same-doc", "--enabled-key-data", "raw-x509-cert",
		"--pubkey-cert-pem", filepath.Join(dir, fmt.Sprintf("%d.pem", which)),
		"--id-attr:ID", saml+"protocol:Response", "--id-attr:ID", saml+"assertion:Assertion", "--node-id", id, file).Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return err == nil
}

// TestTimesBySecondOpinion reads instants with the standard library. Where the
// two differ, the difference is one that XML Schema makes.
func TestTimesBySecondOpinion(t *testing.T) {
	t.Parallel()
	fractions := regexp.MustCompile(`^\d{4}-\d\d-\d\d[T]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	rapid.Check(t, func(r *rapid.T) {
		for range 500 {
			s := fmt.Sprintf("%04d-%02d-%02d%s%02d:%02d:%02d%s%s", rapid.IntRange(0, 9999).Draw(r, "year"), rapid.IntRange(0, 13).Draw(r, "month"), rapid.IntRange(0, 32).Draw(r, "day"),
				rapid.SampledFrom([]string{"T", "T", "T", "t", " "}).Draw(r, "T"), rapid.IntRange(0, 25).Draw(r, "hour"), rapid.IntRange(0, 61).Draw(r, "minute"), rapid.IntRange(0, 61).Draw(r, "second"),
				rapid.SampledFrom([]string{"", "", ".1", ".123", ".123456789", ".1234567890123", ".", ",5"}).Draw(r, "fraction"),
				rapid.SampledFrom([]string{"Z", "Z", "Z", "z", "", "+02:00", "-11:30", "+0200", "+14:00", " UTC"}).Draw(r, "zone"))
			got, ok := markup.Time(s)
			want, err := time.Parse(time.RFC3339Nano, s)
			switch {
			case s[11:19] == "24:00:00":
				// xs:dateTime has the end of a day as its 24th hour, RFC 3339 has not.
				want, err = time.Parse(time.RFC3339Nano, s[:11]+"00:00:00"+s[19:])
				want = want.Add(24 * time.Hour)
				if !strings.HasPrefix(strings.TrimLeft(s[19:], ".0123456789"), "Z") {
					continue // how a zone and a fraction go with it is of no matter
				}
			case err == nil && !fractions.MatchString(s):
				// Go takes a comma for the point; XML Schema does not.
				err = errors.New("no xs:dateTime")
			}
			if ok != (err == nil) || ok && !got.Equal(want) {
				r.Errorf("%q is %s %v, the standard library says %s %v", s, got, ok, want, err)
			}
		}
	})
}

// TestXMLBySecondOpinion reads every document with encoding/xml too: the same
// elements, attributes and text.
func TestXMLBySecondOpinion(t *testing.T) {
	t.Parallel()
	n := 0
	for name, doc := range documents(t) {
		want, err := standard(doc)
		tree, _, bad := markup.Read(doc)
		if err != nil || bad != nil {
			if (err != nil) != (bad != nil) {
				t.Errorf("%s: %v, encoding/xml says %v", name, bad, err)
			}
			continue
		}
		n++
		if got := ours(tree); got != want {
			t.Errorf("%s:\n%s\nencoding/xml:\n%s", name, got, want)
		}
	}
	if n < 60 {
		t.Errorf("only %d documents were read", n)
	}
}

// standard tells a document by encoding/xml: each element with its attributes
// and the text directly in it.
func standard(doc []byte) (string, error) {
	d := xml.NewDecoder(strings.NewReader(string(doc)))
	var lines []string
	var open []int
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return strings.Join(lines, "\n"), nil
		case err != nil:
			return "", err
		}
		switch x := token.(type) {
		case xml.StartElement:
			line := x.Name.Space + " " + x.Name.Local
			for _, a := range x.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					line += fmt.Sprintf(" %s|%s=%q", a.Name.Space, a.Name.Local, a.Value)
				}
			}
			lines, open = append(lines, line+": "), append(open, len(lines))
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				lines[open[len(open)-1]] += string(x)
			}
		}
	}
}

func ours(t *markup.Tree) string {
	var lines []string
	for i := range t.Nodes {
		n := &t.Nodes[i]
		if n.Kind != markup.Element {
			continue
		}
		line := n.Space + " " + n.Name
		for j := i + 1; j < len(t.Nodes) && (t.Nodes[j].Kind == markup.Attribute || t.Nodes[j].Kind == markup.Declaration); j++ {
			if a := &t.Nodes[j]; a.Kind == markup.Attribute {
				line += fmt.Sprintf(" %s|%s=%q", a.Space, a.Name, a.Value)
			}
		}
		lines = append(lines, line+": "+t.Text(i))
	}
	return strings.Join(lines, "\n")
}
