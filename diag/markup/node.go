package markup

// Kind tells what a node is.
type Kind uint8

// The kinds of nodes.
const (
	Element Kind = iota + 1
	Attribute
	Declaration // a namespace declaration, xmlns or xmlns:prefix
	Text
	CDATA
	Comment
	Instruction // a processing instruction; the XML declaration is none
	Doctype
)

// The namespaces that every document knows.
const (
	XMLNamespace   = "http://www.w3.org/XML/1998/namespace"
	XMLNSNamespace = "http://www.w3.org/2000/xmlns/"
)

// A Node is one node. The attributes of an element follow it directly, its
// other children after them; Next is the way past all of that.
type Node struct {
	Kind Kind
	// Prefix and Name are an element's or attribute's name as written; Name
	// is also an instruction's target, and the prefix that a Declaration
	// declares ("" for the default namespace).
	Prefix, Name string
	// Space is the namespace's URI.
	Space string
	// Value is an attribute's value, a declaration's URI, the text of a
	// text, comment or CDATA node and an instruction's data, with
	// references resolved and line ends as XML wants them.
	Value string
	// Depth is 0 for the root; Parent is -1 for it. Next is the index of
	// the first node behind this one and everything in it.
	Depth, Parent, Next int
	// Start and End bound the node, an element with both its tags.
	// ValueStart and ValueEnd bound the value as written; for an element
	// what stands between its tags.
	Start, End, ValueStart, ValueEnd int
	Line                             int // 1-based line of Start
	// nth counts the elements of this name among their siblings, from 1; 0
	// where there is no other.
	nth int
}

// Is reports whether a node is the element or attribute of that namespace
// and name.
func (n *Node) Is(space, name string) bool {
	return n.Name == name && n.Space == space && n.Kind <= Attribute
}

// A Tree is a document's nodes in document order. Nothing in it may be
// changed.
type Tree struct {
	// Source is the document in UTF-8 without byte order mark: offsets
	// count from its beginning.
	Source []byte
	Nodes  []Node
	// Root is the root element's index.
	Root int
	// Trailing is the number of bytes behind the root element that are
	// neither white space nor comment nor instruction; TrailingAt is where
	// they begin.
	Trailing, TrailingAt int
	// Doctype is the index of the DTD's node; -1 without.
	Doctype int
	// References are the names of entities that are used and not resolved.
	References []string
}

// Child returns the index of the first child element of that name, or -1.
func (t *Tree) Child(parent int, space, name string) int {
	for c := range t.Children(parent) {
		if t.Nodes[c].Is(space, name) {
			return c
		}
	}
	return -1
}

// Children goes over the indices of an element's child elements.
func (t *Tree) Children(parent int) func(func(int) bool) {
	return func(yield func(int) bool) {
		if parent < 0 {
			return
		}
		for i, end := parent+1, t.Nodes[parent].Next; i < end; i = t.Nodes[i].Next {
			if t.Nodes[i].Kind == Element && !yield(i) {
				return
			}
		}
	}
}

// Attr returns the index of an element's attribute, or -1.
func (t *Tree) Attr(element int, space, name string) int {
	if element < 0 {
		return -1
	}
	for i := element + 1; i < len(t.Nodes) && t.Nodes[i].Parent == element; i++ {
		switch n := &t.Nodes[i]; n.Kind {
		case Attribute:
			if n.Name == name && n.Space == space {
				return i
			}
		case Declaration:
		default:
			return -1
		}
	}
	return -1
}

// Text returns the text directly in an element, comments and instructions
// left out, which is how the XPath data model and most SAML libraries read
// it.
func (t *Tree) Text(element int) string {
	first, more := "", []byte(nil)
	for i, end := element+1, t.Nodes[element].Next; i < end; i = t.Nodes[i].Next {
		n := &t.Nodes[i]
		switch {
		case n.Kind != Text && n.Kind != CDATA:
		case first == "":
			first = n.Value
		default:
			if more == nil {
				more = []byte(first)
			}
			more = append(more, n.Value...)
		}
	}
	if more != nil {
		return string(more)
	}
	return first
}

// Lookup returns the namespace that a prefix has at an element.
func (t *Tree) Lookup(element int, prefix string) (uri string, ok bool) {
	if prefix == "xml" {
		return XMLNamespace, true
	}
	for e := element; e >= 0; e = t.Nodes[e].Parent {
		for i := e + 1; i < len(t.Nodes) && t.Nodes[i].Parent == e; i++ {
			n := &t.Nodes[i]
			if n.Kind == Declaration && n.Name == prefix {
				return n.Value, true
			}
			if n.Kind != Attribute && n.Kind != Declaration {
				break
			}
		}
	}
	return "", prefix == ""
}
