package rule

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"example.com/samlens/diag/expression"
)

var idForm = expression.Lazy(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Validate checks a list of rules as a whole and returns all that is wrong
// with it: IDs unique and well-formed, documentation present, eclipses known
// and acyclic.
func Validate(rules []*Rule) error {
	var errs []error
	say := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	byID := map[string]*Rule{}
	for _, r := range rules {
		if byID[r.ID] != nil {
			say("%s: two rules have this ID", r.ID)
		}
		byID[r.ID] = r
		if !idForm().MatchString(r.ID) {
			say("%q: not an ID", r.ID)
		}
		if r.Title == "" || utf8.RuneCountInString(r.Title) > 60 || strings.HasSuffix(r.Title, ".") {
			say("%s: the title is empty, over 60 columns or ends in a period", r.ID)
		}
		if r.Severity == Unset || r.Check == nil || r.Why == "" || len(r.Refs) == 0 {
			say("%s: severity, check, why or references are missing", r.ID)
		}
		for _, ref := range r.Refs {
			if !strings.HasPrefix(ref, "https://") {
				say("%s: reference %q is not https", r.ID, ref)
			}
		}
	}
	for _, r := range rules {
		for _, e := range r.Eclipses {
			if byID[e] == nil {
				say("%s: eclipses %s, which is no rule", r.ID, e)
			}
		}
		if loops(r, r.ID, byID, map[string]bool{}) {
			say("%s: eclipses itself in a circle", r.ID)
		}
	}
	return errors.Join(errs...)
}

func loops(r *Rule, goal string, byID map[string]*Rule, seen map[string]bool) bool {
	for _, e := range r.Eclipses {
		if e == goal {
			return true
		}
		if next := byID[e]; next != nil && !seen[e] {
			seen[e] = true
			if loops(next, goal, byID, seen) {
				return true
			}
		}
	}
	return false
}
