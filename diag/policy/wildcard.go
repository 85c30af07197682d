package policy

import (
	"strings"
	"unicode/utf8"
)

// A glyph is one step of a pattern: a literal rune or a wildcard.
type glyph struct {
	r    rune
	kind glyphKind
}

type glyphKind uint8

const (
	literal glyphKind = iota
	anyOne            // ?
	anyRun            // *
	// The following two never take a colon: wildcards inside one segment of
	// an ARN.
	anyOneInSegment
	anyRunInSegment
	// mystery stands for a variable whose value is not known.
	mystery
)

// maxWild is the longest text, in bytes, that is held against wildcards;
// beyond it the answer is unknown. ARNs and condition values are shorter.
const maxWild = 4096

// A pattern is a policy value with its wildcards and variables resolved.
type pattern struct {
	glyphs []glyph
	wild   bool // holds anything but literals
	guess  bool // holds a mystery
}

func (p *pattern) literal(s string) {
	for _, r := range s {
		p.glyphs = append(p.glyphs, glyph{r: r})
	}
}

func (p *pattern) add(k glyphKind) {
	// A run beside a run adds nothing but work.
	if n := len(p.glyphs); n > 0 && k == anyRun && p.glyphs[n-1].kind == anyRun {
		return
	}
	p.glyphs = append(p.glyphs, glyph{kind: k})
	p.wild = true
	p.guess = p.guess || k == mystery
}

// match reports whether s matches p. Where a mystery takes part a match is
// unknown, for its value might have been another.
func (p pattern) match(s string) Truth {
	if !p.wild {
		return truth(p.equals(s))
	}
	if len(s) > maxWild {
		return Unknown
	}
	ok := walk(p.glyphs, []rune(s))
	switch {
	case !ok:
		return False
	case p.guess:
		return Unknown
	}
	return True
}

// equals compares a pattern without wildcards.
func (p pattern) equals(s string) bool {
	if utf8.RuneCountInString(s) != len(p.glyphs) {
		return false
	}
	i := 0
	for _, r := range s {
		if p.glyphs[i].r != r {
			return false
		}
		i++
	}
	return true
}

// walk runs the pattern as an automaton: at holds the positions of the
// pattern that the text so far can have reached.
func walk(p []glyph, text []rune) bool {
	at := make([]bool, len(p)+1)
	next := make([]bool, len(p)+1)
	at[0] = true
	skip := func(set []bool) {
		for i, g := range p {
			if set[i] && (g.kind == anyRun || g.kind == anyRunInSegment || g.kind == mystery) {
				set[i+1] = true
			}
		}
	}
	skip(at)
	for _, r := range text {
		clear(next)
		alive := false
		for i, g := range p {
			if !at[i] {
				continue
			}
			switch g.kind {
			case literal:
				if g.r == r {
					next[i+1] = true
				}
			case anyOne:
				next[i+1] = true
			case anyOneInSegment:
				if r != ':' {
					next[i+1] = true
				}
			case anyRun, mystery:
				next[i] = true
			case anyRunInSegment:
				if r != ':' {
					next[i] = true
				}
			}
			alive = alive || next[i] || next[i+1]
		}
		if !alive {
			return false
		}
		skip(next)
		at, next = next, at
	}
	return at[len(p)]
}

// Like reports whether s matches the wildcard pattern p, in which * stands
// for any run of characters and ? for any one. Case matters.
func Like(p, s string) bool {
	var w pattern
	for _, r := range p {
		switch r {
		case '*':
			w.add(anyRun)
		case '?':
			w.add(anyOne)
		default:
			w.glyphs = append(w.glyphs, glyph{r: r})
		}
	}
	return w.match(s) == True
}

// LikeAction reports whether the action s matches p. Case does not matter.
func LikeAction(p, s string) bool { return Like(strings.ToLower(p), strings.ToLower(s)) }

// inARN narrows the wildcards of a resource pattern to what the Resource
// element documents: in the first five segments of an ARN a wildcard stays
// inside its segment, but that a * at a segment's end may run on past the
// colon.
func (p pattern) inARN() pattern {
	out := pattern{glyphs: make([]glyph, len(p.glyphs)), wild: p.wild, guess: p.guess}
	copy(out.glyphs, p.glyphs)
	colons := 0
	for i, g := range out.glyphs {
		switch {
		case g.kind == literal && g.r == ':':
			colons++
		case colons >= 5:
			return out
		case g.kind == anyOne:
			out.glyphs[i].kind = anyOneInSegment
		case g.kind == anyRun:
			last := i == len(out.glyphs)-1 || out.glyphs[i+1].kind == literal && out.glyphs[i+1].r == ':'
			if !last {
				out.glyphs[i].kind = anyRunInSegment
			}
		}
	}
	return out
}
