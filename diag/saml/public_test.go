package saml_test

import (
	"encoding/base64"
	"encoding/csv"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"example.com/samlens/diag/saml"
	"example.com/samlens/diag/xmldsig"
)

const corpus = "../../../shared/corpus/"

// manifest returns the corpus's list: file and what is said of it.
func manifest(t testing.TB, below string) map[string]string {
	t.Helper()
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
	out := map[string]string{}
	for _, row := range rows {
		if len(row) > 3 && strings.HasPrefix(row[0], below) {
			out[row[0]] = row[3]
		}
	}
	return out
}

var (
	issuerIs = regexp.MustCompile(`issuer=([^;]+)`)
	sigIs    = regexp.MustCompile(`signature (\d+) on (\w+) (\S+): (VALID|INVALID) against the embedded certificate`)
)

// Responses that other projects publish: each is read or refused in one
// sentence, the issuer is theirs, and signatures are as xmlsec1 finds them.
func TestPublicResponsesAreReadAsTheyAre(t *testing.T) {
	read, compared := 0, 0
	for file, said := range manifest(t, "public/response/") {
		doc, err := os.ReadFile(corpus + file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(said, "form=base64") {
			if doc, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(doc)), "")); err != nil {
				continue // transport is the capture's business
			}
		} else if !strings.HasPrefix(said, "form=xml") {
			continue
		}
		r, err := saml.Parse(doc, saml.Options{})
		if err != nil {
			var not *saml.NotResponse
			var syntax *saml.SyntaxError
			if !errors.As(err, &not) && !errors.As(err, &syntax) || len(err.Error()) > 250 || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("%s: %v", file, err)
			}
			if strings.Contains(said, "root=Response; 1 Assertion") {
				t.Errorf("%s: not read: %v", file, err)
			}
			continue
		}
		read++
		if m := issuerIs.FindStringSubmatch(said); m != nil && strings.Contains(said, "root=Response; 1 Assertion, 0 Enc") {
			a, ok := r.First()
			got := a.Issuer.Value
			if r.Issuer.Present { // the first in the document, as the list has it
				ok, got = true, r.Issuer.Value
			}
			if want := strings.TrimSpace(m[1]); want != "" && want != "None" && want != "(none)" && (!ok || strings.TrimSpace(got) != want) {
				t.Errorf("%s: issuer %q, want %q", file, got, want)
			}
		}
		for _, m := range sigIs.FindAllStringSubmatch(said, -1) {
			i := int(m[1][0] - '1')
			if i >= len(r.Signatures) {
				t.Errorf("%s: %d signatures, xmlsec1 found more", file, len(r.Signatures))
				continue
			}
			s := r.Signatures[i]
			compared++
			_, verified := xmldsig.VerifiedBy(s, s.Certificates)
			if got := verified && s.Intact(); got != (m[4] == "VALID") {
				t.Errorf("%s: signature %d %s on %s: right %v (verified %v, intact %v, %q), xmlsec1 says %s", file, i+1, m[3], m[2], got, verified, s.Intact(), s.Problem, m[4])
			}
		}
		if j := xmldsig.Judge(r, nil); r.Doctype.Known() && j.State == xmldsig.Valid {
			t.Errorf("%s: valid despite its DTD", file)
		}
	}
	if read < 150 || compared < 50 {
		t.Errorf("only %d read, %d signatures compared", read, compared)
	}
}
