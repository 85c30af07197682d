package tui

import (
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/assertion"
	"example.com/samlens/tui/pane/attributes"
	"example.com/samlens/tui/pane/certs"
	"example.com/samlens/tui/pane/flow"
	"example.com/samlens/tui/pane/lookups"
	"example.com/samlens/tui/pane/policies"
	"example.com/samlens/tui/pane/trail"
	"example.com/samlens/tui/pane/users"
	"example.com/samlens/tui/pane/verdict"
)

// Panes is the table of panes, in the order of the bar. The first is the one
// that is shown at start.
func Panes() []pane.Spec {
	return []pane.Spec{
		{ID: "verdict", Title: "Verdict", Short: "Verd", Beside: []string{"finding", "assertion"}, New: verdict.New},
		{ID: "finding", Title: "Finding", Short: "Find", Inner: true, Of: "verdict", Beside: []string{"assertion", "attributes"}, New: verdict.NewFinding},
		{ID: "assertion", Title: "Assertion", Short: "Asrt", Folds: true, Beside: []string{"finding", "attributes"}, New: assertion.New},
		{ID: "attributes", Title: "Attributes", Short: "Attr", Beside: []string{"finding", "assertion"}, New: attributes.New},
		{ID: "certs", Title: "Certificates", Short: "Cert", New: certs.New},
		{ID: "users", Title: "Users", Short: "User", Beside: []string{"finding", "attributes"}, New: users.New},
		{ID: "trail", Title: "CloudTrail", Short: "Trail", New: trail.New},
		{ID: "flow", Title: "Flow", Short: "Flow", New: flow.New},
		{ID: "policies", Title: "Policies", Short: "Pol", Beside: []string{"finding"}, New: policies.New},
		{ID: "lookups", Title: "Lookups", Short: "Look", New: lookups.New},
	}
}
