package proof

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/diag/chain"
	"example.com/samlens/tui/demo"
)

// TestNothingIsStaged changes one thing in the world of an incident after its
// sign-in was recorded: the diagnosis follows the world and not the script.
func TestNothingIsStaged(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		incident, name string
		change         func(*testing.T, *emulator.World)
		rule           string // the cause then; "" for none
		finding        string // and what it says beside
	}{
		{"healthy", "one byte of the certificate", func(t *testing.T, w *emulator.World) {
			m := w.Providers[0].Metadata
			at := strings.Index(m, "<ds:X509Certificate>") + 700 // inside the key
			c := byte('A')
			if m[at] == 'A' {
				c = 'B'
			}
			if m[at] == '\n' || m[at] == '<' {
				t.Fatal("no byte of the certificate")
			}
			w.Providers[0].Metadata = m[:at] + string(c) + m[at+1:]
		}, "", "evidence-disagrees"},
		{"capitals", "one user's name", func(_ *testing.T, w *emulator.World) {
			for i := range w.Instances[0].Users {
				if u := &w.Instances[0].Users[i]; strings.HasPrefix(u.Username, "joanna.doe") {
					u.Username = "Joanna.Doe" + strings.TrimPrefix(u.Username, "joanna.doe")
				}
			}
		}, "answer-refused", ""}, // Connect's refusal is in the capture, and nothing explains it any more
		{"new-agent", "one user's name", func(_ *testing.T, w *emulator.World) {
			w.Instances[0].Users[0].Username = "theo.rosenthal"
		}, "user-format-mismatch", ""},
		{"mfa", "one condition", func(t *testing.T, w *emulator.World) {
			trust := string(w.Roles[0].Trust)
			mended := strings.Replace(trust, `"Bool": {"aws:MultiFactorAuthPresent": "true"}, `, "", 1)
			if mended == trust {
				t.Fatal("no such condition")
			}
			w.Roles[0].Trust = emulator.Document(mended)
		}, "answer-refused", ""},
		{"regional", "one condition", func(_ *testing.T, w *emulator.World) {
			w.Roles[0].Trust = emulator.Document(strings.Replace(string(w.Roles[0].Trust), "StringEquals", "StringNotEquals", 1))
		}, "answer-refused", ""},
		{"regional", "another condition", func(_ *testing.T, w *emulator.World) {
			w.Roles[0].Trust = emulator.Document(strings.Replace(string(w.Roles[0].Trust), "SAML:aud", "SAML:iss", 1))
		}, "trust-condition", ""},
	} {
		t.Run(x.incident+"/"+x.name, func(t *testing.T) {
			t.Parallel()
			i, ok := demo.Find(x.incident)
			if !ok {
				t.Fatal("no such incident")
			}
			as := play(t, i, nil).live
			d := play(t, i, func(r *demo.Running) { r.Server.Update(func(w *emulator.World) { x.change(t, w) }) }).live
			if told(d) == told(as) {
				t.Errorf("the diagnosis is the same: %s", d.Verdict.Summary)
			}
			if d.Verdict.Rule != x.rule || (d.Verdict.State == chain.Broken) != (x.rule != "") {
				t.Errorf("it says %s %s (%s), want %q", d.Verdict.State, d.Verdict.Rule, d.Verdict.Summary, x.rule)
			}
			if x.finding != "" && !strings.Contains(told(d), x.finding) {
				t.Errorf("it does not say %s:\n%s", x.finding, told(d))
			}
		})
	}
}

// words are the incidents' names that are also words of the program's own
// subject, so that they say nothing where they stand.
var words = []string{"instance", "console", "healthy", "tags", "relay", "clock", "permission", "space", "regional", "mfa"}

// TestNobodyKnowsTheDemo reads the program's source: outside of the demo no
// incident is named, nor its company (the built-in identity provider has an
// example of its own), and nothing anywhere names a test or a
// file that is only there to be judged.
func TestNobodyKnowsTheDemo(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, i := range demo.Incidents() {
		if !slices.Contains(words, i.ID) {
			ids = append(ids, i.ID)
		}
	}
	judged := judgedNames()
	n := 0
	sources(t, func(path string, file *ast.File, text string) {
		n++
		if strings.HasPrefix(path, "tui/tuitest/") {
			return // makes cases for tests
		}
		inDemo := strings.HasPrefix(path, "tui/demo/") || path == "tui/cli/demo.go"
		for _, word := range []string{"corpus", "MANIFEST.tsv", "expected.tsv"} {
			if strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
				t.Errorf("%s speaks of %s", path, word)
			}
		}
		for _, name := range []string{"harbour", "460913728815", "3b1f6c52", "northwind", "210987654321"} {
			if !inDemo && strings.Contains(strings.ToLower(text), name) && !strings.HasPrefix(path, "awsx/emulator/idp/") {
				t.Errorf("%s speaks of %s", path, name)
			}
		}
		ast.Inspect(file, func(node ast.Node) bool {
			l, ok := node.(*ast.BasicLit)
			if !ok || l.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(l.Value)
			if err != nil {
				return true
			}
			if !inDemo && slices.Contains(ids, s) {
				t.Errorf("%s names the incident %s", path, s)
			}
			if judged[s] {
				t.Errorf("%s names %s, which is there to be judged", path, s)
			}
			if strings.HasPrefix(s, "Test") && len(s) > 4 && s[4] >= 'A' && s[4] <= 'Z' || strings.HasSuffix(s, "_test.go") {
				t.Errorf("%s names a test: %s", path, s)
			}
			return true
		})
	})
	if n < 200 {
		t.Errorf("only %d files were read", n)
	}
}

// sources gives every Go file of the program that is no test.
func sources(t *testing.T, f func(path string, file *ast.File, text string)) {
	t.Helper()
	const root = "../../.."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, b, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		f(filepath.ToSlash(rel), file, string(b))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// shared is the captures beside the checkout by which the program is judged.
const shared = "../../../../shared/corpus"

// judgedNames are the names of those files and scenarios, where they are there:
// those with a hyphen, which are no words of the subject.
func judgedNames() map[string]bool {
	out := map[string]bool{}
	_ = filepath.WalkDir(shared, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // what is not there is not named
		}
		if name := d.Name(); strings.Contains(name, "-") {
			out[name] = true
		}
		return nil
	})
	// A scenario may carry a rule's name, and evidence that of the AWS CLI's
	// command that makes it.
	for name := range out {
		if strings.Contains(name, "-") && !strings.Contains(name, ".") && known(name) {
			delete(out, name)
		}
	}
	return out
}

// known reports whether a name is a promise of the report's or a command's.
func known(name string) bool {
	b, err := os.ReadFile("../../../testdata/proof/rules.txt")
	return err == nil && strings.Contains(string(b), " "+name+"\n")
}
