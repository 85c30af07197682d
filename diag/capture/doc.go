// Package capture finds the sign-ins in what a person sends: browser
// archives, SAML-tracer exports, auto-submit pages, copied cURL commands, mail
// and ticket text, bare values and decoded XML.
//
// What a file is, is told by its content and never by its name. A browser
// archive is read as a whole story: every SAML message in order of time, the
// hop that posted it, the answers that followed, the clocks. Files that are
// no capture but other evidence (metadata, policies, CloudTrail events) come
// back as documents with their kind, for the caller to route.
//
// Of the XML only the root element is looked at here; reading a response is
// for package saml.
package capture
