package catalog

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A condition of the trust policy does not hold for this assertion.
var trustCondition = &rule.Rule{
	ID: "trust-condition", Title: "A condition of the trust policy does not hold",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Why: "Every condition of the statement has to hold. SAML:aud is the Recipient of the SubjectConfirmationData, that is the URL the " +
		"response is posted to, and not the Audience: an IdP that moves to a regional endpoint changes it. Values mind case; " +
		"key names do not.",
	Refs: []string{pageTroubleshoot, pageKeys},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassCondition)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		saw := x.Saw()
		f := rule.Finding{
			At: trustSpot(d, x), Also: []evidence.Spot{claimSpot(c, x.Miss.Key)},
			Summary: fmt.Sprintf("The trust policy of %s wants %s to be %s, the assertion has %s", d.Pair.Role.Name(), x.Miss.Key, quote(x.Want()), quoteOrNothing(x)),
		}
		if isAud(x.Miss.Key) {
			f.Summary += " (its Recipient)"
		}
		for _, x := range cs {
			f.Evidence = append(f.Evidence, rule.Exhibit{What: x.Miss.Operator + " " + x.Miss.Key, At: trustSpot(d, x), Saw: saw, Want: x.Want()})
			saw = x.Saw()
		}
		return one(f)
	},
	Fix: func(c evidence.Case, f rule.Finding) []rule.Fix {
		d, cs := trustCauses(c, policy.ClassCondition)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		fixes := []rule.Fix{mendTrust(c, "Let the condition take this value as well",
			[]string{fmt.Sprintf("Add %s to the values of %s %s, if it is a value that this role should admit", quoteOrNothing(x), x.Miss.Operator, x.Miss.Key)},
			func(doc string, d admission.Door) (string, error) {
				if x.Miss.Negated || len(x.Miss.Got) == 0 {
					return doc, nil
				}
				return policy.AddConditionValue(doc, nearestStatement(d), x.Miss.Operator, x.Miss.Key, x.Miss.Got[0])
			})}
		if isAud(x.Miss.Key) {
			fixes = append(fixes, rule.Fix{
				Title: "Send the response to the endpoint that the role expects", Who: rule.IdPAdmin, Setting: idp.ACS,
				Steps: []string{"Set the ACS URL (and with it the Recipient) to " + quote(x.Want())},
			})
		}
		_ = d
		return fixes
	},
}

func isAud(key string) bool { return strings.EqualFold(key, "saml:aud") }

func quoteOrNothing(x policy.Cause) string {
	if x.Miss.Missing || len(x.Miss.Got) == 0 {
		return "nothing there"
	}
	return quote(x.Saw())
}

// claimSpot is where the assertion holds what a condition key stands for.
func claimSpot(c evidence.Case, key string) evidence.Spot {
	_, a, ok := federated(c)
	if !ok {
		return evidence.Spot{}
	}
	switch strings.ToLower(key) {
	case "saml:aud":
		t, _ := recipient(a)
		return t.At
	case "saml:iss":
		return a.Issuer.At
	case "saml:sub":
		if a.Subject != nil {
			return a.Subject.NameID.At
		}
	case "saml:sub_type":
		if a.Subject != nil {
			return a.Subject.Format.At
		}
	}
	i := slices.IndexFunc(a.Attributes, func(at evidence.Attribute) bool {
		k, ok := policy.AttributeKey(at.Name.Value)
		return ok && strings.EqualFold(k, key)
	})
	if i >= 0 {
		return a.Attributes[i].At
	}
	return evidence.Spot{}
}
