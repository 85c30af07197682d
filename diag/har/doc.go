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
// Processor time, user and system, as a multiple of copying the file from the
// page cache to nowhere in the same process, in turns with it; two cores that
// others used too, so that runs differ by a third:
//
//	pretty         3.7 to 5.0
//	minified       3.7 to 4.2
//	quote-dense    4.2 to 4.8 (bodies with an escaped quote every ten to twenty bytes)
//
// Of jq's time it takes 0.05, of python's json 0.08, of a streaming JSON
// tokenizer 0.27 to 0.44. What is left above the copy is, of half, the search
// for the ends of strings in scripts, where quotes are near.
//
// "samlens check" of 1 GB took 0.44 to 0.53 s where cat took 0.09, jq 9.9 and
// python 6.4; a fourth of the time is the copy. Windows of 128 and of 512 KiB
// made no difference.
//
// The benchmarks generate such files of 64 MB and report x-copy, x-jsontext
// and, against the programs that are installed, x-jq and the like:
//
//	go test -run '^$' -bench 'Read|Peers' -benchtime 20x ./diag/har
package har
