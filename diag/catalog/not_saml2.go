package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The message is of another protocol, or of the other direction.
var notSAML2 = &rule.Rule{
	ID: "not-saml2", Title: "The message is not a SAML 2.0 response",
	Hop: evidence.HopCapture, Severity: rule.Error,
	Explains: []string{msgConfirmation, msgInvalid},
	Needs:    evidence.NeedCapture, Uses: evidence.NeedResponse,
	Why:      `AWS sign-in takes SAML 2.0 responses. SAML 1.1 tokens, which WS-Federation carries in a field named wresult, have other elements in other places: AWS finds neither a Recipient nor attributes in them. An AuthnRequest or LogoutRequest travels in the other direction and holds no assertion at all.`,
	Inferred: "Which text AWS shows for a SAML 1.1 token is not documented; reports tell of the one about SubjectConfirmationData.",
	Refs:     []string{pageProviders, pageSAMLCore},
	Check:    checkNotSAML2,
	Fix:      fixNotSAML2,
}

func checkNotSAML2(c evidence.Case) []rule.Finding {
	if what := wrongMessage(c); what != "" {
		at := evidence.Spot{In: evidence.InHAR}
		switch p, r := c.Capture.Value.Posted, c.Response.Value; {
		case r.At.Known():
			at = r.At
		case p != nil:
			at = p.At
		}
		return one(rule.Finding{
			Summary:  "What was sent is " + what + ", not a SAML 2.0 response",
			At:       at,
			Evidence: []rule.Exhibit{{What: "message", At: at, Saw: what, Want: "a SAML 2.0 Response"}},
		})
	}
	return nil
}

// wrongMessage says what the message is where it is no SAML 2.0 response; ""
// where it is one or is not there.
func wrongMessage(c evidence.Case) string {
	cp := c.Capture.Value
	if r, ok := c.Response.Get(); ok {
		switch r.Version {
		case "", "2.0":
			return ""
		case "1.0", "1.1":
			return "a SAML " + r.Version + " token"
		case "ws-federation":
			return "a WS-Federation token"
		}
		return "a token of SAML version " + quote(r.Version)
	}
	if cp.Form == evidence.FormRequest {
		return "a SAML request"
	}
	posts := cp.OtherPosts
	if cp.Posted != nil {
		posts = []evidence.Post{*cp.Posted}
	}
	what := ""
	for _, p := range posts {
		switch p.Message {
		case "wresult":
			what = "a WS-Federation token"
		case "SAMLRequest":
			if cp.Posted != nil {
				what = "a SAML request"
			}
		default:
			return ""
		}
	}
	return what
}

func fixNotSAML2(c evidence.Case, f rule.Finding) []rule.Fix {
	if c.Response.State != evidence.Known && wrongMessage(c) == "a SAML request" {
		return fixCapture(c, f)
	}
	return []rule.Fix{{
		Title:   "Let the IdP speak SAML 2.0 to AWS, over the browser POST binding",
		Who:     rule.IdPAdmin,
		Setting: idp.ACS,
		Steps: []string{
			"Make the AWS application at the IdP one of type SAML 2.0 (in AD FS: a SAML assertion consumer endpoint with binding POST, not a WS-Federation passive endpoint).",
			"Start the sign-in from the IdP: Amazon Connect takes no requests of its own (no SP-initiated sign-in).",
		},
	}}
}
