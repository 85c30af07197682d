package assertion

import (
	"strings"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// A document is a response as rows: an element with its attributes is one,
// and so is its text where it has nothing else. It is the tree's source.
type document struct {
	t     *markup.Tree
	rows  []row
	of    []int                  // the row that shows a node
	text  []int                  // of each row, the node that holds its text; -1 for none
	found map[int][]rule.Finding // what was found at a row
}

// A row is one element, or one piece of mixed content.
type row struct{ node, depth, end int }

func read(t *markup.Tree) *document {
	d := &document{t: t, of: make([]int, len(t.Nodes))}
	for i := range len(t.Nodes) {
		n := &t.Nodes[i]
		switch {
		case n.Kind == markup.Attribute, n.Kind == markup.Declaration:
			d.of[i] = d.of[n.Parent]
			continue
		case n.Kind == markup.Text && strings.TrimSpace(n.Value) == "" && n.Parent >= 0:
			d.of[i] = d.of[n.Parent]
			continue
		case (n.Kind == markup.Text || n.Kind == markup.CDATA) && n.Parent >= 0 && d.sole(i):
			d.of[i] = d.of[n.Parent]
			d.text[d.of[i]] = i
			continue
		}
		d.of[i] = len(d.rows)
		d.rows = append(d.rows, row{node: i, depth: n.Depth})
		d.text = append(d.text, -1)
	}
	for i := len(d.rows) - 1; i >= 0; i-- { // children first, so that whole branches are passed over
		end := i + 1
		for next := t.Nodes[d.rows[i].node].Next; end < len(d.rows) && d.rows[end].node < next; {
			end = d.rows[end].end
		}
		d.rows[i].end = end
	}
	return d
}

// sole reports whether text node i is all that its element holds.
func (d *document) sole(i int) bool {
	p := d.t.Nodes[i].Parent
	for j := p + 1; j < d.t.Nodes[p].Next; j = max(j+1, d.t.Nodes[j].Next) {
		k := d.t.Nodes[j].Kind
		if j != i && k != markup.Attribute && k != markup.Declaration {
			return false
		}
	}
	return true
}

// judge notes what the findings point at.
func (d *document) judge(dg diag.Diagnosis) {
	d.found = map[int][]rule.Finding{}
	for _, f := range dg.Findings {
		spots := append([]evidence.Spot{f.At}, f.Also...)
		for _, x := range f.Evidence {
			spots = append(spots, x.At)
		}
		seen := map[int]bool{}
		for _, s := range spots {
			if s.In != evidence.InResponse {
				continue
			}
			if i := d.find(s); i >= 0 && !seen[i] {
				seen[i] = true
				d.found[i] = append(d.found[i], f)
			}
		}
	}
}

// find returns the row that shows a spot, -1 for none.
func (d *document) find(s evidence.Spot) int {
	n := -1
	if s.Path != "" {
		n = d.t.At(s.Path)
	}
	if n < 0 && (s.End > s.Start || s.Start > 0) {
		n = d.t.AtOffset(s.Start)
	}
	if n < 0 || n >= len(d.of) || d.of[n] >= len(d.rows) {
		return -1
	}
	return d.of[n]
}

func (d *document) spot(i int) evidence.Spot {
	if i < 0 {
		return evidence.Spot{}
	}
	n := d.t.Nodes[d.rows[i].node]
	return evidence.Spot{In: evidence.InResponse, Path: d.path(i), Start: n.Start, End: n.End, Line: n.Line}
}

func (d *document) path(i int) string {
	if i < 0 {
		return ""
	}
	return d.t.Path(d.rows[i].node)
}

func (d *document) name(i int) string {
	if i < 0 {
		return ""
	}
	n := d.t.Nodes[d.rows[i].node]
	// Of a SAML attribute, its Name is the name that people mean.
	if n.Name == "Attribute" {
		if a := d.t.Attr(d.rows[i].node, "", "Name"); a >= 0 {
			return d.t.Nodes[a].Value
		}
	}
	return qualified(&n)
}

func (d *document) value(i int) string {
	if i < 0 {
		return ""
	}
	if t := d.text[i]; t >= 0 {
		return d.t.Nodes[t].Value
	}
	return d.t.Nodes[d.rows[i].node].Value
}

func (d *document) branch(i int) string {
	if i < 0 {
		return ""
	}
	n := d.t.Nodes[d.rows[i].node]
	return string(d.t.Source[n.Start:n.End])
}

// Len, Depth and End are the tree's shape.
func (d *document) Len() int        { return len(d.rows) }
func (d *document) Depth(i int) int { return d.rows[i].depth }
func (d *document) End(i int) int   { return d.rows[i].end }

// Text is what the search looks at: name, attributes and text.
func (d *document) Text(i int) string {
	var b strings.Builder
	at := d.rows[i].node
	n := &d.t.Nodes[at]
	b.WriteString(qualified(n))
	for j := at + 1; n.Kind == markup.Element && j < n.Next; j++ {
		a := &d.t.Nodes[j]
		if a.Kind != markup.Attribute && a.Kind != markup.Declaration {
			break
		}
		b.WriteString(" " + qualified(a) + "=\"" + a.Value + "\"")
	}
	b.WriteString(" " + d.value(i))
	return b.String()
}

// cut bounds what is drawn of one value: a line has no more cells.
func cut(s string, w int) string {
	if len(s) <= 4*w+4 {
		return s
	}
	k := 4 * w
	for k > 0 && s[k]&0xc0 == 0x80 {
		k--
	}
	return s[:k]
}

// Line draws a row.
func (d *document) Line(i int, folded bool, w int) style.Line {
	at := d.rows[i].node
	n := &d.t.Nodes[at]
	var l style.Line
	if fs := d.found[i]; len(fs) > 0 {
		l = l.Append(pane.Sign(fs[0].Severity)).Add(style.Plain, " ")
	}
	switch n.Kind {
	case markup.Text, markup.CDATA:
		return l.Show(style.Plain, cut(strings.TrimSpace(n.Value), w)).Cut(w)
	case markup.Comment:
		return l.Add(style.Quiet, "<!-- ").Show(style.Quiet, cut(n.Value, w)).Add(style.Quiet, " -->").Cut(w)
	case markup.Instruction, markup.Doctype:
		return l.Show(style.Quiet, cut(string(d.t.Source[n.Start:n.End]), w)).Cut(w)
	case markup.Element, markup.Attribute, markup.Declaration:
	}
	if n.Prefix != "" {
		l = l.Add(style.Quiet, n.Prefix+":")
	}
	l = l.Add(style.Tag, n.Name)
	// The text first: it is what one looks for. Attributes that nearly every
	// response has alike stay quiet, behind the others.
	if text := d.value(i); text != "" {
		l = l.Add(style.Plain, "  ").Show(style.Strong, cut(text, w)).Add(style.Plain, " ")
	}
	var noise style.Line
	for j := at + 1; j < n.Next; j++ {
		a := &d.t.Nodes[j]
		if a.Kind == markup.Declaration {
			continue // namespaces are noise, until the raw view
		}
		if a.Kind != markup.Attribute {
			break
		}
		if a.Name == "NameFormat" || a.Name == "type" || a.Name == "Version" {
			noise = noise.Add(style.Quiet, " "+qualified(a)+"=").Show(style.Quiet, cut(a.Value, w))
			continue
		}
		l = l.Add(style.Plain, " ").Add(style.Attr, qualified(a)).Add(style.Quiet, "=").Show(style.Value, cut(a.Value, w))
	}
	l = l.Join(noise)
	if folded {
		l = l.Add(style.Quiet, " …")
	}
	return l.Cut(w)
}

func qualified(n *markup.Node) string {
	if n.Prefix == "" {
		return n.Name
	}
	return n.Prefix + ":" + n.Name
}
