package policy

import (
	"net/url"
	"strings"
)

// Parse reads a policy document. It is lenient about form: a lone string
// where a list may stand, a byte order mark, the URL encoding in which IAM
// returns documents. What AWS would refuse although it can be read is noted
// in Problems. The error is an *[Error]: not JSON, no policy, or over
// MaxDocument.
func Parse(doc string) (Policy, error) {
	p := Policy{Text: doc}
	if len(doc) > 3*MaxDocument {
		return p, errorAt(doc, 0, "the document is too long for a policy")
	}
	if s := strings.TrimSpace(doc); strings.HasPrefix(s, "%7B") || strings.HasPrefix(s, "%7b") {
		dec, err := url.PathUnescape(s)
		if err != nil {
			return p, errorAt(doc, 0, "broken URL encoding")
		}
		p.Text = dec
	}
	if len(p.Text) > MaxDocument {
		return p, errorAt(p.Text, 0, "the document is too long for a policy")
	}
	from := 0
	if strings.HasPrefix(p.Text, "\ufeff") {
		from = len("\ufeff")
		p.problem(Span{0, from}, false, "begins with a byte order mark")
	}
	root, e := readTree(p.Text, from)
	if e != nil {
		return p, e
	}
	if root.kind != '{' {
		return p, errorAt(p.Text, root.at.Start, "a policy is a JSON object")
	}
	return p, p.document(root)
}

func (p *Policy) problem(at Span, refused bool, text string) {
	p.Problems = append(p.Problems, Problem{At: at, Text: text, Refused: refused})
}

func (p *Policy) document(root node) error {
	p.duplicates(root)
	found := false
	for _, m := range root.members {
		switch p.element(m, "Version", "Id", "Statement") {
		case "Version":
			p.Version, p.VersionAt = m.value.text, m.value.at
			if m.value.kind != '"' || p.Version != Version2008 && p.Version != Version2012 {
				p.problem(m.value.at, true, "Version is neither 2012-10-17 nor 2008-10-17")
			}
		case "Id":
			p.ID = m.value.text
		case "Statement":
			found = true
			p.Statements, p.StatementsAt = nil, m.value.at
			if m.value.kind != '[' && m.value.kind != '{' {
				return errorAt(p.Text, m.value.at.Start, "Statement is neither an object nor a list of objects")
			}
			for _, s := range m.value.list() {
				if s.kind != '{' {
					return errorAt(p.Text, s.at.Start, "a statement is not an object")
				}
				p.Statements = append(p.Statements, p.statement(s, len(p.Statements)))
			}
		default:
			p.problem(m.nameAt, true, "no policy element is called "+quote(m.name))
		}
	}
	if !found {
		return errorAt(p.Text, root.at.Start, "no Statement: not a policy")
	}
	if len(p.Statements) == 0 {
		p.problem(p.StatementsAt, true, "there is no statement")
	}
	sids := map[string]bool{}
	for _, s := range p.Statements {
		if s.Sid != "" && sids[s.Sid] {
			p.problem(s.At, true, "the Sid "+quote(s.Sid)+" occurs twice")
		}
		sids[s.Sid] = true
	}
	return nil
}

// element returns which of the names m is. Names in another case are taken,
// and noted.
func (p *Policy) element(m member, names ...string) string {
	for _, n := range names {
		if m.name == n {
			return n
		}
	}
	for _, n := range names {
		if strings.EqualFold(m.name, n) {
			p.problem(m.nameAt, false, quote(m.name)+" is documented as "+n)
			return n
		}
	}
	return ""
}

// duplicates notes names that occur twice in one object. Of those the last
// is taken, as most JSON readers do; that IAM does so is not documented.
func (p *Policy) duplicates(n node) {
	seen := make(map[string]bool, len(n.members))
	for _, m := range n.members {
		if seen[m.name] {
			p.problem(m.nameAt, false, "the key "+quote(m.name)+" occurs twice in one object; the last is taken")
		}
		seen[m.name] = true
		p.duplicates(m.value)
	}
	for _, v := range n.items {
		p.duplicates(v)
	}
}

// quote bounds what a message repeats of a document.
func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return `"` + s + `"`
}
