package rule

import (
	"strings"

	"example.com/samlens/diag/idp"
)

// A Hand is who can carry out a fix.
type Hand string

// The hands.
const (
	AWSAdmin     Hand = "AWS administrator"
	IdPAdmin     Hand = "IdP administrator"
	ConnectAdmin Hand = "Connect administrator"
	Agent        Hand = "the agent"
	Caller       Hand = "you"
)

// A Fix is one way to put a finding right.
type Fix struct {
	// Title is a verb phrase: "Upload the IdP's new metadata".
	Title string
	Who   Hand
	// Setting is where the IdP keeps it; its steps for the IdP at hand are
	// put before Steps. None where the fix is not at the IdP.
	Setting idp.Setting
	// Steps are told to a person, in order.
	Steps []string
	// Commands are run in order; a backup comes first.
	Commands []Command
	// Change is the document that changes, for the diff view; nil for none.
	Change *Change
	// Uploads tells that the IdP's metadata takes the place of what IAM
	// holds: a document that is at hand only where it was given.
	Uploads bool
	// Undo takes it back.
	Undo []Command
	// UndoSteps are told to a person.
	UndoSteps []string
	// Terraform is the same change as one would write it there; "" for none.
	Terraform string
	// Consequence is what else the fix does: who is affected, what is lost.
	Consequence string
	// Destructive marks what cannot be taken back. It is never the first
	// fix, and always has a consequence.
	Destructive bool
}

// A Change is a document before and after a fix.
type Change struct {
	Name          string // the file that a command refers to: "trust-policy.json"
	Before, After string
}

// A Command is one call as arguments; it is quoted only when shown.
type Command struct {
	Argv []string
	// SaveTo is the file that the output goes to; "" for the terminal.
	SaveTo string
	// Note says what it does, in a clause; "" where the call says it.
	Note string
}

// AWS returns an AWS CLI command. A value that begins with a hyphen, as names
// of roles and users may, is joined to its option: by itself it would be
// taken for one.
func AWS(args ...string) Command {
	argv := []string{"aws"}
	for i, a := range args {
		if i > 2 && strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "--") && strings.HasPrefix(args[i-1], "--") {
			argv[len(argv)-1] += "=" + a
			continue
		}
		argv = append(argv, a)
	}
	return Command{Argv: argv}
}

// To returns the command with its output going to a file.
func (c Command) To(file string) Command { c.SaveTo = file; return c }

// Noting returns the command with a note.
func (c Command) Noting(note string) Command { c.Note = note; return c }

// Sh writes the command for a POSIX shell.
func (c Command) Sh() string {
	out := make([]string, len(c.Argv))
	for i, a := range c.Argv {
		out[i] = quoteSh(a)
	}
	s := strings.Join(out, " ")
	if c.SaveTo != "" {
		s += " > " + quoteSh(c.SaveTo)
	}
	return s
}

// PowerShell writes the command for PowerShell.
func (c Command) PowerShell() string {
	out := make([]string, len(c.Argv))
	for i, a := range c.Argv {
		out[i] = quotePS(a)
	}
	s := strings.Join(out, " ")
	if c.SaveTo != "" {
		// PowerShell's ">" writes UTF-16, its UTF-8 a byte order mark, and IAM
		// takes neither; its ASCII loses what is none. .NET writes UTF-8 without
		// a mark, and has its own idea of the current folder.
		s = "[IO.File]::WriteAllLines(" + psFile(c.SaveTo) + ", [string[]](" + s + "))"
	}
	return s
}

const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@,+%"

func quoteSh(s string) string {
	if s != "" && strings.Trim(s, plain) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// quotePS quotes an argument for PowerShell, where a comma makes a list, an at
// sign splats, and the typographic single quotes end a string like the plain
// one. A double quote in an argument is handed on differently by its versions:
// no command has one.
func quotePS(s string) string {
	if s != "" && strings.Trim(s, strings.NewReplacer(",", "", "@", "").Replace(plain)) == "" {
		return s
	}
	return "'" + psSingle.Replace(s) + "'"
}

var psSingle = strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛")

// psFile is a file of the current folder as an expression.
func psFile(name string) string { return "(Join-Path $PWD '" + psSingle.Replace(name) + "')" }
