package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// AWS gives the same answer for a role that does not exist as for one that
// does not trust the provider.
var roleNotFound = &rule.Rule{
	ID: "role-not-found", Title: "The role in the assertion does not exist",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Lacks: trustLacks,
	Why: "STS looks the role up by the ARN in the assertion, byte by byte: a role whose name differs only in case is another role. " +
		"Where it finds none it gives the same answer as where the trust policy refuses.",
	Inferred: inferredUnknown,
	Refs:     []string{pageTroubleshoot, pageAssumeRole},
	Eclipses: []string{
		"trust-principal", "trust-action", "trust-condition", "trust-tag-session", "trust-source-identity",
		"trust-impossible-condition", "trust-denied", "provider-cross-account",
	},
	Check: func(c evidence.Case) []rule.Finding {
		if toCenter(c) || elsewhere(c) {
			return nil
		}
		for _, d := range admission.Failing(c) {
			if !d.Role.Missing && !d.Case {
				continue
			}
			f := rule.Finding{
				At:       d.Pair.Value.At,
				Summary:  fmt.Sprintf("Account %s has no role %s", d.Pair.Role.Account, quote(roleAndPath(d.Pair.RoleARN))),
				Evidence: []rule.Exhibit{{What: "role in the assertion", At: d.Pair.Value.At, Saw: d.Pair.RoleARN}},
			}
			if d.Case {
				f.Summary = fmt.Sprintf("The assertion names the role %s, IAM has %s: the two differ in case", quote(roleAndPath(d.Pair.RoleARN)), quote(roleAndPath(d.Role.ARN)))
				f.Evidence[0].Want = d.Role.ARN
			}
			return one(f)
		}
		return nil
	},
	Fix: func(c evidence.Case, f rule.Finding) []rule.Fix {
		want := "the ARN of the role that is meant"
		if len(f.Evidence) > 0 && f.Evidence[0].Want != "" {
			want = f.Evidence[0].Want
		}
		return []rule.Fix{{
			Title: "Send the ARN of a role that exists", Who: rule.IdPAdmin, Setting: idp.Role,
			Steps: []string{"Set the role half of the Role value to " + want},
			Commands: []rule.Command{
				rule.AWS("iam", "list-roles", "--query", "Roles[].Arn", "--output", "text").Noting("the roles there are"),
			},
			Consequence: "a mapping holds for every user whom the IdP gives this role",
		}}
	},
}

// roleAndPath is a role's ARN without what every role's has.
func roleAndPath(arn string) string {
	if _, rest, ok := strings.Cut(arn, ":role/"); ok {
		return rest
	}
	return arn
}
