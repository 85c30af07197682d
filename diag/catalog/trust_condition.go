package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A condition of the trust policy does not hold for this assertion.
var trustCondition = &rule.Rule{
	ID: "trust-condition", Title: "A condition of the trust policy does not hold",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion | evidence.NeedRoles,
	Lacks: trustLacks,
	Why: "Every condition of the statement has to hold. SAML:aud is the Recipient of the SubjectConfirmationData, that is the URL the " +
		"response is posted to, and not the Audience: an IdP that moves to a regional endpoint changes it. Values mind case; " +
		"key names do not.",
	Inferred: inferredUnknown,
	Refs:     []string{pageTroubleshoot, pageKeys},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassCondition)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		wants := d.Pair.Role.Name() + " wants"
		if x.Action != policy.AssumeRoleWithSAML { // the call itself is allowed; what comes with it is not
			wants = fmt.Sprintf("%s wants, for the %s that the assertion asks for,", d.Pair.Role.Name(), x.Action)
		}
		f := rule.Finding{
			At: trustSpot(d, x), Also: []evidence.Spot{claimSpot(c, x.Miss.Key)},
			Summary: fmt.Sprintf("The trust policy of %s %s to be %s, the sign-in has %s", wants, x.Miss.Key, wanted(x), quoteOrNothing(x)),
		}
		if isAud(x.Miss.Key) {
			f.Summary += " (the Recipient)"
		}
		for _, x := range cs {
			f.Evidence = append(f.Evidence, conditionExhibit(x, trustSpot(d, x)))
		}
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, cs := trustCauses(c, policy.ClassCondition)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		step := fmt.Sprintf("Let the sign-in satisfy %s %s, or change the condition", x.Miss.Operator, x.Miss.Key)
		if !x.Miss.Negated && len(x.Miss.Got) > 0 {
			step = fmt.Sprintf("Add %s to the values of %s %s, if it is a value that this role should admit", quote(x.Miss.Got[0]), x.Miss.Operator, x.Miss.Key)
		}
		fixes := []rule.Fix{mendTrust(d, policy.ClassCondition, "Let the condition take this value as well", []string{step},
			inStatement(cs, func(doc string, n int, x policy.Cause) (string, error) {
				if x.Miss.Negated || len(x.Miss.Got) == 0 {
					return doc, errors.New("no value to add")
				}
				return policy.AddConditionValue(doc, n, x.Miss.Operator, x.Miss.Key, x.Miss.Got[0])
			}))}
		if isAud(x.Miss.Key) && !x.Miss.Negated {
			send := rule.Fix{
				Title: "Send the response to the endpoint that the role expects", Who: rule.IdPAdmin, Setting: idp.ACS,
				Steps:       []string{"Set the ACS URL (and with it the Recipient) to " + nearestWanted(x)},
				Consequence: "every user of the application is then sent to that endpoint",
			}
			if fixes = append(fixes, send); !endpoint.ParseACS(x.Saw()).OK() {
				slices.Reverse(fixes) // the Recipient is no endpoint of AWS: nothing a role should admit
			}
		}
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

// wanted says what a condition asks for, for a sentence.
func wanted(x policy.Cause) string {
	s := quote(nearestWanted(x))
	if n := len(x.Miss.Wanted); n > 1 {
		s = fmt.Sprintf("one of %d values, the nearest %s", n, s)
	}
	if x.Miss.Negated {
		s = "anything but " + s
	}
	return s
}

// nearestWanted is the value, of those a policy asks for, that comes nearest
// to what is there: byte for byte as the policy has it.
func nearestWanted(x policy.Cause) string {
	best, at := -1, ""
	for _, w := range x.Miss.Wanted {
		if d := levenshtein.ComputeDistance(clip(w), clip(x.Saw())); best < 0 || d < best {
			best, at = d, w
		}
	}
	return at
}

// conditionExhibit shows a condition that does not hold.
func conditionExhibit(x policy.Cause, at evidence.Spot) rule.Exhibit {
	e := rule.Exhibit{What: x.Miss.Operator + " " + x.Miss.Key, At: at, Want: nearestWanted(x)}
	if x.Miss.Negated {
		e.Want = x.Want()
	}
	if !x.Miss.Missing {
		e.Saw = strings.Join(x.Miss.Got, ", ")
	}
	return e
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
