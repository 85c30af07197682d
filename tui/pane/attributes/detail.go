package attributes

import (
	"fmt"
	"time"
	"unicode/utf8"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

// under is how many rows below the table tell of the row under the cursor.
func (p *Pane) under() int { return part.Room(p.h, len(p.page.Rows())) }

// chosen is the fact under the cursor.
func (p *Pane) chosen() (fact, bool) {
	id := p.page.ID()
	for i, f := range p.facts {
		if fmt.Sprintf("%s#%d", f.id(), i) == id {
			return f, true
		}
	}
	return fact{}, false
}

// tell writes all that is known of a fact: what AWS makes of it, its parts,
// where it stands, and what was found about it.
func (p *Pane) tell(r *part.Rows, f fact) {
	const label = 17
	field := func(name, value string) {
		if value != "" {
			l := style.New(style.Plain.Of(" "), style.Quiet.Of(style.Pad(name, label))).Show(style.Plain, value)
			r.Stop(name, l, label+1, part.Ref{})
		}
	}
	for _, g := range p.at(f.spot) {
		l := style.New(style.Plain.Of(" "), pane.Sign(g.Severity), style.Strong.Of(" "+g.ID()), style.Quiet.Of("  "+g.Summary))
		r.Stop("finding", l, 3, part.Ref{})
	}
	name, aws := claims.Cut(f.sent)
	if aws && name == string(claims.Role) {
		pair := claims.Split(evidence.Value{Text: evidence.Text{Value: f.value}})
		field("role", pair.RoleARN)
		field("provider", pair.ProviderARN)
	}
	field("AWS reads it as", f.means)
	if at, ok := instant(f.value); ok && p.d.Case.AsOf.Known() {
		d := at.Sub(p.d.Case.AsOf.At)
		way := "after"
		if d < 0 {
			way = "before"
		}
		field("that is", pane.Span(d.Abs())+" "+way+" "+pane.Clock(p.d.Case.AsOf.At)+", by which this sign-in is judged")
	}
	if n, b := utf8.RuneCountInString(f.value), len(f.value); n > 0 {
		size := fmt.Sprintf("%d characters", n)
		if n != b {
			size += fmt.Sprintf(", of them some that are not ASCII: %d bytes", b)
		}
		field("length", size)
	}
	field("sent as", f.sent)
	field("in", f.spot.Path)
}

// instant reads an xs:dateTime as assertions carry it.
func instant(s string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339Nano, s)
	return t, err == nil
}
