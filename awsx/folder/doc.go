// Package folder puts files in AWS's place: what `aws … > file.json` or a
// collected evidence folder holds becomes the evidence of a sign-in.
//
// A file is known by its content and not by its name. Where the content does
// not say whose it is (get-saml-provider's output has no ARN), [Evidence.For]
// finds out: by the issuer, then by the ID in /saml/acs/ID, then by the file's
// name. The package asks nobody anything and judges nothing; what does not fit
// the flag it was given with is a [Problem].
package folder
