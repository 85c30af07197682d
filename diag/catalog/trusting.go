package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// inferredUnknown is said of every rule on trust policies.
const inferredUnknown = "That CloudTrail writes “An unknown error occurred” in place of the words is known of AssumeRoleWithWebIdentity and inferred for this call."

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

// mendTrust is the fix that changes the trust policy of a door's role so that
// the causes of class are gone. Each edit is tried, the first that the judge
// finds to do that is shown as the change; where none does, the steps alone
// say what to change.
func mendTrust(d admission.Door, class policy.Class, title string, steps []string, edits ...func(doc string) (string, error)) rule.Fix {
	name := d.Pair.Role.Name()
	f := rule.Fix{
		Title: title, Who: rule.AWSAdmin, Steps: steps,
		Consequence: "a trust policy takes effect within seconds, for everyone who signs in through this role",
	}
	f.Commands, f.Undo = trustCommands(name)
	if !d.Seen || d.Role.Trust == "" {
		return f
	}
	for _, edit := range edits {
		after, err := edit(d.Role.Trust)
		if err != nil || after == d.Role.Trust || !mends(d, class, after) {
			continue
		}
		f.Change = &rule.Change{Name: "trust-policy.json", Before: d.Role.Trust, After: after}
		break
	}
	if f.Change == nil {
		f.Steps = append(slices.Clip(f.Steps), "Save the trust policy with that change as trust-policy.json")
		return f
	}
	f.Steps = append(slices.Clip(f.Steps), "Save the changed trust policy as trust-policy.json (it is shown as a difference)")
	f.Terraform = fmt.Sprintf("resource \"aws_iam_role\" %q {\n  name               = %q\n  assume_role_policy = file(\"trust-policy.json\")\n}", terraformName(name), name)
	return f
}

// mends reports whether AWS would store the changed trust policy, and the
// causes of class are gone with it and no others come.
func mends(d admission.Door, class policy.Class, after string) bool {
	p, err := policy.Parse(after)
	if err != nil {
		return false
	}
	if _, bad := p.Refused(); bad {
		return false
	}
	d.Role.Trust = after
	v := policy.Trust(d.Role, d.SignIn)
	for _, x := range v.Causes {
		if len(d.Verdict.Of(x.Class)) == 0 {
			return false // it would be refused for another cause then
		}
	}
	return len(v.Of(class)) == 0
}

// inStatement edits, for every cause, the statement that the first cause is
// about: other statements that come as near are left as they are.
func inStatement(cs []policy.Cause, edit func(doc string, statement int, x policy.Cause) (string, error)) func(string) (string, error) {
	return func(doc string) (string, error) {
		if len(cs) == 0 || cs[0].Place == nil || cs[0].Place.Statement < 0 {
			return doc, errors.New("no statement to change")
		}
		var err error
		for _, x := range cs {
			if err == nil && x.Place != nil && x.Place.Statement == cs[0].Place.Statement {
				doc, err = edit(doc, x.Place.Statement, x)
			}
		}
		return doc, err
	}
}

// admitting adds a statement that admits this sign-in and is the narrowest
// that AWS documents: this provider, this endpoint.
func admitting(d admission.Door, aud string) func(string) (string, error) {
	actions := []string{policy.AssumeRoleWithSAML}
	for _, s := range d.Verdict.Steps {
		if !slices.Contains(actions, s.Request.Action) {
			actions = append(actions, s.Request.Action)
		}
	}
	return func(doc string) (string, error) {
		action := `"` + strings.Join(actions, `", "`) + `"`
		if len(actions) > 1 {
			action = "[" + action + "]"
		}
		return policy.AddStatement(doc, fmt.Sprintf(`{
  "Effect": "Allow",
  "Principal": {"Federated": %q},
  "Action": %s,
  "Condition": {"StringEquals": {"SAML:aud": %q}}
}`, d.Pair.ProviderARN, action, aud))
	}
}

// samlAud is what SAML:aud is for this sign-in: the Recipient, else the ACS.
func samlAud(c evidence.Case) string {
	if _, a, ok := federated(c); ok {
		if t, ok := recipient(a); ok && trim(t.Value) != "" {
			return asJudged(c, t.Value)
		}
	}
	return ownACS(c)
}

// trustLacks is what the trust rules would have to see besides: the trust
// policies of roles that were not given, or values that keep the judge from
// deciding.
func trustLacks(c evidence.Case) evidence.Need {
	if toCenter(c) || elsewhere(c) {
		return 0
	}
	open := false
	for _, d := range admission.Doors(c) {
		if d.Opens() {
			return 0
		}
		open = open || !d.Shut()
	}
	if open {
		return evidence.NeedRoles
	}
	return 0
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
