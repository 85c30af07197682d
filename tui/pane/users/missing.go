package users

import (
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/style"
)

// nothing says why there is no user to show, and what would bring some.
func (p *Pane) nothing() []style.Line {
	var out []style.Line
	say := func(ink style.Ink, text string) {
		out = append(out, style.Wrap(style.New(style.Plain.Of("   "), ink.Of(text)), max(1, min(p.w, 96)), 3)...)
	}
	f := p.c.Live.Users
	out = append(out, style.Line{})
	switch {
	case p.roll.index.Len() > 0:
		say(style.Plain, "No user has anything of that in the name.")
		if f.State == evidence.Partial {
			say(style.Quiet, "The list is not whole: "+f.Why)
		}
		return out
	case p.roll.busy:
		say(style.Quiet, "laying the list out for the search …")
		return out
	case p.running():
		say(style.Quiet, "Waiting for Connect's users. They are searched as they come, a page at a time.")
		return out
	case f.State == evidence.Known:
		say(style.Plain, "The instance has no users.")
		return out
	case f.State == evidence.Denied, f.State == evidence.Failed, f.State == evidence.Absent:
		say(style.Warn, "Connect's users could not be read: "+f.Why)
	default:
		say(style.Plain, "Connect's users have not been read. Here they would stand, searchable as one types, those first for whom "+
			"the role session name may have been meant: other case, a look-alike letter, the part before the @.")
	}
	say(style.Plain, "")
	if l := awsx.Find(evidence.NeedUsers); l != nil && f.State == evidence.Denied {
		var take []string
		for _, t := range l.Takes {
			take = append(take, t.Action)
		}
		say(style.Quiet, "It takes "+strings.Join(take, ", ")+". Without it, a colleague can make the file:")
	} else {
		say(style.Quiet, "To see them: AWS credentials for the account, or --users FILE with what this prints:")
	}
	id := "INSTANCE"
	if s := awsx.SubjectOf(p.c); s.Instance != "" {
		id = s.Instance
	}
	for _, want := range evidence.Wants() {
		if want.Need == evidence.NeedUsers {
			say(style.Code, strings.ReplaceAll(want.Ask, "{instance}", id))
		}
	}
	return out
}
