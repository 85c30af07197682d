package saml

import (
	"bytes"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
	"example.com/samlens/diag/xmldsig"
)

// Parse reads a response. The error is a *SyntaxError or a *NotResponse; a
// SAML 1.1 or WS-Federation token is no error but a response of that
// Version with little in it.
func Parse(doc []byte, o Options) (evidence.Response, error) {
	r := evidence.Response{EncodedLen: o.EncodedLen, Decoded: o.Decoded, Sent: doc}
	tree, enc, err := markup.Read(doc)
	r.Encoding, r.BOM = enc.Name, enc.BOM
	if err != nil {
		return r, err
	}
	version, err := recognise(tree)
	if err != nil {
		return r, err
	}
	r.Version = version
	if version == "2.0" {
		var opened []span
		before := tree
		if tree, opened, r.Encrypted = open(tree, o.Keys); len(opened) > 0 {
			r.Decrypted = len(opened)
			r.Signatures = merge(xmldsig.InspectTree(before), xmldsig.InspectTree(tree), opened)
		} else {
			r.Signatures = xmldsig.InspectTree(tree)
		}
		r.XML = tree.Source
		fill(&r, tree, opened)
	} else {
		r.XML = tree.Source
		legacy(&r, tree)
	}
	r.At = spot(tree, tree.Root)
	r.Trailing = tree.Trailing
	if tree.Doctype >= 0 {
		r.Doctype = spot(tree, tree.Doctype)
	}
	r.DuplicateIDs = duplicates(tree)
	r.Disagreements = append(r.Disagreements, disagreements(tree, enc)...)
	return r, nil
}

// recognise returns the version of what the document holds.
func recognise(t *markup.Tree) (string, error) {
	root := &t.Nodes[t.Root]
	switch {
	case root.Is(protocol, "Response"), root.Is(assertion, "Assertion"), root.Is(assertion, "EncryptedAssertion"):
		return "2.0", nil
	case root.Is(protocol11, "Response"), root.Is(assertion11, "Assertion"):
		return "1.1", nil
	case strings.HasPrefix(root.Name, "RequestSecurityTokenResponse") && strings.Contains(root.Space, "trust"):
		return "ws-federation", nil
	}
	return "", &NotResponse{Root: markup.Clean(root.Name), Space: root.Space}
}

// legacy fills in what is told of a token that AWS does not take.
func legacy(r *evidence.Response, t *markup.Tree) {
	for i := range t.Nodes {
		n := &t.Nodes[i]
		if n.Kind != markup.Element {
			continue
		}
		switch {
		case n.Is(protocol11, "Response"):
			r.ID = attr(t, i, "ResponseID")
		case n.Is(assertion11, "Assertion") && !r.Issuer.Present:
			r.Issuer = attr(t, i, "Issuer")
			if !r.ID.Present {
				r.ID = attr(t, i, "AssertionID")
			}
		case n.Is(assertion, "Assertion") && !r.Issuer.Present:
			r.Issuer = text(t, t.Child(i, assertion, "Issuer"))
			if !r.ID.Present {
				r.ID = attr(t, i, "ID")
			}
		}
	}
	r.BareAssertion = t.Nodes[t.Root].Name == "Assertion"
}

// fill fills in a SAML 2.0 response or bare assertion.
func fill(r *evidence.Response, t *markup.Tree, opened []span) {
	root := t.Root
	if t.Nodes[root].Is(protocol, "Response") {
		r.ID, r.Destination = attr(t, root, "ID"), attr(t, root, "Destination")
		r.InResponseTo, r.Consent = attr(t, root, "InResponseTo"), attr(t, root, "Consent")
		r.IssueInstant = moment(t, root, "IssueInstant")
		r.Issuer = text(t, t.Child(root, assertion, "Issuer"))
		r.Status = status(t, t.Child(root, protocol, "Status"))
		if v := attr(t, root, "Version"); v.Present && v.Value != "2.0" {
			r.Disagreements = append(r.Disagreements, "the response's Version is not 2.0")
		}
	} else {
		r.BareAssertion = true
	}
	for i := range t.Nodes {
		if n := &t.Nodes[i]; n.Kind == markup.Element && n.Is(assertion, "Assertion") {
			a := one(t, i)
			a.Direct = i == root || n.Parent == root && t.Nodes[root].Is(protocol, "Response")
			a.WasEncrypted = within(opened, n.Start)
			r.Assertions = append(r.Assertions, a)
		}
	}
}

func status(t *markup.Tree, at int) evidence.Status {
	if at < 0 {
		return evidence.Status{}
	}
	top := t.Child(at, protocol, "StatusCode")
	return evidence.Status{
		At:      spot(t, at),
		Code:    attr(t, top, "Value"),
		SubCode: attr(t, t.Child(top, protocol, "StatusCode"), "Value"),
		Message: text(t, t.Child(at, protocol, "StatusMessage")),
		Detail:  detail(t, t.Child(at, protocol, "StatusDetail")),
	}
}

// detail is all the text in a StatusDetail, whose elements are each IdP's
// own.
func detail(t *markup.Tree, at int) evidence.Text {
	v := text(t, at)
	if at >= 0 {
		v.Value = strings.Join(strings.Fields(inner(t, at)), " ")
	}
	return v
}

// inner is the text of an element and everything in it.
func inner(t *markup.Tree, at int) string {
	var b bytes.Buffer
	for i := at + 1; i < t.Nodes[at].Next; i++ {
		if k := t.Nodes[i].Kind; k == markup.Text || k == markup.CDATA {
			b.WriteString(t.Nodes[i].Value)
		}
	}
	return b.String()
}

// duplicates returns the IDs that several elements have.
func duplicates(t *markup.Tree) (out []string) {
	seen := map[string]int{}
	for i := range t.Nodes {
		if n := &t.Nodes[i]; n.Kind == markup.Attribute && n.Space == "" && (n.Name == "ID" || n.Name == "Id") {
			seen[n.Value]++
			if seen[n.Value] == 2 && len(out) < 20 {
				out = append(out, n.Value)
			}
		}
	}
	return out
}
