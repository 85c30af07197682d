package users

import (
	"slices"
	"strings"
	"unicode"

	"example.com/samlens/diag/roster"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/diff"
)

// most is the longest name, in characters, that is compared letter by letter.
const most = 160

// named draws a user's name as found for what was sought: the characters that
// differ stand out, or, where it only holds what was typed, those that match.
func named(sought, name string, kind roster.Kind) style.Line {
	switch kind {
	case roster.Exact, roster.Email, roster.Any, roster.Fuzzy:
		return style.Line{}.Show(style.Plain, name)
	case roster.Prefix, roster.Substring:
		return style.Highlight(style.Line{}.Show(style.Plain, name), sought, style.Match)
	}
	a, b := []rune(sought), []rune(name)
	if len(a) > most || len(b) > most {
		return style.Line{}.Show(style.Plain, name)
	}
	if kind == roster.Typo { // which is told without regard to case
		return drawn(b, alone(lower(a), lower(b)))
	}
	return drawn(b, alone(a, b))
}

// pair draws the name sought and a user's, with what is alone in either marked.
func pair(sought, name string) (style.Line, style.Line) {
	a, b := []rune(sought), []rune(name)
	if len(a) > most || len(b) > most {
		return diff.Pair(sought, name)
	}
	return drawn(a, alone(b, a)), drawn(b, alone(a, b))
}

// lower returns the characters in lower case, one for one.
func lower(rs []rune) []rune {
	out := make([]rune, len(rs))
	for i, r := range rs {
		out[i] = unicode.ToLower(r)
	}
	return out
}

// drawn draws a name with the characters that are alone in it marked.
func drawn(name []rune, alone []bool) style.Line {
	var l style.Line
	for i := 0; i < len(name); {
		j := i
		for j < len(name) && alone[j] == alone[i] {
			j++
		}
		ink := style.Plain
		if alone[i] {
			ink = style.Differ
		}
		text := string(name[i:j])
		if i == 0 || j == len(name) || alone[i] { // its blanks would not be seen
			l = l.Show(ink, text)
		} else {
			l = l.Add(ink, text)
		}
		i = j
	}
	return l
}

// changes says in a few signs what turns the name sought into the user's:
// "J→j D→d", "+rr", "−x"; "" where that would be long.
func changes(sought, name string) string {
	a, b := []rune(sought), []rune(name)
	if len(a) > most || len(b) > most {
		return ""
	}
	gone, come := left(a, alone(b, a)), left(b, alone(a, b))
	switch {
	case len(gone) == 0 && len(come) == 0:
		return ""
	case len(gone) == len(come) && len(gone) <= 3:
		out := make([]string, len(gone))
		for i := range gone {
			out[i] = string(gone[i]) + "→" + string(come[i])
		}
		return strings.Join(out, " ")
	case len(gone) == 0 && len(come) <= 12:
		return "+" + string(come)
	case len(come) == 0 && len(gone) <= 12:
		return "−" + string(gone)
	case len(gone) <= 6 && len(come) <= 6:
		return string(gone) + "→" + string(come)
	}
	return ""
}

// left returns the characters that are alone.
func left(name []rune, alone []bool) (out []rune) {
	for i, r := range name {
		if alone[i] {
			out = append(out, r)
		}
	}
	return out
}

// alone tells of each character of b whether it has no counterpart in a, by
// the longest run of characters that both have in order.
func alone(a, b []rune) []bool {
	out := make([]bool, len(b))
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	// long[i][j] is the longest run of x[i:] and y[j:].
	long := make([][]int, len(x)+1)
	cells := make([]int, (len(x)+1)*(len(y)+1))
	for i := range long {
		long[i] = cells[i*(len(y)+1) : (i+1)*(len(y)+1)]
	}
	for i, v := range slices.Backward(x) {
		for j := len(y) - 1; j >= 0; j-- {
			if v == y[j] {
				long[i][j] = long[i+1][j+1] + 1
			} else {
				long[i][j] = max(long[i+1][j], long[i][j+1])
			}
		}
	}
	for i, j := 0, 0; j < len(y); {
		switch {
		case i < len(x) && x[i] == y[j]:
			i, j = i+1, j+1
		case i < len(x) && long[i+1][j] >= long[i][j+1]:
			i++
		default:
			out[head+j] = true
			j++
		}
	}
	return out
}
