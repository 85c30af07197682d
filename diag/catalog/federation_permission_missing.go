package catalog

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// The role is assumed and may do nothing in Connect.
var federationPermissionMissing = &rule.Rule{
	ID: "federation-permission-missing", Title: "The role may not call connect:GetFederationToken",
	Hop: evidence.HopFederate, Severity: rule.Error, Connect: true,
	Explains: []string{msgConnectDenied, msgPolicyDenied}, Predicts: msgConnectDenied,
	Needs: evidence.NeedAssertion | evidence.NeedPermissions,
	Uses:  evidence.NeedInstance | evidence.NeedRoles | evidence.NeedGuardrails | evidence.NeedCapture,
	Lacks: federationLacks,
	Why: "Connect's federate page calls connect:GetFederationToken with the role's session. Where none of the role's policies allows " +
		"it, Connect answers that access is denied and names the role. The SAML sign-in itself has succeeded by then.",
	Refs: []string{pageConnectSAML, pageConnectHelp},
	Check: func(c evidence.Case) []rule.Finding {
		cs := federationCauses(c, policy.ClassPermission)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		near := nearestTo(policy.GetFederationToken, x.Miss.Wanted)
		f := rule.Finding{
			At: permissionSpot(x), Inferred: c.Live.Permissions.Inferred,
			Summary:  fmt.Sprintf("No policy of %s allows %s", theRole(c), policy.GetFederationToken),
			Evidence: []rule.Exhibit{{What: "nearest action allowed", At: permissionSpot(x), Saw: near, Want: policy.GetFederationToken}},
		}
		if near == "" {
			f.Evidence[0].What = fmt.Sprintf("action, among %s", count(len(c.Live.Permissions.Value), "policy", "policies"))
		} else if levenshtein.ComputeDistance(strings.ToLower(clip(near)), strings.ToLower(policy.GetFederationToken)) <= 3 {
			f.Summary += fmt.Sprintf("; %s is another action", quote(near))
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix { return []rule.Fix{grantFix(c)} },
}
