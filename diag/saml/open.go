package saml

import (
	"crypto/rsa"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
	"example.com/samlens/diag/xmldsig"
)

// maxEncrypted bounds how many encrypted assertions are tried.
const maxEncrypted = 8

// A span is where an opened assertion stands in the new document.
type span struct{ start, end int }

func within(spans []span, at int) bool {
	for _, s := range spans {
		if s.start <= at && at < s.end {
			return true
		}
	}
	return false
}

// open puts what encrypted assertions hold in their place, for all that one
// of the keys opens, and returns the new document and those that stay
// closed.
func open(t *markup.Tree, keys []any) (*markup.Tree, []span, []evidence.Encrypted) {
	var private []*rsa.PrivateKey
	for _, k := range keys {
		if k, ok := k.(*rsa.PrivateKey); ok && k != nil {
			private = append(private, k)
		}
	}
	var closed []evidence.Encrypted
	var out []byte
	var opened []span
	copied, tried := 0, 0
	for i := range t.Nodes {
		n := &t.Nodes[i]
		if n.Kind != markup.Element || !n.Is(assertion, "EncryptedAssertion") || n.Start < copied {
			continue
		}
		e := describe(t, i)
		e.KeyWasGiven = len(keys) > 0
		var plain []byte
		switch {
		case len(keys) == 0:
		case len(private) == 0:
			e.WhyClosed = "only an RSA private key can open it"
		case tried >= maxEncrypted:
			e.WhyClosed = "the document holds too many encrypted assertions"
		default:
			tried++
			plain, e.WhyClosed = decrypt(t, i, private)
		}
		if plain != nil && !fits(t, n, plain) {
			plain, e.WhyClosed = nil, "the key opened it, but what it holds is no assertion"
		}
		if plain == nil {
			closed = append(closed, e)
			continue
		}
		out = append(append(out, t.Source[copied:n.Start]...), plain...)
		opened = append(opened, span{len(out) - len(plain), len(out)})
		copied = n.End
	}
	if len(opened) == 0 {
		return t, nil, closed
	}
	out = append(out, t.Source[copied:]...)
	again, err := markup.Parse(out)
	if err != nil { // each fitted alone, so together they exceed a limit
		for i := range closed {
			closed[i].WhyClosed = "the opened document is too large"
		}
		return t, nil, closed
	}
	k := 0
	for i := range again.Nodes { // what stays closed stands elsewhere now
		n := &again.Nodes[i]
		if n.Kind == markup.Element && n.Is(assertion, "EncryptedAssertion") && k < len(closed) && !within(opened, n.Start) {
			closed[k].At = spot(again, i)
			k++
		}
	}
	return again, opened, closed
}

// fits tries what was decrypted in its place.
func fits(t *markup.Tree, n *markup.Node, plain []byte) bool {
	doc := append(append(append([]byte(nil), t.Source[:n.Start]...), plain...), t.Source[n.End:]...)
	again, err := markup.Parse(doc)
	if err != nil {
		return false
	}
	at := again.AtOffset(n.Start)
	return at >= 0 && again.Nodes[at].Is(assertion, "Assertion") && again.Nodes[at].Start == n.Start
}

// describe says how an assertion is encrypted and for whom.
func describe(t *markup.Tree, at int) evidence.Encrypted {
	e := evidence.Encrypted{At: spot(t, at)}
	for i := at + 1; i < t.Nodes[at].Next; i++ {
		n := &t.Nodes[i]
		if n.Kind != markup.Element {
			continue
		}
		switch n.Name {
		case "EncryptionMethod":
			if n.Space != xenc {
				continue
			}
			uri := attr(t, i, "Algorithm").Value
			if t.Nodes[n.Parent].Name == "EncryptedKey" {
				e.KeyMethod = uri
			} else if e.DataMethod == "" {
				e.DataMethod = uri
			}
		case "X509SubjectName", "KeyName", "X509IssuerName":
			if n.Space == xmldsig.Namespace && e.KeyHint == "" {
				e.KeyHint = t.Text(i)
			}
		case "X509Certificate":
			if n.Space == xmldsig.Namespace && len(e.Certificates) < 10 {
				c := certificate.FromBase64(t.Text(i), "assertion", "encryption", spot(t, i))
				e.Certificates = append(e.Certificates, c)
				if e.KeyHint == "" {
					e.KeyHint = certificate.Subject(c)
				}
			}
		}
	}
	return e
}

// merge returns the signatures of an opened document. Those outside what was
// opened signed the closed document, and are computed on that; their places
// are in the opened one.
func merge(before, after []evidence.Signature, opened []span) []evidence.Signature {
	out, k := make([]evidence.Signature, 0, len(after)), 0
	for _, a := range after {
		if within(opened, a.At.Start) {
			out = append(out, a)
			continue
		}
		if k < len(before) {
			if b := before[k]; !a.Intact() && len(a.References) == len(b.References) {
				for i := range b.References {
					b.References[i].At, b.References[i].CoversAt = a.References[i].At, a.References[i].CoversAt
				}
				b.At, b.Parent = a.At, a.Parent
				for i := range min(len(a.Certificates), len(b.Certificates)) {
					b.Certificates[i].At = a.Certificates[i].At
				}
				a = b
			}
			k++
		}
		out = append(out, a)
	}
	return out
}
