package flow

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/seek"
)

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	switch {
	case a == keys.Open && len(p.hops) == 0:
		return "the capture shows no requests"
	case a == keys.ToAnswer && p.best() < 0:
		return "the capture holds no answer of AWS"
	}
	return ""
}

// Copy is the line under the cursor, or the address.
func (p *Pane) Copy() (text, what string) {
	if p.full != nil {
		if ref, ok := p.page.At(); ok && ref.Text != "" {
			return ref.Text, ref.What
		}
	}
	h, _ := p.grid.At()
	return h.URL, "address"
}

// Spot is the exchange under the cursor.
func (p *Pane) Spot() evidence.Spot {
	h, ok := p.grid.At()
	if !ok {
		return evidence.Spot{}
	}
	return evidence.Spot{In: evidence.InHAR, Path: fmt.Sprintf("/log/entries/%d", h.Entry)}
}

// Point puts the cursor on an entry of the archive, or on the page that AWS
// answered.
func (p *Pane) Point(s evidence.Spot) bool {
	if len(p.hops) == 0 {
		return false
	}
	switch s.In {
	case evidence.InPage:
		if i := p.best(); i >= 0 {
			p.full = nil
			return p.grid.Select(p.hops[i].key)
		}
	case evidence.InHAR:
		n, ok := entry(s.Path)
		for i := range p.hops {
			if ok && p.hops[i].Entry == n {
				p.full = nil
				return p.grid.Select(p.hops[i].key)
			}
		}
		return !ok
	}
	return false
}

// entry reads the number of an entry from a JSON pointer into an archive.
func entry(path string) (int, bool) {
	_, rest, ok := strings.Cut(path, "/entries/")
	if !ok {
		return 0, false
	}
	rest, _, _ = strings.Cut(rest, "/")
	n, err := strconv.Atoi(rest)
	return n, err == nil
}

// Mark marks the exchange that another pane's cursor is on.
func (p *Pane) Mark(s evidence.Spot) {
	p.grid.Mark("")
	n, ok := entry(s.Path)
	for _, h := range p.hops {
		if s.In == evidence.InHAR && ok && h.Entry == n || s.In == evidence.InPage && h.answer {
			p.grid.Mark(h.key)
		}
	}
}

// Count is how many requests there are.
func (p *Pane) Count() string {
	if len(p.hops) == 0 {
		return ""
	}
	return pane.Number(len(p.hops))
}

// Find searches.
func (p *Pane) Find(q string) seek.Hits {
	if p.full != nil {
		return p.page.Find(q)
	}
	return p.grid.Find(q)
}

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits {
	if p.full != nil {
		return p.page.Step(by)
	}
	return p.grid.Step(by)
}

// Status is the entry of the archive under the cursor.
func (p *Pane) Status(int) (l style.Line) {
	if h, ok := p.grid.At(); ok {
		l = l.Add(style.Quiet, fmt.Sprintf("entry %d of the capture", h.Entry))
	}
	return l
}

// Text is the exchange in full, or the list.
func (p *Pane) Text() string {
	if p.full != nil {
		return p.page.Text()
	}
	var b strings.Builder
	for _, h := range p.hops {
		fmt.Fprintf(&b, "%s\t%s\t%d\t%s\n", h.At.UTC().Format(time.RFC3339Nano), h.Method, h.Status, h.URL)
	}
	return b.String()
}
