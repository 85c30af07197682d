package emulator

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A collection of signed responses, made with other tools and judged by
// xmlsec1, lies beside the repository where it is developed. What that calls
// invalid must not be taken here; of what it calls valid, the library does not
// know a few algorithms.
func TestSignaturesAgainstXMLSec1(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "corpus")
	manifest, err := os.ReadFile(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Skip("the collection of signed responses is not here")
	}
	text, err := os.ReadFile(filepath.Join(root, "keys", "idp-a.crt"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	valid, taken := 0, 0
	for line := range strings.SplitSeq(string(manifest), "\n") {
		f := strings.Split(line, "\t")
		if len(f) < 4 || !strings.HasPrefix(f[0], "signatures/") || !strings.HasSuffix(f[0], ".xml") || !strings.Contains(f[3], "idp-a.crt") {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(root, f[0]))
		if err != nil {
			continue
		}
		response, err := parseResponse(raw)
		if err == nil {
			_, err = signedAssertion(response, []*x509.Certificate{cert}, nil)
		}
		switch {
		case strings.Contains(f[3], "NOT valid") && err == nil:
			t.Errorf("%s was taken", f[0])
		case strings.Contains(f[3], "Expected: signature valid"):
			valid++
			if err == nil {
				taken++
			}
		}
	}
	if valid == 0 || taken*10 < valid*7 {
		t.Errorf("%d of %d valid signatures were taken", taken, valid)
	}
	t.Logf("%d of %d valid signatures were taken", taken, valid)
}
