package certs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

const (
	names  = 23 // the column of fields' names, with the sign that they differ
	narrow = 26 // the fewest cells of a certificate's column
)

// A layout is which certificates stand side by side, and how wide.
type layout struct {
	first, n int // of the columns
	cw       int // cells of each, the gap behind it included
	whole    bool
}

// abreast lays the certificates out side by side: equal fields quiet, those
// that differ loud. Values are whole, or cut in their middle. Where there is
// no room for all of it, the sentence and the fields that differ come first.
func (p *Pane) abreast(r *part.Rows, whole bool) {
	n := min(len(p.cols), max(1, (r.W-names)/narrow))
	y := layout{first: max(0, min(p.pick-n/2, len(p.cols)-n)), n: n, cw: min(52, (r.W-names)/n), whole: whole}
	short := p.h < 22 && !whole
	if short {
		p.rotation(r)
		r.Gap()
	} else {
		r.Put(style.Line{})
	}
	p.heads(r, y)
	p.row(r, y, certificate.Row{Name: "made the signature", Values: words(p.cols), Same: true}, func(i int) style.Line { return verifies(p.cols[i]) })
	certs := make([]evidence.Certificate, len(p.cols))
	for i, c := range p.cols {
		certs[i] = c.cert
	}
	rows := certificate.Compare(certs)
	if short {
		slices.SortStableFunc(rows, func(a, b certificate.Row) int { return cmp.Compare(rank(a), rank(b)) })
	}
	for _, row := range rows {
		p.row(r, y, row, nil)
		if row.Name == certificate.FieldTo {
			l := style.New(style.Plain.Of("   "), style.Strong.Of("◆"), style.Quiet.Of(" now"))
			for i := range n {
				l = l.To(names + i*y.cw).Join(p.bar(p.cols[y.first+i].cert, y.cw-4))
			}
			r.Put(l)
		}
	}
	if !short {
		p.rotation(r)
	}
}

// rank puts the fields that differ first.
func rank(r certificate.Row) int {
	if r.Same {
		return 1
	}
	return 0
}

// heads says whose the certificates are.
func (p *Pane) heads(r *part.Rows, y layout) {
	head, under := style.New(style.Plain.Of(" ")), style.New(style.Plain.Of(" "))
	for i := range y.n {
		c := p.cols[y.first+i]
		ink, mark := style.Strong, ""
		if y.first+i == p.pick {
			ink, mark = style.TabOn, "▸ "
		}
		head = head.To(names + i*y.cw).Join(style.New(style.Link.Of(mark), ink.Of(c.title)).Cut(y.cw - 2))
		under = under.To(names+i*y.cw).Add(style.Quiet, style.Cut(style.Clean(c.sub), y.cw-2))
	}
	if y.n < len(p.cols) {
		head = head.Cut(r.W-13).To(r.W-12).Add(style.Note, fmt.Sprintf("%d of %d ←→", y.n, len(p.cols)))
	}
	at := p.cols[p.pick]
	id := fmt.Sprintf("head%d", p.pick)
	ref := part.Ref{Text: certificate.PEM(at.cert), What: "PEM, " + at.title, Spot: at.cert.At}
	r.All = append(r.All, part.Row{Line: head.Cut(r.W), ID: id, Ref: ref})
	r.Put(under)
}

// row adds a field: on as many lines as its longest value takes, where values
// are whole, or where they are names, which may differ anywhere.
func (p *Pane) row(r *part.Rows, y layout, row certificate.Row, draw func(i int) style.Line) {
	parts, most := make([][]style.Line, y.n), 1
	for i := range y.n {
		at, w := y.first+i, y.cw-2
		switch {
		case draw != nil:
			parts[i] = []style.Line{draw(at).Cut(w)}
		case row.Name == certificate.FieldSubject || row.Name == certificate.FieldIssuer:
			parts[i] = style.Wrap(cell(row, at, len(row.Values[at])+64), w, 0)
		case y.whole:
			for _, s := range pieces(row.Values[at], w) {
				one := row
				one.Values = slices.Clone(row.Values)
				one.Values[at] = s
				parts[i] = append(parts[i], cell(one, at, w))
			}
		default:
			parts[i] = []style.Line{cell(row, at, w)}
		}
		most = max(most, min(4, len(parts[i])))
	}
	for k := range most {
		l := style.New(style.Plain.Of(" "))
		if k == 0 {
			l = label(row.Name, !row.Same)
		}
		for i := range y.n {
			if k < len(parts[i]) {
				l = l.To(names + i*y.cw).Join(parts[i][k].Cut(y.cw - 2))
			}
		}
		ref := part.Ref{Text: row.Values[p.pick], What: row.Name, Spot: p.cols[p.pick].cert.At}
		r.All = append(r.All, part.Row{Line: l.Cut(r.W), ID: row.Name, Ref: ref})
	}
}

// pieces parts a fingerprint into lines of w cells and of equally many bytes,
// four lines at most; anything else stays whole.
func pieces(v string, w int) []string {
	per := 2 // characters of a byte
	if len(v) > 2 && v[2] == ':' {
		per = 3
	}
	if len(v) <= w || w < 12 || strings.Trim(v, "0123456789abcdefABCDEF:") != "" {
		return []string{v}
	}
	octets := (len(v) + per - 1) / per
	for n := 2; n <= 4; n++ {
		each := (octets + n - 1) / n * per
		if each > w+per-2 { // the last colon is left out
			continue
		}
		var out []string
		for ; len(v) > each; v = v[each:] {
			out = append(out, strings.TrimSuffix(v[:each], ":"))
		}
		return append(out, v)
	}
	return []string{v}
}

func words(cols []column) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = strings.TrimLeft(verifies(c).Text(), "✓✗? ")
	}
	return out
}
