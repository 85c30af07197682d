package roster

import (
	"strings"

	"example.com/samlens/diag/evidence"
)

// Strangers counts the names, each once, that no user has byte for byte, and
// of those the ones that a user has but for its case: Amazon Connect compares
// user names with their case, so nobody by these names gets in.
func Strangers(users []evidence.User, names []string) (strangers, byCase int) {
	missing := make(map[string]bool, len(names))
	for _, n := range names {
		missing[n] = true
	}
	for _, u := range users {
		delete(missing, u.Username)
	}
	if len(missing) == 0 {
		return 0, 0
	}
	folded := make(map[string]int, len(missing)) // names of a folding
	for n := range missing {
		folded[strings.ToLower(n)]++
	}
	seen := map[string]bool{}
	for _, u := range users {
		if f := strings.ToLower(u.Username); folded[f] > 0 && !seen[f] {
			seen[f] = true
			byCase += folded[f]
		}
	}
	return len(missing), byCase
}
