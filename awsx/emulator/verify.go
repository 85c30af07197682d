package emulator

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"maps"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"
	"github.com/jonboulle/clockwork"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/russellhaering/goxmldsig/etreeutils"
)

var errSignature = errors.New("response signature invalid")

// signedAssertion returns the response's one assertion as its signature
// vouches for it. What is signed, the response or the assertion, must verify
// with a certificate of the provider's metadata; one of the two must be signed.
// An encrypted assertion is opened after the response's signature was checked,
// as that one is over the cipher text.
func signedAssertion(response *etree.Element, certs []*x509.Certificate, keys []PrivateKey) (*etree.Element, error) {
	vouched := false
	if child(response, dsig.Namespace, "Signature") != nil {
		verified, err := verifyElement(response, certs)
		if err != nil {
			return nil, err
		}
		response, vouched = verified, true
	}
	found := children(response, nsAssertion, "Assertion")
	sealed := children(response, nsAssertion, "EncryptedAssertion")
	if len(found)+len(sealed) != 1 {
		// These are Identity Center's words; that IAM shares them is assumed.
		return nil, invalidToken("Responses must contain exactly one Assertion")
	}
	var assertion *etree.Element
	if len(sealed) == 1 {
		opened, err := decrypt(sealed[0], keys)
		if err != nil {
			return nil, err
		}
		assertion = opened
	} else {
		assertion = found[0]
	}
	if child(assertion, dsig.Namespace, "Signature") != nil {
		verified, err := verifyElement(assertion, certs)
		if err != nil {
			return nil, err
		}
		return verified, nil
	}
	if !vouched {
		return nil, errSignature
	}
	return assertion, nil
}

// verifyElement checks the enveloped signature of an element with each
// certificate in turn.
//
// The library wants the certificate of the KeyInfo, if there is one, among the
// trusted ones; STS looks at the metadata alone, so the KeyInfo is left out. It
// is no part of what is signed. The library also refuses expired certificates,
// which STS is not known to do: its clock is set inside the certificate's term.
func verifyElement(e *etree.Element, certs []*x509.Certificate) (*etree.Element, error) {
	alone, err := detach(e)
	if err != nil {
		return nil, errSignature
	}
	signature := child(alone, dsig.Namespace, "Signature")
	if signature == nil {
		return nil, errSignature
	}
	if info := child(signature, dsig.Namespace, "KeyInfo"); info != nil {
		signature.RemoveChild(info)
	}
	if value := child(signature, dsig.Namespace, "SignatureValue"); value != nil {
		// IdPs wrap it; the library's decoder takes line feeds but no blanks.
		value.SetText(strings.Join(strings.Fields(value.Text()), ""))
	}
	bringForward(alone, signature)
	rewriteECDSA(signature)
	for _, cert := range certs {
		v := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{cert}})
		v.Clock = dsig.NewFakeClock(clockwork.NewFakeClockAt(cert.NotBefore.Add(cert.NotAfter.Sub(cert.NotBefore) / 2).Truncate(time.Second)))
		if verified, err := v.Validate(alone); err == nil {
			return verified, nil
		}
	}
	return nil, errSignature
}

// detach copies an element and declares on the copy what its ancestors
// declared. The library's own way of doing so gives up at a thousand elements.
func detach(e *etree.Element) (*etree.Element, error) {
	above, err := etreeutils.NSBuildParentContext(e)
	if err != nil {
		return nil, err
	}
	declared := above.Prefixes()
	alone := e.Copy()
	for _, prefix := range slices.Sorted(maps.Keys(declared)) {
		name := "xmlns:" + prefix
		switch prefix {
		case "xml", "xmlns":
			continue
		case "":
			if declared[prefix] == etreeutils.XMLNamespace {
				continue // the library's word for none
			}
			name = "xmlns"
		}
		if alone.SelectAttr(name) == nil {
			alone.CreateAttr(name, declared[prefix])
		}
	}
	return alone, nil
}

// bringForward makes the signature the element's first child. The library
// gives up its search after a thousand elements, and where an enveloped
// signature stands does not change what it signs.
func bringForward(e, signature *etree.Element) {
	if slices.Index(e.Child, etree.Token(signature)) > 1 {
		e.RemoveChild(signature)
		e.InsertChildAt(0, signature)
	}
}

// rewriteECDSA turns an ECDSA signature from the form that XML signatures have,
// r and s side by side, into the ASN.1 that the library hands to crypto/x509.
func rewriteECDSA(signature *etree.Element) {
	method := signature.FindElement("./SignedInfo/SignatureMethod")
	value := child(signature, dsig.Namespace, "SignatureValue")
	if method == nil || value == nil || !strings.Contains(method.SelectAttrValue("Algorithm", ""), "#ecdsa-") {
		return
	}
	raw, err := base64.StdEncoding.DecodeString(value.Text())
	if err != nil || len(raw) == 0 || len(raw)%2 != 0 {
		return
	}
	half := len(raw) / 2
	der, err := asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(raw[:half]), new(big.Int).SetBytes(raw[half:])})
	if err == nil {
		value.SetText(base64.StdEncoding.EncodeToString(der))
	}
}
