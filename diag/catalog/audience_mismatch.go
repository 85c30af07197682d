package catalog

import (
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// An Audience that is not AWS.
var audienceMismatch = &rule.Rule{
	ID: "audience-mismatch", Title: "The Audience is not AWS",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgAudience}, Predicts: msgAudience,
	Needs: evidence.NeedAssertion,
	Why: `STS looks for AWS's own name among the Audience values: urn:amazon:webservices or https://signin.aws.amazon.com/saml, and urn:amazon:webservices:govcloud in GovCloud. Several values in one AudienceRestriction are alternatives, several restrictions must all hold.

The Audience is not what a trust policy compares as SAML:aud: that is the Recipient. A regional sign-in endpoint needs no regional Audience.`,
	Inferred: "Whether regional addresses, addresses with /acs/, forms with a fragment, and names of the China partition are taken as Audience is not documented; they are a warning here, unless AWS's answer decides it.",
	Refs:     []string{pageTroubleshoot, pageAssertions},
	Check:    checkAudienceMismatch,
	Fix:      fixAudience,
}

func checkAudienceMismatch(c evidence.Case) []rule.Finding {
	_, a, ok := federated(c)
	if !ok {
		return nil
	}
	var worst rule.Finding
	for _, restriction := range a.Audiences {
		sev, n := rule.Error, 0
		var names []string
		f := rule.Finding{}
		for _, t := range restriction {
			value := asJudged(c, t.Value)
			if strip(value) == "" {
				continue
			}
			if n++; n == 1 {
				f.At = t.At
			}
			sev = min(sev, audience(value, partition(c)))
			names = append(names, quote(value))
			f.Evidence = append(f.Evidence, shown("Audience", t, ownAudience(c)))
		}
		if n == 0 || sev == rule.Unset {
			continue
		}
		f.Severity = sev
		f.Summary = "The Audience is " + list(names) + ", not " + quote(ownAudience(c))
		if sev == rule.Warning {
			f.Summary = "The Audience is " + list(names) + "; it is not documented that AWS takes this form"
		}
		if len(a.Audiences) > 1 {
			f.Summary += " (each AudienceRestriction must hold)"
		}
		if f.Severity > worst.Severity {
			worst = f
		}
	}
	if worst.Severity == rule.Unset {
		return nil
	}
	return one(worst)
}

// audience returns what an Audience value costs: nothing where it is a name of
// AWS that is known to be taken, a warning where that is not documented.
func audience(s string, in endpoint.Partition) rule.Severity {
	switch {
	case s == "urn:amazon:webservices", s == "https://signin.aws.amazon.com/saml", s == "urn:amazon:webservices:govcloud" && in == endpoint.GovCloud:
		return rule.Unset
	}
	bare, _, _ := strings.Cut(strip(s), "#")
	low := strings.ToLower(bare)
	switch {
	case bare == "urn:amazon:webservices" || bare == "urn:amazon:webservices:govcloud", strings.HasPrefix(bare, "urn:amazon:webservices:cn-"):
		return rule.Warning
	}
	if a := endpoint.ParseACS(bare); strings.HasPrefix(low, "https://") && a.OK() && a.Kind != endpoint.IdentityCenter {
		return rule.Warning
	}
	return rule.Error
}

// ownAudience is the Audience that AWS is known to take in the sign-in's
// partition.
func ownAudience(c evidence.Case) string {
	if partition(c) == endpoint.GovCloud {
		return "urn:amazon:webservices:govcloud"
	}
	return "urn:amazon:webservices"
}
