package flow

import (
	"strconv"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/visible"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
)

// fill lays out the exchange that is shown in full.
func (p *Pane) fill() {
	if p.full == nil {
		return
	}
	p.page.Resize(p.w, p.h)
	r := part.Rows{W: max(1, p.page.Width()), Indent: 1}
	p.tell(&r, *p.full, len(p.full.ResponseBody))
	p.page.Set(r.All)
}

// glance is how much of a body is laid out where only its beginning is shown.
const glance = 4 << 10

// tell writes an exchange: the request, what became of it, what the person
// saw, and the first bytes of the body.
func (p *Pane) tell(r *part.Rows, h hop, bytes int) {
	r.Stop("request", style.New(style.Plain.Of(" ")).Show(style.Plain, h.Method).Add(style.Plain, " ").Show(style.Strong, h.URL), 3, part.Ref{Text: h.URL, What: "address"})
	r.Gap()
	field := func(name, value string, to evidence.Spot) {
		if value != "" {
			l := style.New(style.Plain.Of(" "), style.Quiet.Of(style.Pad(name, 14))).Show(style.Plain, value)
			r.Stop(name, l, 15, part.Ref{Text: value, What: name, Spot: to})
		}
	}
	none := evidence.Spot{}
	field("with", parties[h.Party], none)
	if h.Status > 0 {
		field("status", strconv.Itoa(h.Status), none)
	} else {
		field("status", "no answer in the capture", none)
	}
	field("redirects to", h.Redirect, none)
	field("carries", h.SAML, evidence.Spot{In: evidence.InResponse, Path: "/Response"})
	field("type", h.MIME, none)
	if !h.At.IsZero() {
		field("began", h.At.UTC().Format("2006-01-02 15:04:05.000 UTC")+", "+strings.TrimSpace(p.after(h).Text()), none)
	}
	if h.Took > 0 {
		field("took", pane.Span(h.Took), none)
	}
	if !h.Date.IsZero() {
		field("their clock", pane.Clock(h.Date), none)
	}
	field("entry", strconv.Itoa(h.Entry), none)
	if h.Text != "" {
		r.Head("WHAT THE PERSON SAW")
		for line := range strings.SplitSeq(visible.Block(h.Text), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				ink := style.Plain
				if h.says != "" && strings.Contains(line, h.says) {
					ink = style.Strong
				}
				r.Stop("saw/"+line, style.New(style.Plain.Of(" "), ink.Of(line)), 1, part.Ref{Text: line, What: "text", Spot: none})
			}
		}
	}
	if h.ResponseBody == "" {
		r.Gap()
		r.Text(style.Quiet, "The capture holds no body of this answer.")
		return
	}
	r.Head("ITS BODY, WITHOUT SAML VALUES")
	for i, line := range strings.Split(visible.Block(h.ResponseBody[:min(bytes, len(h.ResponseBody))]), "\n") {
		line = strings.ReplaceAll(strings.TrimRight(line, " \t\r"), "\t", "  ")
		if strings.TrimSpace(line) == "" {
			continue
		}
		r.Stop("body/"+strconv.Itoa(i), style.New(style.Plain.Of(" "), style.Quiet.Of(line)), 3, part.Ref{Text: line, What: "line of the body"})
	}
}
