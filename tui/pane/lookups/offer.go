package lookups

import (
	"fmt"
	"strings"

	"example.com/samlens/awsx"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/widget/seek"
)

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	if a != keys.AskOne {
		return ""
	}
	switch r, ok := p.grid.At(); {
	case !ok:
		return "there is no lookup"
	case r.lookup == nil:
		return "no call brings this: give it with " + r.want.Flag
	case r.state == running || r.state == waiting:
		return "it is being asked"
	}
	return ""
}

// Copy is the field under the cursor, the policy, or the reason.
func (p *Pane) Copy() (text, what string) {
	switch p.open {
	case least:
		return p.policy(), "least policy"
	case detail:
		if ref, ok := p.page.At(); ok && ref.Text != "" {
			return ref.Text, ref.What
		}
	case list:
	}
	r, _ := p.grid.At()
	if w := r.why(); w != "" {
		return w, "why"
	}
	return r.want.Call, "permission"
}

// policy is the least IAM policy for the lookups.
func (p *Pane) policy() string {
	return string(awsx.Policy(awsx.Lookups(), awsx.ScopeOf(awsx.SubjectOf(p.c))))
}

// Count is how many lookups have no answer.
func (p *Pane) Count() string {
	n := 0
	for _, r := range p.rows {
		if r.state == denied || r.state == failed {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// Busy reports whether a lookup is under way.
func (p *Pane) Busy() bool {
	for _, r := range p.rows {
		if r.state == running {
			return true
		}
	}
	return false
}

// Find searches.
func (p *Pane) Find(q string) seek.Hits {
	if p.open != list {
		return p.page.Find(q)
	}
	return p.grid.Find(q)
}

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits {
	if p.open != list {
		return p.page.Step(by)
	}
	return p.grid.Step(by)
}

// Text is what lies over the list, or the list.
func (p *Pane) Text() string {
	switch p.open {
	case least:
		return p.policy()
	case detail:
		return p.page.Text()
	case list:
	}
	var b strings.Builder
	for _, r := range p.rows {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", words[r.state].word, r.want.Name, r.want.Call, r.why())
	}
	return b.String()
}
