// Package metadata reads SAML metadata: the copy that IAM holds and the one
// that the identity provider publishes.
//
// It fetches nothing and checks no signature: IAM does neither when metadata
// is uploaded. It says what is in a document, what would keep IAM from
// taking it, and where two copies differ in what they mean.
package metadata
