package redact

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
)

var (
	longRuns   = regexp.MustCompile(`[A-Za-z0-9+/=_-]{65,}`)
	eMails     = regexp.MustCompile(`[A-Za-z0-9._+-]{2,}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`)
	cookieLine = regexp.MustCompile(`(?is)"name":\s*"(?:set-cookie|cookie|authorization)",\s*"value":\s*"((?:[^"\\]|\\.)*)"`)
	now        = time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
)

func copied(t *testing.T, in []byte) ([]byte, error) {
	t.Helper()
	var out bytes.Buffer
	err := NewNames().Copy(&out, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(in)), nil }, nil)
	return out.Bytes(), err
}

// diagnosed are the diagnoses of a file's sign-ins, and the documents in it.
func diagnosed(b []byte) (out []diag.Diagnosis) {
	sources, err := capture.Open("f", bytes.NewReader(b))
	if err != nil {
		return nil
	}
	for _, s := range sources {
		for _, c := range diag.Cases(s, diag.Options{Now: now}) {
			out = append(out, diag.Diagnose(c))
		}
	}
	return out
}

// everything is a file as text together with what is packed in it.
func everything(b []byte, ds []diag.Diagnosis) string {
	out := string(b)
	for _, d := range ds {
		out += "\n" + string(d.Case.Response.Value.XML)
	}
	return out
}

// people are the names in a response.
func names(d diag.Diagnosis) (out []string) {
	for _, a := range d.Case.Response.Value.Assertions {
		if a.Subject != nil {
			out = append(out, strings.TrimSpace(a.Subject.NameID.Value))
		}
	}
	if cl, _, ok := claims.Read(d.Case); ok {
		if v, ok := claims.First(cl.SessionName); ok {
			out = append(out, strings.TrimSpace(v.Value))
		}
	}
	return out
}

// ofSignature are rules that speak of the signature, which does not survive.
func ofSignature(rule string) bool {
	return strings.HasPrefix(rule, "signature-") || strings.HasPrefix(rule, "certificate-") || strings.HasPrefix(rule, "assertion-undec")
}

// mixed reports whether a run is packed bytes and no path or hexadecimal ID.
func mixed(run string) bool {
	upper, lower := 0, 0
	for _, r := range run {
		if r >= 'A' && r <= 'Z' {
			upper++
		} else if r >= 'a' && r <= 'z' {
			lower++
		}
	}
	return upper > 4 && lower > 4
}

func corpus(t *testing.T) (files []string) {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "corpus")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the shared captures are not on this machine")
	}
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && slices.Contains([]string{".har", ".b64", ".base64", ".xml", ".json", ".txt", ".html", ".post"}, filepath.Ext(p)) && !strings.HasSuffix(p, "truth.json") {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNothingSecretSurvives walks captures of every form: of what could sign
// somebody in or name somebody, nothing is in the copy, not even packed.
func TestNothingSecretSurvives(t *testing.T) {
	judged, alike := 0, 0
	for i, path := range corpus(t) {
		if i%12 != 0 && !strings.Contains(path, "har-variants") && !strings.Contains(path, "transport") {
			continue // a part of them, so as to stay quick
		}
		in, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(in) > 1<<20 {
			continue
		}
		out, err := copied(t, in)
		if err != nil {
			if len(out) > 0 && !bytes.Contains([]byte(err.Error()), []byte("breaks off")) {
				t.Errorf("%s: %v, with %d bytes of output", path, err, len(out))
			}
			continue
		}
		before, after := diagnosed(in), diagnosed(out)
		all := everything(out, after)
		for _, run := range longRuns.FindAllString(string(out), -1) {
			if mixed(run) && strings.Contains(string(in), run[:65]) {
				t.Errorf("%s: a run of %d characters survives: %.30s…", path, len(run), run)
			}
		}
		for _, m := range cookieLine.FindAllSubmatch(in, -1) {
			if v := string(m[1]); len(v) > 5 && v != "REDACTED" && strings.Contains(all, v) {
				t.Errorf("%s: a cookie or credential survives: %.20s…", path, v)
			}
		}
		for _, d := range before {
			for _, who := range names(d) {
				if telling(who) && !strings.HasPrefix(strings.ToLower(who), "user-") && strings.Contains(all, who) {
					t.Errorf("%s: the name %q survives", path, who)
				}
			}
		}
		for _, m := range eMails.FindAllString(everything(in, before), -1) {
			if !strings.HasSuffix(m, ".example") || !strings.Contains(m, "@company-") {
				if strings.Contains(all, m) {
					t.Errorf("%s: the address %q survives", path, m)
				}
			}
		}
		if len(before) == 0 {
			continue
		}
		judged++
		if len(after) != len(before) {
			t.Logf("%s: %d sign-ins, %d in the copy", path, len(before), len(after))
			continue
		}
		b, a := before[len(before)-1], after[len(after)-1]
		if b.Verdict.Rule == a.Verdict.Rule || ofSignature(b.Verdict.Rule) {
			alike++
		} else {
			t.Logf("%s: %s %q became %s %q: %s", path, b.Verdict.State, b.Verdict.Rule, a.Verdict.State, a.Verdict.Rule, a.Verdict.Summary)
		}
		if a.Verdict.State == "healthy" && b.Case.Capture.Value.Outcome == evidence.OutcomeUnknown {
			t.Errorf("%s: a copy whose signature cannot be judged is called healthy", path)
		}
	}
	t.Logf("of %d captures %d copies have the original's cause", judged, alike)
	if judged > 0 && alike*20 < judged*19 {
		t.Errorf("of %d captures only %d copies have the original's cause", judged, alike)
	}
}
