package keys

// The actions of the panes that show what AWS and the browser said.
const (
	Narrow    Action = "users-search"
	CopyARN   Action = "copy-arn"
	CopyID    Action = "copy-id"
	Events    Action = "events-of-user"
	UserOf    Action = "user-of-event"
	Failures  Action = "failures-only"
	GroupBy   Action = "group-by"
	Span      Action = "time-window"
	Follow    Action = "follow-newest"
	ToOwn     Action = "to-this-sign-in"
	ToAnswer  Action = "to-the-answer"
	ToReason  Action = "to-what-decided"
	Proposed  Action = "proposed-change"
	AskOne    Action = "ask-this-again"
	LeastMine Action = "least-policy"
)

var usersKeys = []Binding{
	{"users", Narrow, []string{"/", "i"}, "type a name", "type a name to look for", nil},
	{"users", Open, []string{"enter"}, "all about", "all that is known about this user", nil},
	{"users", Copy, []string{"y"}, "copy name", "copy the user name, byte for byte", nil},
	{"users", CopyARN, []string{"a"}, "", "copy the user's ARN", nil},
	{"users", Events, []string{"t"}, "events", "this user's sign-ins in CloudTrail", nil},
	{"users", ToOwn, []string{"c"}, "", "look for the role session name of this sign-in again", nil},
	{"users", Cancel, []string{"esc"}, "", "close the user, or leave", nil},
	{"users", Back, []string{"backspace"}, "", "close the user, or go back", nil},
}

var trailKeys = []Binding{
	{"trail", Open, []string{"enter"}, "open", "the event as CloudTrail wrote it, or the group's events", nil},
	{"trail", Failures, []string{"a"}, "failures only", "failures alone, or all events", nil},
	{"trail", GroupBy, []string{"b"}, "group", "group by error, user, role, provider, address; then one by one again", nil},
	{"trail", Span, []string{"t"}, "time", "how far back: all, an hour, six, a day, a week", nil},
	{"trail", ToOwn, []string{"c"}, "this sign-in", "to this capture's own event", nil},
	{"trail", UserOf, []string{"u"}, "user", "the Connect user of this event", nil},
	{"trail", Follow, []string{"F"}, "follow", "look at CloudTrail again every half minute, and stay with the newest event", func(s State) string { return s.NoAWS }},
	{"trail", Cancel, []string{"esc"}, "", "close the event or the group, or leave", nil},
	{"trail", Back, []string{"backspace"}, "", "close the event or the group, or go back", nil},
}

var otherKeys = []Binding{
	{"flow", Open, []string{"enter"}, "what came back", "the answer's visible text and body", nil},
	{"flow", ToAnswer, []string{"c"}, "AWS's answer", "to what AWS answered", nil},
	{"flow", Cancel, []string{"esc"}, "", "close the answer, or leave", nil},
	{"flow", Back, []string{"backspace"}, "", "close the answer, or go back", nil},

	{"policies", ToReason, []string{"c", "enter"}, "what decided", "to the statement that decided", nil},
	{"policies", Proposed, []string{"d"}, "proposed change", "what the fix changes, as a difference", nil},
	{"policies", Left, []string{"h", "left"}, "", "the policy before", nil},
	{"policies", Right, []string{"l", "right"}, "next policy", "the next policy", nil},
	{"policies", Cancel, []string{"esc"}, "", "close the difference, or leave", nil},
	{"policies", Back, []string{"backspace"}, "", "close the difference, or go back", nil},

	{"lookups", Open, []string{"enter"}, "all about", "all about this lookup", nil},
	{"lookups", AskOne, []string{"r"}, "ask again", "ask AWS this again, whatever is known; R asks for all that has no answer", func(s State) string { return s.NoAWS }},
	{"lookups", LeastMine, []string{"p"}, "least policy", "the least IAM policy with which all of them can be asked", nil},
	{"lookups", Cancel, []string{"esc"}, "", "close the page, or leave", nil},
	{"lookups", Back, []string{"backspace"}, "", "close the page, or go back", nil},
}
