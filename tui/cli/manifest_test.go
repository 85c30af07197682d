package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const corpus = "../../../shared/corpus"

// TestManifest walks the corpus' manifest: every file of it gives what the
// manifest says of it, or one clear sentence; none is called healthy that the
// manifest calls wrong, and nothing secret is in a sentence.
func TestManifest(t *testing.T) {
	if testing.Short() {
		t.Skip("walks hundreds of files")
	}
	f, err := os.Open(filepath.Join(corpus, "MANIFEST.tsv"))
	if err != nil {
		t.Skip("the corpus is not beside this checkout: " + err.Error())
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		row := strings.Split(lines.Text(), "\t")
		if len(row) < 4 || row[0] == "file" || strings.HasSuffix(row[0], "truth.json") || strings.HasSuffix(row[0], ".tsv") {
			continue
		}
		t.Run(row[0], func(t *testing.T) {
			t.Parallel()
			checkRow(t, row[0], row[3])
		})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

type checked struct {
	Captures []struct {
		Assertion *struct{ Issuer *string }
		Signature struct{ State string }
		Verdict   struct{ State, Summary string }
		Chain     []struct{ Hop, State string }
	}
	Documents []struct{ Kind string }
}

var issuerIs = regexp.MustCompile(`issuer=([^;]+)`)

func checkRow(t *testing.T, file, says string) {
	t.Helper()
	var out, errs bytes.Buffer
	path := filepath.Join(corpus, filepath.FromSlash(file))
	code := Run(t.Context(), World{
		Args: []string{"check", "--offline", "--format", "json", path}, In: strings.NewReader(""), Out: &out, Err: &errs,
		Env: func(string) string { return "" }, Now: func() time.Time { return time.Date(2026, 11, 23, 9, 1, 0, 0, time.UTC) },
	})
	if code < 0 || code > 3 {
		t.Fatalf("exit code %d", code)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(errs.String()), "\n") {
		if len(line) > 700 || strings.Contains(line, "goroutine ") || longBase64.MatchString(line) {
			t.Errorf("stderr is no clear sentence: %.300q", line)
		}
	}
	var r checked
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("exit %d, no report: %v\n%s", code, err, errs.String())
	}
	if code == ExitUnusable && errs.Len() == 0 {
		t.Error("refused without a word")
	}
	if len(r.Captures) == 0 {
		return
	}
	c := r.Captures[len(r.Captures)-1]
	if len(c.Chain) != 10 || c.Verdict.Summary == "" {
		t.Errorf("the chain has %d hops, the summary is %q", len(c.Chain), c.Verdict.Summary)
	}
	if strings.HasPrefix(file, "public/response/") {
		checkPublic(t, says, r)
	}
	if strings.Contains(says, "DOCTYPE") && c.Signature.State == "valid" {
		t.Error("a document with a DTD is called valid")
	}
}

var longBase64 = regexp.MustCompile(`[A-Za-z0-9+/]{65,}`)

// checkPublic holds a response of a public repository against the manifest: it
// was made for another service, so nothing of it is healthy.
func checkPublic(t *testing.T, says string, r checked) {
	t.Helper()
	c := r.Captures[len(r.Captures)-1]
	if c.Verdict.State == "healthy" {
		t.Error("a response that was never made for AWS is called healthy")
	}
	if !strings.Contains(says, "root=Response; 1 Assertion, 0 EncryptedAssertion") {
		return
	}
	if c.Assertion == nil {
		t.Error("its assertion was not read")
		return
	}
	want := issuerIs.FindStringSubmatch(says)
	if want == nil || strings.Trim(want[1], " ") == "(none)" {
		return
	}
	if c.Assertion.Issuer == nil || strings.TrimSpace(*c.Assertion.Issuer) != strings.TrimSpace(want[1]) {
		t.Errorf("the issuer is read as %v, the manifest says %q", c.Assertion.Issuer, want[1])
	}
}
