// Package certificate reads X.509 certificates as evidence and compares
// them: what they say, where they differ, and how far a rotation has come.
//
// It verifies no chain and trusts nothing: AWS takes a certificate because
// the provider's metadata holds it, not because somebody signed it. What the
// standard library refuses, a negative serial number say, is read leniently
// as far as it goes.
package certificate
