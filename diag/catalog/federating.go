package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// federationCauses returns the causes of that class for which the role may
// not call connect:GetFederationToken; none where it may, or where that
// cannot be told.
func federationCauses(c evidence.Case, class policy.Class) []policy.Cause {
	v, ok := admission.Federate(c)
	if !ok || v.Outcome != policy.ImplicitDeny && v.Outcome != policy.ExplicitDeny {
		return nil
	}
	return refusing(v, class)
}

// permissionSpot is the place of a cause in the role's policies.
func permissionSpot(x policy.Cause) evidence.Spot {
	s := evidence.Spot{In: evidence.InPermissions, Start: x.Miss.At.Start, End: x.Miss.At.End}
	if ofOrganization(x) {
		s.In = evidence.InGuardrails
	}
	if x.Place != nil {
		s.Path = x.Place.Policy
		if s.End <= s.Start {
			s.Start, s.End = x.Place.At.Start, x.Place.At.End
		}
	}
	return s
}

// theRole is the role's name for a sentence.
func theRole(c evidence.Case) string {
	if d, ok := admission.Chosen(c); ok {
		return d.Pair.Role.Name()
	}
	return "the role"
}

// instanceARN is the instance's ARN for a document, with placeholders for what
// is not known.
func instanceARN(c evidence.Case) string {
	if arn := admission.InstanceARN(c); arn != "" {
		return arn
	}
	id := admission.Instance(c)
	if id == "" {
		id = "<instance-id>"
	}
	return "arn:" + string(partition(c)) + ":connect:<region>:" + account(c) + ":instance/" + id
}

// grant is the least that the role needs for one instance. The resource is the
// one that AWS's own sample policies use.
func grant(c evidence.Case) string {
	return `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ConnectFederation",
      "Effect": "Allow",
      "Action": "connect:GetFederationToken",
      "Resource": "` + instanceARN(c) + `/user/${aws:userid}"
    }
  ]
}
`
}

// grantFix gives the role a policy of its own for the instance and changes
// none of those it has.
func grantFix(c evidence.Case) rule.Fix {
	role, name := roleName(c), freeName(c)
	return rule.Fix{
		Title: "Allow connect:GetFederationToken on this instance", Who: rule.AWSAdmin,
		Steps:  []string{"Save the policy as connect-federation.json (it is shown as a difference)"},
		Change: &rule.Change{Name: "connect-federation.json", After: grant(c)},
		Commands: []rule.Command{
			rule.AWS("iam", "put-role-policy", "--role-name", role, "--policy-name", name, "--policy-document", "file://connect-federation.json"),
		},
		Undo: []rule.Command{rule.AWS("iam", "delete-role-policy", "--role-name", role, "--policy-name", name)},
		Terraform: fmt.Sprintf("resource \"aws_iam_role_policy\" \"connect_federation\" {\n  name   = %q\n  role   = %q\n  policy = file(\"connect-federation.json\")\n}",
			name, role),
		Consequence: "everybody who may assume the role can then open this Connect instance as the user of their session name",
	}
}

// freeName is a name for an inline policy that the role does not have yet: to
// put one of a name that is there would overwrite it.
func freeName(c evidence.Case) string {
	for i := 1; ; i++ {
		name := "ConnectFederation"
		if i > 1 {
			name += strconv.Itoa(i)
		}
		if !slices.ContainsFunc(c.Live.Permissions.Value, func(p evidence.Policy) bool { return p.Name == name }) {
			return name
		}
	}
}

// federationLacks is what the rules on the permission would have to see
// besides: which instance is meant, or what keeps the judge from deciding.
func federationLacks(c evidence.Case) evidence.Need {
	v, ok := admission.Federate(c)
	switch {
	case !ok:
		return 0 // no role pair: nothing to judge
	case admission.InstanceARN(c) == "":
		return evidence.NeedInstance
	case v.Outcome != policy.Undecided:
		return 0
	case len(v.Missing)+len(v.Keys) == 0 && len(v.Causes) > 0 && ofOrganization(v.Causes[0]):
		return evidence.NeedGuardrails
	case len(v.Missing) > 0 && c.Live.Roles.State != evidence.Known:
		return evidence.NeedRoles // the role's ID, its boundary
	}
	return evidence.NeedPermissions
}

// ofOrganization reports whether a cause is an SCP's or RCP's.
func ofOrganization(x policy.Cause) bool { return x.By == policy.BySCP || x.By == policy.ByRCP }

// unplaced reports whether a cause is a guardrail's of which nobody says where
// it is attached, so that it may bind others and not this account.
func unplaced(x policy.Cause) bool { return ofOrganization(x) && x.Target == "" }

// editFix changes the document of the policy that a cause is about, where the
// judge finds that the causes of its class are gone then.
func editFix(c evidence.Case, x policy.Cause, title string, edit func(doc string, statement int) (string, error)) (rule.Fix, bool) {
	if x.Place == nil || x.Place.Statement < 0 {
		return rule.Fix{}, false
	}
	for i, p := range c.Live.Permissions.Value {
		if p.Name != x.Place.Policy && p.ARN != x.Place.Policy || p.Kind == evidence.Boundary != (x.By == policy.ByBoundary) {
			continue
		}
		after, err := edit(p.Document, x.Place.Statement)
		if err != nil || after == p.Document || !permits(c, i, after, x.Class) {
			continue
		}
		f := rule.Fix{
			Title: title, Who: rule.AWSAdmin,
			Steps:       []string{"Save the changed policy as " + policyFile(p) + " (it is shown as a difference)"},
			Change:      &rule.Change{Name: policyFile(p), Before: p.Document, After: after},
			Consequence: "every role that uses the policy gets the change",
		}
		if p.Kind == evidence.Inline {
			f.Consequence = "everybody who assumes the role gets the change"
		}
		f.Commands, f.Undo = policyCommands(c, p)
		return f, true
	}
	return rule.Fix{}, false
}

// permits reports whether the causes of class are gone once the policy at i
// reads after, and AWS would store that.
func permits(c evidence.Case, i int, after string, class policy.Class) bool {
	p, err := policy.Parse(after)
	if err != nil {
		return false
	}
	if _, bad := p.Refused(); bad {
		return false
	}
	ps := slices.Clone(c.Live.Permissions.Value)
	ps[i].Document = after
	c.Live.Permissions.Value = ps
	v, ok := admission.Federate(c)
	return ok && len(v.Of(class)) == 0 && (class != policy.ClassBroad || v.Outcome == policy.Allowed)
}

func policyFile(p evidence.Policy) string {
	name := p.Name
	if name == "" {
		name = p.ARN[strings.LastIndexByte(p.ARN, '/')+1:]
	}
	if name == "" || strings.ContainsAny(name, `/\`) || strings.HasSuffix(name, ".json") {
		name = "role-policy"
	}
	return name + ".json"
}

// policyCommands put a changed policy in place. A managed policy gets a new
// version, so that going back is one call; IAM keeps five of them.
func policyCommands(c evidence.Case, p evidence.Policy) (do, undo []rule.Command) {
	file := "file://" + policyFile(p)
	if p.Kind == evidence.Managed || p.ARN != "" {
		arn := p.ARN
		if arn == "" {
			arn = "arn:" + string(partition(c)) + ":iam::" + account(c) + ":policy/<policy-name>"
		}
		version := p.Version
		if version == "" {
			version = "<version-id>"
		}
		return []rule.Command{
				rule.AWS("iam", "list-policy-versions", "--policy-arn", arn).Noting("IAM keeps five versions: delete the oldest if there are five"),
				rule.AWS("iam", "get-policy-version", "--policy-arn", arn, "--version-id", version, "--query", "PolicyVersion.Document", "--output", "json").To("policy-backup.json"),
				rule.AWS("iam", "create-policy-version", "--policy-arn", arn, "--policy-document", file, "--set-as-default"),
			}, []rule.Command{
				rule.AWS("iam", "set-default-policy-version", "--policy-arn", arn, "--version-id", version),
			}
	}
	role, name := roleName(c), p.Name
	if name == "" {
		name = "<policy-name>"
	}
	return []rule.Command{
			rule.AWS("iam", "get-role-policy", "--role-name", role, "--policy-name", name, "--query", "PolicyDocument", "--output", "json").To("policy-backup.json"),
			rule.AWS("iam", "put-role-policy", "--role-name", role, "--policy-name", name, "--policy-document", file),
		}, []rule.Command{
			rule.AWS("iam", "put-role-policy", "--role-name", role, "--policy-name", name, "--policy-document", "file://policy-backup.json"),
		}
}
