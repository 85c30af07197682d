package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
	"example.com/samlens/diag/rule"
)

// A Deny statement of the trust policy matches.
var trustDenied = &rule.Rule{
	ID: "trust-denied", Title: "The trust policy denies this sign-in",
	Hop: evidence.HopTrust, Severity: rule.Error,
	Explains: []string{msgDenied, msgBareDenied, msgUnknownError}, Predicts: msgDenied,
	Needs:    evidence.NeedAssertion | evidence.NeedRoles,
	Lacks:    trustLacks,
	Why:      "A Deny statement that matches wins over every Allow.",
	Inferred: inferredUnknown,
	Refs:     []string{"https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html", pageTroubleshoot},
	Eclipses: []string{"trust-condition", "trust-principal", "trust-action"},
	Check: func(c evidence.Case) []rule.Finding {
		d, cs := trustCauses(c, policy.ClassDenied)
		if len(cs) == 0 {
			return nil
		}
		x := cs[0]
		f := roleFinding(d, x, fmt.Sprintf("%s of %s's trust policy denies this sign-in%s", statementName(x), d.Pair.Role.Name(), byKey(x)), "Deny")
		if x.Place != nil {
			f.At.Start, f.At.End = x.Place.At.Start, x.Place.At.End
			f.Evidence[0].At = f.At
		}
		if x.Why != "" {
			f.Summary += ": " + x.Why
		}
		f.Evidence[0].Saw, f.Evidence[0].Want = statementName(x)+byKey(x), ""
		return one(f)
	},
	Fix: func(c evidence.Case, _ rule.Finding) []rule.Fix {
		d, _ := trustCauses(c, policy.ClassDenied)
		return []rule.Fix{mendTrust(d, policy.ClassDenied, "Narrow the Deny statement",
			[]string{"Find out why the Deny is there before changing it", "Except this sign-in from it by a condition, or remove it"})}
	},
}

// statementName names the statement of a cause for a sentence.
func statementName(x policy.Cause) string {
	switch {
	case x.Place == nil:
		return "A statement"
	case x.Place.Sid != "":
		return "Statement " + quote(x.Place.Sid)
	}
	return fmt.Sprintf("Statement %d", x.Place.Statement+1)
}

func byKey(x policy.Cause) string {
	if x.Miss.Key == "" {
		return ""
	}
	return ", by " + x.Miss.Operator + " " + x.Miss.Key
}
