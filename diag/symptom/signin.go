package symptom

import "example.com/samlens/diag/evidence"

// The documents that the catalogue rests on.
const (
	docSAML      = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html"
	docAssertion = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html"
	docSTS       = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html"
	docDenied    = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"
	docRegions   = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html"
	docConnect   = "https://docs.aws.amazon.com/connect/latest/adminguide/troubleshoot-saml.html"
	docConfigure = "https://docs.aws.amazon.com/connect/latest/adminguide/configure-saml.html"
	docGlobal    = "https://docs.aws.amazon.com/connect/latest/adminguide/integrate-idp.html"
	docFederate  = "https://docs.aws.amazon.com/connect/latest/APIReference/API_GetFederationToken.html"
	docCenter    = "https://docs.aws.amazon.com/singlesignon/latest/userguide/troubleshooting.html"
	docUpdate    = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html"
	docTrail     = "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html"
)

// The services as the suffix names them.
const (
	serviceSTS  = "AWSSecurityTokenService"
	serviceOpen = "AWSOpenIdDiscoveryService"
)

// documented, reported, inferred and unverified make causes without a reason
// of their own.
func documented(rules ...string) []Cause { return causes(Documented, rules) }
func inferred(rules ...string) []Cause   { return causes(Inferred, rules) }

func causes(s Standing, rules []string) []Cause {
	out := make([]Cause, len(rules))
	for i, r := range rules {
		out[i] = Cause{Rule: r, Standing: s}
	}
	return out
}

// signInEntries are what the AWS sign-in endpoint says by itself, before it
// calls STS: an HTML page, no code, and no CloudTrail event.
func signInEntries() []Entry {
	return []Entry{{
		ID: "invalid-saml-response", Text: "Your request included an invalid SAML response. To logout, click here.",
		Alternatives: []string{"Your request included an invalid SAML response. To log out, click here.", "Your request included an invalid SAML response.", "Invalid SAML response"},
		Standing:     Documented, Hop: evidence.HopSignIn, Speaker: "AWS sign-in",
		Means: "AWS sign-in could not read a role to assume from what was posted: no STS call was made. AWS documents one cause, a missing or empty Role attribute; the page is the same for whatever else keeps it from reading the response.",
		Causes: append([]Cause{
			{"role-missing", Documented, "the attribute https://aws.amazon.com/SAML/Attributes/Role is not in the assertion"},
			{"role-empty", Documented, "the Role attribute has no AttributeValue"},
			{"attribute-name-typo", Documented, "names are compared letter by letter: a near miss is a missing attribute"},
			{"role-malformed", Documented, "a value that is no pair of role ARN and provider ARN"},
			{"role-whitespace", Reported, "white space around the pair"},
		}, inferred("role-account-mismatch", "role-partition-mismatch", "role-reserved-sso", "attribute-whitespace", "attribute-duplicate",
			"recipient-missing", "recipient-not-aws", "recipient-posted-elsewhere", "assertion-multiple", "response-too-large", "session-duration-invalid", "malformed-xml")...),
		TellApart: []Evidence{
			{"decode", "Look for the attribute name https://aws.amazon.com/SAML/Attributes/Role, letter by letter, and at its value: role ARN, comma, provider ARN, no quotes, nothing before or after."},
			{"capture", "The posted form shows whether the response was cut, doubly encoded or over 100,000 characters, and to which address it went."},
			{"trail", "No AssumeRoleWithSAML event of that minute fits this text; an event with an error means that STS was reached, and its message decides."},
		},
		Sources: []string{docSAML, docAssertion},
		Notes: []string{
			"Only the missing role is documented. White space, malformed or expired XML come from public reports.",
			"A widely read case study shows this page for a rotated certificate; AWS documents \"Response signature invalid\" for that. If the role pair is right, check the signature next.",
			"AWS sign-in's own page is no API answer: it carries no code and no request ID.",
		},
	}}
}
