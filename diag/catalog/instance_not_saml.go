package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// An instance is made for one kind of identity and keeps it.
var instanceNotSAML = &rule.Rule{
	ID: "instance-not-saml", Title: "The instance does not take SAML sign-ins",
	Hop: evidence.HopUser, Severity: rule.Error, Connect: true,
	Explains: []string{msgNotOnboarded, msgBadRequest, msgConnectDenied},
	Needs:    evidence.NeedInstance,
	Why: "How an instance manages identities is chosen when it is created and cannot be changed. Only one with identity management " +
		"SAML takes users that come through IAM.",
	Inferred: "Which text Connect shows then is not documented.",
	Refs:     []string{pageConnectSAML, "https://docs.aws.amazon.com/connect/latest/adminguide/connect-identity-management.html"},
	Eclipses: []string{"user-not-found", "user-case-mismatch", "user-format-mismatch", "user-invisible-character", "user-confusable", "user-other-instance"},
	Check: func(c evidence.Case) []rule.Finding {
		i, ok := c.Live.Instance.Get()
		if !ok || i.IdentityType == "" || i.IdentityType == "SAML" {
			return nil
		}
		at := evidence.Spot{In: evidence.InInstance, Path: i.ARN}
		return one(rule.Finding{
			At:       at,
			Summary:  fmt.Sprintf("The instance %s manages its identities as %s, not SAML", instanceName(i), i.IdentityType),
			Evidence: []rule.Exhibit{{What: "IdentityManagementType", At: at, Saw: i.IdentityType, Want: "SAML"}},
		})
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		return []rule.Fix{
			{
				Title: "Send agents to an instance that takes SAML", Who: rule.ConnectAdmin,
				Steps: []string{
					"See whether the relay state names the instance that is meant: " + federateURL(c),
					"Agents of this instance sign in with Connect's own user names and passwords, or with the directory, at the instance's address",
				},
			},
			{
				Title: "Create a new instance with SAML", Who: rule.ConnectAdmin, Destructive: true,
				Steps:       []string{"An instance's identity management cannot be changed: a new instance is needed, and numbers, flows and users move to it"},
				Consequence: "contact history, metrics and recordings stay with the old instance",
			},
		}
	},
}
