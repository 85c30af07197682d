package catalog

import (
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A policy of the organization stands before the role.
var stsDeniedByOrganization = &rule.Rule{
	ID: "sts-denied-by-organization", Title: "A policy of the organization denies the sign-in",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError},
	Needs:    evidence.NeedAssertion | evidence.NeedGuardrails, Uses: evidence.NeedCapture | evidence.NeedTime,
	Why: `Resource control policies bind everybody who calls, and they cover sts:AssumeRoleWithSAML. One that denies sts:* to callers from outside the organization, with StringNotEqualsIfExists on aws:PrincipalOrgID, denies every SAML sign-in: the call has no principal of the organization, so the key is not there. It needs an exception for this action, or for the SAML provider.

Service control policies bind the principals of an account. A sign-in has none yet when it calls, so whether they can deny it is not documented: one that would is a warning.`,
	Inferred: "The text is inferred: STS answers as for a trust policy that does not fit.",
	Refs:     []string{pageRCP, pageSCP, "https://github.com/aws-samples/data-perimeter-policy-examples"},
	Check:    checkSTSDenied,
	Fix:      fixSTSDenied,
}

func checkSTSDenied(c evidence.Case) []rule.Finding {
	cl, a, ok := federated(c)
	if !ok {
		return nil
	}
	posted := ""
	if p := c.Capture.Value.Posted; p != nil {
		posted = p.URL
	}
	gs := c.Live.Guardrails
	var first []rule.Finding
	for _, p := range cl.Candidates(c) {
		if !p.OK {
			continue
		}
		v := policy.Guardrails(gs.Value, evidence.Role{}, policy.SignIn{Assertion: a, Provider: p.ProviderARN, Role: p.RoleARN, Posted: posted, At: c.AsOf.At})
		found := guardFindings(v, gs.Inferred)
		if len(found) == 0 {
			return nil // this role is let through, and one is enough
		}
		if first == nil {
			first = found
		}
	}
	return first
}

// guardFindings makes findings of what keeps a sign-in from its role: errors
// of what is certain, warnings of what is not.
func guardFindings(v policy.Verdict, inferred bool) []rule.Finding {
	var out []rule.Finding
	for _, x := range v.Causes {
		if x.Class != policy.ClassDenied {
			continue
		}
		name := ""
		at := evidence.Spot{In: evidence.InGuardrails, Start: x.Miss.At.Start, End: x.Miss.At.End}
		if x.Place != nil {
			name = x.Place.Policy
			at.Path = name
		}
		f := rule.Finding{At: at, Inferred: inferred || unplaced(x)}
		f.Summary = "The " + x.By
		if name != "" {
			f.Summary += " " + quote(name)
		}
		if x.Target != "" {
			f.Summary += " on " + quote(x.Target)
		}
		f.Summary += " denies " + policy.AssumeRoleWithSAML
		if x.Miss.Key != "" {
			f.Summary += " by its condition on " + x.Miss.Key
		}
		if unplaced(x) {
			f.Summary += attachedSomewhere
		}
		if x.Uncertain {
			f.Severity = rule.Warning
			f.Summary = strings.Replace(f.Summary, " denies ", " would deny ", 1) + "; whether an SCP binds this call is not documented"
		}
		want := policy.AssumeRoleWithSAML + " allowed"
		if w := x.Want(); x.Miss.Key != "" && w != "" {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: x.Miss.Key, At: at, Saw: x.Saw(), Want: w})
		}
		saw := "denied"
		if x.Why != "" {
			saw = x.Why
		}
		f.Evidence = append(f.Evidence, rule.Exhibit{What: strings.TrimSpace(x.By + " " + name), At: at, Saw: saw, Want: want})
		out = append(out, f)
	}
	return out
}

func fixSTSDenied(c evidence.Case, f rule.Finding) []rule.Fix {
	filter := "RESOURCE_CONTROL_POLICY"
	if f.Severity == rule.Warning {
		filter = "SERVICE_CONTROL_POLICY"
	}
	name := "<policy-id>"
	for _, g := range c.Live.Guardrails.Value {
		if g.ID != "" && (g.Name == f.At.Path || g.ID == f.At.Path) {
			name = g.ID
		}
	}
	return []rule.Fix{{
		Title: "Except SAML sign-in from the organization's policy",
		Who:   rule.AWSAdmin,
		Steps: []string{
			"In the management account, find the statement that denies, and except sts:AssumeRoleWithSAML from it (NotAction, or a condition that is not met by this provider).",
			"Do not take the whole statement out: it keeps callers from outside away from every role.",
		},
		Commands: []rule.Command{
			rule.AWS("organizations", "list-policies-for-target", "--target-id", account(c), "--filter", filter).Noting("those attached to the account itself; ask its OUs and the root too"),
			rule.AWS("organizations", "describe-policy", "--policy-id", name, "--query", "Policy.Content", "--output", "text").To("policy.backup.json").Noting("backup"),
			rule.AWS("organizations", "update-policy", "--policy-id", name, "--content", "file://policy.json").Noting("after changing a copy of the backup"),
		},
		Undo:        []rule.Command{rule.AWS("organizations", "update-policy", "--policy-id", name, "--content", "file://policy.backup.json")},
		Consequence: "The policy binds every account below the place where it is attached.",
	}}
}
