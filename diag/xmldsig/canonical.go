package xmldsig

import (
	"io"
	"slices"
	"strings"

	"example.com/samlens/diag/markup"
)

// A method is one way of canonicalising.
type method struct {
	exclusive, comments, v11 bool
	prefixes                 []string // InclusiveNamespaces; "" is #default
}

// canonical writes the canonical form of one subtree, node by node.
type canonical struct {
	method
	tree *markup.Tree
	// without is the element that the enveloped-signature transform takes
	// out; -1 for none.
	without int
	// vary, where set, gives texts and attribute values another form, or
	// leaves a text out: how changes are guessed.
	vary func(node int, value string) (string, bool)

	to  io.Writer
	buf []byte
	err error
	// scope is what each prefix means in the document, rendered what it
	// means in the output so far.
	scope, rendered map[string]string
}

// write canonicalises the subtree of an element, or the whole document where
// apex is -1, into a hash or buffer.
func (c *canonical) write(to io.Writer, apex int) error {
	c.to, c.buf = to, make([]byte, 0, 4096)
	c.scope, c.rendered = map[string]string{}, map[string]string{}
	if apex >= 0 {
		c.inherit(apex)
		c.element(apex, apex)
	} else {
		c.document()
	}
	c.flush()
	return c.err
}

// document writes the root and the comments and instructions beside it,
// each on a line of its own.
func (c *canonical) document() {
	root := c.tree.Root
	for i := 0; i < len(c.tree.Nodes); i = c.tree.Nodes[i].Next {
		n := &c.tree.Nodes[i]
		switch {
		case i == root:
			c.element(i, -1)
		case n.Kind == markup.Instruction, n.Kind == markup.Comment && c.comments:
			if i > root {
				c.buf = append(c.buf, '\n')
			}
			c.misc(n)
			if i < root {
				c.buf = append(c.buf, '\n')
			}
		}
	}
}

// inherit collects the namespaces that the ancestors of an apex declare.
func (c *canonical) inherit(apex int) {
	var up []int
	for e := c.tree.Nodes[apex].Parent; e >= 0; e = c.tree.Nodes[e].Parent {
		up = append(up, e)
	}
	for _, e := range slices.Backward(up) {
		for _, d := range c.own(e, markup.Declaration) {
			c.scope[c.tree.Nodes[d].Name] = c.tree.Nodes[d].Value
		}
	}
}

// own returns an element's attributes of one kind.
func (c *canonical) own(element int, kind markup.Kind) (out []int) {
	for i := element + 1; i < c.tree.Nodes[element].Next; i++ {
		switch k := c.tree.Nodes[i].Kind; k {
		case kind:
			out = append(out, i)
		case markup.Attribute, markup.Declaration:
		default:
			return out
		}
	}
	return out
}

func (c *canonical) element(at, apex int) {
	if c.err != nil {
		return
	}
	n := &c.tree.Nodes[at]
	declared, attrs := c.own(at, markup.Declaration), c.own(at, markup.Attribute)
	outer := save(c.scope, len(declared), func(yield func(string) bool) {
		for _, d := range declared {
			if !yield(c.tree.Nodes[d].Name) {
				return
			}
		}
	})
	for _, d := range declared {
		c.scope[c.tree.Nodes[d].Name] = c.tree.Nodes[d].Value
	}
	spaces := c.spaces(at, apex, declared, attrs)
	before := save(c.rendered, len(spaces), slices.Values(spaces))

	c.buf = append(c.buf, '<')
	c.name(n)
	for _, p := range spaces {
		c.buf = append(c.buf, " xmlns"...)
		if p != "" {
			c.buf = append(append(c.buf, ':'), p...)
		}
		c.value(c.scope[p])
		c.rendered[p] = c.scope[p]
	}
	if at == apex && !c.exclusive {
		attrs = append(attrs, c.inherited(at, attrs)...)
	}
	if len(attrs) > 1 {
		slices.SortFunc(attrs, func(a, b int) int {
			x, y := &c.tree.Nodes[a], &c.tree.Nodes[b]
			if d := strings.Compare(x.Space, y.Space); d != 0 {
				return d
			}
			return strings.Compare(x.Name, y.Name)
		})
	}
	for _, a := range attrs {
		v := c.tree.Nodes[a].Value
		if c.vary != nil {
			v, _ = c.vary(a, v)
		}
		if c.v11 && at == apex && c.tree.Nodes[a].Is(markup.XMLNamespace, "base") {
			v = c.base(at)
		}
		c.buf = append(c.buf, ' ')
		c.name(&c.tree.Nodes[a])
		c.value(v)
	}
	c.buf = append(c.buf, '>')
	c.content(at)
	c.buf = append(c.buf, "</"...)
	c.name(n)
	c.buf = append(c.buf, '>')
	if len(c.buf) > 1<<15 {
		c.flush()
	}
	restore(c.scope, outer)
	restore(c.rendered, before)
}

func (c *canonical) content(at int) {
	for i, end := at+1, c.tree.Nodes[at].Next; i < end; i = c.tree.Nodes[i].Next {
		n := &c.tree.Nodes[i]
		switch n.Kind {
		case markup.Element:
			if i != c.without {
				c.element(i, -1)
			}
		case markup.Text, markup.CDATA:
			v, keep := n.Value, true
			if c.vary != nil {
				v, keep = c.vary(i, v)
			}
			if keep {
				c.escape(v, false)
			}
		case markup.Comment:
			if c.comments {
				c.misc(n)
			}
		case markup.Instruction:
			c.misc(n)
		case markup.Attribute, markup.Declaration, markup.Doctype:
		}
	}
}
