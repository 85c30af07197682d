package xmldsig

import (
	"crypto"
	_ "crypto/md5"    // of the oldest; the rules call it weak
	_ "crypto/sha1"   // digests and signatures of old identity providers
	_ "crypto/sha256" // SHA-224 and SHA-256
	_ "crypto/sha3"   // digests of XML Signature 1.1's successors
	_ "crypto/sha512" // SHA-384 and SHA-512
	"strings"

	dsig "github.com/russellhaering/goxmldsig"
)

// Namespace is XML Signature's.
const Namespace = dsig.Namespace

// more is the namespace of RFC 9231's algorithms, in its three editions.
const (
	more2001 = "http://www.w3.org/2001/04/xmldsig-more#"
	more2007 = "http://www.w3.org/2007/05/xmldsig-more#"
	more2021 = "http://www.w3.org/2021/04/xmldsig-more#"
)

type family uint8

const (
	rsaPKCS family = iota + 1
	rsaPSS
	ecdsaRaw
	ed25519Raw
)

// An algorithm is a way of signing.
type algorithm struct {
	family family
	hash   crypto.Hash
}

// signing returns how a SignatureMethod signs.
func signing(uri string) (algorithm, bool) {
	switch uri {
	case dsig.RSASHA1SignatureMethod:
		return algorithm{rsaPKCS, crypto.SHA1}, true
	case more2001 + "rsa-md5":
		return algorithm{rsaPKCS, crypto.MD5}, true
	case more2001 + "rsa-sha224":
		return algorithm{rsaPKCS, crypto.SHA224}, true
	case dsig.RSASHA256SignatureMethod:
		return algorithm{rsaPKCS, crypto.SHA256}, true
	case dsig.RSASHA384SignatureMethod:
		return algorithm{rsaPKCS, crypto.SHA384}, true
	case dsig.RSASHA512SignatureMethod:
		return algorithm{rsaPKCS, crypto.SHA512}, true
	case dsig.ECDSASHA1SignatureMethod:
		return algorithm{ecdsaRaw, crypto.SHA1}, true
	case more2001 + "ecdsa-sha224":
		return algorithm{ecdsaRaw, crypto.SHA224}, true
	case dsig.ECDSASHA256SignatureMethod:
		return algorithm{ecdsaRaw, crypto.SHA256}, true
	case dsig.ECDSASHA384SignatureMethod:
		return algorithm{ecdsaRaw, crypto.SHA384}, true
	case dsig.ECDSASHA512SignatureMethod:
		return algorithm{ecdsaRaw, crypto.SHA512}, true
	case more2021 + "ecdsa-sha3-224":
		return algorithm{ecdsaRaw, crypto.SHA3_224}, true
	case more2021 + "ecdsa-sha3-256":
		return algorithm{ecdsaRaw, crypto.SHA3_256}, true
	case more2021 + "ecdsa-sha3-384":
		return algorithm{ecdsaRaw, crypto.SHA3_384}, true
	case more2021 + "ecdsa-sha3-512":
		return algorithm{ecdsaRaw, crypto.SHA3_512}, true
	case more2007 + "sha1-rsa-MGF1":
		return algorithm{rsaPSS, crypto.SHA1}, true
	case more2007 + "sha224-rsa-MGF1":
		return algorithm{rsaPSS, crypto.SHA224}, true
	case more2007 + "sha256-rsa-MGF1", more2007 + "rsa-pss":
		return algorithm{rsaPSS, crypto.SHA256}, true
	case more2007 + "sha384-rsa-MGF1":
		return algorithm{rsaPSS, crypto.SHA384}, true
	case more2007 + "sha512-rsa-MGF1":
		return algorithm{rsaPSS, crypto.SHA512}, true
	case more2007 + "sha3-224-rsa-MGF1":
		return algorithm{rsaPSS, crypto.SHA3_224}, true
	case more2007 + "sha3-256-rsa-MGF1":
		return algorithm{rsaPSS, crypto.SHA3_256}, true
	case more2007 + "sha3-384-rsa-MGF1":
		return algorithm{rsaPSS, crypto.SHA3_384}, true
	case more2007 + "sha3-512-rsa-MGF1":
		return algorithm{rsaPSS, crypto.SHA3_512}, true
	case more2021 + "eddsa-ed25519":
		return algorithm{ed25519Raw, 0}, true
	}
	return algorithm{}, false
}

// keyed reports whether a SignatureMethod is an HMAC: whoever can check one
// can make one, so it proves nothing.
func keyed(uri string) bool {
	return strings.Contains(strings.ToLower(uri[strings.LastIndexByte(uri, '#')+1:]), "hmac")
}

// digest returns the hash of a DigestMethod.
func digest(uri string) (crypto.Hash, bool) {
	switch uri {
	case "http://www.w3.org/2000/09/xmldsig#sha1":
		return crypto.SHA1, true
	case more2001 + "md5":
		return crypto.MD5, true
	case more2001 + "sha224":
		return crypto.SHA224, true
	case "http://www.w3.org/2001/04/xmlenc#sha256":
		return crypto.SHA256, true
	case more2001 + "sha384":
		return crypto.SHA384, true
	case "http://www.w3.org/2001/04/xmlenc#sha512":
		return crypto.SHA512, true
	case more2007 + "sha3-224":
		return crypto.SHA3_224, true
	case more2007 + "sha3-256":
		return crypto.SHA3_256, true
	case more2007 + "sha3-384":
		return crypto.SHA3_384, true
	case more2007 + "sha3-512":
		return crypto.SHA3_512, true
	}
	return 0, false
}

// canonicalisation returns the method of an algorithm URI. The prefixes are
// a PrefixList as written.
func canonicalisation(uri, prefixes string) (method, bool) {
	var list []string
	for p := range strings.FieldsSeq(prefixes) {
		if p == "#default" {
			p = ""
		}
		list = append(list, p)
	}
	switch dsig.AlgorithmID(uri) {
	case dsig.CanonicalXML10ExclusiveAlgorithmId:
		return method{exclusive: true, prefixes: list}, true
	case dsig.CanonicalXML10ExclusiveWithCommentsAlgorithmId:
		return method{exclusive: true, comments: true, prefixes: list}, true
	case dsig.CanonicalXML10RecAlgorithmId:
		return method{}, true
	case dsig.CanonicalXML10WithCommentsAlgorithmId:
		return method{comments: true}, true
	case dsig.CanonicalXML11AlgorithmId:
		return method{v11: true}, true
	case dsig.CanonicalXML11WithCommentsAlgorithmId:
		return method{comments: true, v11: true}, true
	}
	return method{}, false
}
