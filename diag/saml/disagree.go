package saml

import (
	"bytes"
	"errors"
	"fmt"

	validator "github.com/mattermost/xml-roundtrip-validator"

	"example.com/samlens/diag/markup"
)

// maxRoundtrip bounds the documents given to the round trip validator, which
// takes ten times as long as everything else together.
const maxRoundtrip = 200 << 10

// maxDisagreements bounds the list; a document with that many was made to be
// one.
const maxDisagreements = 20

// disagreements lists what XML parsers read differently, so that what AWS
// reads may not be what is shown here.
func disagreements(t *markup.Tree, enc markup.Encoding) (out []string) {
	if enc.Contradicts() {
		out = append(out, fmt.Sprintf("the document declares the encoding %s and is in %s", markup.Clean(enc.Declared), enc.Name))
	}
	for _, name := range t.References {
		out = append(out, fmt.Sprintf("the entity %s is used, which only the DTD could tell; it is left as it is written", markup.Clean(name)))
	}
	inTexts := map[int]bool{} // of the parents seen: do they hold text alone?
	for i := range t.Nodes {
		if len(out) >= maxDisagreements {
			return append(out, "and more of the kind")
		}
		n := &t.Nodes[i]
		if n.Parent < 0 || n.Kind != markup.Comment && n.Kind != markup.Instruction {
			continue
		}
		inText, known := inTexts[n.Parent]
		if !known {
			inText = !hasElements(t, n.Parent) && t.Text(n.Parent) != ""
			inTexts[n.Parent] = inText
		}
		if !inText {
			continue
		}
		what := "a comment"
		if n.Kind == markup.Instruction {
			what = "a processing instruction"
		}
		out = append(out, fmt.Sprintf("line %d: %s stands inside the text of %s: some readers take only what is before it", n.Line, what, markup.Clean(t.Nodes[n.Parent].Name)))
	}
	if len(t.Source) <= maxRoundtrip && t.Doctype < 0 && t.Trailing == 0 && !plain(t) {
		for _, err := range validator.ValidateAll(bytes.NewReader(t.Source)) {
			var v validator.XMLValidationError
			if errors.As(err, &v) && len(out) < maxDisagreements {
				out = append(out, fmt.Sprintf("line %d, column %d: XML libraries that read this and write it again change it", v.Line, v.Column))
			}
		}
	}
	return out
}

// plain reports whether a document is made of elements, attributes and text
// alone. Libraries that write such a one again write the same, as names with
// stray colons were refused before.
func plain(t *markup.Tree) bool {
	for i := range t.Nodes {
		switch t.Nodes[i].Kind {
		case markup.CDATA, markup.Comment, markup.Instruction, markup.Doctype:
			return false
		case markup.Element, markup.Attribute, markup.Declaration, markup.Text:
		}
	}
	return true
}

func hasElements(t *markup.Tree, at int) bool {
	for range t.Children(at) {
		return true
	}
	return false
}
