// Package awsx gathers evidence from AWS.
//
// It speaks of AWS in the project's own words: which calls settle which need,
// what each may begin after, which permission and which published quota it
// takes. The SDK is known only to awsx/live, which answers [API], and to
// awsx/emulator, which is AWS in a test; awsx/folder puts files in AWS's place.
// It judges nothing: what an answer means is for the rules to say.
package awsx
