package trail

import (
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/style"
)

// nothing says why there are no events, and what would bring some.
func (p *Pane) nothing() []style.Line {
	out := []style.Line{{}}
	say := func(ink style.Ink, text string) {
		out = append(out, style.Wrap(style.New(style.Plain.Of("   "), ink.Of(text)), max(1, min(p.w, 96)), 3)...)
	}
	f := p.c.Live.Trail
	switch {
	case p.busy, p.asking(evidence.NeedTrail):
		say(style.Quiet, "Waiting for CloudTrail's first page. It answers two requests a second at most.")
		return out
	case f.State == evidence.Known:
		say(style.Plain, "CloudTrail holds no sign-in in the time and regions asked about.")
		say(style.Quiet, "Events come up to fifteen minutes late, and stay in the region whose sign-in address was used.")
		return out
	case f.State == evidence.Denied, f.State == evidence.Failed, f.State == evidence.Absent:
		say(style.Warn, "CloudTrail gave no answer: "+f.Why)
	default:
		say(style.Plain, "CloudTrail has not been asked. Here would stand who signed in and who could not, by the minute; "+
			"what was changed before the first failure; and this sign-in's own event with AWS's reason.")
	}
	say(style.Plain, "")
	say(style.Quiet, "To see it: AWS credentials for the account, or --trail PATH with log files, an export, or what this prints:")
	for _, want := range evidence.Wants() {
		if want.Need == evidence.NeedTrail {
			for _, cmd := range p.commands(want.Ask) {
				say(style.Code, cmd)
			}
		}
	}
	return out
}

// commands is the call for each region that matters.
func (p *Pane) commands(ask string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range p.windows {
		if w.EventName == "AssumeRoleWithSAML" && !seen[w.Region] {
			seen[w.Region] = true
			cmd := ask + " --region " + w.Region
			if !w.From.IsZero() {
				cmd += " --start-time " + w.From.UTC().Format(time.RFC3339) + " --end-time " + w.To.UTC().Format(time.RFC3339)
			}
			out = append(out, cmd)
		}
	}
	if len(out) == 0 {
		out = append(out, ask)
	}
	return out
}
