// Package xmldsig states the facts of XML signatures: what each one covers,
// digest by digest, and whether a given key made it. It stops at nothing and
// decides nothing until [Judge] is asked, and even that says what holds, not
// what AWS makes of it.
//
// It is written after XML Signature 1.1, Canonical XML 1.0 and 1.1 and
// Exclusive Canonical XML 1.0. Validation libraries stop at the first fault,
// at a thousand elements, at an expired certificate; an investigator needs
// everything that can be known. So documents are canonicalised here, in one
// pass over the nodes straight into the hash; tests compare every byte with
// goxmldsig, with xmlsec1 and with the examples of the recommendations.
package xmldsig
