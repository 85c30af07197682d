package certs

import (
	"fmt"
	"strings"
	"time"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

const (
	names  = 24 // the column of fields' names, with the sign that they differ
	narrow = 26 // the fewest cells of a certificate's column
)

// abreast lays the certificates out side by side: equal fields quiet, those
// that differ loud.
func (p *Pane) abreast(r *part.Rows) {
	n := min(len(p.cols), max(1, (r.W-names)/narrow))
	first := max(0, min(p.pick-n/2, len(p.cols)-n))
	shown := p.cols[first : first+n]
	cw := min(46, (r.W-names)/n)
	line := func(id, text string, lead style.Line, cell func(i int, c column) style.Line) {
		l := lead
		for i, c := range shown {
			l = l.To(names + i*cw).Join(cell(first+i, c).Cut(cw - 2))
		}
		r.All = append(r.All, part.Row{Line: l.Cut(r.W), ID: id, Ref: part.Ref{Text: text, What: id, Spot: p.cols[p.pick].cert.At}})
	}
	r.Put(style.Line{})
	line(fmt.Sprintf("head%d", p.pick), certificate.PEM(p.cols[p.pick].cert), style.New(style.Plain.Of(" ")), func(i int, c column) style.Line {
		ink, mark := style.Strong, ""
		if i == p.pick {
			ink, mark = style.TabOn, "▸ "
		}
		return style.New(style.Link.Of(mark), ink.Of(c.title))
	})
	sub := style.New(style.Plain.Of(" "))
	for i, c := range shown {
		sub = sub.To(names+i*cw).Add(style.Quiet, style.Cut(style.Clean(c.sub), cw-2))
	}
	if n < len(p.cols) {
		sub = sub.To(r.W-12).Add(style.Note, fmt.Sprintf("%d of %d ←→", n, len(p.cols)))
	}
	r.Put(sub)
	line("verifies", word(p.cols[p.pick]), label("made the signature", false), func(_ int, c column) style.Line { return verifies(c) })
	certs := make([]evidence.Certificate, len(p.cols))
	for i, c := range p.cols {
		certs[i] = c.cert
	}
	for _, row := range certificate.Compare(certs) {
		if row.Name == certificate.FieldSubject || row.Name == certificate.FieldIssuer {
			p.wrapped(r, row, first, n, cw)
			continue
		}
		line(row.Name, row.Values[p.pick], label(row.Name, !row.Same), func(i int, _ column) style.Line { return cell(row, i, cw-2) })
		if row.Name == certificate.FieldTo {
			l := style.New(style.Plain.Of("   "), style.Strong.Of("◆"), style.Quiet.Of(" now"))
			for i, c := range shown {
				l = l.To(names + i*cw).Join(p.bar(c.cert, cw-4))
			}
			r.Put(l)
		}
	}
	p.rotation(r)
}

// wrapped adds a field whose values are names: on as many lines as they take,
// since they may differ anywhere.
func (p *Pane) wrapped(r *part.Rows, row certificate.Row, first, n, cw int) {
	parts, most := make([][]style.Line, n), 1
	for i := range n {
		parts[i] = style.Wrap(cell(row, first+i, len(row.Values[first+i])+64), cw-2, 0)
		most = max(most, min(3, len(parts[i])))
	}
	for k := range most {
		l := style.New(style.Plain.Of(" "))
		if k == 0 {
			l = label(row.Name, !row.Same)
		}
		for i := range n {
			if k < len(parts[i]) {
				l = l.To(names + i*cw).Join(parts[i][k].Cut(cw - 2))
			}
		}
		ref := part.Ref{Text: row.Values[p.pick], What: row.Name, Spot: p.cols[p.pick].cert.At}
		r.All = append(r.All, part.Row{Line: l.Cut(r.W), ID: row.Name, Ref: ref})
	}
}

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

func word(c column) string { return strings.TrimLeft(verifies(c).Text(), "✓✗? ") }

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

// stacked lays the certificates out below each other, the fields that differ
// first.
func (p *Pane) stacked(r *part.Rows) {
	certs := make([]evidence.Certificate, len(p.cols))
	for i, c := range p.cols {
		certs[i] = c.cert
	}
	rows := certificate.Compare(certs)
	p.rotation(r)
	for i, c := range p.cols {
		r.Gap()
		ref := func(text, what string) part.Ref {
			return part.Ref{Text: text, What: what, Spot: c.cert.At, Finding: i + 1}
		}
		head := style.New(style.Plain.Of(" "))
		switch {
		case c.verifies:
			head = head.Add(style.Good, "✓ ")
		case c.known:
			head = head.Add(style.Bad, "✗ ")
		}
		head = head.Add(style.Strong, c.title).Add(style.Quiet, " "+c.sub+"  ")
		switch {
		case c.verifies:
			head = head.Add(style.Good, "made the signature")
		case c.known:
			head = head.Add(style.Bad, "did not make the signature")
		}
		r.Stop(fmt.Sprintf("head%d", i), head.Cut(r.W), 3, ref(certificate.PEM(c.cert), "PEM"))
		for _, differing := range []bool{true, false} {
			for _, row := range rows {
				if row.Same == differing {
					continue
				}
				l := label(row.Name, !row.Same).To(names).Join(cell(row, i, max(8, r.W-names-1)))
				r.Stop(fmt.Sprintf("%s%d", row.Name, i), l.Cut(r.W), 3, ref(row.Values[i], row.Name))
			}
			if differing {
				if b := p.bar(c.cert, r.W-names-2); len(b.Spans) > 0 {
					r.Put(style.New(style.Plain.Of(style.Blank(names))).Join(b))
				}
			}
		}
	}
}
