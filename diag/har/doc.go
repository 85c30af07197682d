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
//
// # Measured
//
// Processor time, user and system, of a process that reads 300 MB from the
// page cache, as a multiple of cat's in turns with it; two cores that others
// used too, so that runs differ by a third:
//
//	pretty         2.9 to 3.6
//	minified       2.5 to 3.9
//	quote-dense    3.8 to 5.9 (bodies with an escaped quote every ten to twenty bytes)
//
// The benchmark generates such files of 64 MB and reports x-copy, against
// copying the file to nowhere in the same process, and x-jsontext, against a
// streaming JSON tokenizer (0.31 to 0.43, quote-dense about 0.52):
//
//	go test -run '^$' -bench Read -benchtime 20x ./diag/har
package har
