// Package proof holds no code, only tests: they hold the whole program against
// means other than its own rules.
//
// One healthy sign-in is broken in one place at a time, and the verdict has to
// be that place. What must not matter is changed, and nothing may follow. The
// incidents of the demo are solved by lookups, from a collected folder and from
// single files, with one answer. Signatures, timestamps and encodings are read
// a second time by other people's code. What must never happen, a connection, a
// process, a secret in the output, is watched for.
package proof
