package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestACaseTellsOfflineWhatAWSSaid saves every incident after really asking
// its AWS, and opens it without.
func TestACaseTellsOfflineWhatAWSSaid(t *testing.T) {
	for _, i := range incidents() {
		t.Run(i.ID, func(t *testing.T) {
			b := newBench(t)
			har, r := b.incident(i.ID)
			saved := filepath.Join(t.TempDir(), "case.json")
			_, out, told := b.run("check", har, "--live", "--endpoint-url", r.Server.URL(), "--format", "json", "--save", saved)
			if !strings.Contains(told, "saved "+saved) {
				t.Fatalf("not told that it was saved: %s", told)
			}
			want := parsed(t, out)
			code, again, told := b.run("check", saved, "--format", "json")
			got := parsed(t, again)
			if len(got.Captures) != len(want.Captures) {
				t.Fatalf("%d sign-ins, want %d; %s", len(got.Captures), len(want.Captures), told)
			}
			for n := range want.Captures {
				if g, w := essence(t, got.Captures[n]), essence(t, want.Captures[n]); g != w {
					t.Errorf("sign-in %d differs: %s", n, difference(g, w))
				}
			}
			if i.Rule != "" && code != 1 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got " + g[i] + ", want " + w[i]
		}
	}
	return "one is longer"
}

func TestSavingOverwritesNothingUnasked(t *testing.T) {
	b := newBench(t)
	saved := filepath.Join(t.TempDir(), "case.json")
	har := "../../testdata/captures/chrome.har"
	if code, _, told := b.run("check", har, "--save", saved); code == 2 {
		t.Fatal(told)
	}
	first, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(saved); info.Mode().Perm() != 0o600 {
		t.Errorf("the case has mode %v", info.Mode())
	}
	if code, out, told := b.run("check", har, "--save", saved, "--no-redact"); code != 2 || out != "" || !strings.Contains(told, "--force") {
		t.Errorf("exit %d, %q, %s", code, out, told)
	}
	if now, _ := os.ReadFile(saved); !bytes.Equal(now, first) {
		t.Error("the file was changed")
	}
	if code, _, told := b.run("check", har, "--save", saved, "--no-redact", "--force"); code == 2 {
		t.Error(told)
	}
	if now, _ := os.ReadFile(saved); bytes.Equal(now, first) {
		t.Error("--force did not overwrite it")
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(saved), ".samlens-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if code, _, told := b.run("check", har, "--save", filepath.Join(t.TempDir(), "none", "case.json")); code != 2 {
		t.Errorf("exit %d: %s", code, told)
	}
}

func TestUnknownCasesAreRefusedPlainly(t *testing.T) {
	b := newBench(t)
	for doc, want := range map[string]string{
		`{"schema":"samlens/case/9"}`:            "samlens/case/9",
		`{"schema":"samlens/report/1"}`:          "report",
		`{"schema":"samlens/case/1","cases":[]}`: "no sign-in",
	} {
		path := filepath.Join(t.TempDir(), "case.json")
		if err := os.WriteFile(path, []byte(doc), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, told := b.run("check", path); code != 2 || !strings.Contains(told, want) {
			t.Errorf("%s: exit %d, %s", doc, code, told)
		}
	}
}
