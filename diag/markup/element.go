package markup

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// start adds an element and its attributes.
func (p *parser) start(token xml.StartElement, start, end int) error {
	if len(p.open) >= MaxDepth {
		return p.fail(start, fmt.Sprintf("elements nest more than %d deep", MaxDepth))
	}
	if len(p.tree.Nodes)+len(token.Attr) > MaxNodes {
		return p.fail(start, fmt.Sprintf("the document has more than %d nodes", MaxNodes))
	}
	at := p.add(Node{Kind: Element, Prefix: p.name(token.Name.Space), Name: p.name(token.Name.Local), Start: start, End: end, ValueStart: end, ValueEnd: end})
	if len(p.open) == 0 {
		p.tree.Root = at
	}
	p.open = append(p.open, at)
	scan := start + 1
	for _, a := range token.Attr {
		n := Node{Kind: Attribute, Prefix: p.name(a.Name.Space), Name: p.name(a.Name.Local)}
		n.Start, n.ValueStart, n.ValueEnd = next(p.src, scan, end)
		n.End = min(n.ValueEnd+1, end)
		scan = n.End
		switch {
		case n.Prefix == "" && n.Name == "xmlns":
			n.Kind, n.Name, n.Space = Declaration, "", XMLNSNamespace
		case n.Prefix == "xmlns":
			n.Kind, n.Space = Declaration, XMLNSNamespace
		}
		n.Value = p.attribute(a.Value, n.ValueStart, n.ValueEnd)
		p.advance(n.Start)
		p.add(n)
	}
	return p.spaces(at)
}

// attribute gives white space in an attribute's value the form that section
// 3.3.3 of XML 1.0 wants: what is written as a line end or tab is a space,
// what is written as a reference stays.
func (p *parser) attribute(value string, start, end int) string {
	raw := p.src[start:end]
	if value == raw && !strings.ContainsAny(raw, "\t\r\n") {
		return raw
	}
	if !strings.ContainsAny(raw, "\t\r\n") {
		return value
	}
	if !strings.Contains(raw, "&") {
		return blank.Replace(lines(raw))
	}
	// Both kinds in one value: take the written ones away and resolve anew.
	d := xml.NewDecoder(strings.NewReader("<a v=" + p.src[start-1:start] + blank.Replace(lines(raw)) + p.src[start-1:start] + "/>"))
	d.Entity = p.dec.Entity
	if token, err := d.RawToken(); err == nil {
		if e, ok := token.(xml.StartElement); ok && len(e.Attr) == 1 {
			return e.Attr[0].Value
		}
	}
	return value
}

var blank = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

// next finds the next attribute of a start tag: its name's beginning and its
// value's bounds.
func next(src string, at, end int) (name, start, stop int) {
	equal := at
	for equal < end && src[equal] != '=' {
		equal++
	}
	name = equal
	for name > at && strings.IndexByte(" \t\r\n", src[name-1]) >= 0 {
		name--
	}
	for name > at && strings.IndexByte(" \t\r\n\"'", src[name-1]) < 0 {
		name--
	}
	start = equal + 1
	for start < end && src[start] != '"' && src[start] != '\'' {
		start++
	}
	if start >= end {
		return min(name, end), end, end
	}
	quote := strings.IndexByte(src[start+1:end], src[start])
	if quote < 0 {
		return name, end, end
	}
	return name, start + 1, start + 1 + quote
}

// spaces resolves the prefixes of an element and its attributes, and refuses
// what Namespaces in XML 1.0 refuses.
func (p *parser) spaces(element int) error {
	nodes := p.tree.Nodes
	for i := element; i < len(nodes); i++ {
		n := &nodes[i]
		if strings.IndexByte(n.Name, ':') >= 0 {
			return p.fail(n.Start, "the name "+Clean(n.Name)+" has a colon where namespaces allow none")
		}
		if n.Kind != Declaration {
			continue
		}
		if n.Name != "" && n.Value == "" || n.Name == "xmlns" || (n.Name == "xml") != (n.Value == XMLNamespace) || n.Value == XMLNSNamespace {
			return p.fail(n.Start, "a namespace declaration that XML does not allow")
		}
		p.bound[n.Name] = append(p.bound[n.Name], n.Value)
	}
	for i := element + 1; i < len(nodes); i++ {
		n := &nodes[i]
		if n.Kind != Attribute || n.Prefix == "" {
			continue
		}
		uris := p.bound[n.Prefix]
		if len(uris) == 0 {
			return p.fail(n.Start, "the namespace prefix "+Clean(n.Prefix)+" is not declared")
		}
		n.Space = uris[len(uris)-1]
	}
	e := &nodes[element]
	if uris := p.bound[e.Prefix]; len(uris) > 0 {
		e.Space = uris[len(uris)-1]
	} else if e.Prefix != "" {
		return p.fail(e.Start, "the namespace prefix "+Clean(e.Prefix)+" is not declared")
	}
	return p.unique(element)
}

// unique refuses an attribute that occurs twice.
func (p *parser) unique(element int) error {
	nodes := p.tree.Nodes
	type name struct{ space, local string }
	var seen map[name]bool
	if count := len(nodes) - element - 1; count > 8 {
		seen = make(map[name]bool, count)
	}
	for i := element + 1; i < len(nodes); i++ {
		n, twice := &nodes[i], false
		if seen != nil {
			key := name{n.Space, n.Name}
			twice = seen[key]
			seen[key] = true
		} else {
			for j := element + 1; j < i; j++ {
				twice = twice || nodes[j].Name == n.Name && nodes[j].Space == n.Space
			}
		}
		if twice {
			return p.fail(n.Start, "the attribute "+Clean(n.Name)+" occurs twice in one element")
		}
	}
	return nil
}

// unbind forgets what a closing element declared.
func (p *parser) unbind(element int) {
	for i := element + 1; i < len(p.tree.Nodes) && p.tree.Nodes[i].Parent == element; i++ {
		switch n := &p.tree.Nodes[i]; n.Kind {
		case Declaration:
			p.bound[n.Name] = p.bound[n.Name][:len(p.bound[n.Name])-1]
		case Attribute:
		default:
			return
		}
	}
}

func (p *parser) end(token xml.EndElement, start, end int) error {
	if len(p.open) == 0 {
		return p.fail(start, "an end tag without its start tag")
	}
	at := p.open[len(p.open)-1]
	n := &p.tree.Nodes[at]
	if n.Name != token.Name.Local || n.Prefix != token.Name.Space {
		return p.fail(start, fmt.Sprintf("element %s of line %d is closed by </%s>", Clean(n.Name), n.Line, Clean(token.Name.Local)))
	}
	p.open = p.open[:len(p.open)-1]
	p.unbind(at)
	n.ValueEnd, n.End, n.Next = start, end, len(p.tree.Nodes)
	if start == end { // <a/>
		n.ValueStart, n.ValueEnd = end, end
	}
	return nil
}

// name keeps one copy of each name.
func (p *parser) name(s string) string {
	if s == "" {
		return ""
	}
	if known, ok := p.names[s]; ok {
		return known
	}
	p.names[s] = s
	return s
}
