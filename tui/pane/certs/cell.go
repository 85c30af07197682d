package certs

import (
	"time"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/style"
)

// label is a field's name, with a sign where certificates differ in it.
func label(name string, differs bool) style.Line {
	if differs {
		return style.New(style.Plain.Of(" "), style.Bad.Of("≠ "), style.Strong.Of(name))
	}
	return style.New(style.Plain.Of("   "), style.Quiet.Of(name))
}

func cell(row certificate.Row, i, w int) style.Line {
	v := row.Values[i]
	ink := style.Quiet
	switch {
	case v == "":
		return style.New(style.Edge.Of("-"))
	case !row.Same && row.Differs[i]:
		ink = style.Differ
	case !row.Same:
		ink = style.Strong
	}
	var l style.Line
	return l.Show(ink, style.CutMiddle(style.Clean(v), w))
}

func verifies(c column) style.Line {
	switch {
	case !c.known:
		return style.New(style.Warn.Of("? not tried"))
	case c.verifies:
		return style.New(style.Good.Of("✓ yes"))
	}
	return style.New(style.Bad.Of("✗ no"))
}

// bar draws a validity on the time that all certificates span together, with
// now on it: "├" and "┤" are the ends.
func (p *Pane) bar(c evidence.Certificate, w int) style.Line {
	w = min(w, 32)
	from, to, ok := certificate.Validity(c)
	now := p.d.Case.Now
	if !ok || w < 8 || now.IsZero() {
		return style.Line{}
	}
	lo, hi := now, now
	for _, o := range p.cols {
		if f, t, ok := certificate.Validity(o.cert); ok {
			if f.Before(lo) {
				lo = f
			}
			if t.After(hi) {
				hi = t
			}
		}
	}
	at := func(t time.Time) int {
		span := hi.Sub(lo).Seconds()
		if span <= 0 {
			return 0
		}
		return max(0, min(w-1, int(t.Sub(lo).Seconds()/span*float64(w-1))))
	}
	a, b, n := at(from), at(to), at(now)
	ink := style.Good
	if now.Before(from) || now.After(to) {
		ink = style.Bad
	}
	var l style.Line
	for i := range w {
		switch {
		case i == n:
			l = l.Add(style.Strong, "◆")
		case i == a && i != b:
			l = l.Add(ink, "├")
		case i == b:
			l = l.Add(ink, "┤")
		case i > a && i < b:
			l = l.Add(ink, "─")
		default:
			l = l.Add(style.Edge, "┄")
		}
	}
	return l
}
