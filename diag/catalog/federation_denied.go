package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// Something above the permission forbids it.
var federationDenied = &rule.Rule{
	ID: "federation-denied", Title: "The call is denied in spite of a permission",
	Hop: evidence.HopFederate, Severity: rule.Error, Connect: true,
	Explains: []string{msgConnectDenied, msgPolicyDenied}, Predicts: msgConnectDenied,
	Needs: evidence.NeedAssertion | evidence.NeedPermissions,
	Uses:  evidence.NeedInstance | evidence.NeedRoles | evidence.NeedGuardrails | evidence.NeedCapture,
	Lacks: federationLacks,
	Why: "A Deny statement, a permissions boundary that does not include the action, a service control policy or a resource control " +
		"policy each overrule what the role's own policies allow.",
	Refs:     []string{"https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html", pageSCP, pageRCP},
	Eclipses: []string{"federation-condition", "federation-resource-mismatch"},
	Check: func(c evidence.Case) []rule.Finding {
		cs := federationCauses(c, policy.ClassDenied)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		f := rule.Finding{
			At: permissionSpot(x), Inferred: c.Live.Permissions.Inferred || unplaced(x),
			Summary: fmt.Sprintf("%s is denied to %s by %s%s", policy.GetFederationToken, theRole(c), denier(x), byKey(x)),
		}
		if x.Why != "" {
			f.Summary += ": " + x.Why
		}
		if unplaced(x) {
			f.Summary += attachedSomewhere
		}
		saw := statementName(x)
		if x.Place == nil {
			saw = denier(x)
		}
		f.Evidence = []rule.Exhibit{{What: x.By, At: permissionSpot(x), Saw: saw + byKey(x), Want: policy.GetFederationToken + " allowed"}}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		cs := federationCauses(c, policy.ClassDenied)
		if len(cs) == 0 {
			return nil
		}
		f := rule.Fix{
			Title: "Except this call from what denies it", Who: rule.AWSAdmin,
			Steps: []string{
				"Find out why it is denied before changing it: " + denier(cs[0]) + " binds others too",
				"Allow " + policy.GetFederationToken + " on " + instanceARN(c) + " there",
			},
		}
		switch x := cs[0]; x.By {
		case policy.BySCP, policy.ByRCP:
			f.Commands = []rule.Command{rule.AWS("organizations", "list-policies-for-target", "--target-id", targetOf(c, x), "--filter", filterOf(x.By)).
				Noting("in the management account; every OU above and the root have policies of their own")}
			f.Consequence = "the policy binds every account below its target"
		case policy.ByBoundary:
			f.Commands = []rule.Command{rule.AWS("iam", "get-role", "--role-name", roleName(c), "--query", "Role.PermissionsBoundary")}
			f.Consequence = "the boundary binds every role that has it"
		default:
			f.Commands = []rule.Command{
				rule.AWS("iam", "list-role-policies", "--role-name", roleName(c)),
				rule.AWS("iam", "list-attached-role-policies", "--role-name", roleName(c)),
			}
			f.Consequence = "everybody who uses the policy gets the change"
		}
		return []rule.Fix{f}
	},
}

// attachedSomewhere is what has to be so for a guardrail to bind of which
// nobody says where it is attached.
const attachedSomewhere = ", if it is attached to the account or above it"

// targetOf is where the guardrail is attached, else the role's account.
func targetOf(c evidence.Case, x policy.Cause) string {
	if x.Target != "" {
		return x.Target
	}
	return account(c)
}

func filterOf(by string) string {
	if by == policy.ByRCP {
		return "RESOURCE_CONTROL_POLICY"
	}
	return "SERVICE_CONTROL_POLICY"
}

// denier names who denies for a sentence.
func denier(x policy.Cause) string {
	s := "an " + x.By
	switch x.By {
	case policy.ByBoundary:
		s = "its permissions boundary"
	case policy.ByRCP, policy.BySCP:
		s = "an " + x.By
		if x.Target != "" {
			s += " on " + x.Target
		}
	}
	if x.Place != nil && x.Place.Policy != "" {
		s += " (" + x.Place.Policy + ")"
	}
	return s
}
