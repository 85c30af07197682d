package xmldsig

import (
	"bytes"
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
)

// Limits of what is computed of one document. Real responses carry one or
// two signatures with one reference each.
const (
	maxSignatures = 32
	maxReferences = 8
	maxGuessed    = 4 // references whose change is looked for
	// maxWork is the number of canonical bytes that are made of one
	// document: a namespace that is declared once and used by a hundred
	// thousand elements makes gigabytes of a few megabytes.
	maxWork = 128 << 20
)

// Inspect finds every ds:Signature of a document, wherever it stands, and
// computes what can be computed of it. The error is a *markup.SyntaxError.
func Inspect(doc []byte) ([]evidence.Signature, error) {
	tree, _, err := markup.Read(doc)
	if err != nil {
		return nil, err
	}
	return InspectTree(tree), nil
}

// InspectTree is [Inspect] for a document that was read already; spots are
// places in its source.
func InspectTree(t *markup.Tree) []evidence.Signature {
	in := inspector{tree: t, left: maxWork, edits: maxEditBytes}
	var out []evidence.Signature
	for i := range t.Nodes {
		if t.Nodes[i].Kind == markup.Element && t.Nodes[i].Is(Namespace, "Signature") {
			if in.ids == nil {
				in.index()
			}
			out = append(out, in.signature(i, len(out) < maxSignatures))
		}
	}
	return out
}

type inspector struct {
	tree *markup.Tree
	ids  map[string][]int
	// left is what remains of maxWork, edits of maxEditBytes; guessed is the
	// number of references whose change was looked for.
	left, edits, guessed int
}

// index finds the elements by their ID.
func (in *inspector) index() {
	in.ids = map[string][]int{}
	for i := range in.tree.Nodes {
		if n := &in.tree.Nodes[i]; n.Kind == markup.Attribute && identifies(n) {
			in.ids[n.Value] = append(in.ids[n.Value], n.Parent)
		}
	}
}

// identifies reports whether an attribute is an ID: of SAML 2.0, of SAML
// 1.1, of XML Signature and Encryption, or xml:id.
func identifies(n *markup.Node) bool {
	switch n.Name {
	case "ID", "Id", "AssertionID", "ResponseID", "RequestID":
		return n.Space == "" || strings.HasSuffix(n.Space, "wss-wssecurity-utility-1.0.xsd")
	case "id":
		return n.Space == markup.XMLNamespace
	}
	return false
}

func (in *inspector) spot(i int) evidence.Spot {
	n := &in.tree.Nodes[i]
	return evidence.Spot{In: evidence.InResponse, Path: in.tree.Path(i), Start: n.Start, End: n.End, Line: n.Line}
}

func (in *inspector) id(element int) string {
	for _, name := range []string{"ID", "AssertionID", "ResponseID", "Id"} {
		if a := in.tree.Attr(element, "", name); a >= 0 {
			return in.tree.Nodes[a].Value
		}
	}
	return ""
}

// kind tells responses and assertions from everything else, of SAML 2.0 and
// 1.1.
func (in *inspector) kind(element int) string {
	n := &in.tree.Nodes[element]
	switch {
	case n.Name == "Response" && (n.Space == "urn:oasis:names:tc:SAML:2.0:protocol" || n.Space == "urn:oasis:names:tc:SAML:1.0:protocol"):
		return "response"
	case n.Name == "Assertion" && (n.Space == "urn:oasis:names:tc:SAML:2.0:assertion" || n.Space == "urn:oasis:names:tc:SAML:1.0:assertion"):
		return "assertion"
	}
	return "other"
}

// signature states the facts of one signature.
func (in *inspector) signature(at int, compute bool) evidence.Signature {
	t := in.tree
	s := evidence.Signature{At: in.spot(at), Over: "other"}
	if p := t.Nodes[at].Parent; p >= 0 {
		s.Over, s.Parent, s.ParentID = in.kind(p), in.spot(p), in.id(p)
	}
	in.keys(at, &s)
	info, wrong := in.shape(at)
	if wrong != "" {
		s.Problem, s.Malformed = wrong, true
	}
	if info < 0 {
		return s
	}
	if !compute {
		s.Problem, s.Unsupported = fmt.Sprintf("only the first %d signatures of a document are computed", maxSignatures), true
		return s
	}
	problem := func(why string, unsupported bool) {
		if s.Problem == "" {
			s.Problem, s.Unsupported, s.Malformed = why, unsupported, !unsupported
		}
	}
	if v := t.Child(at, Namespace, "SignatureValue"); v >= 0 {
		var err error
		if s.Value, err = decode(t.Text(v)); err != nil {
			problem("the SignatureValue is not base64", false)
		}
	}
	s.Method = in.algorithm(info, "SignatureMethod")
	s.Canonical = in.algorithm(info, "CanonicalizationMethod")
	s.Prefixes = in.prefixes(t.Child(info, Namespace, "CanonicalizationMethod"))
	in.signedInfo(info, &s, problem)
	for r := range t.Children(info) {
		if !t.Nodes[r].Is(Namespace, "Reference") {
			continue
		}
		if len(s.References) >= maxReferences {
			problem(fmt.Sprintf("it has more than %d references", maxReferences), true)
			break
		}
		ref, unsupported := in.reference(r, at)
		s.References = append(s.References, ref)
		if ref.Computed == nil {
			problem(ref.Problem, unsupported)
		}
	}
	return s
}

// signedInfo computes what the value signs and looks at how.
func (in *inspector) signedInfo(info int, s *evidence.Signature, problem func(string, bool)) {
	switch m, ok := canonicalisation(s.Canonical, s.Prefixes); {
	case s.Canonical == "":
		problem("the SignedInfo names no canonicalisation", false)
	case !ok:
		problem("the canonicalisation "+markup.Clean(s.Canonical)+" is not one that can be computed here", true)
	default:
		var b bytes.Buffer
		c := canonical{method: m, tree: in.tree, without: -1}
		if c.write(meter{&b, in}, info) == nil {
			s.SignedInfo = b.Bytes()
		} else {
			problem("its SignedInfo is more than is computed here", true)
		}
	}
	a, ok := signing(s.Method)
	switch {
	case s.Method == "":
		problem("the SignedInfo names no signature algorithm", false)
	case keyed(s.Method):
		// Neither malformed nor unsupported: there is just no key to ask.
		if s.Problem == "" {
			s.Problem = "it is an HMAC, which anyone can make who can check it: it proves nothing"
		}
	case !ok:
		problem("the signature algorithm "+markup.Clean(s.Method)+" is not one that can be computed here", true)
	case a.family == rsaPSS && strings.HasSuffix(s.Method, "#rsa-pss"):
		if s.MethodDigest, ok = in.parameters(in.tree.Child(info, Namespace, "SignatureMethod")); !ok {
			problem("RSA-PSS with parameters that cannot be computed here", true)
		}
	}
}

// parameters returns the digest of RSAPSSParams (RFC 9231, section 2.3.9),
// as long as the mask is made with the same one.
func (in *inspector) parameters(m int) (uri string, ok bool) {
	end := in.tree.Nodes[m].Next
	for i := m + 1; i < end; i++ {
		n := &in.tree.Nodes[i]
		if n.Kind != markup.Element || n.Name != "DigestMethod" {
			continue
		}
		if a := in.tree.Attr(i, "", "Algorithm"); a >= 0 {
			if v := in.tree.Nodes[a].Value; uri == "" || uri == v {
				uri = v
				continue
			}
		}
		return "", false
	}
	if uri == "" { // nothing said: SHA-256
		return "http://www.w3.org/2001/04/xmlenc#sha256", true
	}
	_, ok = digest(uri)
	return uri, ok
}
