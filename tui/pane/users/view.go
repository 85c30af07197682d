package users

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/roster"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

// chrome is how many rows stand above the users.
func (p *Pane) chrome() int {
	if p.h < 12 {
		return 3
	}
	return 5
}

// promptRow is the row of the prompt.
func (p *Pane) promptRow() int {
	if p.h < 12 {
		return 2
	}
	return 3
}

// sideW is how wide the user beside the list is; 0 where there is no room.
func (p *Pane) sideW() int {
	if p.w < 108 || p.h < 12 {
		return 0
	}
	return max(51, p.w*42/100) // room for an ID on one line
}

// under tells of the user under the cursor below a list that leaves room for
// it.
func (p *Pane) under(out []style.Line) []style.Line {
	at, ok := p.rows.at(p.roll.index)
	if !ok {
		return out
	}
	room := part.Room(p.h+1, len(out)) // the list has no titles
	key := fmt.Sprint(at.N, at.User.Username, p.name, p.asking == at.User.ID, len(p.told))
	return append(out, p.below.View(key, p.w, room, func(r *part.Rows) { p.tell(r, at.User, false) })...)
}

// More tells how much is above and below the window.
func (p *Pane) More() (above, below int) {
	if p.about != nil {
		return p.about.page.More()
	}
	return p.rows.top, max(0, p.rows.len(p.roll.index)-p.rows.top-p.rows.h)
}

// View draws the pane.
func (p *Pane) View() []style.Line {
	if p.about != nil {
		return p.about.page.View()
	}
	out := make([]style.Line, 0, p.h)
	out = append(out, p.heading(), p.verdict())
	if p.chrome() == 5 {
		out = append(out, style.Line{}, p.prompt(), style.New(style.Edge.Of(strings.Repeat("─", p.w))))
	} else {
		out = append(out, p.prompt())
	}
	if len(out) >= p.h {
		return out[:p.h]
	}
	x := p.roll.index
	if p.rows.len(x) == 0 {
		out = append(out, p.nothing()...)
	}
	side := p.side.View()
	w := p.w
	if len(side) > 0 {
		w = p.w - p.sideW() - 1
	}
	for i := p.rows.top; i < p.rows.len(x) && len(out) < p.h; i++ {
		out = append(out, p.draw(p.rows.row(x, i), i, w))
	}
	out = out[:min(len(out), p.h)]
	if len(side) == 0 {
		return p.under(out)
	}
	for y := p.chrome(); y < p.h; y++ {
		if y >= len(out) {
			out = append(out, style.Line{})
		}
		l := out[y].Cut(w)
		l = l.Add(style.Plain, style.Blank(w-l.Width())).Add(style.Edge, "│")
		if i := y - p.chrome(); i < len(side) {
			l = l.Join(side[i])
		}
		l.Until = w
		out[y] = l
	}
	return out
}

func (p *Pane) heading() style.Line {
	l := style.New(style.Quiet.Of(" role session name  "))
	if p.name == "" {
		l = l.Add(style.Quiet, "none")
	} else {
		l = l.Show(style.Strong, p.name)
	}
	return style.Spread(l, p.extent().Add(style.Plain, " "), p.w)
}

func (p *Pane) verdict() style.Line {
	line := p.answer.line
	if line.Width()+4 > p.w {
		line = p.answer.brief
	}
	return style.New(style.Plain.Of(" "), p.answer.sign, style.Plain.Of(" ")).Join(line).Cut(p.w)
}

func (p *Pane) prompt() style.Line {
	right := p.hits()
	l := style.New(style.Plain.Of(" "))
	switch {
	case p.mode == live && !p.picked:
		l = l.Join(p.look.Line(max(8, p.w-right.Width()-4), ""))
	case p.mode == listed:
		l = l.Add(style.Quiet, p.look.Label).Show(style.Plain, p.look.Text())
	default: // what is typed next replaces it
		l = l.Add(style.Key, p.look.Label).Add(style.Link, "▌").Show(style.Match, p.look.Text())
	}
	if p.on && p.mode == armed {
		l = l.Add(style.Quiet, "  type a name")
	}
	return style.Spread(l, right, p.w)
}

// hits says how many users hold what was typed.
func (p *Pane) hits() style.Line {
	r := &p.rows
	if r.query == "" || p.roll.index.Len() == 0 || r.counter == nil {
		return style.New(style.Plain.Of(" "))
	}
	text := pane.Number(r.counter.Count())
	if !r.counted {
		text += "+"
	}
	verb := " contain it "
	if r.counter.Count() == 1 && r.counted {
		verb = " contains it "
	}
	if near := p.alike(); near > 0 {
		return style.New(style.Quiet.Of(text+verb+"· "), style.Note.Of(fmt.Sprintf("%d near ", near)))
	}
	return style.New(style.Quiet.Of(text + verb))
}

// alike is how many of the users on top are like the name that was typed
// without being it.
func (p *Pane) alike() int {
	n := 0
	for _, f := range p.rows.found[:min(len(p.rows.found), 64)] {
		if f.Kind > roster.Exact && f.Kind <= roster.Typo {
			n++
		}
	}
	return n
}
