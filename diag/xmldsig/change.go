package xmldsig

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"example.com/samlens/diag/markup"
)

// The classes of change that explain a digest.
const (
	Reindented = "re-indented"  // white space between or around elements
	LineEnds   = "line ends"    // carriage returns added or lost
	Reencoded  = "re-encoded"   // characters read in one encoding and written in another
	Edited     = "value edited" // one value is another one than when it was signed
)

// maxGuess is the size, in bytes, up to which changes are guessed: each
// guess digests the document again.
const maxGuess = 2 << 20

// change names the class of change that explains a digest that differs: the
// one that, undone, gives the declared digest. Nothing is said where nothing
// is proven that way.
func (in *inspector) change(same func(func(int, string) (string, bool)) bool) string {
	t := in.tree
	if len(t.Source) > maxGuess {
		return ""
	}
	parents := map[int]bool{} // elements that hold elements
	for i := range t.Nodes {
		if t.Nodes[i].Kind == markup.Element {
			parents[t.Nodes[i].Parent] = true
		}
	}
	layout := func(node int, v string) bool {
		return t.Nodes[node].Kind == markup.Text && parents[t.Nodes[node].Parent] && strings.Trim(v, " \t\r\n") == ""
	}
	each := func(f func(string) string) func(int, string) (string, bool) {
		return func(_ int, v string) (string, bool) { return f(v), true }
	}
	for _, guess := range []struct {
		name string
		vary func(int, string) (string, bool)
	}{
		{Reindented, func(n int, v string) (string, bool) { return v, !layout(n, v) }},
		{LineEnds, each(func(v string) string { return strings.ReplaceAll(v, "\r", "") })},
		{LineEnds, func(n int, v string) (string, bool) {
			if t.Nodes[n].Kind == markup.Attribute {
				return v, true
			}
			return strings.ReplaceAll(strings.ReplaceAll(v, "\r", ""), "\n", "\r\n"), true
		}},
		{Reindented, func(n int, v string) (string, bool) {
			if t.Nodes[n].Kind == markup.Attribute {
				return v, true
			}
			return strings.Trim(v, " \t\r\n"), !layout(n, v)
		}},
		{Reencoded, each(unmangle(charmap.ISO8859_1))},
		{Reencoded, each(unmangle(charmap.Windows1252))},
		{Reencoded, each(norm.NFC.String)},
		{Reencoded, each(norm.NFD.String)},
		{Reencoded, each(unescape.Replace)},
	} {
		if same(guess.vary) {
			return guess.name
		}
	}
	return ""
}

var unescape = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&#39;", "'")

// unmangle undoes UTF-8 that was read in a single-byte encoding.
func unmangle(as *charmap.Charmap) func(string) string {
	return func(v string) string {
		b := make([]byte, 0, len(v))
		for _, r := range v {
			c, ok := as.EncodeRune(r)
			if !ok {
				return v
			}
			b = append(b, c)
		}
		if !utf8.Valid(b) {
			return v
		}
		return string(b)
	}
}
