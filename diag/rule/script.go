package rule

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/visible"
)

// Script is a fix's commands for a POSIX shell, or for PowerShell, one below
// the other and ready to be pasted. The document that a command refers to by
// its file is written first, so that nothing has to be saved by hand; one that
// holds what a terminal would obey, or a reader not see, is left out, and the
// fix's steps say to save it.
func (f Fix) Script(powershell bool) string {
	var out []string
	write := ""
	if f.Change != nil && safe(f.Change.After) {
		if write = heredoc(f.Change.Name, f.Change.After); powershell {
			write = hereString(f.Change.Name, f.Change.After)
		}
	}
	made := map[string]bool{}
	for _, c := range f.Commands {
		made[c.SaveTo] = true
		switch name := wants(c); {
		case name == "" || made[name]:
		case write != "" && name == f.Change.Name:
			made[name], out = true, append(out, write)
		default: // on one line, whatever the name holds: a remark ends with it
			made[name], out = true, append(out, "# "+visible.Line(name)+" has to be here first: the fix's steps say what it is")
		}
		if powershell {
			out = append(out, c.PowerShell())
		} else {
			out = append(out, c.Sh())
		}
	}
	return strings.Join(out, "\n")
}

// wants is the file that a command reads; "" for none.
func wants(c Command) string {
	for _, a := range c.Argv {
		if _, name, ok := strings.Cut(a, "file://"); ok {
			return name
		}
	}
	return ""
}

// safe reports whether a document can be pasted into a terminal: lines of
// characters that show as themselves.
func safe(doc string) bool {
	if strings.TrimSpace(doc) == "" {
		return false
	}
	for _, r := range doc {
		// A tab completes names where it is typed, an exclamation mark calls up
		// an older command.
		if r == '\t' || r == '!' || r != '\n' && visible.Name(r) != "" {
			return false
		}
	}
	return true
}

// heredoc writes a file as a here-document whose lines are taken as they are.
func heredoc(name, doc string) string {
	end := "EOF"
	for i := 1; slices.Contains(strings.Split(doc, "\n"), end); i++ {
		end = fmt.Sprintf("EOF%d", i)
	}
	return "cat > " + quoteSh(name) + " <<'" + end + "'\n" + strings.TrimRight(doc, "\n") + "\n" + end
}

// hereString writes a file from a here-string, in UTF-8 without a mark. A line
// that would end the string early makes it an ordinary one.
func hereString(name, doc string) string {
	doc = strings.TrimRight(doc, "\n")
	text := "@'\n" + doc + "\n'@"
	for _, end := range []string{"'@", "‘@", "’@", "‚@", "‛@"} {
		if strings.HasPrefix(doc, end) || strings.Contains(doc, "\n"+end) {
			text = "'" + psSingle.Replace(doc) + "'"
		}
	}
	return "[IO.File]::WriteAllText(" + psFile(name) + ", " + text + ")"
}
