package policies

import (
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/style"
)

// nothing says why there is no policy, and what would bring some.
func (p *Pane) nothing() []style.Line {
	out := []style.Line{{}}
	say := func(ink style.Ink, text string) {
		out = append(out, style.Wrap(style.New(style.Plain.Of("   "), ink.Of(text)), max(1, min(p.w, 96)), 3)...)
	}
	l := p.d.Case.Live
	switch l.Roles.State {
	case evidence.Denied, evidence.Failed:
		say(style.Warn, "The role could not be read: "+l.Roles.Why)
	case evidence.Known, evidence.Absent:
		say(style.Plain, "There is no role with a trust policy to show.")
	default:
		say(style.Plain, "No policy has been read. Here would stand the role's trust policy and permissions, the boundary and the "+
			"organization's policies, with the statement that decided lit and what this sign-in has in place of what it asks for.")
	}
	say(style.Plain, "")
	say(style.Quiet, "To see them: AWS credentials for the account, or the files that these print:")
	s := awsx.SubjectOf(p.d.Case)
	role := "ROLE"
	if len(s.Pairs) > 0 {
		role = s.Pairs[0].Role.Name()
	}
	for _, w := range evidence.Wants() {
		if w.Need&(evidence.NeedRoles|evidence.NeedPermissions) != 0 {
			say(style.Code, strings.ReplaceAll(w.Ask, "{role}", role)+"   # "+w.Flag)
		}
	}
	return out[:min(len(out), p.h)]
}
