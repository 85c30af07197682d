// Package catalog holds the diagnosis rules, one to a file, and the list of
// them.
//
// A rule's file is named as its ID and holds the rule's value, its check and
// its fixes. The files reading.go, timing.go, wording.go, pages.go and
// messages.go hold what several rules share. What AWS documents, what has been
// seen of it and what is inferred from either is kept apart in every rule:
// Why speaks of the first two, Inferred names the rest.
package catalog
