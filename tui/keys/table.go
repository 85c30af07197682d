package keys

import "strings"

// The actions that the program carries out itself.
const (
	Quit       Action = "quit"
	Help       Action = "help"
	Palette    Action = "command"
	Search     Action = "search"
	SearchNext Action = "search-next"
	SearchPrev Action = "search-previous"
	Filter     Action = "filter"
	NextPane   Action = "next-pane"
	PrevPane   Action = "previous-pane"
	Zoom       Action = "zoom"
	Back       Action = "back"
	Cancel     Action = "cancel"
	Copy       Action = "copy"
	Save       Action = "save-view"
	Pager      Action = "open-pager"
	Mouse      Action = "mouse"
	Paste      Action = "paste"
	NextSignIn Action = "next-sign-in"
	PrevSignIn Action = "previous-sign-in"
	AskAgain   Action = "ask-again"
	Suspend    Action = "suspend"
	Redraw     Action = "redraw"
	Explain    Action = "explain"
	WhatIf     Action = "what-if"
	SignIns    Action = "sign-ins"
	CopyDigest Action = "copy-summary"
)

// Show is the beginning of the actions that give a pane the focus: its ID
// follows.
const Show = "show-"

// The actions that every pane with rows understands.
const (
	Up       Action = "up"
	Down     Action = "down"
	PageUp   Action = "page-up"
	PageDown Action = "page-down"
	Top      Action = "top"
	Bottom   Action = "bottom"
	Left     Action = "left"
	Right    Action = "right"
	Open     Action = "open"
)

// The actions of panes that fold.
const (
	FoldAll   Action = "fold-all"
	UnfoldAll Action = "unfold-all"
	FoldDeep  Action = "fold-below"
	OpenDeep  Action = "unfold-below"
	Depth     Action = "unfold-to-depth" // takes the depth: see [Action.Cut]
)

// Cut takes an action's argument off it: "unfold-to-depth 3".
func (a Action) Cut() (name Action, argument string) {
	n, arg, _ := strings.Cut(string(a), " ")
	return Action(n), arg
}

// Table returns every binding: of the panes first, as routing asks them.
func Table() []Binding {
	var out []Binding
	for _, part := range [][]Binding{verdictKeys, findingKeys, assertionKeys, attributesKeys, certsKeys, usersKeys, trailKeys, otherKeys, treeKeys, moveKeys, globalKeys} {
		out = append(out, part...)
	}
	return out
}

var globalKeys = []Binding{
	{Global, Open, []string{"enter"}, "", "follow to where it leads", nil},
	{Global, Copy, []string{"y"}, "copy", "copy what the cursor is on", nil},
	{Global, Search, []string{"/"}, "search", "search this pane", nil},
	{Global, SearchNext, []string{"n"}, "", "next match", unlessQuery},
	{Global, SearchPrev, []string{"N"}, "", "previous match", unlessQuery},
	{Global, Filter, []string{"f"}, "", "show only rows that match", unless(func(s State) bool { return s.Lists }, "this pane has no filter; / searches it")},
	{Global, Back, []string{"backspace"}, "back", "back to where Enter led from", unless(func(s State) bool { return s.Back }, "nowhere to go back to")},
	{Global, NextPane, []string{"tab"}, "", "next pane", nil},
	{Global, PrevPane, []string{"shift+tab"}, "", "previous pane", nil},
	{Global, Show + "verdict", []string{"1"}, "", "pane: verdict", nil},
	{Global, Show + "assertion", []string{"2"}, "", "pane: assertion", nil},
	{Global, Show + "attributes", []string{"3"}, "", "pane: attributes", nil},
	{Global, Show + "certs", []string{"4"}, "", "pane: certificates", nil},
	{Global, Show + "users", []string{"5"}, "", "pane: Connect users", nil},
	{Global, Show + "trail", []string{"6"}, "", "pane: CloudTrail", nil},
	{Global, Show + "flow", []string{"7"}, "", "pane: flow", nil},
	{Global, Show + "policies", []string{"8"}, "", "pane: policies", nil},
	{Global, Show + "lookups", []string{"!"}, "", "lookups and errors", nil},
	{Global, Explain, []string{"x"}, "", "explain this finding, with its sources", unless(func(s State) bool { return s.Explains }, "no explanations at hand")},
	{Global, WhatIf, []string{"w"}, "what if", "what would become of this sign-in with the fix made", unless(func(s State) bool { return s.Tries }, "changes cannot be tried here")},
	{Global, CopyDigest, []string{"Y"}, "", "copy a summary for the ticket, in Markdown", unless(func(s State) bool { return s.Sums }, "no summary can be written here")},
	{Global, SignIns, []string{"s"}, "", "all sign-ins, by what broke them", unlessSessions},
	{Global, NextSignIn, []string{"]"}, "", "next sign-in", unlessSessions},
	{Global, PrevSignIn, []string{"["}, "", "previous sign-in", unlessSessions},
	{Global, AskAgain, []string{"R"}, "", "ask AWS again", func(s State) string { return s.NoAWS }},
	{Global, Paste, []string{"v"}, "", "read a capture from the clipboard", unless(func(s State) bool { return s.Pastes }, "pasted captures cannot be read here")},
	{Global, Zoom, []string{"\\", "+"}, "", "only this pane, or the panes beside it too", unless(func(s State) bool { return s.Zoomable }, "this pane has the screen to itself already")},
	{Global, Save, []string{"ctrl+s"}, "", "save this pane's text to a file", nil},
	{Global, Pager, []string{"e", "o"}, "", "open this pane's text in $PAGER", nil},
	{Global, Mouse, []string{"m"}, "", "mouse on or off", nil},
	{Global, Redraw, []string{"ctrl+l"}, "", "draw the screen afresh", nil},
	{Global, Suspend, []string{"ctrl+z"}, "", "suspend", nil},
	{Global, Cancel, []string{"esc"}, "", "leave the search, the overlay or the place; never quits", nil},
	{Global, Palette, []string{":"}, "command", "every action by name", nil},
	{Global, Help, []string{"?"}, "help", "what the keys do", nil},
	{Global, Quit, []string{"q", "ctrl+c"}, "quit", "quit", nil},
}

var moveKeys = []Binding{
	{Move, Up, []string{"k", "up"}, "", "up", nil},
	{Move, Down, []string{"j", "down"}, "", "down", nil},
	{Move, Left, []string{"h", "left"}, "", "left", nil},
	{Move, Right, []string{"l", "right"}, "", "right", nil},
	{Move, PageUp, []string{"ctrl+u", "pgup", "ctrl+b"}, "", "half a page up", nil},
	{Move, PageDown, []string{"ctrl+d", "pgdown", "ctrl+f", " "}, "", "half a page down", nil},
	{Move, Top, []string{"g", "home"}, "", "to the top", nil},
	{Move, Bottom, []string{"G", "end"}, "", "to the bottom", nil},
}

var treeKeys = []Binding{
	{Tree, Right, []string{"l", "right"}, "unfold", "unfold, or into", nil},
	{Tree, Left, []string{"h", "left"}, "fold", "fold, or to the parent", nil},
	{Tree, OpenDeep, []string{"L"}, "", "unfold with all below", nil},
	{Tree, FoldDeep, []string{"H"}, "", "fold with all below", nil},
	{Tree, UnfoldAll, []string{"e"}, "", "unfold everything", nil},
	{Tree, FoldAll, []string{"E"}, "", "fold everything", nil},
}

// unless returns an Off that gives why where ok does not hold.
func unless(ok func(State) bool, why string) func(State) string {
	return func(s State) string {
		if ok(s) {
			return ""
		}
		return why
	}
}

func unlessQuery(s State) string {
	if s.Query == "" {
		return "nothing is searched for: press /"
	}
	return ""
}

func unlessSessions(s State) string {
	if s.Sessions < 2 {
		return "there is one sign-in only"
	}
	return ""
}
