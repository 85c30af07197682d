package envelope

import "fmt"

// A Kind is the way in which a value cannot be opened.
type Kind string

// The kinds.
const (
	Empty    Kind = "empty"     // no value at all
	Illegal  Kind = "character" // a character that base64 has not
	Short    Kind = "cut"       // the value ends in the middle
	NotSAML  Kind = "not-saml"  // it is base64, but of something else
	TooLarge Kind = "too-large" // more than MaxDocument bytes, packed or not
	BadPack  Kind = "packing"   // compressed, and the compression is broken
)

// An Error is a value that cannot be opened.
type Error struct {
	Kind Kind
	// Offset is the first byte of the value as given that is concerned; -1
	// where it is the whole.
	Offset int
	Reason string // one clause, without the value
}

// Error says what is wrong and where.
func (e *Error) Error() string {
	if e.Offset < 0 {
		return e.Reason
	}
	return fmt.Sprintf("%s (at character %d)", e.Reason, e.Offset+1)
}
