package xmldsig

import (
	"encoding/base64"
	"errors"
	"strings"

	"example.com/samlens/diag/certificate"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/markup"
)

// shape returns the SignedInfo and what is wrong with the structure. A
// second SignedInfo or value is an attack on verifiers that read the one and
// check the other.
func (in *inspector) shape(at int) (info int, wrong string) {
	t, count := in.tree, map[string]int{}
	info = -1
	for c := range t.Children(at) {
		n := &t.Nodes[c]
		if n.Space != Namespace {
			continue
		}
		count[n.Name]++
		if n.Name == "SignedInfo" && info < 0 {
			info = c
		}
	}
	switch {
	case count["SignedInfo"] == 0:
		return -1, "it has no SignedInfo"
	case count["SignedInfo"] > 1:
		return info, "it has more than one SignedInfo"
	case count["SignatureValue"] == 0:
		return info, "it has no SignatureValue"
	case count["SignatureValue"] > 1:
		return info, "it has more than one SignatureValue"
	case count["KeyInfo"] > 1:
		return info, "it has more than one KeyInfo"
	case t.Child(info, Namespace, "Reference") < 0:
		return info, "it has no Reference, so it signs nothing"
	}
	return info, ""
}

func (in *inspector) algorithm(parent int, name string) string {
	if a := in.tree.Attr(in.tree.Child(parent, Namespace, name), "", "Algorithm"); a >= 0 {
		return in.tree.Nodes[a].Value
	}
	return ""
}

// prefixes returns the PrefixList of an exclusive canonicalisation.
func (in *inspector) prefixes(algorithm int) string {
	list := in.tree.Child(algorithm, "http://www.w3.org/2001/10/xml-exc-c14n#", "InclusiveNamespaces")
	if a := in.tree.Attr(list, "", "PrefixList"); a >= 0 {
		return in.tree.Nodes[a].Value
	}
	return ""
}

func decode(text string) ([]byte, error) {
	out, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err == nil && len(out) == 0 {
		return nil, errors.New("it is empty")
	}
	return out, err
}

// keys reads KeyInfo: nothing in it is trusted, all of it is shown.
func (in *inspector) keys(at int, s *evidence.Signature) {
	t := in.tree
	info := t.Child(at, Namespace, "KeyInfo")
	if info < 0 {
		return
	}
	for i, end := info+1, t.Nodes[info].Next; i < end && len(s.Certificates) < 20; i++ {
		n := &t.Nodes[i]
		switch {
		case n.Kind != markup.Element:
		case n.Is(Namespace, "X509Certificate"):
			s.Certificates = append(s.Certificates, certificate.FromBase64(t.Text(i), "assertion", "signing", in.spot(i)))
		case n.Is(Namespace, "KeyName") && s.KeyName == "":
			s.KeyName = t.Text(i)
		case n.Name == "KeyValue" || n.Name == "DEREncodedKeyValue":
			if s.KeyValue == nil {
				s.KeyValue = in.keyValue(i)
			}
		}
	}
}
