package saml

import (
	"bytes"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des" // XML Encryption has Triple DES
	"crypto/rsa"
	_ "crypto/sha1"   // OAEP's default digest
	_ "crypto/sha256" // OAEP with SHA-256
	_ "crypto/sha512" // OAEP with SHA-384 and SHA-512
	"encoding/base64"
	"errors"
	"strings"

	"example.com/samlens/diag/markup"
	"example.com/samlens/diag/xmldsig"
)

// decrypt returns what an EncryptedAssertion holds, or why none of the keys
// opens it. It is written on the standard library's ciphers: XML Encryption
// 1.1 lets OAEP use one hash for the label and another for the mask, and
// AES-GCM with three key sizes, which no XML library for Go does whole.
func decrypt(t *markup.Tree, at int, keys []*rsa.PrivateKey) (plain []byte, why string) {
	data := t.Child(at, xenc, "EncryptedData")
	if data < 0 {
		return nil, "it holds no EncryptedData"
	}
	method := attr(t, t.Child(data, xenc, "EncryptionMethod"), "Algorithm").Value
	size, known := keySize(method)
	if !known {
		return nil, "the encryption " + markup.Clean(method) + " is not one that can be opened here"
	}
	body, err := cipherText(t, data)
	if err != nil {
		return nil, "its CipherValue cannot be read"
	}
	why = "it brings no encrypted key"
	for _, k := range encryptedKeys(t, at) {
		wrapped, err := cipherText(t, k)
		if err != nil {
			why = "its encrypted key cannot be read"
			continue
		}
		for _, private := range keys {
			secret, err := unwrap(t, k, wrapped, private)
			if err != nil {
				why = err.Error()
				continue
			}
			why = errKey.Error()
			if len(secret) != size {
				continue
			}
			if plain, err = openData(method, secret, body); err == nil {
				return declarationless(plain), ""
			}
		}
	}
	return nil, why
}

var errKey = errors.New("the key given does not open it")

// encryptedKeys finds the EncryptedKey elements for some EncryptedData:
// inside its KeyInfo, beside it, or where a RetrievalMethod leads, which may
// be anywhere in the document.
func encryptedKeys(t *markup.Tree, at int) (out []int) {
	for i := at + 1; i < t.Nodes[at].Next && len(out) < 8; i++ {
		if n := &t.Nodes[i]; n.Kind == markup.Element && n.Is(xenc, "EncryptedKey") {
			out = append(out, i)
		}
	}
	ways := 0
	for i := at + 1; i < t.Nodes[at].Next && ways < 4; i++ {
		if n := &t.Nodes[i]; n.Kind == markup.Element && n.Is(xmldsig.Namespace, "RetrievalMethod") {
			ways++
			if id, ok := strings.CutPrefix(attr(t, i, "URI").Value, "#"); ok && id != "" {
				out = elsewhere(t, at, id, out)
			}
		}
	}
	return out
}

// elsewhere adds the EncryptedKey with an ID that stands outside an element.
func elsewhere(t *markup.Tree, outside int, id string, out []int) []int {
	for i := range t.Nodes {
		n, inside := &t.Nodes[i], outside <= i && i < t.Nodes[outside].Next
		if n.Kind == markup.Element && n.Is(xenc, "EncryptedKey") && !inside && len(out) < 8 && attr(t, i, "Id").Value == id {
			out = append(out, i)
		}
	}
	return out
}

// cipherText decodes the CipherValue of an EncryptedData or EncryptedKey.
func cipherText(t *markup.Tree, of int) ([]byte, error) {
	v := t.Child(t.Child(of, xenc, "CipherData"), xenc, "CipherValue")
	if v < 0 {
		return nil, errors.New("no CipherValue")
	}
	return base64.StdEncoding.DecodeString(strings.Join(strings.Fields(t.Text(v)), ""))
}

// unwrap decrypts an EncryptedKey with a private key.
func unwrap(t *markup.Tree, at int, wrapped []byte, key *rsa.PrivateKey) ([]byte, error) {
	m := t.Child(at, xenc, "EncryptionMethod")
	uri := attr(t, m, "Algorithm").Value
	var o crypto.DecrypterOpts
	switch uri {
	case xenc + "rsa-1_5":
		//lint:ignore SA1019 identity providers still wrap keys so, and it has to be read
		o = &rsa.PKCS1v15DecryptOptions{} //nolint:staticcheck // as above
	case xenc + "rsa-oaep-mgf1p", xenc11 + "rsa-oaep":
		oaep := &rsa.OAEPOptions{Hash: crypto.SHA1, MGFHash: crypto.SHA1}
		for c := range t.Children(m) {
			name := attr(t, c, "Algorithm").Value
			h, ok := hashOf(name)
			switch t.Nodes[c].Name {
			case "DigestMethod":
				oaep.Hash = h
			case "MGF":
				oaep.MGFHash = h
			case "OAEPparams":
				ok = true
				oaep.Label, _ = base64.StdEncoding.DecodeString(strings.TrimSpace(t.Text(c)))
			default:
				ok = true
			}
			if !ok {
				return nil, errors.New("its key is wrapped with " + markup.Clean(name) + ", which cannot be opened here")
			}
		}
		o = oaep
	default:
		return nil, errors.New("the key transport " + markup.Clean(uri) + " is not one that can be opened here")
	}
	secret, err := key.Decrypt(nil, wrapped, o)
	if err != nil {
		return nil, errKey
	}
	return secret, nil
}

// hashOf returns the hash of a DigestMethod or of a mask generation function.
func hashOf(uri string) (crypto.Hash, bool) {
	_, name, _ := strings.Cut(uri, "#")
	switch strings.TrimPrefix(name, "mgf1") {
	case "sha1":
		return crypto.SHA1, true
	case "sha224":
		return crypto.SHA224, true
	case "sha256":
		return crypto.SHA256, true
	case "sha384":
		return crypto.SHA384, true
	case "sha512":
		return crypto.SHA512, true
	}
	return 0, false
}

// keySize returns the bytes of a content key.
func keySize(method string) (int, bool) {
	switch method {
	case xenc + "aes128-cbc", xenc11 + "aes128-gcm":
		return 16, true
	case xenc + "aes192-cbc", xenc11 + "aes192-gcm", xenc + "tripledes-cbc":
		return 24, true
	case xenc + "aes256-cbc", xenc11 + "aes256-gcm":
		return 32, true
	}
	return 0, false
}

// openData decrypts the content.
func openData(method string, secret, body []byte) ([]byte, error) {
	var block cipher.Block
	var err error
	if strings.HasSuffix(method, "tripledes-cbc") {
		block, err = des.NewTripleDESCipher(secret)
	} else {
		block, err = aes.NewCipher(secret)
	}
	if err != nil {
		return nil, errKey
	}
	if strings.HasSuffix(method, "-gcm") {
		gcm, err := cipher.NewGCM(block)
		if err != nil || len(body) < gcm.NonceSize() {
			return nil, errKey
		}
		return gcm.Open(nil, body[:gcm.NonceSize()], body[gcm.NonceSize():], nil)
	}
	n := block.BlockSize()
	if len(body) < 2*n || len(body)%n != 0 {
		return nil, errKey
	}
	plain := make([]byte, len(body)-n)
	cipher.NewCBCDecrypter(block, body[:n]).CryptBlocks(plain, body[n:])
	// Only the last byte of the padding says anything (XML Encryption 5.2).
	pad := int(plain[len(plain)-1])
	if pad < 1 || pad > n {
		return nil, errKey
	}
	return plain[:len(plain)-pad], nil
}

// declarationless takes a byte order mark and an XML declaration away, which
// may not stand inside a document.
func declarationless(doc []byte) []byte {
	doc = bytes.TrimLeft(bytes.TrimPrefix(doc, []byte("\ufeff")), " \t\r\n")
	if bytes.HasPrefix(doc, []byte("<?xml ")) {
		if end := bytes.Index(doc, []byte("?>")); end >= 0 {
			doc = bytes.TrimLeft(doc[end+2:], " \t\r\n")
		}
	}
	return doc
}
