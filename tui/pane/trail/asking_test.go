package trail

import (
	"strings"
	"testing"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/tuitest"
)

// The changes are asked for after the events: what became of those is told
// meanwhile.
func TestRefusalIsToldWhileChangesAreStillAskedFor(t *testing.T) {
	d := tuitest.Rotated(t)
	d.Case.Live.Trail = evidence.Fact[[]evidence.TrailEvent]{State: evidence.Denied, Why: "cloudtrail:LookupEvents is denied"}
	p := shown(t, d)
	for _, c := range []struct {
		events pane.LookupState
		want   string
	}{{pane.Denied, "CloudTrail gave no answer: cloudtrail:LookupEvents is denied"}, {pane.Running, "Waiting for CloudTrail's first page"}} {
		p.Watch([]pane.Lookup{
			{Lookup: awsx.Find(evidence.NeedTrail), State: c.events},
			{Lookup: awsx.Find(evidence.NeedChanges), State: pane.Running},
		})
		var b strings.Builder
		for _, l := range p.View() {
			b.WriteString(l.Text() + "\n")
		}
		if !strings.Contains(b.String(), c.want) {
			t.Errorf("%v:\n%s", c.events, b.String())
		}
		if !p.Busy() {
			t.Error("nothing seems to be asked any more")
		}
	}
}
