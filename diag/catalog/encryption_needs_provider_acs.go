package catalog

import (
	"fmt"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// With encryption required, AWS has to know the provider before it can read
// the response.
var encryptionNeedsProviderACS = &rule.Rule{
	ID: "encryption-needs-provider-acs", Title: "Required encryption needs the provider's own ACS",
	Hop: evidence.HopProvider, Severity: rule.Error,
	Explains: []string{msgInvalid},
	Needs:    evidence.NeedPosted | evidence.NeedProvider,
	Uses:     evidence.NeedResponse,
	Why: "The provider's ARN is inside the encrypted assertion, so AWS learns which key to use from the URL: where encryption is " +
		"required, the response has to be posted to /saml/acs/PROVIDER-ID.",
	Inferred: "Which text AWS shows for it is not documented.",
	Refs:     []string{pageAssertions},
	Check: func(c evidence.Case) []rule.Finding {
		p, post := c.Live.Provider.Value, c.Capture.Value.Posted
		if c.Live.Provider.State != evidence.Known || p.EncryptionMode != "Required" || post == nil {
			return nil
		}
		a := endpoint.ParseACS(post.URL)
		if a.Kind != endpoint.Sign || a.ProviderID != "" {
			return nil
		}
		want := partition(c).SignIn()
		if a.Region != "" {
			want = endpoint.RegionalSignIn(a.Region)
		}
		id := p.UUID
		if id == "" {
			id = "<provider-id>"
		}
		want += "/acs/" + id
		return one(rule.Finding{
			At:       post.At,
			Summary:  fmt.Sprintf("The provider requires encryption, and the response was posted to %s instead of the provider's own endpoint", quote(post.URL)),
			Evidence: []rule.Exhibit{{What: "posted to", At: post.At, Saw: post.URL, Want: want}},
		})
	},
	Fix: func(_ evidence.Case, f rule.Finding) []rule.Fix {
		return []rule.Fix{{
			Title: "Post to the provider's own endpoint", Who: rule.IdPAdmin, Setting: idp.ACS,
			Steps: []string{"Set the ACS URL to " + f.Evidence[0].Want, "Let the trust policy's SAML:aud take that URL first"},
		}}
	},
}
