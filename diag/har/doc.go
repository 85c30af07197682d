// Package har reads HTTP archives: the entries that a browser, proxy or test
// tool recorded, in the order of the file, one at a time.
//
// The format is HAR 1.2 as browsers write it. A structural skipper walks
//
//	log -> entries[] -> request {method, url, headers, postData}, response {status, headers, content, redirectURL}
//
// over a read window and steps over every other value by its brackets and
// quotes, so that memory does not grow with the file. Keys may come in any
// order and be spelled with escapes; of a key that occurs twice the last one
// counts, as in encoding/json. What is stepped over is not validated: a file
// that breaks JSON only there is still read.
//
// Bodies are kept only where a sign-in can need them: HTML documents up to
// [MaxDocument] bytes, and request bodies that carry a SAML message up to
// [MaxPost] bytes. Passwords and other posts never leave the window.
package har
