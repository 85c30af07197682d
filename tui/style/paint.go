package style

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const reset = "\x1b[0m"

// Paint writes l as exactly w cells: cut where it is longer, filled with
// blanks where it is shorter. Nothing that a terminal would obey comes
// through, whatever the spans hold.
func (t *Theme) Paint(b *strings.Builder, l Line, w int) {
	used, current := 0, ""
	put := func(seq, text string) {
		if seq != current {
			if current != "" {
				b.WriteString(reset)
			}
			b.WriteString(seq)
			current = seq
		}
		b.WriteString(text)
	}
	if l.Width() > w {
		l = l.Cut(w)
	}
	for _, s := range l.Spans {
		text, n := t.fit(s.Text, w-used)
		if n == 0 {
			continue
		}
		put(t.on[l.behind(used)][s.Ink], text)
		used += n
	}
	if used < w {
		put(t.on[l.behind(used)][Plain], Blank(w-used))
	}
	if current != "" {
		b.WriteString(reset)
	}
}

// behind is the back of the cell at column col.
func (l Line) behind(col int) Back {
	if l.Until > 0 && col >= l.Until {
		return Paper
	}
	return l.Back
}

// fit returns text as this terminal can show it, at most w cells, and its
// width.
func (t *Theme) fit(text string, w int) (string, int) {
	plain := true
	for i := range len(text) {
		if text[i] < 0x20 || text[i] > 0x7e {
			plain = false
			break
		}
	}
	if plain {
		if len(text) > w {
			text = text[:max(0, w)]
		}
		return text, len(text)
	}
	text = Clean(text)
	if t.ascii {
		text = toASCII(text)
	}
	n := Width(text)
	if n > w {
		text = take(text, w)
		n = Width(text)
	}
	return text, n
}

// Frame paints lines as exactly h rows of w cells.
func (t *Theme) Frame(lines []Line, w, h int) string {
	var b strings.Builder
	b.Grow(h * (w + 64))
	for i := range h {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i < len(lines) {
			t.Paint(&b, lines[i], w)
		} else {
			t.Paint(&b, Line{}, w)
		}
	}
	return b.String()
}

// ascii has a stand-in of the same width for each sign that we draw with.
var ascii = map[rune]byte{
	'✓': '+', '✗': 'x', '≈': '~', '○': 'o', '⊗': 'X', '●': '@', '·': '.', '…': '~', '‹': '<', '›': '>', '«': '<', '»': '>',
	'─': '-', '━': '=', '┄': '.', '┈': '.', '╌': '-', '│': '|', '├': '+', '┤': '+', '┬': '+', '┴': '+', '┼': '+', '┃': '|',
	'╭': '+', '╮': '+', '╰': '+', '╯': '+', '┌': '+', '┐': '+', '└': '+', '┘': '+',
	'▸': '>', '▾': 'v', '▴': '^', '▲': '^', '▼': 'v', '◆': '*', '◇': 'o', '→': '>', '←': '<', '↑': '^', '↓': 'v', '↵': '/',
	'≠': '#', '═': '=', '█': '#', '▌': '|', '▏': '|', '▁': '_', '▂': '_', '▃': '.', '▄': '-', '▅': '-', '▆': '=', '▇': '#', '░': '.', '▒': ':',
	'␠': '_', '␤': '$', '␍': '$', '␉': '^', '“': '"', '”': '"', '’': '\'', '–': '-', '—': '-', '×': 'x', '⠋': '|', '⠙': '/', '⠹': '-', '⠸': '\\', '⠼': '|', '⠴': '/', '⠦': '-', '⠧': '\\', '⠇': '|', '⠏': '/',
}

// toASCII writes s with ASCII characters alone, cell for cell: what we draw
// with by its stand-in, anything else as question marks.
func toASCII(s string) string {
	var b strings.Builder
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if r < utf8.RuneSelf {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		if a, ok := ascii[r]; ok {
			b.WriteByte(a)
			s = s[n:]
			continue
		}
		cluster, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		if cluster == "" {
			cluster = s[:n]
		}
		b.WriteString(strings.Repeat("?", w))
		s = s[len(cluster):]
	}
	return b.String()
}
