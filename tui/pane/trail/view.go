package trail

import (
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/page"
)

// never is what an empty list does not mean.
var never = []string{
	"No event is no sign of health: AWS need not log a request that is not valid enough.",
	"No event is no sign of health: AWS need not log every refusal.",
	"No event is no sign of health.",
}

// caveat is the longest of never that fits.
func (p *Pane) caveat() string {
	for _, s := range never {
		if len(s)+2 <= p.w {
			return s
		}
	}
	return never[len(never)-1]
}

// above and below are how many rows frame the list.
func (p *Pane) above() int {
	switch {
	case p.h < 10:
		return 1
	case p.h < 18:
		return 4
	}
	return 6
}

func (p *Pane) below() int {
	if p.h < 6 {
		return 0
	}
	return 1
}

// listW is how wide the list is; where there is room, the event under the
// cursor stands beside it.
func (p *Pane) listW() int {
	if p.w < 150 || p.h < 18 {
		return p.w
	}
	return p.w * 60 / 100
}

// More tells how much is above and below the window.
func (p *Pane) More() (above, below int) {
	switch {
	case p.raw != nil:
		return p.page.More()
	case p.grouped():
		return p.groups.More()
	}
	return p.events.More()
}

// View draws the pane.
func (p *Pane) View() []style.Line {
	if p.raw != nil {
		return p.page.View()
	}
	out := make([]style.Line, 0, p.h)
	out = append(out, p.heading())
	if len(p.book.all) == 0 {
		return p.foot(append(out, p.nothing()...))
	}
	if p.above() >= 4 {
		out = append(out, p.drawn...)
	}
	if p.above() >= 6 {
		out = append(out, p.turn(), style.Line{})
	}
	switch {
	case p.grouped():
		out = append(out, p.groups.View()...)
	case len(p.dig.rows) == 0:
		out = append(out, style.New(style.Quiet.Of("   nothing of that among the events read")))
	default:
		out = p.split(out)
	}
	return p.foot(out)
}

// split puts the event under the cursor beside the list, where there is room.
func (p *Pane) split(out []style.Line) []style.Line {
	list := p.events.View()
	w := p.listW()
	if w == p.w {
		return append(out, list...)
	}
	side := p.side.View()
	for y := range p.h - p.above() - p.below() {
		var l style.Line
		if y < len(list) {
			l = list[y].Cut(w)
		}
		row := append(make([]style.Span, 0, len(l.Spans)+8), l.Spans...)
		row = append(row, style.Plain.Of(style.Blank(w-l.Width())), style.Edge.Of("│"))
		if y < len(side) {
			row = append(row, side[y].Spans...)
		}
		l.Spans, l.Until = row, w
		out = append(out, l)
	}
	return out
}

// foot fills up to the last row, which says what an empty list does not mean.
func (p *Pane) foot(out []style.Line) []style.Line {
	if p.below() == 0 {
		return out[:min(len(out), p.h)]
	}
	out = out[:min(len(out), p.h-1)]
	for len(out) < p.h-1 {
		out = append(out, style.Line{})
	}
	return append(out, style.New(style.Quiet.Of(" "+p.caveat())))
}

func pageOf(w, h int) (p page.Page[part.Ref]) {
	p.Blur = true
	p.Resize(w, h)
	return p
}

// aside lays out the event under the cursor beside the list.
func (p *Pane) aside() {
	w := p.w - p.listW() - 1
	e, ok := p.events.At()
	if w <= 0 || !ok || p.grouped() {
		p.beside = nil
		p.side.Set(nil)
		return
	}
	if e == p.beside {
		return
	}
	p.beside = e
	p.side = pageOf(w, p.h-p.above()-p.below())
	r := part.Rows{W: max(1, p.side.Width()), Indent: 1}
	p.tell(&r, e)
	for i := range r.All {
		r.All[i].ID = ""
	}
	p.side.Set(r.All)
}

// fill lays out the event that is shown in full.
func (p *Pane) fill() {
	if p.raw == nil {
		return
	}
	p.page.Resize(p.w, p.h)
	r := part.Rows{W: max(1, p.page.Width()), Indent: 1}
	p.tell(&r, p.raw)
	p.page.Set(r.All)
}
