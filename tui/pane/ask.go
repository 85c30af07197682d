package pane

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/keys"
)

// What a pane can ask for, by a command that yields one of these.
type (
	// Goto asks every Pointer to show a spot, and gives the focus to the one
	// that shows it best.
	Goto struct {
		Spot evidence.Spot
		// Stay keeps the focus where it is.
		Stay bool
		// What it is that leads there, for the trail of places.
		What string
	}
	// Picked tells that another finding is looked at.
	Picked struct{ Finding rule.Finding }
	// Focus gives a pane the focus.
	Focus struct{ ID string }
	// Copy puts text on the clipboard.
	Copy struct{ Text, What string }
	// Say shows a sentence in the status row until the next key.
	Say struct{ Text string }
	// Explain shows the page about a rule, topic or error text.
	Explain struct{ Query string }
	// Page opens text in the pager.
	Page struct{ Name, Text string }
	// About asks AWS for what a list does not tell of one user; a [Told]
	// answers it.
	About struct{ User evidence.User }
	// Redo asks AWS one question again, whatever is known.
	Redo struct{ Lookup *awsx.Lookup }
	// Follow begins or ends to look at CloudTrail again and again.
	Follow struct{ On bool }
	// Pass hands an action back that the pane has no use for at the moment:
	// the program does with it what it does elsewhere.
	Pass struct{ Action keys.Action }
	// Press hands back a key that was typed into a pane that is Typing, to be
	// taken by the table of keys.
	Press struct{ Key string }
	// To hands a message to one pane, whichever has the focus.
	To struct {
		ID  string
		Msg tea.Msg
	}
)

// What the program tells a pane.
type (
	// Click is the mouse on a cell of the pane, from 0.
	Click struct {
		X, Y int
		// Double is a second click on the same row.
		Double bool
	}
	// Told is what AWS tells of a user, by the ID that was asked for, or why
	// it does not.
	Told struct {
		ID   string
		User evidence.User
		Err  error
	}
	// Sift narrows a pane to what has to do with a user, a role or another
	// name: what one pane asks of another by [To].
	Sift struct{ Query string }
	// Focused tells a pane that it got or lost the focus.
	Focused struct{ On bool }
)

// Ask returns a command that yields msg.
func Ask(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
