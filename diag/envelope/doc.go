// Package envelope takes a SAML message out of the wrapping in which it
// travelled: percent-encoding, base64 in all its dress, DEFLATE, gzip.
//
// The HTTP-POST binding (SAML 2.0 Bindings, section 3.5) sends base64 in a
// form field; HTTP-Redirect (3.4) deflates first. Browsers, mail programs and
// people add to that, and each thing that had to be mended to get at the
// document is told as a repair with its place in the value. What cannot be
// mended is an [Error] with the place and the reason, never with the value
// itself: a response can sign someone in.
package envelope
