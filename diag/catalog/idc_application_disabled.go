package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The Connect application is switched off.
var idcApplicationDisabled = &rule.Rule{
	ID: "idc-application-disabled", Title: "The Identity Center application is disabled",
	Hop: evidence.HopIdP, Severity: rule.Error,
	Needs: evidence.NeedCenter,
	Why:   `An application of IAM Identity Center has a status. A disabled one issues no assertions: its tile is gone from the access portal, or leads to an error, for everybody.`,
	Refs:  []string{pageCenterApps, "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DescribeApplication.html"},
	Check: checkIDCApplicationDisabled,
	Fix:   fixIDCApplicationDisabled,
}

func checkIDCApplicationDisabled(c evidence.Case) []rule.Finding {
	ic, ok := c.Live.Center.Get()
	if !ok || ic.Application == nil || ic.Application.Status != "DISABLED" {
		return nil
	}
	name := ic.Application.Name
	if name == "" {
		name = ic.Application.ARN
	}
	return one(rule.Finding{
		Inferred: c.Live.Center.Inferred,
		Summary:  "The application " + quote(name) + " in IAM Identity Center is disabled",
		Evidence: []rule.Exhibit{{What: "status of " + name, Saw: "DISABLED", Want: "ENABLED"}},
	})
}

func fixIDCApplicationDisabled(c evidence.Case, _ rule.Finding) []rule.Fix {
	arn := "<application-arn>"
	if a := c.Live.Center.Value.Application; a != nil && a.ARN != "" {
		arn = a.ARN
	}
	return []rule.Fix{{
		Title:       "Enable the application",
		Who:         rule.IdPAdmin,
		Setting:     idp.UserAssignment,
		Steps:       []string{"Find out first why it was disabled: CloudTrail's UpdateApplication event names who did it.", "In the IAM Identity Center console, open Applications, choose it, and enable it under Actions."},
		Commands:    []rule.Command{rule.AWS("sso-admin", "describe-application", "--application-arn", arn)},
		Consequence: "Everybody who is assigned to it can sign in through it again.",
	}}
}
