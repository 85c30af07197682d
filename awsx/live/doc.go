// Package live asks AWS itself: the SDK's clients answer awsx.API.
//
// Nothing of the SDK leaves this package. It only reads: no operation that
// changes anything is called from here, which a test proves over the source.
// The one call that is more than a question, AssumeRoleWithSAML, stands in a
// file of its own behind its own guard. Credentials are the SDK's business and
// have to resolve without anybody being asked.
package live
