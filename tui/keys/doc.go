// Package keys is the one table of what keys do.
//
// The program's routing, its footer, the help overlay, the command palette
// and the manual page are all made from it. It does nothing itself: a binding
// names an [Action], and whoever has the focus carries it out.
package keys

// An Action is what a key asks for. Its name is what the palette and the
// configuration file call it, and does not change.
type Action string

// A Scope is where a binding holds: everywhere, in whatever has rows, or in
// one pane, whose ID it then is.
type Scope string

// The scopes that are no panes, outermost first.
const (
	Global Scope = "global"
	Move   Scope = "move"
	Tree   Scope = "tree" // panes that fold
)

// A Binding is one row of the table.
type Binding struct {
	Scope  Scope
	Action Action
	// Keys are the keys, as Bubble Tea spells them; the first is the one
	// that is shown.
	Keys []string
	// Short is the word in the footer, or, of two keys one after the other,
	// beside the second; "" keeps it out of there.
	Short string
	// Help is one clause.
	Help string
	// Off tells why the action cannot be done at the moment; nil, or "",
	// where it can.
	Off func(State) string
}

// State is what a binding may depend on.
type State struct {
	Sessions int    // sign-ins that are open
	Back     bool   // there is a place to go back to
	Query    string // what the search looks for
	NoAWS    string // why AWS cannot be asked; "" where it can
	Typing   bool   // keys are text
	Zoomable bool   // there are panes beside the focused one
	Lists    bool   // the pane can be filtered
	Explains bool   // explanations are at hand
	Tries    bool   // a fix can be tried on the sign-in
	Pastes   bool   // a pasted capture can be read
	Sums     bool   // a summary can be written
	// Pane tells why the focused pane cannot do an action; nil for none.
	Pane func(Action) string
}
