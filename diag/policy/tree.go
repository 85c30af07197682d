package policy

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

const (
	// maxDepth bounds nesting: a policy needs five levels.
	maxDepth = 12
	// maxNodes bounds the values of one document.
	maxNodes = 16384
)

// A node is a JSON value with its bytes in the text.
type node struct {
	kind    jsontext.Kind // '{', '[', '"', '0', 't', 'f', 'n'
	at      Span
	text    string // of strings unescaped, of other scalars as written
	members []member
	items   []node
}

type member struct {
	name   string
	nameAt Span
	value  node
}

// find returns the member of that name, the last where there are several.
func (n node) find(name string) (member, bool) {
	for _, v := range slices.Backward(n.members) {
		if v.name == name {
			return v, true
		}
	}
	return member{}, false
}

// list returns the items of an array, or the node itself as the only one.
func (n node) list() []node {
	if n.kind == '[' {
		return n.items
	}
	return []node{n}
}

type treeReader struct {
	dec   *jsontext.Decoder
	text  string
	nodes int
}

// readTree parses text, which may begin at from, as one JSON value.
func readTree(text string, from int) (node, *Error) {
	r := treeReader{text: text, dec: jsontext.NewDecoder(strings.NewReader(text[from:]),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
	n, err := r.value(0)
	if err == nil {
		if _, e := r.dec.ReadToken(); e == nil {
			err = errors.New("more than one JSON value")
		} else if !errors.Is(e, io.EOF) {
			err = e
		}
	}
	if err != nil {
		return node{}, r.fail(err, from)
	}
	n.shift(from)
	return n, nil
}

func (r *treeReader) value(depth int) (node, error) {
	if r.nodes++; r.nodes > maxNodes {
		return node{}, errors.New("too many values")
	}
	if depth > maxDepth {
		return node{}, errors.New("nested too deeply")
	}
	switch r.dec.PeekKind() {
	case '{', '[':
	default:
		raw, err := r.dec.ReadValue()
		if err != nil {
			return node{}, err
		}
		end := int(r.dec.InputOffset())
		n := node{kind: raw.Kind(), at: Span{end - len(raw), end}, text: string(raw)}
		if n.kind == '"' {
			s, _ := jsontext.AppendUnquote(nil, raw)
			n.text = string(s)
		}
		return n, nil
	}
	open, err := r.dec.ReadToken()
	if err != nil {
		return node{}, err
	}
	n := node{kind: open.Kind(), at: Span{Start: int(r.dec.InputOffset()) - 1}}
	for {
		if k := r.dec.PeekKind(); k == '}' || k == ']' {
			break
		}
		var m member
		if n.kind == '{' {
			raw, err := r.dec.ReadValue()
			if err != nil {
				return node{}, err
			}
			end := int(r.dec.InputOffset())
			name, _ := jsontext.AppendUnquote(nil, raw)
			m.name, m.nameAt = string(name), Span{end - len(raw), end}
		}
		v, err := r.value(depth + 1)
		if err != nil {
			return node{}, err
		}
		if n.kind == '{' {
			m.value = v
			n.members = append(n.members, m)
		} else {
			n.items = append(n.items, v)
		}
	}
	if _, err := r.dec.ReadToken(); err != nil {
		return node{}, err
	}
	n.at.End = int(r.dec.InputOffset())
	return n, nil
}

// fail places err in the text and puts it into words.
func (r *treeReader) fail(err error, from int) *Error {
	var syn *jsontext.SyntacticError
	if !errors.As(err, &syn) {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return errorAt(r.text, len(r.text), "the document ends before it is complete")
		}
		return errorAt(r.text, from+int(r.dec.InputOffset()), err.Error())
	}
	at := from + int(syn.ByteOffset)
	if errors.Is(syn.Err, io.ErrUnexpectedEOF) {
		return errorAt(r.text, len(r.text), "the document ends before it is complete")
	}
	// The commonest slip in policies edited by hand is told by name.
	if at < len(r.text) && r.text[at] == ',' {
		if s := strings.TrimLeft(r.text[at+1:], " \t\r\n"); s != "" && (s[0] == '}' || s[0] == ']') {
			return errorAt(r.text, at, "a comma before the closing "+s[:1]+" is not JSON")
		}
	}
	return errorAt(r.text, at, "not JSON: "+syn.Err.Error())
}

func (n *node) shift(by int) {
	if by == 0 {
		return
	}
	n.at.Start += by
	n.at.End += by
	for i := range n.members {
		n.members[i].nameAt.Start += by
		n.members[i].nameAt.End += by
		n.members[i].value.shift(by)
	}
	for i := range n.items {
		n.items[i].shift(by)
	}
}
