package symptom

import "example.com/samlens/diag/evidence"

// accessEntries are STS's refusals for want of permission, and what CloudTrail
// records of them.
func accessEntries() []Entry {
	refusals := []Cause{
		{"trust-condition", Documented, "a condition of the trust policy is false, usually SAML:aud, which is the assertion's Recipient and not its Audience"},
		{"role-not-found", Documented, "a role that does not exist, or is spelt in another case, gives this same text"},
		{"trust-principal", Documented, "the trust policy names another provider"},
		{"trust-action", Documented, ""},
		{"trust-tag-session", Documented, "PrincipalTag attributes need sts:TagSession"},
		{"trust-source-identity", Documented, "a SourceIdentity attribute needs sts:SetSourceIdentity"},
		{"subject-missing", Documented, "no NameID in the subject"},
		{"trust-impossible-condition", Inferred, "a condition on a key that a SAML call never carries, such as MFA"},
		{"trust-denied", Inferred, ""}, {"provider-cross-account", Inferred, ""}, {"recipient-not-aws", Inferred, "a wrong Recipient fails SAML:aud"},
		{"recipient-posted-elsewhere", Inferred, ""}, {"acs-partition-mismatch", Inferred, ""}, {"acs-provider-mismatch", Inferred, ""},
		{"role-account-mismatch", Inferred, ""}, {"role-reserved-sso", Inferred, "Identity Center's own roles let no other provider in"},
		{"role-malformed", Reported, "an IdP that wraps constant values in quotes"},
		{"sts-denied-by-organization", Inferred, "a resource control policy"},
	}
	apart := []Evidence{
		{"trust", "Does the role exist under exactly this name? Does Principal.Federated name the provider of the pair, does Action hold sts:AssumeRoleWithSAML (and sts:TagSession, sts:SetSourceIdentity where such attributes are sent), and does each condition hold?"},
		{"decode", "SubjectConfirmationData/@Recipient against the values of SAML:aud; the role's name against IAM's, in its case; a NameID in Subject."},
		{"trail", "An AccessDenied event names roleArn and principalArn as STS read them; it may carry no more than \"An unknown error occurred\"."},
		{"guardrails", "Only after the role is right: a resource control policy that denies sts:* for want of aws:PrincipalOrgID refuses every SAML sign-in."},
	}
	denied := func(id, text string, s Standing) Entry {
		return Entry{ID: id, Text: text, Standing: s, Hop: evidence.HopTrust, Speaker: "AWS STS", Service: serviceSTS, Code: "AccessDenied", HTTP: 403, Suffixed: true,
			Causes: refusals, TellApart: apart, Sources: []string{docSAML, docAssertion}}
	}
	saml := denied("not-authorized-saml", "Not authorized to perform sts:AssumeRoleWithSAML", Documented)
	saml.Means = "The role's trust policy does not let this assertion in, or there is no such role: STS says the same for both."

	bare := denied("access-denied", "Access denied", Reported)
	bare.Alternatives = []string{"AccessDenied"}
	bare.Generic = true
	bare.Means = "The bare words decide nothing: STS, the AWS console and Amazon Connect all say them. Read on: the sentence behind them, the page's address and the code in brackets tell which."
	bare.TellApart = append([]Evidence{{"page", "\"has not been onboarded to this application\" is Connect without a user of that name; \"contact your AWS account administrator\" is the role without connect:GetFederationToken; error code AccessDenied in brackets is STS and the trust policy."}}, apart...)

	unknown := Entry{ID: "unknown-error", Text: "An unknown error occurred", Standing: Inferred, Hop: evidence.HopTrust, Speaker: "AWS CloudTrail", Code: "AccessDenied", CodeStanding: Inferred, Generic: true,
		Means:  "CloudTrail records this message, with AccessDenied, for refused AssumeRoleWithWebIdentity calls; for SAML calls the same is likely and not confirmed.",
		Causes: refusals, TellApart: apart[:2], Sources: []string{docTrail}}
	unknown.Notes = []string{"It says no more than AccessDenied does."}

	policy := Entry{ID: "access-denied-policy", Text: "User: * is not authorized to perform: *",
		Alternatives: []string{"is not authorized to perform: * on resource: * because no * policy allows", "is not authorized to perform: * with an explicit deny in a"},
		Standing:     Documented, Hop: evidence.HopFederate, Speaker: "AWS API", Code: "AccessDenied", HTTP: 403, CodeStanding: Reported,
		Means: "An API call was refused, and the sentence names who called, what, on which resource, and which kind of policy decided. A refused SAML sign-in does not speak so; the session's connect:GetFederationToken does, and so do your own read-only lookups.",
		Causes: append(documented("federation-permission-missing", "federation-resource-mismatch", "federation-denied"),
			Cause{"federation-condition", Inferred, ""}, Cause{"policy-version-missing", Inferred, ""}),
		TellApart: []Evidence{
			{"page", "\"because no identity-based policy allows\": the Allow is missing or does not fit. \"with an explicit deny in a service control policy\": the organization. The kind of policy stands in the sentence."},
			{"permissions", "The role's policies, their Resource and Condition against the ARN in the sentence."},
			{"guardrails", "Where the sentence names a service or resource control policy."},
		},
		Sources: []string{docDenied}}
	return []Entry{saml, bare, policy, unknown}
}
