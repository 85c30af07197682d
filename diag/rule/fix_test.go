package rule

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestQuoting(t *testing.T) {
	for _, x := range []struct{ arg, sh, ps string }{
		{"Connect-Agent", "Connect-Agent", "Connect-Agent"},
		{"arn:aws:iam::123456789012:role/path/Agent", "arn:aws:iam::123456789012:role/path/Agent", "arn:aws:iam::123456789012:role/path/Agent"},
		{"", "''", "''"},
		{"two words", "'two words'", "'two words'"},
		{"O'Brien", `'O'\''Brien'`, "'O''Brien'"},
		{"O’Brien", "'O’Brien'", "'O’’Brien'"},
		{"$HOME", "'$HOME'", "'$HOME'"},
		{"`id`", "'`id`'", "'`id`'"},
		{"a;b|c&d>e", "'a;b|c&d>e'", "'a;b|c&d>e'"},
		{"maria@example.com", "maria@example.com", "'maria@example.com'"},
		{"@splat", "@splat", "'@splat'"},
		{"FirstName=<first-name>,LastName=<last-name>", "'FirstName=<first-name>,LastName=<last-name>'", "'FirstName=<first-name>,LastName=<last-name>'"},
		{"a,b", "a,b", "'a,b'"},
		{"Roles[].Arn", "'Roles[].Arn'", "'Roles[].Arn'"},
		{"{\"Version\":1}", "'{\"Version\":1}'", "'{\"Version\":1}'"},
		{"file://trust-policy.json", "file://trust-policy.json", "file://trust-policy.json"},
		{"line\nbreak", "'line\nbreak'", "'line\nbreak'"},
		{"~", "'~'", "'~'"},
		{"*", "'*'", "'*'"},
		{"!x", "'!x'", "'!x'"},
		{"#x", "'#x'", "'#x'"},
	} {
		c := Command{Argv: []string{"aws", x.arg}}
		if got := c.Sh(); got != "aws "+x.sh {
			t.Errorf("sh: %q is written %s", x.arg, got)
		}
		if got := c.PowerShell(); got != "aws "+x.ps {
			t.Errorf("PowerShell: %q is written %s", x.arg, got)
		}
	}
}

func TestSaving(t *testing.T) {
	c := AWS("iam", "get-role", "--role-name", "A").To("it's.json")
	if got := c.Sh(); got != `aws iam get-role --role-name A > 'it'\''s.json'` {
		t.Error(got)
	}
	got := c.PowerShell()
	if got != `[IO.File]::WriteAllLines((Join-Path $PWD 'it''s.json'), [string[]](aws iam get-role --role-name A))` {
		t.Error(got)
	}
	if strings.Contains(got, " > ") || strings.Contains(got, "Out-File") {
		t.Errorf("%s: a redirection writes UTF-16", got)
	}
}

func TestValuesWithAHyphen(t *testing.T) {
	got := AWS("iam", "get-role", "--role-name", "-x", "--query", "Role.Arn").Argv
	if want := []string{"aws", "iam", "get-role", "--role-name=-x", "--query", "Role.Arn"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestShellsReadWhatWasMeant: a shell that reads the words gives back the
// arguments, whatever is in them. PowerShell's rules for single quotes are
// read back by hand.
func TestShellsReadWhatWasMeant(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	var all []string
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching("[ -~\\n\\té‘’‚‛“”$`\\\\]{0,12}").Draw(t, "argument")
		all = append(all, s)
		c := Command{Argv: []string{"aws", s}}
		if got := readPS(strings.TrimPrefix(c.PowerShell(), "aws ")); got != s {
			t.Fatalf("PowerShell reads %q of %s", got, c.PowerShell())
		}
	})
	out := filepath.Join(t.TempDir(), "out")
	c := Command{Argv: append([]string{"printf", `%s\0`}, all...)}
	cmd := exec.Command(sh, "-s")
	cmd.Stdin = strings.NewReader(c.To(out).Sh())
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Split(strings.TrimSuffix(string(b), "\x00"), "\x00"); !slices.Equal(got, all) {
		t.Error("sh reads other arguments than were written")
	}
}

// readPS reads one word as PowerShell does: any of its five single quotes
// begins and ends a string, two of them in it are one.
func readPS(word string) string {
	const quotes = "'‘’‚‛"
	r := []rune(word)
	if len(r) == 0 || !strings.ContainsRune(quotes, r[0]) {
		return word
	}
	var b strings.Builder
	for i := 1; i < len(r); i++ {
		if strings.ContainsRune(quotes, r[i]) {
			if i++; i >= len(r) || !strings.ContainsRune(quotes, r[i]) {
				return b.String()
			}
		}
		b.WriteRune(r[i])
	}
	return b.String()
}
