package roster

// A Kind is how a user's name stands to the name sought, from the same to the
// farthest.
type Kind uint8

// The kinds, nearest first.
const (
	Exact      Kind = iota // byte for byte
	Case                   // but for upper and lower case
	Invisible              // but for white space and characters that take no ink
	Composed               // but for how accented letters are encoded
	Confusable             // but for letters that look alike
	LocalPart              // one is the part of the other before the @
	Domain                 // the same before the @, another domain behind it
	Email                  // the user's e-mail address is the name sought
	Typo                   // one or two characters differ
	Prefix                 // begins with what was typed
	Substring              // holds what was typed
	Fuzzy                  // holds the characters that were typed, in that order
	Any                    // nothing was typed
)

// String labels the kind as the screens do; "" for rows that are there
// because they hold what was typed, and need no label.
func (k Kind) String() string {
	switch k {
	case Exact:
		return "exact"
	case Case:
		return "differs in case"
	case Invisible:
		return "invisible character"
	case Composed:
		return "encoded differently"
	case Confusable:
		return "looks alike"
	case LocalPart:
		return "local part"
	case Domain:
		return "other domain"
	case Email:
		return "e-mail address"
	case Typo:
		return "near miss"
	case Fuzzy:
		return "fuzzy"
	}
	return ""
}
