package markup

import (
	"sort"
	"strconv"
	"strings"
)

// number counts the siblings of one name, for paths.
func (t *Tree) number() {
	type key struct {
		parent int
		name   string
	}
	first := make(map[key]int, 64)
	last := make(map[key]int, 64)
	for i := range t.Nodes {
		n := &t.Nodes[i]
		if n.Kind != Element {
			continue
		}
		k := key{n.Parent, n.Name}
		before, ok := last[k]
		if !ok {
			first[k], last[k] = i, i
			continue
		}
		if first[k] == before {
			t.Nodes[before].nth = 1
		}
		n.nth = t.Nodes[before].nth + 1
		last[k] = i
	}
}

// Path names a node, such as
// /Response/Assertion[1]/AttributeStatement/Attribute[3]/AttributeValue:
// local names, counted only where several siblings share one.
func (t *Tree) Path(i int) string {
	if i < 0 || i >= len(t.Nodes) {
		return ""
	}
	var room [192]byte
	return string(t.appendPath(room[:0], i))
}

func (t *Tree) appendPath(to []byte, i int) []byte {
	n := &t.Nodes[i]
	if n.Parent >= 0 {
		to = t.appendPath(to, n.Parent)
	}
	to = append(to, '/')
	if n.Kind == Element && n.nth > 0 {
		return append(strconv.AppendInt(append(append(to, n.Name...), '['), int64(n.nth), 10), ']')
	}
	return append(to, t.step(i)...)
}

// step is a node's part of a path, without its count.
func (t *Tree) step(i int) string {
	n := &t.Nodes[i]
	switch n.Kind {
	case Element:
		return n.Name
	case Attribute:
		return "@" + n.Name
	case Declaration:
		if n.Name == "" {
			return "@xmlns"
		}
		return "@xmlns:" + n.Name
	case Comment:
		return "comment()"
	case Instruction:
		return "processing-instruction()"
	case Doctype:
		return "doctype()"
	case Text, CDATA:
	}
	return "text()"
}

// At returns the index of the node that [Tree.Path] names so, or -1.
func (t *Tree) At(path string) int {
	steps := strings.Split(strings.TrimPrefix(path, "/"), "/")
	at := t.Root
	if steps[0] == "doctype()" {
		return t.Doctype
	}
	if at < 0 || t.Nodes[at].Name != steps[0] {
		return -1
	}
next:
	for _, step := range steps[1:] {
		for i, end := at+1, t.Nodes[at].Next; i < end; i = t.Nodes[i].Next {
			if n := &t.Nodes[i]; n.Kind != Element && t.step(i) == step || n.Kind == Element && t.match(n, step) {
				at = i
				continue next
			}
		}
		return -1
	}
	return at
}

// match compares without making the step's text: a tree may have 100,000
// siblings.
func (t *Tree) match(n *Node, step string) bool {
	name, index, counted := strings.Cut(step, "[")
	if name != n.Name {
		return false
	}
	if !counted {
		return n.nth == 0
	}
	return strconv.Itoa(n.nth)+"]" == index
}

// AtOffset returns the index of the innermost node that the byte belongs to,
// or -1 where it belongs to none.
func (t *Tree) AtOffset(offset int) int {
	// Nodes are sorted by Start; the last one that begins no later than the
	// byte, or one of those it stands in, holds it.
	i := sort.Search(len(t.Nodes), func(i int) bool { return t.Nodes[i].Start > offset }) - 1
	for i >= 0 && t.Nodes[i].End <= offset {
		i = t.Nodes[i].Parent
	}
	return i
}
