package idp

import (
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/beevik/etree"
	"github.com/crewjam/saml/xmlenc"
)

// seal signs a document and puts the signature behind its Issuer, where the
// schema wants it.
func (r *Response) seal(text string, k Key) (string, error) {
	ctx, err := k.context(r.Method)
	if err != nil {
		return "", err
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromString(text); err != nil {
		return "", err
	}
	// Canonicalising changes what it is given: the text stays as it is, and only
	// the signature is taken over.
	signature, err := ctx.ConstructSignature(doc.Root(), true)
	if err != nil {
		return "", err
	}
	if info := signature.FindElement("./KeyInfo"); info != nil && r.Bare {
		signature.Child = slices.DeleteFunc(signature.Child, func(t etree.Token) bool { return t == etree.Token(info) })
	}
	out := etree.NewDocument()
	out.SetRoot(signature)
	written, err := out.WriteToString()
	if err != nil {
		return "", err
	}
	const issuer = "</saml2:Issuer>"
	before, after, ok := strings.Cut(text, issuer)
	if !ok {
		return "", errors.New("no Issuer to put the signature behind")
	}
	return before + issuer + written + after, nil
}

func encrypt(assertion string, to *x509.Certificate) (string, error) {
	if _, ok := to.PublicKey.(*rsa.PublicKey); !ok {
		return "", fmt.Errorf("a %T does not encrypt", to.PublicKey)
	}
	e := xmlenc.OAEP()
	e.BlockCipher = xmlenc.AES128CBC
	e.DigestMethod = &xmlenc.SHA1
	data, err := e.Encrypt(to, []byte(assertion), nil)
	if err != nil {
		return "", err
	}
	data.CreateAttr("Type", "http://www.w3.org/2001/04/xmlenc#Element")
	doc := etree.NewDocument()
	doc.SetRoot(data)
	text, err := doc.WriteToString()
	if err != nil {
		return "", err
	}
	return `<saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">` + text + `</saml2:EncryptedAssertion>`, nil
}
