package style

// An Ink is what a piece of text means to the reader.
type Ink uint8

// The inks. Every theme has a look for each one, and each is told apart by a
// word, a sign or a place as well, never by its colour alone.
const (
	Plain    Ink = iota
	Quiet        // what may be overlooked: labels, equal fields
	Strong       // what the eye should find first
	Head         // a section's name
	Bad          // broken, refused
	Good         // proven
	Warn         // will break, or unsafe
	Note         // worth knowing, or what only seems so
	Link         // where Enter leads
	Key          // the name of a key
	Code         // a command or document to be copied
	Odd          // a character that had to be made visible
	Differ       // the part of a value that differs
	Added        // a line that a change brings
	Gone         // a line that a change takes away
	Match        // found by the search
	Here         // found by the search, and the one the cursor is at
	Tag          // markup: an element's name
	Attr         // markup: an attribute's name
	Value        // markup: a value
	BadSeal      // the verdict's label: broken
	GoodSeal     // the verdict's label: healthy
	WarnSeal     // the verdict's label: unknown
	Tab          // a pane's name in the bar
	TabOn        // the pane that has the focus
	Edge         // rules and borders
	inks
)

// A Back is what lies behind a whole line.
type Back uint8

// The backs.
const (
	Paper  Back = iota // the terminal's own
	Cursor             // the row that keys act on
	Marked             // the row that belongs to another pane's cursor
	Sheet              // an overlay
	backs
)

// Of returns s in this ink.
func (i Ink) Of(s string) Span { return Span{Text: s, Ink: i} }
