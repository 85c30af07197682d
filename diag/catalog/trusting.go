package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// trustCauses returns, where no role that the sign-in may be for admits it,
// the first such role and the causes of that class. Nothing else of it fails.
func trustCauses(c evidence.Case, class policy.Class) (admission.Door, []policy.Cause) {
	if toCenter(c) || elsewhere(c) {
		return admission.Door{}, nil
	}
	for _, d := range admission.Failing(c) {
		if cs := refusing(d.Verdict, class); len(cs) > 0 {
			return d, cs
		}
	}
	return admission.Door{}, nil
}

// refusing returns the causes of a class that are certain and refuse.
func refusing(v policy.Verdict, class policy.Class) []policy.Cause {
	var out []policy.Cause
	for _, x := range v.Causes {
		if x.Class == class && !x.Uncertain {
			out = append(out, x)
		}
	}
	return out
}

// trustSpot is the place of a cause in the role's trust policy.
func trustSpot(d admission.Door, x policy.Cause) evidence.Spot {
	return evidence.Spot{In: evidence.InTrust, Path: d.Pair.RoleARN, Start: x.Miss.At.Start, End: x.Miss.At.End}
}

// roleFinding is a finding about the role of a door, with the Role value of
// the assertion as its second place.
func roleFinding(d admission.Door, x policy.Cause, summary string, what string) rule.Finding {
	return rule.Finding{
		Summary: summary, At: trustSpot(d, x), Also: []evidence.Spot{d.Pair.Value.At},
		Evidence: []rule.Exhibit{{What: what, At: trustSpot(d, x), Saw: x.Saw(), Want: x.Want()}},
	}
}

// trustCommands are the commands that put a new trust policy in the place of
// the old one, the old one saved first, and the ones that take it back.
func trustCommands(name string) (do, undo []rule.Command) {
	do = []rule.Command{
		rule.AWS("iam", "get-role", "--role-name", name, "--query", "Role.AssumeRolePolicyDocument", "--output", "json").To("trust-backup.json"),
		rule.AWS("iam", "update-assume-role-policy", "--role-name", name, "--policy-document", "file://trust-policy.json"),
	}
	undo = []rule.Command{rule.AWS("iam", "update-assume-role-policy", "--role-name", name, "--policy-document", "file://trust-backup.json")}
	return do, undo
}

// mendTrust is the fix that changes a trust policy. edit makes the new
// document of the old one; where it cannot, the steps say what to change.
func mendTrust(c evidence.Case, title string, steps []string, edit func(doc string, d admission.Door) (string, error)) rule.Fix {
	f := rule.Fix{
		Title: title, Who: rule.AWSAdmin, Steps: steps,
		Consequence: "a trust policy takes effect within seconds, for everyone who signs in through this role",
	}
	d, ok := admission.Chosen(c)
	if !ok {
		return f
	}
	f.Commands, f.Undo = trustCommands(d.Pair.Role.Name())
	if edit == nil || !d.Seen || d.Role.Trust == "" {
		return f
	}
	after, err := edit(d.Role.Trust, d)
	if err != nil || after == d.Role.Trust {
		return f
	}
	f.Change = &rule.Change{Name: "trust-policy.json", Before: d.Role.Trust, After: after}
	f.Steps = append(f.Steps[:len(f.Steps):len(f.Steps)], "Save the changed trust policy as trust-policy.json (it is shown as a difference)")
	f.Terraform = fmt.Sprintf("resource \"aws_iam_role\" %q {\n  name               = %q\n  assume_role_policy = file(\"trust-policy.json\")\n}",
		terraformName(d.Pair.Role.Name()), d.Pair.Role.Name())
	return f
}

// terraformName makes a resource label of a role's name.
func terraformName(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, s))
}

// nearestStatement is the index of the statement that came nearest to
// admitting the sign-in, or 0.
func nearestStatement(d admission.Door) int {
	if p, ok := d.Verdict.Deciding(); ok && p.Statement >= 0 {
		return p.Statement
	}
	return 0
}
