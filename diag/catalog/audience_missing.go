package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// No Audience at all.
var audienceMissing = &rule.Rule{
	ID: "audience-missing", Title: "The assertion names no Audience",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgAudience}, Predicts: msgAudience,
	Needs: evidence.NeedAssertion,
	Why:   `An AudienceRestriction says for which service provider an assertion is meant, and AWS wants to find its own name there: urn:amazon:webservices, or https://signin.aws.amazon.com/saml. Without any Audience, STS says that the response does not contain the required one.`,
	Refs:  []string{pageTroubleshoot, pageAssertions},
	Check: checkAudienceMissing,
	Fix:   fixAudience,
}

func checkAudienceMissing(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	for _, r := range a.Audiences {
		for _, t := range r {
			if strip(t.Value) != "" {
				return nil
			}
		}
	}
	at, saw := a.ConditionsAt, "no AudienceRestriction"
	if len(a.Audiences) > 0 {
		saw = "an AudienceRestriction without an Audience"
		if len(a.Audiences[0]) > 0 {
			at, saw = a.Audiences[0][0].At, a.Audiences[0][0].Value
		}
	}
	if !at.Known() {
		at = a.At
	}
	return one(rule.Finding{
		At: at, Summary: "The assertion names no Audience, and AWS wants to find its own name there",
		Evidence: []rule.Exhibit{{What: "Audience", At: at, Saw: saw, Want: ownAudience(c)}},
	})
}

// fixAudience tells to set the Audience at the IdP.
func fixAudience(c evidence.Case, _ rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Set the Audience to AWS's name",
		Who:     rule.IdPAdmin,
		Setting: idp.Audience,
		Steps: []string{
			"Set Audience (SP entity ID, Identifier, Audience URI) to " + ownAudience(c) + ", letter by letter.",
			"Leave it so on a regional endpoint: there ACS URL, Recipient and the trust policy's SAML:aud change, and the Audience does not have to.",
		},
	}}
}
