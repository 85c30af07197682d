package catalog

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// What IAM Access Analyzer says of the role and the provider.
var trustExternalAccess = &rule.Rule{
	ID: "trust-external-access", Title: "Access Analyzer reports the role's outside access",
	Hop: evidence.HopTrust, Severity: rule.Info,
	Needs: evidence.NeedAssertion | evidence.NeedExternal,
	Why: "IAM Access Analyzer reports every role that someone outside the account can assume, and a SAML provider counts as outside. " +
		"An active finding on this role is to be expected; its principal shows whom AWS sees as trusted.",
	Refs: []string{"https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings.html"},
	Check: func(c evidence.Case) []rule.Finding {
		p, ok := pair(c)
		if !ok || toCenter(c) || elsewhere(c) {
			return nil
		}
		var out []rule.Finding
		for _, x := range c.Live.External.Value {
			if x.Status != "ACTIVE" || x.Resource != p.RoleARN && x.Resource != p.ProviderARN {
				continue
			}
			var who []string
			for kind, name := range x.Principal {
				who = append(who, kind+" "+name)
			}
			slices.Sort(who)
			out = append(out, rule.Finding{
				At:       evidence.Spot{In: evidence.InTrust, Path: p.RoleARN},
				Summary:  fmt.Sprintf("Access Analyzer lists %s as open to %s", quote(x.Resource), strings.Join(who, ", ")),
				Evidence: []rule.Exhibit{{What: "finding " + x.ID, Saw: strings.Join(x.Action, ", ")}},
			})
			if x.Public {
				out[len(out)-1].Severity = rule.Warning
				out[len(out)-1].Summary += ", which is everybody"
			}
		}
		return out
	},
	Fix: func(c evidence.Case, f rule.Finding) []rule.Fix {
		if f.Severity < rule.Warning {
			return nil // to be expected
		}
		return []rule.Fix{{
			Title: "Narrow the trust policy to the provider", Who: rule.AWSAdmin,
			Steps:       []string{"Look at the trust policy for a principal of * and name the SAML provider in its place"},
			Commands:    []rule.Command{rule.AWS("iam", "get-role", "--role-name", roleName(c), "--query", "Role.AssumeRolePolicyDocument")},
			Consequence: "whoever else assumes the role by that statement is shut out",
		}}
	},
}
