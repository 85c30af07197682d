// Package redact makes copies of captures that are safe to attach to a ticket
// and can still be judged.
//
// The copy has the structure of the original. What could sign somebody in is
// taken out: cookies, authorization, tokens, passwords, foreign form fields,
// and of the SAML response its signature values, without which no service
// takes it. What names somebody is replaced by pseudonyms, the same one
// wherever the name stands: user-1 is user-1 in the response, in the URL and on
// AWS's error page. Accounts stay twelve digits, e-mail addresses stay e-mail
// addresses, and what makes a name wrong (capitals, a space at its end, a
// letter that AWS does not take) stays wrong in its pseudonym, so that the
// diagnosis of the copy is the diagnosis of the original. ARNs keep their
// shape, role and provider names stay, certificates stay whole: their
// fingerprints are what a rotation is told by.
//
// What cannot stay is the signature. Its algorithms are marked with
// [capture.Marker], by which samlens sees that it cannot be judged and says so
// instead of calling it forged; everything else is judged as before.
//
// Everything that is not known to be harmless goes: a header, a parameter or a
// body stays only where a diagnosis reads it.
package redact
