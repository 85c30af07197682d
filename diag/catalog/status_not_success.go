package catalog

import (
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The IdP itself says no.
var statusNotSuccess = &rule.Rule{
	ID: "status-not-success", Title: "The IdP itself reports a failure",
	Hop: evidence.HopIdP, Severity: rule.Error,
	Explains: []string{msgRejected},
	Needs:    evidence.NeedResponse,
	Why:      `A SAML response carries a status. Anything but urn:oasis:names:tc:SAML:2.0:status:Success means that the IdP did not sign the user in, and then there is no assertion to redeem. The code inside the first one, and the message, are the IdP's own reason: the place to look is the IdP's log, not AWS.`,
	Inferred: "STS documents an error named IDPRejectedClaim for an IdP that reports a failure; that this status brings it is not confirmed.",
	Refs:     []string{pageSAMLCore, pageAssumeRole},
	Eclipses: []string{"assertion-missing"},
	Check:    checkStatusNotSuccess,
	Fix:      fixStatusNotSuccess,
}

// statusMeans says what the second-level status codes mean that IdPs send:
// section 3.2.2.2 of SAML core.
var statusMeans = map[string]string{
	"AuthnFailed":              "the user could not be authenticated",
	"InvalidAttrNameOrValue":   "an attribute's name or value was unexpected",
	"InvalidNameIDPolicy":      "the NameID format asked for is not one the IdP can give",
	"NoAuthnContext":           "the strength of authentication asked for could not be met",
	"NoAvailableIDP":           "none of the IdPs could be reached",
	"NoPassive":                "the user would have had to be asked, and asking was forbidden",
	"NoSupportedIDP":           "none of the IdPs is supported",
	"PartialLogout":            "not every session could be ended",
	"ProxyCountExceeded":       "too many IdPs in a row",
	"RequestDenied":            "the IdP understood and refuses, for example because the user is not assigned to the application",
	"RequestUnsupported":       "the IdP does not support this kind of request",
	"RequestVersionDeprecated": "the SAML version is too old",
	"RequestVersionTooHigh":    "the SAML version is too new",
	"RequestVersionTooLow":     "the SAML version is too old",
	"ResourceNotRecognized":    "the resource is not known to the IdP",
	"TooManyResponses":         "there are more answers than can be sent",
	"UnknownAttrProfile":       "the attribute profile is not known",
	"UnknownPrincipal":         "the IdP does not know the user",
	"UnsupportedBinding":       "the IdP cannot answer over that binding",
}

func checkStatusNotSuccess(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok || r.BareAssertion || !r.Status.Code.Present || r.Status.Success() {
		return nil
	}
	s := r.Status
	f := rule.Finding{
		At:       s.Code.At,
		Summary:  "The IdP answered with status " + quote(short(s.Code.Value)),
		Evidence: []rule.Exhibit{shown("status code", s.Code, "urn:oasis:names:tc:SAML:2.0:status:Success")},
	}
	if m := statusMeans[short(s.Code.Value)]; m != "" {
		f.Summary += " (" + m + ")"
	}
	if s.SubCode.Present {
		name := short(s.SubCode.Value)
		f.Summary += " and, inside it, " + quote(name)
		if m := statusMeans[name]; m != "" {
			f.Summary += " (" + m + ")"
		}
		f.Evidence = append(f.Evidence, shown("the IdP's own reason", s.SubCode, ""))
	}
	if m := trim(s.Message.Value); m != "" {
		f.Summary += ": " + quote(m)
		f.Evidence = append(f.Evidence, shown("message", s.Message, ""))
	}
	if trim(s.Detail.Value) != "" {
		f.Evidence = append(f.Evidence, shown("detail", s.Detail, ""))
	}
	return one(f)
}

// short is the last part of a status code's URN.
func short(urn string) string {
	urn = trim(urn)
	return urn[strings.LastIndexByte(urn, ':')+1:]
}

func fixStatusNotSuccess(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Look up this sign-in in the IdP's own log",
		Who:   rule.IdPAdmin, Setting: idp.Status,
		Steps: []string{
			"Find the sign-in by its time and the response's ID; the entry names the policy, factor or assignment that refused.",
			"See that the user is assigned to the application for AWS and passes its sign-on policy.",
			"If the request asked for a NameID format or authentication context, take that demand out: AWS needs neither.",
		},
	}}
}
