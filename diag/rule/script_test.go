package rule

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// trusting is a fix that changes a trust policy.
func trusting(after string) Fix {
	return Fix{
		Commands: []Command{
			AWS("iam", "get-role", "--role-name", "Agents").To("trust-backup.json"),
			AWS("iam", "update-assume-role-policy", "--role-name", "Agents", "--policy-document", "file://trust-policy.json"),
		},
		Change: &Change{Name: "trust-policy.json", Before: "{}", After: after},
	}
}

// TestAScriptWritesItsOwnDocument runs the script in a shell with an aws that
// notes what it is asked and copies the file it is pointed to.
func TestAScriptWritesItsOwnDocument(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	for name, doc := range map[string]string{
		"plain":     "{\n  \"Version\": \"2012-10-17\"\n}\n",
		"delimiter": "{\nEOF\nEOF1\n$(touch hit) `touch hit` \\ ' \" %s\n}",
		"letters":   "{\"Sid\": \"Zürich 東京\"}",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			aws := "#!/bin/sh\necho \"$*\" >> calls\ncase \"$*\" in *file://*) cp trust-policy.json seen;; esac\n"
			if err := os.WriteFile(filepath.Join(dir, "aws"), []byte(aws), 0o700); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), sh, "-e")
			cmd.Dir, cmd.Stdin = dir, strings.NewReader(trusting(doc).Script(false)+"\n")
			cmd.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			seen, err := os.ReadFile(filepath.Join(dir, "seen"))
			if err != nil || strings.TrimRight(string(seen), "\n") != strings.TrimRight(doc, "\n") {
				t.Errorf("aws was given %q, %v", seen, err)
			}
			if _, err := os.Stat(filepath.Join(dir, "hit")); err == nil {
				t.Error("the document was run")
			}
			calls, _ := os.ReadFile(filepath.Join(dir, "calls"))
			if got := strings.Count(string(calls), "\n"); got != 2 {
				t.Errorf("%d calls:\n%s", got, calls)
			}
		})
	}
}

// TestADocumentThatATerminalWouldObeyIsNotPasted: the commands stand alone.
func TestADocumentThatATerminalWouldObeyIsNotPasted(t *testing.T) {
	for _, doc := range []string{"", "{\x1b[201~}", "{\"a\":\t1}", "{\u202e}", "{!!}", "{\r\n}", "{\x00}"} {
		for _, ps := range []bool{false, true} {
			if got := trusting(doc).Script(ps); strings.Contains(got, "EOF") || strings.Contains(got, "WriteAllText") || strings.Count(got, "\n") != 2 || !strings.Contains(got, "\n# trust-policy.json has to be here first") {
				t.Errorf("%q: %q", doc, got)
			}
		}
	}
}

// TestAScriptForPowerShellKeepsTheDocumentInItsString.
func TestAScriptForPowerShellKeepsTheDocumentInItsString(t *testing.T) {
	for doc, want := range map[string]string{
		"{\n  'a'\n}":  "@'\n{\n  'a'\n}\n'@",
		"{\n'@ ; evil": "'{\n''@ ; evil'",
		"’@ it":        "'’’@ it'",
	} {
		got := trusting(doc).Script(true)
		if !strings.Contains(got, "WriteAllText((Join-Path $PWD 'trust-policy.json'), "+want+")\naws iam update") {
			t.Errorf("%q: %s", doc, got)
		}
	}
}

// TestAFixWithoutADocumentIsItsCommands.
func TestAFixWithoutADocumentIsItsCommands(t *testing.T) {
	f := trusting("{}")
	f.Change = nil
	f.Commands = append(f.Commands, AWS("iam", "update-assume-role-policy", "--policy-document", "file://trust-backup.json"))
	want := f.Commands[0].Sh() + "\n# trust-policy.json has to be here first: the fix's steps say what it is\n" + f.Commands[1].Sh() + "\n" + f.Commands[2].Sh()
	if got := f.Script(false); got != want {
		t.Errorf("%q", got)
	}
}

// TestARemarkIsOneLine whatever a file is called, and a document that two
// commands read is written once.
func TestARemarkIsOneLine(t *testing.T) {
	f := Fix{Commands: []Command{AWS("iam", "put-role-policy", "--policy-document", "file://a\nrm -rf b")}}
	if got, _, _ := strings.Cut(f.Script(false), "\n"); !strings.Contains(got, "rm -rf b") || !strings.HasPrefix(got, "# ") {
		t.Errorf("the remark goes on in another line: %q", f.Script(false))
	}
	f = trusting("{}")
	f.Commands = append(f.Commands, f.Commands[1])
	if got := f.Script(false); strings.Count(got, "cat > ") != 1 || strings.Contains(got, "has to be here") {
		t.Errorf("%q", got)
	}
}
