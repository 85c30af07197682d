package catalog

import (
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The assertion is made out to somebody else.
var recipientNotAWS = &rule.Rule{
	ID: "recipient-not-aws", Title: "The Recipient is not an AWS sign-in address",
	Hop: evidence.HopPost, Severity: rule.Error,
	Explains: []string{msgDenied, msgInvalid, msgBareDenied, msgUnknownError, msgCenterACS}, Predicts: msgDenied,
	Needs: evidence.NeedAssertion,
	Why: `The Recipient of an assertion has to be the AWS sign-in endpoint. STS itself keeps no list of allowed addresses: it hands the Recipient to the role's trust policy as SAML:aud, and a policy with the usual condition on that key then does not match. So a wrong Recipient shows as a refused role, and not as an audience error.

The Audience is another element with another check: correcting that one does not help here.`,
	Inferred: "Which text appears depends on the trust policy; that AWS sign-in can show its general page instead is inferred.",
	Refs:     []string{pageAssertions, pageKeys, pageEndpoints},
	Eclipses: []string{"trust-condition"},
	Check:    checkRecipientNotAWS,
	Fix:      fixACS,
}

func checkRecipientNotAWS(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	t, ok := recipient(a)
	if !ok || trim(t.Value) == "" {
		return nil
	}
	value := asJudged(c, t.Value)
	to := endpoint.ParseACS(value)
	f := rule.Finding{At: t.At, Evidence: []rule.Exhibit{shown("SubjectConfirmationData/@Recipient", t, ownACS(c))}}
	switch why := edges(value); {
	case to.OK() && why == "":
		return nil
	case to.OK():
		f.Summary = "The Recipient " + quote(strip(value)) + " " + why + ", so it is not the address that a trust policy compares it with"
	case to.Near != "":
		f.Summary = "The Recipient " + quote(value) + " is no AWS sign-in address: " + to.Near
	default:
		f.Summary = "The Recipient is " + quote(value) + ", which is no AWS sign-in address"
	}
	return one(f)
}
