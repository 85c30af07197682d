// Package pane says what a pane is and what it can ask of the program.
//
// A pane shows one aspect of a sign-in. It holds only what it needs to draw:
// where its cursor is, what is folded, what is searched for. It does no input
// or output and starts nothing; what it wants done, it asks for by a command
// that yields one of this package's messages. It draws lines and knows no
// colours: see package style.
package pane

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/seek"
)

// A Pane shows one aspect of a sign-in.
type Pane interface {
	// Show takes the diagnosis that the pane draws from now on. It is called
	// again for every batch of answers, so that it has to keep the cursor on
	// the same thing, and has to be quick: work that grows with the data is
	// done in the command it returns, whose message comes back by [To].
	Show(diag.Diagnosis) tea.Cmd
	// Resize sets the cells that View has. Both may be 0.
	Resize(width, height int)
	// Update takes a [keys.Action], a [Click], or a message that the pane
	// sent itself; while it is [Typist.Typing] also a [tea.KeyMsg].
	Update(tea.Msg) tea.Cmd
	// View returns the lines on screen. The program cuts and fills them to
	// exactly the cells of Resize.
	View() []style.Line
}

// Some panes can do more. The program asks each by a type assertion.
type (
	// A Finder can search what it shows. Find puts the cursor on the first
	// match at or after it, or returns no matches; an empty query ends the
	// search. Step goes to the next match, or the one before where by is -1.
	Finder interface {
		Find(query string) Hits
		Step(by int) Hits
	}
	// A Filterer can leave out the rows that do not match; "" shows all.
	Filterer interface{ Filter(query string) Hits }
	// A Pointer can put its cursor on a spot; it reports whether it shows
	// it.
	Pointer interface{ Point(evidence.Spot) bool }
	// A Marker can mark the row of another pane's cursor.
	Marker interface{ Mark(evidence.Spot) }
	// A Spotter can tell which spot its cursor is on.
	Spotter interface{ Spot() evidence.Spot }
	// A Picker follows the finding that is looked at.
	Picker interface{ Pick(rule.Finding) }
	// A Copier has something under its cursor worth copying: the text, and
	// what it is in a word or two.
	Copier interface{ Copy() (text, what string) }
	// A Texter has more text than fits the screen, for saving and paging.
	Texter interface{ Text() string }
	// A Counter has a number to show beside its name; "" for none.
	Counter interface{ Count() string }
	// A Typist takes keys as text while it is Typing.
	Typist interface{ Typing() bool }
	// A Guard tells why an action cannot act now; "" where it can.
	Guard interface{ Why(keys.Action) string }
	// A Liner has a line for the status row: where one is, in at most w
	// cells.
	Liner interface{ Status(w int) style.Line }
	// A Window shows a part of what there is: More tells how many rows, or
	// things, are above it and how many below.
	Window interface{ More() (above, below int) }
	// A Watcher follows the lookups.
	Watcher interface{ Watch([]Lookup) }
	// A Busy pane has something under way that a spinner should show.
	Busy interface{ Busy() bool }
)

// Hits is how a search went.
type Hits = seek.Hits

// A Spec declares a pane: the list of specs is the program's table of panes.
type Spec struct {
	// ID names the pane in keys ([keys.Show] + ID), requests and
	// configuration.
	ID    string
	Title string // in the bar of panes
	Short string // where the bar is narrow
	// Folds tells that the tree keys hold here.
	Folds bool
	// Inner marks a pane that is reached from another and has no place in
	// the bar; it stands under Of there.
	Inner bool
	Of    string
	// Beside are the panes to show beside it where there is room.
	Beside []string
	New    func() Pane
}
