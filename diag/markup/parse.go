package markup

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"example.com/samlens/diag/expression"
)

// Parse reads a document that [Decode] has brought to UTF-8. The error is a
// *SyntaxError. What stands behind the root element is counted and not read.
func Parse(doc []byte) (*Tree, error) {
	if len(doc) > MaxBytes {
		return nil, place(doc, 0, fmt.Sprintf("the document has more than %d MB", MaxBytes>>20))
	}
	p := &parser{doc: doc, src: string(doc), line: 1, names: map[string]string{}, bound: map[string][]string{"xml": {XMLNamespace}}}
	p.tree = &Tree{Source: doc, Root: -1, Doctype: -1}
	p.tree.Nodes = make([]Node, 0, min(MaxNodes, 16+bytes.Count(doc, []byte{'<'})+bytes.Count(doc, []byte("=\""))))
	p.dec = xml.NewDecoder(bytes.NewReader(Version10(doc)))
	p.dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	if err := p.run(); err != nil {
		return nil, err
	}
	p.tree.number()
	return p.tree, nil
}

// Read is Decode and Parse.
func Read(doc []byte) (*Tree, Encoding, error) {
	doc, e, err := Decode(doc)
	if err != nil {
		return nil, e, err
	}
	t, err := Parse(doc)
	return t, e, err
}

type parser struct {
	doc  []byte
	src  string // doc, so that values can share its memory
	dec  *xml.Decoder
	tree *Tree
	open []int // the elements that are not closed yet
	// bound holds, for each prefix, the URIs that it is bound to, the
	// innermost last.
	bound map[string][]string
	// line is the line at byte lined.
	line, lined int
	names       map[string]string
}

func (p *parser) run() error {
	for {
		start := int(p.dec.InputOffset())
		token, err := p.dec.RawToken()
		end := int(p.dec.InputOffset())
		if errors.Is(err, io.EOF) {
			return p.finish(len(p.doc))
		}
		if err != nil {
			if p.tree.Root >= 0 && len(p.open) == 0 {
				p.trail(start)
				return nil
			}
			if again, ok := p.entities(err); ok {
				return again
			}
			return p.fail(end, reason(err))
		}
		if len(p.tree.Nodes) >= MaxNodes {
			return p.fail(start, fmt.Sprintf("the document has more than %d nodes", MaxNodes))
		}
		p.advance(start)
		if p.tree.Root >= 0 && len(p.open) == 0 {
			switch token := token.(type) {
			case xml.Comment, xml.ProcInst:
			case xml.CharData:
				if text := bytes.TrimLeft(token, " \t\r\n"); len(text) > 0 {
					p.trail(start)
					return nil
				}
				continue
			default:
				p.trail(start)
				return nil
			}
		}
		if err := p.token(token, start, end); err != nil {
			return err
		}
	}
}

func (p *parser) token(token xml.Token, start, end int) error {
	switch token := token.(type) {
	case xml.StartElement:
		return p.start(token, start, end)
	case xml.EndElement:
		return p.end(token, start, end)
	case xml.CharData:
		if len(p.open) == 0 {
			if text := strings.TrimLeft(p.src[start:end], " \t\r\n"); text != "" {
				return p.fail(end-len(text), "text before the root element")
			}
			return nil
		}
		n := Node{Kind: Text, Start: start, End: end, ValueStart: start, ValueEnd: end}
		if strings.HasPrefix(p.src[start:end], "<![CDATA[") {
			n.Kind, n.ValueStart, n.ValueEnd = CDATA, start+9, end-3
		}
		n.Value = p.share(token, n.ValueStart, n.ValueEnd)
		p.add(n)
	case xml.Comment:
		// The library leaves line ends in comments as they are.
		p.add(Node{Kind: Comment, Start: start, End: end, ValueStart: start + 4, ValueEnd: end - 3, Value: lines(p.src[start+4 : end-3])})
	case xml.ProcInst:
		if token.Target == "xml" {
			if start != 0 && strings.TrimSpace(p.src[:start]) != "" {
				return p.fail(start, "an XML declaration that is not at the beginning")
			}
			return nil
		}
		p.add(Node{Kind: Instruction, Name: token.Target, Start: start, End: end, ValueStart: start, ValueEnd: end, Value: lines(string(token.Inst))})
	case xml.Directive:
		if p.tree.Root >= 0 || p.tree.Doctype >= 0 {
			return p.fail(start, "a declaration inside the document")
		}
		p.tree.Doctype = len(p.tree.Nodes)
		p.add(Node{Kind: Doctype, Start: start, End: end, ValueStart: start, ValueEnd: end, Value: p.src[start:end]})
	}
	return nil
}

// share returns the decoded value, as part of the source where they are the
// same.
func (p *parser) share(value []byte, start, end int) string {
	if string(value) == p.src[start:end] {
		return p.src[start:end]
	}
	return string(value)
}

// lines gives line ends the form that section 2.11 of XML 1.0 wants.
func lines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

func (p *parser) add(n Node) int {
	n.Depth, n.Parent, n.Line = len(p.open), -1, p.line
	if len(p.open) > 0 {
		n.Parent = p.open[len(p.open)-1]
	}
	p.tree.Nodes = append(p.tree.Nodes, n)
	at := len(p.tree.Nodes) - 1
	p.tree.Nodes[at].Next = at + 1
	return at
}

// advance counts the lines up to a byte.
func (p *parser) advance(to int) {
	if to > p.lined {
		p.line += strings.Count(p.src[p.lined:to], "\n")
		p.lined = to
	}
}

func (p *parser) fail(at int, why string) error { return place(p.doc, at, why) }

func (p *parser) finish(at int) error {
	switch {
	case len(p.open) > 0:
		n := &p.tree.Nodes[p.open[len(p.open)-1]]
		return p.fail(at, fmt.Sprintf("the document ends before element %s of line %d is closed", Clean(n.Name), n.Line))
	case p.tree.Root < 0:
		return p.fail(0, "there is no XML element in it")
	}
	return nil
}

// trail counts what stands behind the root element.
func (p *parser) trail(at int) {
	rest := strings.TrimLeft(p.src[at:], " \t\r\n")
	p.tree.TrailingAt = len(p.src) - len(rest)
	for part := range strings.FieldsSeq(rest) {
		p.tree.Trailing += len(part)
	}
}

var unknownEntity = expression.Lazy(`&([A-Za-z_][\w.\-]{0,63});`)

// entities begins anew when the decoder stopped at an entity of a document
// that has a DTD: there the reference stays what it is, text. Without a DTD
// the reference is an error.
func (p *parser) entities(err error) (error, bool) {
	if p.tree.Doctype < 0 || p.dec.Entity != nil || !strings.Contains(err.Error(), "invalid character entity") {
		return nil, false
	}
	known := map[string]string{}
	for _, m := range unknownEntity().FindAllStringSubmatch(p.src, -1) {
		if !slices.Contains([]string{"lt", "gt", "amp", "apos", "quot"}, m[1]) && len(known) < 1000 {
			known[m[1]] = m[0]
		}
	}
	nodes := p.tree.Nodes[:0]
	*p.tree = Tree{Source: p.doc, Root: -1, Doctype: -1, Nodes: nodes}
	p.open, p.line, p.lined = nil, 1, 0
	p.bound = map[string][]string{"xml": {XMLNamespace}}
	charset := p.dec.CharsetReader
	p.dec = xml.NewDecoder(bytes.NewReader(Version10(p.doc)))
	p.dec.CharsetReader, p.dec.Entity = charset, known
	for name := range known {
		p.tree.References = append(p.tree.References, name)
	}
	slices.Sort(p.tree.References)
	return p.run(), true
}

// reason is a parser's error as a sentence, without the document's text.
func reason(err error) string {
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return Clean(syntax.Msg)
	}
	return Clean(strings.TrimPrefix(err.Error(), "xml: "))
}

// Clean shortens a name for an error and drops what no terminal should see.
func Clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e {
			return '?'
		}
		return r
	}, s)
	if len(s) > 120 {
		s = s[:120] + "..."
	}
	return s
}
