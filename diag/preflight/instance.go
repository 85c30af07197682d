package preflight

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// instance tells whether anybody can get into a Connect instance by SAML.
func (a Account) instance(i evidence.Instance) Subject {
	s := Subject{Kind: "instance", ID: i.ARN}
	if s.ID == "" {
		s.ID = i.ID
	}
	if i.IdentityType != "SAML" {
		return s // users of another kind: no matter of federation
	}
	if i.Status != "" && i.Status != "ACTIVE" {
		s.Findings = append(s.Findings, find("instance-not-active", rule.Unset,
			fmt.Sprintf("The Connect instance %s is %s", i.Alias, i.Status), rule.Exhibit{What: "InstanceStatus", Saw: i.Status + " " + i.StatusReason, Want: "ACTIVE"}))
	}
	ways, unsure := a.Ways(i)
	switch {
	case len(ways) > 0:
	case unsure > 0 || !a.AllRoles:
		s.Open = append(s.Open, "whether a role leads into it: not all roles or policies could be had")
	default:
		s.Findings = append(s.Findings, find("federation-permission-missing", rule.Unset,
			fmt.Sprintf("No role that trusts a SAML provider allows %s on the instance %s: nobody can sign in to it by SAML", policy.GetFederationToken, i.Alias),
			rule.Exhibit{What: "roles that trust a SAML provider", Saw: fmt.Sprintf("%d, none of them with the permission", len(a.Roles)), Want: policy.GetFederationToken + " on " + i.ARN + "/user/${aws:userid}"}))
	}
	return s
}

// Ways are the roles that lead into an instance, and how many there are of
// which that could not be told.
func (a Account) Ways(i evidence.Instance) (roles []string, unsure int) {
	for _, r := range a.Roles {
		ps := a.Permissions[r.ARN]
		if ps.State != evidence.Known && ps.State != evidence.Partial {
			unsure++
			continue
		}
		v := policy.Federate(policy.Federation{
			Policies: ps.Value, Role: r, Instance: i.ARN, SessionName: "somebody", At: a.Now, Partial: ps.State == evidence.Partial,
		})
		switch v.Outcome {
		case policy.Allowed:
			roles = append(roles, r.ARN)
		case policy.Undecided:
			unsure++
		case policy.ImplicitDeny, policy.ExplicitDeny:
		}
	}
	return roles, unsure
}
