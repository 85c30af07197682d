package evidence

import (
	"crypto/sha1"
	"encoding/base64"
)

// NameQualifier computes what AWS shows as saml:namequalifier and, in
// CloudTrail, as userIdentity.identityProvider: base64(sha1(issuer + account
// + "/" + provider)), with nothing between issuer and account. provider is
// the provider's name, the part of its ARN behind "saml-provider/".
func NameQualifier(issuer, account, provider string) string {
	// SHA-1 is AWS's choice; nothing is protected by it here.
	sum := sha1.Sum([]byte(issuer + account + "/" + provider))
	return base64.StdEncoding.EncodeToString(sum[:])
}
