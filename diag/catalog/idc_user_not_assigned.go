package catalog

import (
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The user is not assigned to the Connect application.
var idcUserNotAssigned = &rule.Rule{
	ID: "idc-user-not-assigned", Title: "The user is not assigned to the application",
	Hop: evidence.HopIdP, Severity: rule.Error,
	Needs: evidence.NeedCenter, Uses: evidence.NeedResponse,
	Why:   `Where IAM Identity Center is the IdP of Amazon Connect, it shows the application's tile only to users and groups that are assigned to it, and issues an assertion for nobody else, unless the application is set to require no assignments. A user who is in Amazon Connect and not assigned, or whose group is not, finds no tile.`,
	Refs:  []string{pageCenterApps, pageCenterHelp},
	Check: checkIDCUserNotAssigned,
	Fix:   fixIDCUserNotAssigned,
}

func checkIDCUserNotAssigned(c evidence.Case) []rule.Finding {
	ic, ok := c.Live.Center.Get()
	if !ok {
		return nil
	}
	at := evidence.Spot{}
	if a, ok := c.Response.Value.First(); ok && a.Subject != nil {
		at = a.Subject.NameID.At
	}
	app := "the application"
	if ic.Application != nil && ic.Application.Name != "" {
		app = "the application " + quote(ic.Application.Name)
	}
	if ic.User == nil {
		if ic.UserSearched == "" {
			return nil
		}
		return one(rule.Finding{
			At: at, Inferred: c.Live.Center.Inferred,
			Summary:  "IAM Identity Center has no user " + quote(ic.UserSearched) + ", so nobody of that name is assigned to " + app,
			Evidence: []rule.Exhibit{{What: "user name", At: at, Saw: ic.UserSearched, Want: "a user of the identity store"}},
		})
	}
	if ic.Assigned == nil || *ic.Assigned {
		return nil
	}
	// That an application asks for assignments is AWS's default: unread, it is
	// an assumption.
	assumed := ic.Application == nil || ic.Application.AssignmentRequired == nil
	f := rule.Finding{
		At: at, Inferred: c.Live.Center.Inferred || assumed,
		Summary:  "The user " + quote(ic.User.UserName) + " is not assigned to " + app + " in IAM Identity Center",
		Evidence: []rule.Exhibit{{What: "user", At: at, Saw: ic.User.UserName, Want: "assigned, by itself or through a group"}},
	}
	if ic.Application != nil {
		f.Evidence = append(f.Evidence, rule.Exhibit{What: "assigned to the application", Saw: strings.Join(ic.Application.Assignments, "\n")})
	}
	if len(ic.User.Groups) > 0 {
		f.Evidence = append(f.Evidence, rule.Exhibit{What: "the user's groups", Saw: strings.Join(ic.User.Groups, "\n")})
	}
	return one(f)
}

func fixIDCUserNotAssigned(c evidence.Case, _ rule.Finding) []rule.Fix {
	arn := "<application-arn>"
	if a := c.Live.Center.Value.Application; a != nil && a.ARN != "" {
		arn = a.ARN
	}
	return []rule.Fix{{
		Title:   "Assign the user, or a group of theirs, to the application",
		Who:     rule.IdPAdmin,
		Setting: idp.UserAssignment,
		Steps:   []string{"In the IAM Identity Center console, open Applications, the application for Amazon Connect, “Assign users and groups”, and choose the group."},
		Commands: []rule.Command{
			rule.AWS("sso-admin", "list-application-assignments", "--application-arn", arn).Noting("who is assigned now"),
		},
		Consequence: "The user gets the tile; in Amazon Connect they need a user of the same name besides.",
	}}
}
