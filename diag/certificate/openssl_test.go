package certificate

import (
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Certificates that other projects publish say here what openssl reads in
// them.
func TestAgreesWithOpenSSL(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/public/key/*/*")
	if len(files) == 0 {
		t.Skip("the corpus of public certificates is not here")
	}
	program, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed")
	}
	compared := 0
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := FromPEM(b)
		if block, _ := pem.Decode(b); len(found) == 0 || block == nil || block.Type != "CERTIFICATE" {
			continue
		}
		out, err := exec.CommandContext(t.Context(), program, "x509", "-in", file, "-noout", "-fingerprint", "-sha256", "-serial").Output()
		if err != nil {
			continue
		}
		compared++
		said := string(out)
		if c := found[0]; !strings.Contains(said, "="+c.SHA256+"\n") || !strings.Contains(said, "serial="+field(c, FieldSerial)+"\n") {
			t.Errorf("%s: %s %s, openssl says %s", file, c.SHA256, field(c, FieldSerial), said)
		}
		if field(found[0], FieldKey) == "" || field(found[0], FieldTo) == "" {
			t.Errorf("%s: %+v", file, Facts(found[0]))
		}
	}
	if compared < 10 {
		t.Errorf("only %d compared", compared)
	}
}
