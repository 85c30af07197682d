package flow

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/visible"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
)

// above is how many rows stand over the list.
func (p *Pane) above() int {
	if p.h < 12 {
		return 0
	}
	return 3
}

func (p *Pane) columns() []grid.Column[hop] {
	return []grid.Column[hop]{
		{Title: "  after", Min: 9, Right: true, Rank: 2, Cell: func(h hop, _ int) style.Line { return p.after(h) }},
		{Title: "", Min: 6, Cell: func(h hop, _ int) style.Line { return style.New(style.Plain.Of(style.Clean(h.Method))) }},
		{Title: "", Min: 5, Cell: status},
		{Title: "with", Min: 11, Rank: 1, Cell: func(h hop, _ int) style.Line { return party(h) }},
		{Title: "request", Min: 24, Weight: 3, Cell: func(h hop, w int) style.Line { return address(h, w) }},
		{Title: "took", Min: 7, Right: true, Rank: 3, Cell: func(h hop, _ int) style.Line {
			if h.Took <= 0 {
				return style.Line{}
			}
			return style.New(style.Quiet.Of(pane.Span(h.Took)))
		}},
		{Title: "time", Min: 20, Weight: 1, Max: 60, Rank: 4, Cell: p.bar},
	}
}

// after is how long after the first request it began.
func (p *Pane) after(h hop) style.Line {
	d := h.At.Sub(p.from)
	if h.At.IsZero() || p.from.IsZero() {
		return style.New(style.Quiet.Of("?"))
	}
	if d < 10*time.Second {
		return style.New(style.Quiet.Of("+" + strconv.FormatFloat(d.Seconds(), 'f', 2, 64) + "s"))
	}
	return style.New(style.Quiet.Of("+" + pane.Span(d)))
}

func status(h hop, _ int) style.Line {
	s := strconv.Itoa(h.Status)
	switch {
	case h.Status <= 0:
		return style.New(style.Warn.Of("?"))
	case h.Status >= 400:
		return style.New(style.Bad.Of("✗ " + s))
	case h.Status >= 300:
		return style.New(style.Quiet.Of("→ " + s))
	}
	return style.New(style.Plain.Of("  " + s))
}

var parties = map[string]string{
	"idp": "IdP", "aws-signin": "AWS sign-in", "aws-console": "AWS console", "connect": "Connect",
	"identity-center": "Identity C.", "other-sp": "another SP",
}

func party(h hop) style.Line {
	switch name := parties[h.Party]; h.Party {
	case "":
		return style.New(style.Quiet.Of("·"))
	case "idp":
		return style.New(style.Note.Of(name))
	case "other-sp":
		return style.New(style.Quiet.Of(name))
	default:
		return style.New(style.Link.Of(name))
	}
}

// address is the host and path of a request, and what SAML it carries.
func address(h hop, w int) style.Line {
	var l style.Line
	if h.SAML != "" {
		l = l.Add(style.Tag, "◆ "+h.SAML).Add(style.Plain, "  ")
	}
	host := style.Plain
	if h.answer {
		l, host = l.Add(style.Bad, "✗ "), style.Strong
	}
	u, err := url.Parse(h.URL)
	if err != nil || u.Host == "" {
		return l.Show(host, h.URL)
	}
	room := max(8, w-l.Width()-style.Width(u.Host))
	return l.Show(host, u.Host).Add(style.Quiet, style.CutMiddle(style.Clean(u.EscapedPath()), room))
}

// bar draws when a request ran, on one scale for all.
func (p *Pane) bar(h hop, w int) style.Line {
	span := p.to.Sub(p.from)
	if span <= 0 || h.At.IsZero() || w < 2 {
		return style.Line{}
	}
	at := int(float64(w-1) * float64(h.At.Sub(p.from)) / float64(span))
	n := max(1, int(float64(w)*float64(h.Took)/float64(span)+0.5))
	at = max(0, min(at, w-1))
	n = min(n, w-at)
	ink := style.Edge
	switch {
	case h.answer || h.Status >= 400:
		ink = style.Bad
	case h.SAML != "":
		ink = style.Tag
	case h.Party != "":
		ink = style.Note
	}
	fill := "━"
	if h.SAML != "" || h.answer {
		fill = "█"
	}
	return style.New(style.Plain.Of(style.Blank(at)), ink.Of(strings.Repeat(fill, n)))
}

// View draws the pane.
func (p *Pane) View() []style.Line {
	if p.full != nil {
		return p.page.View()
	}
	if len(p.hops) == 0 {
		return p.nothing()
	}
	out := make([]style.Line, 0, p.h)
	if p.above() > 0 {
		out = append(out, p.heading(), p.outcome(), style.Line{})
	}
	out = append(out, p.grid.View()...)
	return out[:min(len(out), p.h)]
}

func (p *Pane) heading() style.Line {
	l := style.New(style.Plain.Of(" "), style.Strong.Of(pane.Number(len(p.hops))), style.Quiet.Of(" requests around the sign-in"))
	if span := p.to.Sub(p.from); span > 0 {
		l = l.Add(style.Quiet, " · "+pane.Span(span))
	}
	var right style.Line
	if c := p.c.Clock; c.SkewKnown && (c.Skew > 2*time.Second || c.Skew < -2*time.Second) {
		way := "ahead of AWS"
		if c.Skew < 0 {
			way = "behind AWS"
		}
		right = style.New(style.Warn.Of("! "), style.Plain.Of("the IdP's clock is "+pane.Span(c.Skew.Abs())+" "+way+" "))
	} else if p.c.Writer != "" {
		right = style.New(style.Quiet.Of("written by ")).Show(style.Quiet, p.c.Writer).Add(style.Plain, " ")
	}
	return style.Spread(l, right, p.w)
}

// outcome is what the answers show.
func (p *Pane) outcome() style.Line {
	l := style.New(style.Plain.Of(" "))
	if o := p.c.Observed; o != nil {
		return l.Add(style.Bad, "✗ ").Show(style.Strong, o.Text).Cut(p.w)
	}
	if p.c.OutcomeWhy != "" {
		return l.Show(style.Plain, p.c.OutcomeWhy).Cut(p.w)
	}
	return l.Add(style.Quiet, "what AWS answered is not in this capture").Cut(p.w)
}

func (p *Pane) nothing() []style.Line {
	var out []style.Line
	say := func(ink style.Ink, text string) {
		out = append(out, style.Wrap(style.New(style.Plain.Of("   "), ink.Of(text)), max(1, min(p.w, 96)), 3)...)
	}
	out = append(out, style.Line{})
	say(style.Plain, "This capture holds the SAML response alone, not the browser's way to it.")
	say(style.Plain, "")
	say(style.Quiet, "A HAR file shows every request around the sign-in, AWS's own answer to it and both clocks: open the browser's "+
		"developer tools, keep the log across pages, sign in, and save all as HAR with content.")
	return out[:min(len(out), p.h)]
}

// fill lays out the exchange that is shown in full.
func (p *Pane) fill() {
	if p.full == nil {
		return
	}
	p.page.Resize(p.w, p.h)
	r := part.Rows{W: max(1, p.page.Width()), Indent: 1}
	p.tell(&r, *p.full)
	p.page.Set(r.All)
}

// tell writes an exchange: the request, what became of it, and what the
// person saw.
func (p *Pane) tell(r *part.Rows, h hop) {
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
		for _, line := range strings.Split(visible.Block(h.Text), "\n") {
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
	for i, line := range strings.Split(visible.Block(h.ResponseBody), "\n") {
		line = strings.ReplaceAll(strings.TrimRight(line, " \t\r"), "\t", "  ")
		if strings.TrimSpace(line) == "" {
			continue
		}
		r.Stop("body/"+strconv.Itoa(i), style.New(style.Plain.Of(" "), style.Quiet.Of(line)), 3, part.Ref{Text: line, What: "line of the body"})
	}
}
