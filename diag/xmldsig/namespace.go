package xmldsig

import (
	"iter"
	"net/url"
	"slices"

	"example.com/samlens/diag/markup"
)

// spaces returns the prefixes that an element has to declare in the output,
// sorted.
//
// Inclusive: all that are in scope and not rendered yet. Exclusive: those
// that the element and its attributes use, and, of the PrefixList, those in
// scope.
func (c *canonical) spaces(at, apex int, declared, attrs []int) []string {
	var out []string
	need := func(prefix string) {
		if prefix == "xml" {
			return
		}
		uri, bound := c.scope[prefix]
		if !bound && prefix != "" {
			return
		}
		before, done := c.rendered[prefix]
		if uri == before && (done || uri == "") {
			return
		}
		if !slices.Contains(out, prefix) || len(out) > 64 {
			out = append(out, prefix)
		}
	}
	switch {
	case !c.exclusive && at == apex:
		for prefix := range c.scope {
			need(prefix)
		}
	case !c.exclusive:
		for _, d := range declared {
			need(c.tree.Nodes[d].Name)
		}
	default:
		need(c.tree.Nodes[at].Prefix)
		for _, a := range attrs {
			if p := c.tree.Nodes[a].Prefix; p != "" {
				need(p)
			}
		}
		for _, p := range c.prefixes {
			need(p)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// inherited returns the ancestors' attributes of the xml namespace that an
// apex takes over: all of them in Canonical XML 1.0, lang, space and base in
// 1.1.
func (c *canonical) inherited(apex int, own []int) (out []int) {
	have := map[string]bool{}
	for _, a := range own {
		if n := &c.tree.Nodes[a]; n.Space == markup.XMLNamespace {
			have[n.Name] = true
		}
	}
	for e := c.tree.Nodes[apex].Parent; e >= 0; e = c.tree.Nodes[e].Parent {
		for _, a := range c.own(e, markup.Attribute) {
			n := &c.tree.Nodes[a]
			if n.Space != markup.XMLNamespace || have[n.Name] {
				continue
			}
			if c.v11 && n.Name != "lang" && n.Name != "space" && n.Name != "base" {
				continue
			}
			have[n.Name] = true
			out = append(out, a)
		}
	}
	return out
}

// base joins the xml:base attributes from the root down to an element, as
// section 2.4 of Canonical XML 1.1 asks.
func (c *canonical) base(at int) string {
	var bases []string
	for e := at; e >= 0; e = c.tree.Nodes[e].Parent {
		if a := c.tree.Attr(e, markup.XMLNamespace, "base"); a >= 0 {
			bases = append(bases, c.tree.Nodes[a].Value)
		}
	}
	joined := ""
	for _, b := range slices.Backward(bases) {
		outer, err1 := url.Parse(joined)
		inner, err2 := url.Parse(b)
		if joined == "" || err1 != nil || err2 != nil {
			joined = b
			continue
		}
		joined = outer.ResolveReference(inner).String()
	}
	return joined
}

// A binding is what a prefix meant outside an element.
type binding struct {
	prefix, uri string
	bound       bool
}

func save(m map[string]string, n int, prefixes iter.Seq[string]) []binding {
	if n == 0 {
		return nil
	}
	out := make([]binding, 0, n)
	for p := range prefixes {
		uri, ok := m[p]
		out = append(out, binding{p, uri, ok})
	}
	return out
}

func restore(m map[string]string, saved []binding) {
	for _, b := range slices.Backward(saved) {
		if b.bound {
			m[b.prefix] = b.uri
		} else {
			delete(m, b.prefix)
		}
	}
}
