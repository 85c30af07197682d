// Package listing draws a document line by line: JSON with its keys and values
// told apart, and the bytes that matter lit. It changes nothing in the
// document, so that a place in it is where the evidence says.
package listing

import (
	"strings"

	"example.com/samlens/tui/style"
)

// most bounds how much of a document is drawn: policies and events are far
// smaller.
const most = 1 << 20

// A Light is a range of bytes that stands out in an ink.
type Light struct {
	Start, End int
	Ink        style.Ink
}

// A Line is one line of a document.
type Line struct {
	Start, End int // its bytes, the line end left out
	Line       style.Line
}

// Lines returns the document's lines. Where lights overlap, the later one
// wins.
func Lines(doc string, lights ...Light) []Line {
	if len(doc) > most {
		doc = doc[:most]
	}
	var out []Line
	for at := 0; at <= len(doc); {
		end := len(doc)
		if i := strings.IndexByte(doc[at:], '\n'); i >= 0 {
			end = at + i
		}
		next := end + 1
		stop := end
		if stop > at && doc[stop-1] == '\r' {
			stop--
		}
		out = append(out, Line{at, stop, draw(doc[at:stop], at, lights)})
		at = next
	}
	if n := len(out); n > 1 && out[n-1].Start == out[n-1].End { // the end of the last line begins none
		out = out[:n-1]
	}
	return out
}

// draw draws one line that begins at byte from of its document.
func draw(s string, from int, lights []Light) style.Line {
	var l style.Line
	put := func(a, b int, ink style.Ink) {
		for a < b {
			lit, to := ink, b
			for _, g := range lights {
				start, end := g.Start-from, g.End-from
				switch {
				case start <= a && a < end:
					lit, to = g.Ink, min(to, end)
				case a < start && start < to:
					to = start
				}
			}
			// A light that begins later may be inside one that holds now.
			for _, g := range lights {
				if start := g.Start - from; a < start && start < to {
					to = start
				}
			}
			l = l.Add(lit, strings.ReplaceAll(s[a:to], "\t", "  "))
			a = to
		}
	}
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"':
			j := end(s, i)
			ink := style.Value
			if rest := strings.TrimLeft(s[j:], " \t"); strings.HasPrefix(rest, ":") {
				ink = style.Attr
			}
			put(i, j, ink)
			i = j
		case strings.IndexByte("{}[],:", c) >= 0:
			put(i, i+1, style.Quiet)
			i++
		default:
			j := i
			for j < len(s) && s[j] != '"' && strings.IndexByte("{}[],:", s[j]) < 0 {
				j++
			}
			put(i, j, style.Plain)
			i = j
		}
	}
	return l
}

// end returns the byte behind the string that begins at i.
func end(s string, i int) int {
	for j := i + 1; j < len(s); j++ {
		switch s[j] {
		case '\\':
			j++
		case '"':
			return j + 1
		}
	}
	return len(s)
}
