package collect

import (
	_ "embed"
	"fmt"
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
)

// A Shell is what a script is written for.
type Shell string

// The shells.
const (
	POSIX      Shell = "sh"
	PowerShell Shell = "powershell"
)

// The fixed parts of the scripts: how one call is made and written down, and
// the calls whose arguments an earlier answer tells.
var (
	//go:embed head.sh
	headSH string
	//go:embed role.sh
	roleSH string
	//go:embed organization.sh
	organizationSH string
	//go:embed profiles.sh
	profilesSH string
	//go:embed head.ps1
	headPS string
	//go:embed role.ps1
	rolePS string
	//go:embed organization.ps1
	organizationPS string
	//go:embed profiles.ps1
	profilesPS string
)

// Script returns a script of read-only AWS CLI calls that writes an evidence
// folder for a sign-in, for somebody who has the rights. Values of the sign-in,
// which anybody may have made up, stand in it only quoted for the shell.
func Script(c evidence.Case, sh Shell) string {
	s := awsx.SubjectOf(c)
	w := script{quote: quoteSH, head: headSH, role: roleSH, organization: organizationSH, profiles: profilesSH}
	if sh == PowerShell {
		w = script{quote: quotePS, head: headPS, role: rolePS, organization: organizationPS, profiles: profilesPS, list: true}
	}
	w.WriteString(w.head)
	for _, a := range asks(s) {
		w.ask(a)
	}
	for _, arn := range s.Roles() {
		w.set("ROLE", last(arn))
		w.WriteString(w.role)
	}
	if id := accountOf(c, s); id != "" {
		w.set("ACCOUNT", id)
		w.WriteString(w.organization)
	}
	w.ask(question("", "account", "list-regions"))
	if s.Instance != "" && s.Region != "" {
		w.set("INSTANCE", s.Instance)
		w.set("REGION", s.Region)
		w.WriteString(w.profiles)
	}
	if s.Instance == "" {
		w.WriteString("# Nothing in the sign-in names a Connect instance: give --instance-id and --region to have it asked about.\n")
	}
	return w.String()
}

type script struct {
	strings.Builder
	quote                    func(string) string
	head, role, organization string
	profiles                 string
	list                     bool // the arguments are one array
}

func (w *script) ask(a ask) {
	args := make([]string, len(a.argv))
	for i, v := range a.argv {
		args[i] = w.quote(v)
	}
	if w.list {
		fmt.Fprintf(w, "Ask %s %s @(%s)\n", w.quote(a.file), w.quote(a.command()), strings.Join(args, ", "))
		return
	}
	fmt.Fprintf(w, "ask %s %s %s\n", w.quote(a.file), w.quote(a.command()), strings.Join(args, " "))
}

// set gives a fixed part its value.
func (w *script) set(name, value string) {
	if w.list {
		fmt.Fprintf(w, "$%s = %s\n", name, w.quote(value))
		return
	}
	fmt.Fprintf(w, "%s=%s\n", name, w.quote(value))
}

// quoteSH quotes for a POSIX shell. Control characters, which no name in AWS
// has, are left out: they would move the cursor of who reads the script.
func quoteSH(s string) string { return "'" + strings.ReplaceAll(visible(s), "'", `'\''`) + "'" }

// quotePS quotes for PowerShell, which takes typographic quotes for quotes.
func quotePS(s string) string {
	return "'" + strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛").Replace(visible(s)) + "'"
}

func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
}
