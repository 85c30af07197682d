package verdict

import (
	"strings"

	"example.com/samlens/diag/chain"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// drawChain draws the way of a sign-in as a line with a stop for each hop: a
// sign for its state, its name below, and its state in a word where there is
// room. pick is the hop that is told of.
func drawChain(links []chain.Link, w, pick int) []style.Line {
	if len(links) == 0 {
		return nil
	}
	if col := min(15, (w-2)/len(links)); col >= 11 {
		return stops(links, pick, func(chain.Link) int { return col }, full, true)
	}
	for _, name := range []func(chain.Link) string{full, brief} {
		total := 1
		for _, l := range links {
			total += len(name(l)) + 2
		}
		if total-2 <= w {
			return stops(links, pick, func(l chain.Link) int { return len(name(l)) + 2 }, name, false)
		}
	}
	return stops(links, pick, func(chain.Link) int { return 3 }, func(chain.Link) string { return "" }, false)
}

func full(l chain.Link) string { return l.Hop.String() }

func brief(l chain.Link) string {
	s := l.Hop.String()
	return s[:min(4, len(s))]
}

// stops draws the stops in columns of width col(link).
func stops(links []chain.Link, pick int, col func(chain.Link) int, name func(chain.Link) string, words bool) []style.Line {
	signs, names, states := style.New(style.Plain.Of(" ")), style.New(style.Plain.Of(" ")), style.New(style.Plain.Of(" "))
	reached := true
	for i, l := range links {
		sign, ink, word := pane.State(l)
		reached = reached && l.State != chain.Failed && l.State != chain.Unreached
		signs = signs.Add(ink, sign)
		if n := col(l) - 1; i < len(links)-1 {
			track, way := "┄", style.Edge
			if reached && links[i+1].State != chain.NotApplicable {
				track, way = "━", style.Good
				if l.State == chain.Inferred || l.State == chain.Unchecked {
					track, way = "─", style.Quiet
				}
			}
			signs = signs.Add(way, strings.Repeat(track, n))
		}
		label := style.Quiet
		switch {
		case i == pick && l.State == chain.Failed:
			label = style.Bad
		case i == pick:
			label = style.TabOn
		case l.State == chain.Failed:
			label = style.Bad
		case l.State == chain.Verified || l.State == chain.Inferred:
			label = style.Plain
		}
		names = names.Add(label, name(l)).Add(style.Plain, style.Blank(col(l)-len(name(l))))
		states = states.Add(ink, word).Add(style.Plain, style.Blank(col(l)-style.Width(word)))
	}
	out := []style.Line{signs}
	if name(links[0]) != "" {
		out = append(out, names)
	}
	if words {
		out = append(out, states)
	}
	return out
}

// tell says of one hop what its state is and why.
func tell(l chain.Link, v chain.Verdict) style.Line {
	sign, ink, word := pane.State(l)
	out := style.New(style.Plain.Of(" "), ink.Of(sign+" "), style.Strong.Of(l.Hop.String()), style.Plain.Of(" "), ink.Of(word))
	if l.State == chain.Unreached && strings.HasPrefix(l.Known, "would fail: ") {
		out = out.Add(style.Warn, strings.TrimPrefix(l.Known, "would fail"))
	}
	switch {
	case l.State == chain.Failed && strings.HasPrefix(v.Summary, l.Why):
		out = out.Add(style.Quiet, "  at "+pane.At(l.Hop)).Add(style.Quiet, ": "+v.Rule) // the sentence stands above
	case l.Why != "":
		out = out.Add(style.Quiet, "  "+l.Why)
	}
	return out
}
