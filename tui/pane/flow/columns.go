package flow

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
)

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
	switch {
	case h.SAML != "" && w < 44: // whom it went to is worth more than the parameter's name
		l = l.Add(style.Tag, "◆ ")
	case h.SAML != "":
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
