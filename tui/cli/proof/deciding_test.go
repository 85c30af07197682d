package proof

import (
	"strings"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator/idp"
)

func providerMutations() []mutation {
	forged := func(a string) string {
		a = strings.ReplaceAll(a, agent, "ceo@northwind.example")
		return strings.ReplaceAll(a, assertionID, "_forged")
	}
	return []mutation{
		{rule: "provider-not-found", change: func(_ testing.TB, s *signIn) {
			s.providers[0] = strings.Replace(providerARN, "Okta", "Okta-Prod", 1)
			s.without = []string{"--metadata"}
		}},
		{rule: "issuer-missing", change: func(t testing.TB, s *signIn) {
			s.edit(t, `<saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">`+issuer+`</saml2:Issuer>`, "")
		}},
		{rule: "issuer-mismatch", change: func(_ testing.TB, s *signIn) { s.response.Issuer = issuer + "/" }},
		{rule: "signature-missing", change: func(_ testing.TB, s *signIn) { s.response.Signed = idp.Nothing }},
		{rule: "signature-wrapping", change: func(t testing.TB, s *signIn) {
			s.signed = append(s.signed, func(doc string) string {
				return assertionText.ReplaceAllStringFunc(doc, func(a string) string {
					bare := a[:strings.Index(a, "<ds:Signature")] + a[strings.Index(a, "</ds:Signature>")+len("</ds:Signature>"):]
					return strings.Replace(forged(bare), "</saml2:Subject>", "</saml2:Subject><saml2:Advice>"+a+"</saml2:Advice>", 1)
				})
			})
		}},
		{rule: "signature-malformed", change: func(t testing.TB, s *signIn) {
			s.signed = append(s.signed, func(doc string) string {
				i, j := strings.Index(doc, "<ds:SignatureValue>"), strings.Index(doc, "</ds:SignatureValue>")
				return doc[:i] + "<ds:SignatureValue>" + doc[j:]
			})
		}},
		{rule: "signature-altered", change: func(t testing.TB, s *signIn) { s.tamper(t, ">28800<", ">36000<") }},
		{rule: "certificate-rotated", change: func(t testing.TB, s *signIn) { s.key = keyOf(t, "idp-a-next") }},
		{rule: "signature-wrong-key", change: func(t testing.TB, s *signIn) { s.key, s.response.Bare = keyOf(t, "other"), true }},
		{rule: "encryption-required", change: func(_ testing.TB, s *signIn) {
			s.post(regionalACS + "/acs/" + uuid)
			s.provider["AssertionEncryptionMode"] = "Required"
			s.provider["PrivateKeyList"] = []any{object{"KeyId": "K1", "Timestamp": "2026-01-01T00:00:00+00:00"}}
		}},
		{rule: "encryption-key-missing", also: []string{"assertion-encrypted"}, change: func(t testing.TB, s *signIn) {
			encrypted(t, s, "sp")
			s.provider["PrivateKeyList"] = []any{}
		}},
		{rule: "encryption-needs-provider-acs", also: []string{"assertion-encrypted"}, change: func(t testing.TB, s *signIn) {
			encrypted(t, s, "sp")
			s.provider["AssertionEncryptionMode"] = "Required"
		}},
		{rule: "signature-response-only", change: func(_ testing.TB, s *signIn) { s.response.Signed = idp.Whole }},
		{rule: "signature-weak", name: "SHA-1", change: func(_ testing.TB, s *signIn) { s.response.Method = idp.RSASHA1 }},
		{rule: "signature-weak", name: "RSA 1024", change: func(t testing.TB, s *signIn) { s.signedBy(t, "weak") }},
		{rule: "certificate-expired", change: func(t testing.TB, s *signIn) { s.signedBy(t, "expired") }},
		{rule: "certificate-expiring", change: func(_ testing.TB, s *signIn) { s.now = s.key.Certificate.NotAfter.Add(-10 * 24 * time.Hour) }},
		{rule: "certificate-not-yet-valid", change: func(t testing.TB, s *signIn) {
			s.signedBy(t, "idp-a-next")
			s.move(-5 * 24 * time.Hour)
		}},
	}
}

// signedBy lets the identity provider sign with another key that IAM knows.
func (s *signIn) signedBy(t testing.TB, name string) {
	s.key = keyOf(t, name)
	s.metadata = metadataOf(issuer, s.key.Certificate)
}

// move lets the whole sign-in happen at another time.
func (s *signIn) move(by time.Duration) {
	for _, at := range []*time.Time{&s.now, &s.visit.At, &s.response.IssueInstant, &s.response.NotBefore, &s.response.NotOnOrAfter, &s.response.SessionNotOnOrAfter} {
		if !at.IsZero() {
			*at = at.Add(by)
		}
	}
}

func stsMutations() []mutation {
	many := func(n int) (out []idp.Tag) {
		for i := range n {
			out = append(out, idp.Tag{Key: "K" + string(rune('A'+i/26)) + string(rune('A'+i%26)), Value: "v"})
		}
		return out
	}
	name := func(value string) func(testing.TB, *signIn) {
		return func(_ testing.TB, s *signIn) { s.response.SessionName = value }
	}
	return []mutation{
		{rule: "session-name-missing", change: name("")},
		{rule: "session-name-empty", change: func(t testing.TB, s *signIn) { s.edit(t, `type="xs:string">`+agent, `type="xs:string">`) }},
		{rule: "session-name-multiple", change: func(_ testing.TB, s *signIn) {
			s.response.SessionName = ""
			s.attribute("RoleSessionName", agent, "maria")
		}},
		{rule: "session-name-whitespace", also: []string{"user-invisible-character"}, change: name(agent + " ")},
		{rule: "session-name-invalid", name: "umlaut", also: []string{"user-not-found"}, change: name("mária.lopez@northwind.example")},
		{rule: "session-name-invalid", name: "length", also: []string{"user-not-found"}, change: name(strings.Repeat("m", 60) + "@northwind.example")},
		{rule: "source-identity-invalid", change: func(_ testing.TB, s *signIn) {
			s.response.SourceIdentity = "maria lopez"
			first(s.trust)["Action"] = []string{"sts:AssumeRoleWithSAML", "sts:SetSourceIdentity"}
		}},
		{rule: "session-duration-invalid", name: "short", change: func(_ testing.TB, s *signIn) { s.response.SessionDuration = "600" }},
		{rule: "session-duration-invalid", name: "text", change: func(_ testing.TB, s *signIn) { s.response.SessionDuration = "8h" }},
		{rule: "tags-invalid", name: "count", change: func(_ testing.TB, s *signIn) { s.tagged(many(51)...) }},
		{rule: "tags-invalid", name: "prefix", change: func(_ testing.TB, s *signIn) { s.tagged(idp.Tag{Key: "aws:team", Value: "care"}) }},
		{rule: "transitive-tag-unknown", change: func(_ testing.TB, s *signIn) {
			s.tagged(idp.Tag{Key: "Team", Value: "care"})
			s.response.TransitiveTags = []string{"Department"}
		}},
		{rule: "audience-missing", change: func(_ testing.TB, s *signIn) { s.response.Audience = "-" }},
		{rule: "audience-mismatch", change: func(_ testing.TB, s *signIn) { s.response.Audience = "https://crm.partner.example" }},
		{rule: "audience-mismatch", name: "regional", severity: "warning", change: func(_ testing.TB, s *signIn) { s.response.Audience = regionalACS }},
		{rule: "subject-missing", change: func(_ testing.TB, s *signIn) { s.response.NameID = "" }},
		{rule: "subject-confirmation-invalid", name: "holder of key", change: func(t testing.TB, s *signIn) { s.edit(t, "cm:bearer", "cm:holder-of-key") }},
		{rule: "subject-confirmation-invalid", name: "without an end", change: func(t testing.TB, s *signIn) {
			s.edit(t, `<saml2:SubjectConfirmationData NotOnOrAfter="2026-11-23T08:07:10.000Z"`, `<saml2:SubjectConfirmationData`)
		}},
		{rule: "name-id-format-unsupported", change: func(_ testing.TB, s *signIn) {
			s.response.NameIDFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted"
		}},
		{rule: "sts-region-disabled", change: func(_ testing.TB, s *signIn) {
			s.extra["list-regions.json"] = object{"Regions": []any{object{"RegionName": region, "RegionOptStatus": "DISABLED"}, object{"RegionName": "us-east-1", "RegionOptStatus": "ENABLED_BY_DEFAULT"}}}
		}},
		{rule: "sts-denied-by-organization", name: "RCP", change: func(_ testing.TB, s *signIn) {
			s.guardrail("RESOURCE_CONTROL_POLICY", deny("sts:*", "*", object{"StringNotEquals": object{"aws:RequestedRegion": []string{"us-east-1"}}}))
		}},
		{rule: "sts-denied-by-organization", name: "SCP", severity: "warning", change: func(_ testing.TB, s *signIn) {
			s.guardrail("SERVICE_CONTROL_POLICY", deny("sts:AssumeRoleWithSAML", "*", nil))
		}},
	}
}

// tagged sends session tags, and lets the trust policy take them.
func (s *signIn) tagged(tags ...idp.Tag) {
	s.response.Tags = tags
	first(s.trust)["Action"] = []string{"sts:AssumeRoleWithSAML", "sts:TagSession"}
}

// deny is a policy that denies an action; RCPs name a principal.
func deny(action, resource string, condition object) object {
	st := object{"Effect": "Deny", "Action": action, "Resource": resource}
	if condition != nil {
		st["Condition"] = condition
	}
	return object{"Version": "2012-10-17", "Statement": []any{st}}
}

// guardrail puts an organization's policy above the account.
func (s *signIn) guardrail(kind string, document object) {
	if kind == "RESOURCE_CONTROL_POLICY" {
		first(document)["Principal"] = "*"
	} else { // as FullAWSAccess does, which every account begins with
		document["Statement"] = append(document["Statement"].([]any), object{"Effect": "Allow", "Action": "*", "Resource": "*"})
	}
	summary := object{"Id": "p-guard0001", "Arn": "arn:aws:organizations::109876543210:policy/o-a1/p-guard0001", "Name": "Guard", "Type": kind, "AwsManaged": false}
	collected := func(output any, args ...string) object {
		return object{"schema": "samlens/evidence/1", "command": append([]string{"aws", "organizations"}, args...), "at": "2026-11-23T08:30:00Z", "output": output}
	}
	s.extra["organizations-list-policies-for-target.json"] = collected(object{"Policies": []any{summary}},
		"list-policies-for-target", "--target-id", account, "--filter", kind)
	s.extra["organizations-describe-policy.json"] = collected(object{"Policy": object{"PolicySummary": summary, "Content": string(mustJSON(document))}},
		"describe-policy", "--policy-id", "p-guard0001")
}

func timeMutations() []mutation {
	return []mutation{
		{rule: "assertion-not-yet-valid", change: func(_ testing.TB, s *signIn) { s.response.NotBefore = morning.Add(3 * time.Minute) }},
		{rule: "redeemed-late", change: func(_ testing.TB, s *signIn) {
			s.response.IssueInstant = morning.Add(-20 * time.Minute)
			s.response.NotOnOrAfter = morning.Add(time.Hour)
		}},
		{rule: "assertion-expired", change: func(_ testing.TB, s *signIn) {
			s.response.IssueInstant, s.response.NotOnOrAfter = morning.Add(-4*time.Minute), morning.Add(-2*time.Minute)
		}},
		{rule: "idp-clock-skew", change: func(_ testing.TB, s *signIn) { s.visit.IDPSkew = 3 * time.Minute }},
	}
}

func trustMutations() []mutation {
	other := strings.Replace(providerARN, "Okta", "PartnerPortal", 1)
	return []mutation{
		{rule: "role-not-found", change: func(_ testing.TB, s *signIn) {
			s.without = []string{"--role", "--role-policy"}
			s.extra["iam-get-role.json"] = object{
				"schema": "samlens/evidence/1", "command": []string{"aws", "iam", "get-role", "--role-name", roleName}, "at": "2026-11-23T08:30:00Z",
				"error": object{"code": "NoSuchEntity", "message": "The role with name " + roleName + " cannot be found."},
			}
		}},
		{rule: "trust-principal", change: func(_ testing.TB, s *signIn) { s.trust = trustOf(other, "sts:AssumeRoleWithSAML", regionalACS) }},
		{rule: "trust-action", change: func(_ testing.TB, s *signIn) { s.trust = trustOf(providerARN, "sts:AssumeRole", regionalACS) }},
		{rule: "trust-tag-session", change: func(_ testing.TB, s *signIn) { s.response.Tags = []idp.Tag{{Key: "Team", Value: "care"}} }},
		{rule: "trust-source-identity", change: func(_ testing.TB, s *signIn) { s.response.SourceIdentity = agent }},
		{rule: "trust-condition", change: func(_ testing.TB, s *signIn) { s.trust = trustOf(providerARN, "sts:AssumeRoleWithSAML", globalACS) }},
		{rule: "trust-impossible-condition", change: func(_ testing.TB, s *signIn) {
			first(s.trust)["Condition"].(object)["Bool"] = object{"aws:MultiFactorAuthPresent": "true"}
		}},
		{rule: "trust-denied", change: func(_ testing.TB, s *signIn) {
			s.trust["Statement"] = append(s.trust["Statement"].([]any), object{"Effect": "Deny", "Principal": "*", "Action": "sts:*"})
		}},
		{rule: "provider-cross-account", change: func(_ testing.TB, s *signIn) {
			s.trust = trustOf(strings.Replace(providerARN, account, "111122223333", 1), "sts:AssumeRoleWithSAML", regionalACS)
		}},
		{rule: "trust-broad", change: func(_ testing.TB, s *signIn) { delete(first(s.trust), "Condition") }},
		{rule: "trust-external-access", change: func(_ testing.TB, s *signIn) {
			s.extra["list-findings-v2.json"] = object{"findings": []any{object{"id": "f1", "resource": roleARN, "resourceType": "AWS::IAM::Role", "status": "ACTIVE", "updatedAt": "2026-11-20T08:00:00Z"}}}
			s.extra["get-finding-v2.json"] = object{"id": "f1", "resource": roleARN, "resourceType": "AWS::IAM::Role", "status": "ACTIVE", "updatedAt": "2026-11-20T08:00:00Z",
				"findingDetails": []any{object{"externalAccessDetails": object{"action": []string{"sts:AssumeRoleWithSAML"}, "principal": object{"Federated": providerARN}, "isPublic": false}}}}
		}},
	}
}
