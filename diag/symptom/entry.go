// Package symptom is the catalogue of what AWS sign-in, AWS STS, Amazon
// Connect, IAM Identity Center, its SCIM endpoint and the IAM API say when a
// SAML sign-in fails: the wording, the error code and HTTP status, which hop
// says it, which rules can be its cause, and what evidence tells those apart.
//
// It is a table and the search in it. It judges no sign-in and fetches
// nothing. A text is found however it arrives: copied from the page, cut
// short, HTML-escaped or typed after a phone call.
package symptom

import (
	"slices"

	"example.com/samlens/diag/evidence"
)

// A Standing tells how well something is known.
type Standing uint8

// The standings, best first.
const (
	Documented Standing = iota // an AWS page or API model says so
	Reported                   // public reports of people who met it; AWS does not say so
	Inferred                   // follows from what is documented, nobody has shown it
	Unverified                 // believed by some; kept so that the text is recognised, never stated as fact
)

// String is the word that reports use.
func (s Standing) String() string {
	switch s {
	case Documented:
		return "documented"
	case Reported:
		return "reported"
	case Inferred:
		return "inferred"
	case Unverified:
		return "unverified"
	}
	return "unknown"
}

// An Entry is one error text.
type Entry struct {
	// ID is stable and in reports is observed_error.id.
	ID string
	// Text is the wording; * stands for what varies from case to case.
	Text string
	// Alternatives are further wordings of the same message: older pages,
	// titles of documentation that differ from what is really shown.
	Alternatives []string
	// Standing is how well the wording is known.
	Standing Standing
	// Hop is where the chain ends when this text is shown.
	Hop evidence.Hop
	// Speaker is who says it: "AWS sign-in", "AWS STS", "Amazon Connect", …
	Speaker string
	// Service, Code and HTTP are what stands in the suffix or API answer; ""
	// and 0 where the page carries none or where they are not known.
	Service, Code string
	HTTP          int
	// InnerCode is the code of the service behind STS, which AWS sign-in
	// shows in place of Code.
	InnerCode string
	// CodeStanding is how well Code and HTTP are known.
	CodeStanding Standing
	// Means is what happened, in one or two sentences.
	Means string
	// Causes are the rules that can be behind it, likeliest first.
	Causes []Cause
	// TellApart is what evidence tells the causes apart, best first.
	TellApart []Evidence
	// Sources are the pages that the entry rests on.
	Sources []string
	// Notes are limits and traps.
	Notes []string
	// Generic marks a wording so common that it counts only where it stands
	// alone or beside words of this trade.
	Generic bool
	// Suffixed tells that AWS sign-in prints "(Service: …)" behind it, and may
	// print "Failed to assume role: " before it.
	Suffixed bool
}

// A Cause is one rule that can be behind an error text.
type Cause struct {
	Rule     string // a rule ID
	Standing Standing
	Why      string // how the one leads to the other; "" where the rule's title says it all
}

// Rules returns the IDs of the causes, likeliest first.
func (e Entry) Rules() []string {
	out := make([]string, len(e.Causes))
	for i, c := range e.Causes {
		out[i] = c.Rule
	}
	return out
}

// ExplainedBy reports whether a rule can be the cause of this text, as far as
// that is documented, reported or inferred; what is unverified explains
// nothing.
func (e Entry) ExplainedBy(rule string) bool {
	return slices.ContainsFunc(e.Causes, func(c Cause) bool { return c.Rule == rule && c.Standing < Unverified })
}

// An Evidence is one thing to look at, and what it decides.
type Evidence struct {
	Recipe string // the ID of a [Recipe]: how to collect it
	Tells  string // what to look for, and what it means
}

// All returns the whole catalogue in the order of the chain.
func All() []Entry {
	return slices.Concat(signInEntries(), tokenEntries(), accessEntries(), providerEntries(), limitEntries(),
		adminEntries(), connectEntries(), federationEntries(), centerEntries(), provisioningEntries())
}

// Get returns the entry of that ID.
func Get(id string) (Entry, bool) {
	for _, e := range All() {
		if e.ID == id {
			return e, true
		}
	}
	return Entry{}, false
}

// Of returns the entries that a rule can be the cause of, those where that is
// documented first.
func Of(rule string) []Entry {
	type scored struct {
		e    Entry
		rank int
	}
	var found []scored
	for _, e := range All() {
		if i := slices.Index(e.Rules(), rule); i >= 0 {
			found = append(found, scored{e, int(e.Causes[i].Standing)*100 + i})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return a.rank - b.rank })
	out := make([]Entry, len(found))
	for i, f := range found {
		out[i] = f.e
	}
	return out
}
