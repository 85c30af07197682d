// Package certs shows the certificates that a sign-in turns on side by side:
// what the assertion brought, what IAM holds, what the IdP publishes.
package certs

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/page"
	"example.com/samlens/tui/widget/seek"
)

// Pane shows the certificates.
type Pane struct {
	d    diag.Diagnosis
	cols []column
	rot  certificate.Rotation
	pick int // the column that keys act on
	page page.Page[part.Ref]
	w, h int
}

// New returns the pane.
func New() pane.Pane { return &Pane{} }

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	p.d = d
	p.cols, p.rot = columns(d)
	p.pick = max(0, min(p.pick, len(p.cols)-1))
	p.build()
	return nil
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	if w == p.w && h == p.h {
		return
	}
	p.w, p.h = w, h
	p.build()
}

// abreast is the width from which certificates stand side by side.
const abreast = names + 2*narrow + 1

func (p *Pane) build() {
	if p.w <= 0 || p.h <= 0 {
		return
	}
	p.page.Resize(p.w, p.h)
	rows := func(whole bool) []part.Row {
		r := &part.Rows{W: p.page.Width(), Indent: 1}
		switch {
		case len(p.cols) == 0:
			p.none(r)
		case p.w >= abreast:
			p.abreast(r, whole)
		default:
			p.stacked(r)
		}
		return r.All
	}
	// Fingerprints in full, to be read out to somebody, where all of it fits.
	all := rows(true)
	if len(all) > p.page.Height() {
		all = rows(false)
	}
	p.page.Set(all)
}

func (p *Pane) none(r *part.Rows) {
	r.Put(style.Line{})
	r.Indent = 2
	r.Text(style.Plain, "No certificate is known.")
	r.Text(style.Quiet, "The response carries none, and neither IAM's metadata nor the IdP's is at hand. Give them with --metadata and --idp-metadata, or let AWS be asked.")
}

// rotation is the sentence about how far a rotation has come, and what was
// not to be had.
func (p *Pane) rotation(r *part.Rows) {
	r.Gap()
	if s := p.rot.Sentence; s != "" {
		ink := style.Strong
		if p.rot.Stage == certificate.StageBroken || p.rot.Stage == certificate.StageUnverified {
			ink = style.Bad
		}
		r.Text(ink, s)
	}
	l := p.d.Case.Live
	if st := l.Provider.State; st != evidence.Known {
		r.Text(style.Quiet, "What IAM holds is not known: "+lack(st, l.Provider.Why, "--metadata FILE gives it"))
	}
	if st := l.IdPMetadata.State; st != evidence.Known {
		r.Text(style.Quiet, "What the IdP publishes now is not known: "+lack(st, l.IdPMetadata.Why, "--idp-metadata FILE gives it"))
	}
}

func lack(st evidence.State, why, otherwise string) string {
	switch {
	case st == evidence.Partial:
		return "being asked"
	case why != "":
		return why
	case st == evidence.Absent:
		return "there is none"
	}
	return otherwise
}

// Update takes an action.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.page.Blur = !msg.On
	case pane.Click:
		p.page.Click(msg.Y)
	case keys.Action:
		switch msg {
		case keys.Left, keys.Right:
			by := 1
			if msg == keys.Left {
				by = -1
			}
			p.pick = max(0, min(p.pick+by, len(p.cols)-1))
			p.build()
			if p.w < abreast {
				p.page.Select(fmt.Sprintf("head%d", p.pick))
			}
		case keys.CopyPEM:
			if len(p.cols) > 0 {
				return pane.Ask(pane.Copy{Text: certificate.PEM(p.cols[p.at()].cert), What: "PEM, " + p.cols[p.at()].title})
			}
		case keys.Copy:
			text, what := p.Copy()
			return pane.Ask(pane.Copy{Text: text, What: what})
		case keys.Open:
			if s := p.Spot(); s.Known() {
				return pane.Ask(pane.Goto{Spot: s, What: "certificate"})
			}
		default:
			p.page.Do(msg)
		}
	}
	return nil
}

// at is the column that keys act on: the picked one side by side, that of the
// row where they are stacked.
func (p *Pane) at() int {
	if ref, ok := p.page.At(); ok && p.w < abreast && ref.Finding > 0 {
		return min(ref.Finding-1, len(p.cols)-1)
	}
	return p.pick
}

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	if len(p.cols) > 0 {
		return ""
	}
	switch a {
	case keys.CopyPEM, keys.Copy, keys.Left, keys.Right, keys.Open:
		return "no certificate is known"
	}
	return ""
}

// Point puts the cursor on a certificate.
func (p *Pane) Point(s evidence.Spot) bool {
	i := slices.IndexFunc(p.cols, func(c column) bool { return c.cert.At.In == s.In && c.cert.At.Path == s.Path })
	if i < 0 && (s.In == evidence.InMetadata || s.In == evidence.InIdPMetadata) {
		i = slices.IndexFunc(p.cols, func(c column) bool { return c.cert.At.In == s.In })
	}
	if i < 0 {
		return false
	}
	p.pick = i
	p.build()
	p.page.Select(fmt.Sprintf("head%d", i))
	return true
}

// Spot is the certificate under the cursor.
func (p *Pane) Spot() evidence.Spot {
	if len(p.cols) == 0 {
		return evidence.Spot{}
	}
	return p.cols[p.at()].cert.At
}

// Copy is the field under the cursor.
func (p *Pane) Copy() (text, what string) {
	ref, _ := p.page.At()
	return ref.Text, ref.What
}

// Status names the certificate that keys act on.
func (p *Pane) Status(int) style.Line {
	if len(p.cols) == 0 {
		return style.Line{}
	}
	c := p.cols[p.at()]
	return style.New(style.Plain.Of(c.title)).Add(style.Quiet, " "+c.sub)
}

// Count is how many certificates differ.
func (p *Pane) Count() string {
	seen := map[string]bool{}
	for _, c := range p.cols {
		seen[c.cert.SHA256] = true
	}
	if len(seen) == 0 {
		return ""
	}
	return fmt.Sprint(len(seen))
}

// Find searches.
func (p *Pane) Find(q string) seek.Hits { return p.page.Find(q) }

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits { return p.page.Step(by) }

// Text is the whole comparison.
func (p *Pane) Text() string { return p.page.Text() }

// More tells how much is above and below the window.
func (p *Pane) More() (above, below int) { return p.page.More() }

// View draws it.
func (p *Pane) View() []style.Line { return p.page.View() }
