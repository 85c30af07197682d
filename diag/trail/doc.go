// Package trail reads CloudTrail events in every shape in which people have
// them, and says what they show of a SAML sign-in: this sign-in's own event,
// the run of successes and failures, what changed before the first failure,
// and how many users it hits.
//
// Only events that bear on a sign-in are kept: sign-ins themselves
// (AssumeRoleWithSAML, Amazon Connect's GetFederationToken, console and
// Identity Center sign-ins) and writes to what they depend on. Shapes and
// fields are those of the CloudTrail User Guide ("CloudTrail record
// contents", "CloudTrail userIdentity element") and of the IAM User Guide
// ("Logging IAM and AWS STS API calls with CloudTrail").
//
// That no event is there says nothing: AWS does not promise to log requests
// that are not valid enough.
//
// # Measured
//
// A folder of log files, one event of fifty of interest, takes 1.4 to 1.7
// times the processor time of decompressing it alone with the same library,
// of which a copy of the decompressed bytes and reading the events that are
// kept are the largest parts. BenchmarkFolder and BenchmarkGunzip show it.
package trail
