package catalog

import (
	"fmt"
	"slices"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// maxEncoded is how many base64 characters STS takes: SAMLAssertionType of the
// STS API, and "SAML authentication response size" in the IAM quotas.
const maxEncoded = 100_000

// A response over STS's size limit.
var responseTooLarge = &rule.Rule{
	ID: "response-too-large", Title: "The response is over 100,000 base64 characters",
	Hop: evidence.HopCapture, Severity: rule.Error,
	Explains: []string{msgInvalid, msgValidation, msgBase64},
	Needs:    evidence.NeedResponse,
	Why:      `STS takes a SAML response of at most 100,000 base64 characters, about 75,000 bytes of XML. What makes responses that large is nearly always one attribute: a groups claim with every group of a long-serving employee. That is why it hits single users, and administrators first.`,
	Inferred: "The limit is documented for the STS API; which page AWS sign-in shows beyond it is not.",
	Refs:     []string{pageQuotas, pageAssumeRole},
	Check:    checkResponseTooLarge,
	Fix:      fixResponseTooLarge,
}

func checkResponseTooLarge(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	if !ok || r.EncodedLen <= maxEncoded || toCenter(c) || elsewhere(c) {
		return nil
	}
	f := rule.Finding{
		Summary:  fmt.Sprintf("The response is %d base64 characters long; AWS takes at most %d", r.EncodedLen, maxEncoded),
		At:       r.At,
		Evidence: []rule.Exhibit{{What: "base64 characters", At: r.At, Saw: fmt.Sprint(r.EncodedLen), Want: fmt.Sprintf("at most %d", maxEncoded)}},
	}
	if a, ok := r.First(); ok && len(a.Attributes) > 0 {
		size := func(at evidence.Attribute) (n int) {
			for _, v := range at.Values {
				n += len(v.Value)
			}
			return n
		}
		big := slices.MaxFunc(a.Attributes, func(x, y evidence.Attribute) int { return size(x) - size(y) })
		f.Summary += fmt.Sprintf("; the largest attribute is %s with %s", quote(big.Name.Value), count(len(big.Values), "value", "values"))
		f.Evidence = append(f.Evidence, rule.Exhibit{
			What: "largest attribute", At: big.At, Saw: fmt.Sprintf("%s: %d bytes in %s", big.Name.Value, size(big), count(len(big.Values), "value", "values")),
		})
	}
	return one(f)
}

func fixResponseTooLarge(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Send AWS only the attributes it reads",
		Who:     rule.IdPAdmin,
		Setting: idp.Role,
		Steps: []string{
			"Take the groups claim out of this application, or filter it to the groups that decide over the role.",
			"AWS needs NameID, Role and RoleSessionName, and reads SessionDuration, SourceIdentity, PrincipalTag and the few directory attributes that trust policies can name.",
		},
		Consequence: "Trust policies that compare one of the attributes taken out do not match any more.",
	}}
}
