package catalog

import (
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The ID in /saml/acs/ID belongs to another provider.
var acsProviderMismatch = &rule.Rule{
	ID: "acs-provider-mismatch", Title: "The ACS URL belongs to another SAML provider",
	Hop: evidence.HopPost, Severity: rule.Error,
	Explains: []string{msgInvalid, msgDenied, msgBareDenied, msgUnknownError},
	Needs:    evidence.NeedAssertion | evidence.NeedProvider, Uses: evidence.NeedCapture,
	Why:      `An address of the form /saml/acs/ID is that of one IAM SAML provider: ID is the SAMLProviderUUID that GetSAMLProvider shows. It is needed where the provider demands encrypted assertions. A provider that is deleted and made again gets another ID, and the address at the IdP then leads nowhere.`,
	Inferred: "What AWS shows for an ID that is not the provider's is not documented.",
	Refs:     []string{pageAssertions, "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html"},
	Check:    checkACSProviderMismatch,
	Fix:      fixACSProvider,
}

func checkACSProviderMismatch(c evidence.Case) []rule.Finding {
	if _, _, ok := federated(c); !ok {
		return nil
	}
	acs, t, ok := consumer(c)
	p, known := c.Live.Provider.Get()
	if !ok || !known || acs.ProviderID == "" || p.UUID == "" || acs.ProviderID == p.UUID {
		return nil
	}
	if own, ok := pair(c); ok && p.ARN != "" && p.ARN != own.ProviderARN {
		return nil // the provider looked at is not the one of the pair
	}
	return one(rule.Finding{
		Summary:  "The ACS URL ends in the provider ID " + quote(acs.ProviderID) + ", but the provider's own is " + quote(p.UUID),
		At:       t.At,
		Inferred: c.Live.Provider.Inferred,
		Evidence: []rule.Exhibit{{What: "provider ID in the ACS URL", At: t.At, Saw: acs.ProviderID, Want: p.UUID}},
	})
}

func fixACSProvider(c evidence.Case, _ rule.Finding) []rule.Fix {
	want := ownPath(c)
	return []rule.Fix{{
		Title:   "Set the ACS URL to the provider's own",
		Who:     rule.IdPAdmin,
		Setting: idp.ACS,
		Steps:   []string{"Set ACS URL, Recipient and Destination to " + want + ".", "The trust policy's condition on SAML:aud has to name the same address, or its beginning with StringLike."},
		Commands: []rule.Command{
			rule.AWS("iam", "get-saml-provider", "--saml-provider-arn", providerARN(c), "--query", "SAMLProviderUUID", "--output", "text").Noting("the provider's ID"),
		},
	}}
}

// ownPath is the provider's own ACS at the endpoint that the sign-in uses.
func ownPath(c evidence.Case) string {
	base := partition(c).SignIn()
	if acs, _, ok := consumer(c); ok && acs.Region != "" {
		base = endpoint.RegionalSignIn(acs.Region)
	}
	id := c.Live.Provider.Value.UUID
	if id == "" {
		id = "<provider-id>"
	}
	return base + "/acs/" + id
}
