package proof

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/samlens/awsx/emulator/idp"
)

// request is the HAR entry that posts the response.
func request(har object) object {
	for _, e := range har["log"].(object)["entries"].([]any) {
		r := e.(object)["request"].(object)
		if r["method"] == "POST" {
			return r
		}
	}
	return nil
}

var formValue = regexp.MustCompile(`SAMLResponse=[^&]*`)

// form changes the posted SAMLResponse value, in text and parameters alike,
// and takes the response out of the identity provider's page.
func form(change func(string) string) func(object) {
	return func(har object) {
		post := request(har)["postData"].(object)
		post["text"] = formValue.ReplaceAllStringFunc(post["text"].(string), func(v string) string {
			return "SAMLResponse=" + change(strings.TrimPrefix(v, "SAMLResponse="))
		})
		for _, p := range post["params"].([]any) {
			if p := p.(object); p["name"] == "SAMLResponse" {
				p["value"] = change(p["value"].(string))
			}
		}
		quiet(har)
	}
}

// quiet empties the answers' bodies.
func quiet(har object) {
	for _, e := range har["log"].(object)["entries"].([]any) {
		e.(object)["response"].(object)["content"].(object)["text"] = ""
	}
}

// visited replaces the capture by a visit to Connect without a sign-in.
func visited(har object) {
	log := har["log"].(object)
	entry := log["entries"].([]any)[0].(object)
	entry["request"].(object)["url"] = "https://" + alias + ".my.connect.aws/ccp-v2/"
	entry["response"].(object)["content"] = object{"size": 60, "mimeType": "text/html", "text": "<html><title>Amazon Connect</title><body>Session expired</body></html>"}
	log["entries"] = []any{entry}
}

func captureMutations() []mutation {
	return []mutation{
		{rule: "capture-sanitised", state: "broken", change: func(_ testing.TB, s *signIn) {
			s.har = append(s.har, form(func(string) string { return "[REDACTED]" }))
		}},
		{rule: "capture-undecodable", change: func(_ testing.TB, s *signIn) {
			s.har = append(s.har, form(func(v string) string { return v[:400] + "!!" + v[402:] }))
		}},
		{rule: "acs-not-aws", change: func(_ testing.TB, s *signIn) {
			s.response.Recipient, s.visit.Answer.URL = "https://crm.partner.example/sso/acs", "https://crm.partner.example/sso/acs"
			s.visit.RelayState = ""
		}},
		{rule: "not-saml2", change: func(_ testing.TB, s *signIn) {
			s.signed = append(s.signed, func(string) string {
				return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:1.0:protocol" ResponseID="_r" MajorVersion="1" MinorVersion="1" IssueInstant="2026-11-23T08:02:10Z">` +
					`<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion" AssertionID="_a" Issuer="` + issuer + `" MajorVersion="1" MinorVersion="1"></saml:Assertion></samlp:Response>`
			})
		}},
		{rule: "malformed-xml", change: func(t testing.TB, s *signIn) { s.tamper(t, "</saml2:Subject>", "</saml2:Subjekt>") }},
		{rule: "response-too-large", change: func(_ testing.TB, s *signIn) {
			s.attribute("https://northwind.example/groups", strings.Repeat("cn=a-long-group-name,ou=groups;", 2600))
		}},
		{rule: "direct-visit", change: func(_ testing.TB, s *signIn) { s.har = append(s.har, visited) }},
		{rule: "capture-repaired", name: "spaces", change: func(_ testing.TB, s *signIn) {
			s.har = append(s.har, form(func(v string) string { return strings.ReplaceAll(v, "%2B", "%20") }))
		}},
		{rule: "capture-repaired", name: "padding", change: func(_ testing.TB, s *signIn) {
			s.response.InResponseTo = "_1234" // so that there is padding to lose
			s.har = append(s.har, form(func(v string) string { return strings.TrimSuffix(strings.TrimSuffix(v, "%3D"), "%3D") }))
		}},
		{rule: "capture-repaired", name: "double encoding", change: func(_ testing.TB, s *signIn) {
			s.har = append(s.har, form(func(v string) string { return strings.ReplaceAll(v, "%", "%25") }))
		}},
		{rule: "capture-reformatted", state: "unknown", change: func(_ testing.TB, s *signIn) {
			s.args = append(s.args, "--as-of", morning.Format(time.RFC3339))
			s.dress = func(doc []byte) []byte { return bytes.ReplaceAll(doc, []byte("><"), []byte(">\n  <")) }
		}},
		// A signature is not computed over a document whose entities may change it.
		{rule: "dtd-present", state: "unknown", change: func(_ testing.TB, s *signIn) {
			s.signed = append(s.signed, func(doc string) string { return `<!DOCTYPE saml2p:Response [<!ENTITY x "y">]>` + doc })
		}},
		{rule: "live-credential", change: func(_ testing.TB, s *signIn) { s.now = morning.Add(time.Minute) }},
		// It stands at the hop that would fail now.
		{rule: "evidence-disagrees", hop: "provider", change: func(t testing.TB, s *signIn) {
			s.opened()
			s.metadata = metadataOf(issuer, keyOf(t, "idp-a-next").Certificate)
		}},
	}
}

// opened lets the capture show Amazon Connect.
func (s *signIn) opened() {
	home := "https://" + alias + ".my.connect.aws/ccp-v2/"
	s.visit.Answer = idp.Page{URL: s.visit.Answer.URL, Status: 302, Location: federateURL}
	s.visit.Then = []idp.Page{
		{URL: federateURL, Status: 302, Location: home},
		{URL: home, Status: 200, Body: "<html><head><title>Contact Control Panel - Amazon Connect</title></head><body>Contact Control Panel</body></html>"},
	}
}

func idpMutations() []mutation {
	second := func(a string) string {
		return strings.ReplaceAll(a, assertionID, strings.Replace(assertionID, "9", "8", 1))
	}
	return []mutation{
		{rule: "status-not-success", change: func(_ testing.TB, s *signIn) {
			s.response.Status = "Responder"
			s.signed = append(s.signed, func(doc string) string { return assertionText.ReplaceAllString(doc, "") })
		}},
		{rule: "assertion-missing", change: func(_ testing.TB, s *signIn) {
			s.signed = append(s.signed, func(doc string) string { return assertionText.ReplaceAllString(doc, "") })
		}},
		{rule: "assertion-multiple", change: func(t testing.TB, s *signIn) {
			s.response.Signed = idp.Nothing
			s.signed = append(s.signed, func(doc string) string {
				return assertionText.ReplaceAllStringFunc(doc, func(a string) string { return seal(t, a, s.key) + seal(t, second(a), s.key) })
			})
		}},
		{rule: "assertion-encrypted", state: "unknown", change: func(t testing.TB, s *signIn) { encrypted(t, s, "sp") }},
		{rule: "assertion-undecryptable", state: "unknown", change: func(t testing.TB, s *signIn) {
			encrypted(t, s, "sp")
			s.args = append(s.args, "--key", "../../../testdata/keys/other.key")
		}},
		{rule: "duplicate-id", change: func(_ testing.TB, s *signIn) {
			s.response.ID = assertionID // the response's own is not signed
		}},
		{rule: "time-malformed", change: func(t testing.TB, s *signIn) {
			s.edit(t, `AuthnInstant="2026-11-23T08:02:10.000Z"`, `AuthnInstant="23.11.2026 08:02:10"`)
		}},
		{rule: "session-ended", change: func(_ testing.TB, s *signIn) { s.response.SessionNotOnOrAfter = morning.Add(-time.Hour) }},
	}
}

// encrypted closes the assertion, and gives IAM a key for it.
func encrypted(t testing.TB, s *signIn, to string) {
	s.response.EncryptTo = keyOf(t, to).Certificate
	s.provider["AssertionEncryptionMode"] = "Allowed"
	s.provider["PrivateKeyList"] = []any{object{"KeyId": "K1", "Timestamp": "2026-01-01T00:00:00+00:00"}}
}

func postMutations() []mutation {
	return []mutation{
		{rule: "recipient-missing", also: []string{"trust-condition"}, change: func(_ testing.TB, s *signIn) {
			s.response.Recipient, s.response.Destination = "-", regionalACS
		}},
		{rule: "recipient-not-aws", change: func(_ testing.TB, s *signIn) {
			s.response.Recipient, s.response.Destination = "https://crm.partner.example/sso/acs", regionalACS
		}},
		{rule: "recipient-posted-elsewhere", change: func(_ testing.TB, s *signIn) {
			s.visit.Answer.URL = "https://us-west-2.signin.aws.amazon.com/saml"
		}},
		{rule: "destination-mismatch", change: func(_ testing.TB, s *signIn) { s.response.Destination = "https://us-west-2.signin.aws.amazon.com/saml" }},
		{rule: "acs-partition-mismatch", change: func(_ testing.TB, s *signIn) { s.post("https://signin.amazonaws-us-gov.com/saml") }},
		{rule: "acs-provider-mismatch", change: func(_ testing.TB, s *signIn) { s.post(regionalACS + "/acs/SAMLSPSOMEOTHERPROVIDER26") }},
		{rule: "acs-global", change: func(_ testing.TB, s *signIn) { s.post(globalACS) }},
	}
}

func signInMutations() []mutation {
	pair := roleARN + "," + providerARN
	role := func(value string) func(testing.TB, *signIn) {
		return func(_ testing.TB, s *signIn) { s.response.Roles = []string{value} }
	}
	return []mutation{
		{rule: "attribute-name-typo", change: func(t testing.TB, s *signIn) { s.edit(t, idp.AWS+"Role\"", strings.ToLower(idp.AWS)+"Role\"") }},
		{rule: "attribute-name-typo", name: "session name", change: func(t testing.TB, s *signIn) { s.edit(t, idp.AWS+"RoleSessionName", idp.AWS+"RoleSessionname") }},
		{rule: "role-missing", change: func(_ testing.TB, s *signIn) { s.response.Roles = nil }},
		{rule: "role-empty", change: func(t testing.TB, s *signIn) { s.edit(t, pair, "") }},
		{rule: "role-whitespace", name: "behind", change: role(pair + " ")},
		{rule: "role-whitespace", name: "comma", severity: "warning", change: role(roleARN + ", " + providerARN)},
		{rule: "role-malformed", name: "separator", change: role(roleARN + ";" + providerARN)},
		{rule: "role-malformed", name: "quoted", change: role(`"` + pair + `"`)},
		{rule: "role-account-mismatch", also: []string{"trust-principal"}, change: role(roleARN + "," + strings.Replace(providerARN, account, "111122223333", 1))},
		{rule: "role-partition-mismatch", also: []string{"trust-principal"}, change: role(roleARN + "," + strings.Replace(providerARN, "arn:aws:", "arn:aws-cn:", 1))},
		{rule: "role-reserved-sso", change: func(_ testing.TB, s *signIn) {
			arn := "arn:aws:iam::" + account + ":role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Agents_0123456789abcdef"
			s.response.Roles = []string{arn + "," + providerARN}
			s.role["Arn"], s.role["RoleName"], s.role["Path"] = arn, "AWSReservedSSO_Agents_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/eu-central-1/"
		}},
		{rule: "role-order", change: role(providerARN + "," + roleARN)},
		{rule: "role-multiple", change: func(_ testing.TB, s *signIn) {
			s.response.Roles = append(s.response.Roles, strings.Replace(roleARN, roleName, "Supervisors", 1)+","+providerARN)
			s.args = append(s.args, "--role-arn", roleARN)
		}},
		{rule: "attribute-whitespace", severity: "error", change: func(_ testing.TB, s *signIn) {
			s.attribute("SessionDuration", " 28800 ")
			s.response.SessionDuration = ""
		}},
		{rule: "attribute-whitespace", name: "another's", change: func(_ testing.TB, s *signIn) {
			s.attribute("https://northwind.example/department", " Care ")
		}},
		{rule: "attribute-duplicate", change: func(_ testing.TB, s *signIn) { s.attribute("SessionDuration", "3600") }},
	}
}
