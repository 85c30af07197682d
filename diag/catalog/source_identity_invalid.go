package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// A source identity of a form that STS does not take.
var sourceIdentityInvalid = &rule.Rule{
	ID: "source-identity-invalid", Title: "SourceIdentity has a form that STS refuses",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgSource}, Predicts: msgSource,
	Needs: evidence.NeedAssertion,
	Why: `The attribute SourceIdentity marks a session with who is behind it for as long as it lasts. It has 2 to 64 characters out of letters, digits and _ + = , . @ -, and may not begin with aws:. It is not needed to sign in.

Above 64 characters this is a warning: newer documentation is said to allow 256, the API model says 64.`,
	Inferred: "The longer limit has been reported and was not confirmed.",
	Refs:     []string{pageTroubleshoot, pageSource, pageAssumeRole},
	Check:    checkSourceIdentityInvalid,
	Fix:      fixSourceIdentity,
}

// longName is a source identity over STS's 64 characters that is otherwise of
// the right form.
var longName = expression.Lazy(`^[\w+=,.@-]{65,256}$`)

func checkSourceIdentityInvalid(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok || len(cl.Source) == 0 {
		return nil
	}
	v, _ := claims.First(cl.Source)
	value := asJudged(c, v.Value)
	f := rule.Finding{At: v.At}
	why := nameFault(value)
	switch {
	case strings.HasPrefix(strings.ToLower(value), "aws:"):
		why = "it begins with “aws:”"
	case why == "":
		return nil
	case len(cl.Source[0].Values) == 0:
		f.At, why = cl.Source[0].At, "it has no AttributeValue"
	}
	if longName().MatchString(value) && !strings.HasPrefix(strings.ToLower(value), "aws:") {
		f.Severity, why = rule.Warning, fmt.Sprintf("it has %d characters, and the API model says that 64 is the most", len(value))
	}
	f.Summary = "STS does not take the SourceIdentity " + quote(value) + ": " + why
	f.Evidence = []rule.Exhibit{shown("SourceIdentity", v.Text, nameWant+", not beginning with aws:")}
	return one(f)
}

func fixSourceIdentity(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:       "Send a SourceIdentity of the right form, or none",
		Who:         rule.IdPAdmin,
		Setting:     idp.SourceIdentity,
		Steps:       []string{"Value: " + nameWant + ", not beginning with aws:. Where no policy asks for it, take the attribute out."},
		Consequence: "Policies and audits that read sts:SourceIdentity find another value, or none.",
	}}
}
