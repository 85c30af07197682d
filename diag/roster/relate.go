package roster

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/unicode/norm"

	"example.com/samlens/diag/visible"
)

// maxTypo is the edit distance up to which a name is a near miss.
const maxTypo = 2

// Relate says how a user's name stands to the name sought, and in one clause
// by what. ok is false where they have nothing to do with each other.
func Relate(sought, user string) (kind Kind, why string, ok bool) {
	if sought == user {
		return Exact, "byte for byte the same", true
	}
	a, b := skeleton(sought), skeleton(user)
	if a == b && a != "" {
		switch {
		case strings.EqualFold(sought, user):
			return Case, caseWhy(sought, user), true
		case strings.EqualFold(shown(sought), shown(user)):
			return Invisible, invisibleWhy(sought, user), true
		case strings.EqualFold(norm.NFC.String(shown(sought)), norm.NFC.String(shown(user))):
			return Composed, "the same letters, encoded differently", true
		}
		return Confusable, confusableWhy(sought, user), true
	}
	la, da, hasA := local(a)
	lb, db, hasB := local(b)
	if la == lb && la != "" && (hasA || hasB) {
		more := ""
		sa, _, _ := local(sought)
		sb, _, _ := local(user)
		if k, w, _ := Relate(sa, sb); k != Exact {
			more = "; " + w
		}
		switch {
		case !hasA:
			return LocalPart, "the user has @" + visible.Line(db) + " behind it" + more, true
		case !hasB:
			return LocalPart, "the user is the part before the @ alone" + more, true
		}
		return Domain, "the user's domain is " + visible.Line(db) + ", not " + visible.Line(da) + more, true
	}
	if slip(a, b) {
		return Typo, typoWhy(a, b), true
	}
	return Any, "", false
}

// slip reports whether one skeleton can be a typing error of the other. Two
// edits make almost anything of a short name, unless they swap neighbours.
func slip(a, b string) bool {
	short := min(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	switch distance(a, b) {
	case 1:
		return short >= 3
	case 2:
		return short >= 6 || short >= 4 && swapped(a, b)
	}
	return false
}

// swapped reports whether two neighbouring characters are all that differs.
func swapped(a, b string) bool {
	x, y := differing(a, b)
	return len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}

// differing takes the common ends off two skeletons.
func differing(a, b string) (x, y []rune) {
	x, y = []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return x, y
}

// distance is the edit distance between two skeletons, in characters, as far
// as it matters: beyond maxTypo it is some larger number.
func distance(a, b string) int {
	if d := len(a) - len(b); d > maxTypo*utf8.UTFMax || -d > maxTypo*utf8.UTFMax {
		return maxTypo + 1
	}
	return levenshtein.ComputeDistance(a, b)
}

// caseWhy names the first characters that differ in case.
func caseWhy(sought, user string) string {
	a, b := []rune(sought), []rune(user)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("the user has %c for %c at character %d", b[i], a[i], i+1)
		}
	}
	return "upper and lower case differ"
}

func invisibleWhy(sought, user string) string {
	if c := firstInvisible(user); c != "" {
		return "the user has " + c
	}
	if c := firstInvisible(sought); c != "" {
		return "the name sought has " + c
	}
	return "they differ in characters that cannot be seen"
}

// firstInvisible names the first character of s that takes no ink, and where
// it is.
func firstInvisible(s string) string {
	rs := []rune(s)
	for i, r := range rs {
		if !invisible(r) {
			continue
		}
		name := visible.Name(r)
		if r == ' ' {
			name = "a space"
		} else if name == "" {
			name = fmt.Sprintf("U+%04X", r)
		}
		switch i {
		case 0:
			return name + " at the beginning"
		case len(rs) - 1:
			return name + " at the end"
		}
		return fmt.Sprintf("%s at character %d", name, i+1)
	}
	return ""
}

func confusableWhy(sought, user string) string {
	if c := firstLookalike(user); c != "" {
		return "the user has " + c
	}
	if c := firstLookalike(sought); c != "" {
		return "the name sought has " + c
	}
	return "they look alike and are encoded differently"
}

// firstLookalike names the first letter of s that is taken for an ASCII one.
func firstLookalike(s string) string {
	for i, r := range []rune(s) {
		if r < utf8.RuneSelf || invisible(r) {
			continue
		}
		like := skeleton(string(r))
		if like == "" || like[0] >= utf8.RuneSelf {
			continue
		}
		return fmt.Sprintf("%s%c (U+%04X) for %s at character %d", script(r), r, r, like, i+1)
	}
	return ""
}

func script(r rune) string {
	for _, x := range []struct {
		name  string
		table *unicode.RangeTable
	}{{"Cyrillic ", unicode.Cyrillic}, {"Greek ", unicode.Greek}, {"Armenian ", unicode.Armenian}} {
		if unicode.Is(x.table, r) {
			return x.name
		}
	}
	return ""
}

// typoWhy shows what differs between two skeletons once their common ends are
// taken off.
func typoWhy(a, b string) string {
	x, y := differing(a, b)
	switch {
	case len(x) == 0:
		return "the user has " + quoted(y) + " more"
	case len(y) == 0:
		return "the user lacks " + quoted(x)
	}
	return "the user has " + quoted(y) + " for " + quoted(x)
}

func quoted(r []rune) string { return `"` + visible.Line(string(r)) + `"` }
