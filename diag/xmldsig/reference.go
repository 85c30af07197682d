package xmldsig

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
)

// reference states the facts of one Reference: what it leads to, through
// which transforms, and both digests. unsupported tells, where no digest
// could be computed, that an algorithm is the reason.
func (in *inspector) reference(at, signature int) (r evidence.Reference, unsupported bool) {
	t := in.tree
	r.At, r.Covers = in.spot(at), "nothing"
	r.DigestMethod = in.algorithm(at, "DigestMethod")
	target, why := in.target(at, signature, &r)
	steps, odd := in.transforms(at, &r)
	if v := t.Child(at, Namespace, "DigestValue"); v >= 0 {
		r.Declared, _ = decode(t.Text(v))
	}
	h, known := digest(r.DigestMethod)
	switch {
	case why != "":
		r.Problem = why
		return r, false
	case odd != "":
		r.Problem = odd
		return r, true
	case r.DigestMethod == "":
		r.Problem = "the Reference names no digest algorithm"
		return r, false
	case !known:
		r.Problem = "the digest algorithm " + markup.Clean(r.DigestMethod) + " is not one that can be computed here"
		return r, true
	case r.Declared == nil:
		r.Problem = "the Reference has no DigestValue that can be read"
		return r, false
	}
	sum := h.New()
	if err := steps.run(t, target, signature, meter{sum, in}, nil); err != nil {
		r.Problem = "what it covers cannot be canonicalised, or is more than is computed here"
		return r, true
	}
	r.Computed = sum.Sum(nil)
	r.Match = bytes.Equal(r.Computed, r.Declared)
	if !r.Match && in.guessed < maxGuessed {
		in.guessed++
		r.Change = in.change(func(vary func(int, string) (string, bool)) bool {
			sum := h.New()
			return steps.run(t, target, signature, meter{sum, in}, vary) == nil && bytes.Equal(sum.Sum(nil), r.Declared)
		})
		if r.Change == "" && len(steps.forms) == 1 {
			in.edited(&r, h, func(to *bytes.Buffer, vary func(int, string) (string, bool)) error {
				return steps.run(t, target, signature, meter{to, in}, vary)
			})
		}
	}
	return r, false
}

// target finds what the URI leads to: -1 is the whole document. Of several
// elements with the ID it takes the signature's own parent if that is among
// them, else the first; parsers disagree there, so it is told.
func (in *inspector) target(at, signature int, r *evidence.Reference) (element int, wrong string) {
	t := in.tree
	if a := t.Attr(at, "", "URI"); a >= 0 {
		r.URI = t.Nodes[a].Value // without one it is the document, as xmlsec1 takes it
	}
	id, same := strings.CutPrefix(r.URI, "#")
	if quoted, ok := strings.CutPrefix(id, "xpointer(id("); ok {
		id = strings.Trim(strings.TrimSuffix(quoted, "))"), `'"`)
	}
	switch {
	case r.URI == "" || r.URI == "#xpointer(/)":
		r.Covers, r.CoversAt, r.CoversID = "document", in.spot(t.Root), in.id(t.Root)
		return -1, ""
	case !same:
		return -1, "the Reference leads out of the document"
	case len(in.ids[id]) == 0:
		return -1, "no element of the document has the ID that the Reference names"
	}
	all := in.ids[id]
	element = all[0]
	for _, e := range all {
		if e == t.Nodes[signature].Parent {
			element = e
		}
	}
	if len(all) > 1 {
		r.Problem = fmt.Sprintf("%d elements have the ID that the Reference names, and parsers disagree about which one it leads to", len(all))
	}
	r.Covers, r.CoversAt, r.CoversID = in.kind(element), in.spot(element), id
	return element, ""
}

// A pipeline is what the transforms of a reference do.
type pipeline struct {
	enveloped bool
	forms     []method // one after the other; more than one is legal and odd
	comments  bool     // the URI keeps comments: it is an xpointer
}

// transforms reads the Transforms, in order.
func (in *inspector) transforms(at int, r *evidence.Reference) (p pipeline, odd string) {
	t := in.tree
	p.comments = strings.HasPrefix(r.URI, "#xpointer(")
	list := t.Child(at, Namespace, "Transforms")
	for c := range t.Children(list) {
		if !t.Nodes[c].Is(Namespace, "Transform") {
			continue
		}
		uri := ""
		if a := t.Attr(c, "", "Algorithm"); a >= 0 {
			uri = t.Nodes[a].Value
		}
		r.Transforms = append(r.Transforms, uri)
		if uri == "http://www.w3.org/2000/09/xmldsig#enveloped-signature" && len(p.forms) == 0 {
			p.enveloped = true
			continue
		}
		prefixes := in.prefixes(c)
		m, ok := canonicalisation(uri, prefixes)
		if !ok || len(p.forms) == 3 {
			return p, "the transform " + markup.Clean(uri) + " is not one that can be computed here"
		}
		if prefixes != "" {
			r.Prefixes = prefixes
		}
		p.forms = append(p.forms, m)
	}
	if len(p.forms) == 0 {
		p.forms = []method{{}} // a node-set becomes bytes by Canonical XML 1.0
	}
	return p, ""
}

// run writes what is digested. A URI that is empty or a bare name leaves
// comments out, whatever the canonicalisation says (XML Signature, section
// 4.4.3.3).
func (p pipeline) run(t *markup.Tree, target, signature int, to io.Writer, vary func(int, string) (string, bool)) error {
	c := canonical{method: p.forms[0], tree: t, without: -1, vary: vary}
	c.comments = c.comments && p.comments
	if p.enveloped {
		c.without = signature
		if n := &t.Nodes[signature]; target > signature && target < n.Next {
			return nil // all of it goes with the signature that it stands in
		}
	}
	if len(p.forms) == 1 {
		return c.write(to, target)
	}
	var b bytes.Buffer
	if err := c.write(&b, target); err != nil {
		return err
	}
	for i, m := range p.forms[1:] {
		again, err := markup.Parse(b.Bytes())
		if err != nil {
			return err
		}
		c := canonical{method: m, tree: again, without: -1}
		if i == len(p.forms)-2 {
			return c.write(to, -1)
		}
		b = bytes.Buffer{}
		if err := c.write(&b, -1); err != nil {
			return err
		}
	}
	return nil
}
