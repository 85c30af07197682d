package cli_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"example.com/samlens/diag/catalog"
	"example.com/samlens/diag/topic"
	"example.com/samlens/tui/demo"
)

// row is one row of samlens info.
func row(out, name string) string {
	for l := range strings.SplitSeq(out, "\n") {
		if strings.HasPrefix(l, name+"  ") {
			return strings.Join(strings.Fields(l), " ")
		}
	}
	return ""
}

func (b *bench) configured(text string) (path string) {
	b.t.Helper()
	dir := b.t.TempDir()
	b.env["XDG_CONFIG_HOME"] = dir
	path = filepath.Join(dir, "samlens", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

func TestFlagBeforeEnvironmentBeforeFile(t *testing.T) {
	b := newBench(t)
	path := b.configured("theme = \"light\"\nmouse = true\nprofile = \"file\"\nregion = \"eu-west-2\"\n[keys]\nquit = \"Q\"\n")
	is := func(name, want string, args ...string) {
		t.Helper()
		code, out, told := b.run(append([]string{"info"}, args...)...)
		if got := row(out, name); code != 0 || got != want {
			t.Errorf("%q, want %q; %s", got, want, told)
		}
	}
	is("theme", "theme light "+path)
	is("mouse", "mouse on "+path)
	is("AWS profile", "AWS profile file "+path)
	is("own keys", "own keys quit "+path)
	is("AWS Region", "AWS Region the sign-in's, else eu-west-2 "+path)
	is("configuration", "configuration "+path+" read")
	b.env["AWS_PROFILE"] = "awsenv"
	is("AWS profile", "AWS profile awsenv AWS_PROFILE")
	maps.Copy(b.env, map[string]string{"SAMLENS_THEME": "contrast", "SAMLENS_MOUSE": "false", "SAMLENS_PROFILE": "env"})
	is("theme", "theme contrast SAMLENS_THEME")
	is("mouse", "mouse off SAMLENS_MOUSE")
	is("AWS profile", "AWS profile env SAMLENS_PROFILE")
	is("AWS profile", "AWS profile flag --profile", "--profile", "flag")
	is("AWS Region", "AWS Region eu-central-1 --region", "--region", "eu-central-1")
}

func TestWhatIsWrongInTheFileIsTold(t *testing.T) {
	b := newBench(t)
	path := b.configured("theme = \"light\"\ncolor = 1\n")
	if code, _, told := b.run("explain", "role-missing"); code != 0 || !strings.Contains(told, path+": line 2: color is no setting") {
		t.Errorf("exit %d: %s", code, told)
	}
	path = b.configured("theme = \"light\"\nmouse = 3\n")
	if code, out, told := b.run("explain", "role-missing"); code != 2 || out != "" || !strings.Contains(told, path+": line 2") {
		t.Errorf("exit %d: %s", code, told)
	}
	if code, out, told := b.run("info"); code != 0 || !strings.Contains(told, "line 2") || row(out, "configuration") == "" {
		t.Errorf("info: exit %d: %s", code, told)
	}
	b.env["XDG_CONFIG_HOME"], b.env["SAMLENS_THEME"] = "", "pink"
	if code, _, told := b.run("explain", "role-missing"); code != 2 || !strings.Contains(told, "pink") {
		t.Errorf("exit %d: %s", code, told)
	}
}

func TestTheLogTellsWhatWasDoneAndNoSecret(t *testing.T) {
	b := newBench(t)
	har, r := b.incident("healthy")
	b.fresh(r)
	log := filepath.Join(t.TempDir(), "samlens.log")
	if code, _, told := b.run("check", har, "--live", "--endpoint-url", r.Server.URL(), "--ask-sts", "--yes", "--no-redact", "--log", log); code != 0 {
		t.Fatalf("exit %d: %s", code, told)
	}
	doc, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	ops := map[string]bool{}
	lines := strings.Split(strings.TrimSpace(string(doc)), "\n")
	for _, l := range lines {
		var x struct{ Msg, Op, Time string }
		if err := json.Unmarshal([]byte(l), &x); err != nil {
			t.Fatalf("%v in %s", err, l)
		}
		if x.Msg == "answer" {
			ops[x.Op] = true
		}
	}
	for _, op := range []string{"sts:GetCallerIdentity", "iam:GetSAMLProvider", "sts:AssumeRoleWithSAML", "connect:DescribeInstance"} {
		if !ops[op] {
			t.Errorf("%s is not in the log:\n%s", op, doc)
		}
	}
	if !strings.Contains(lines[0], `"command":"check"`) || !strings.Contains(lines[len(lines)-1], `"exit":0`) {
		t.Errorf("the log does not begin and end:\n%s", doc)
	}
	for _, secret := range []string{"PHNhbWxw", "SAMLResponse", "AKIA", "ASIA", "harbourlane"} {
		if strings.Contains(strings.ToLower(string(doc)), strings.ToLower(secret)) {
			t.Errorf("%q is in the log", secret)
		}
	}
	if info, _ := os.Stat(log); info.Mode().Perm() != 0o600 {
		t.Errorf("the log has mode %v", info.Mode())
	}
}

func TestCompletionKnowsTheNames(t *testing.T) {
	b := newBench(t)
	for _, x := range []struct {
		args []string
		want string
	}{
		{[]string{"explain", "certificate-r"}, "certificate-rotated"},
		{[]string{"explain", topic.All()[0].ID}, topic.All()[0].ID},
		{[]string{"demo", ""}, demo.Incidents()[0].ID},
		{[]string{"check", "--format", ""}, "sarif"},
		{[]string{"--theme", ""}, "contrast"},
		{[]string{"chec"}, "check"},
	} {
		code, out, told := b.run(append([]string{"__complete"}, x.args...)...)
		if code != 0 || !strings.Contains(out, x.want) {
			t.Errorf("%v: exit %d, %q is not offered: %s%s", x.args, code, x.want, out, told)
		}
	}
	if _, out, _ := b.run("__complete", "explain", ""); strings.Count(out, "\n") < len(catalog.All()) {
		t.Error("not every rule is offered")
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if code, out, _ := b.run("completion", shell); code != 0 || !strings.Contains(out, "samlens") {
			t.Errorf("%s: exit %d", shell, code)
		}
	}
	if code, out, _ := b.run("man"); code != 0 || !strings.Contains(out, ".TH") {
		t.Errorf("man: exit %d", code)
	}
}

func TestHelpFitsEightyColumns(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"", "check", "demo", "explain", "users", "trail", "certs", "policy", "info", "version", "man", "redact", "diff", "completion", "watch", "collect"} {
		args := []string{"--help"}
		if name != "" {
			args = []string{name, "--help"}
		}
		code, out, told := b.run(args...)
		if code != 0 {
			t.Errorf("%s: exit %d: %s", name, code, told)
		}
		for l := range strings.SplitSeq(out, "\n") {
			if n := utf8.RuneCountInString(strings.ReplaceAll(l, "\t", "        ")); n > 80 {
				t.Errorf("samlens %s --help: %d columns: %s", name, n, l)
			}
		}
	}
}
