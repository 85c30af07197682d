package certs

import (
	"fmt"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

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
