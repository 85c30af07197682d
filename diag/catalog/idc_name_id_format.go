package catalog

import (
	"net/mail"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// centerFormat is the one NameID format that IAM Identity Center takes.
const centerFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"

// Identity Center asks for a NameID that is an e-mail address.
var idcNameIDFormat = &rule.Rule{
	ID: "idc-name-id-format", Title: "Identity Center needs an e-mail address as NameID",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgCenterError, msgCenterUs}, Predicts: msgCenterError,
	Needs: evidence.NeedAssertion,
	Why:   `Where IAM Identity Center is the service provider, it asks for a NameID of the format emailAddress whose value is an address of the form of RFC 2822. It then looks for a user whose user name, not whose e-mail address, is exactly that value.`,
	Refs:  []string{pageCenterHelp},
	Check: checkIDCNameIDFormat,
	Fix:   fixIDCNameID,
}

// centered returns the assertion where IAM Identity Center is to judge it.
func centered(c evidence.Case) (evidence.Assertion, bool) {
	if !toCenter(c) {
		return evidence.Assertion{}, false
	}
	return c.Response.Value.First()
}

func checkIDCNameIDFormat(c evidence.Case) []rule.Finding {
	a, ok := centered(c)
	if !ok {
		return nil
	}
	if a.Subject == nil || !a.Subject.NameID.Present {
		return one(rule.Finding{At: a.At, Summary: "The assertion has no NameID, and IAM Identity Center finds its user by it",
			Evidence: []rule.Exhibit{{What: "NameID", At: a.At, Saw: "none", Want: "the user's name in IAM Identity Center"}}})
	}
	s := a.Subject
	format, name := asJudged(c, s.Format.Value), asJudged(c, s.NameID.Value)
	if format != centerFormat {
		f := rule.Finding{At: s.Format.At, Summary: "The NameID has the format " + quote(format) + "; IAM Identity Center takes emailAddress alone",
			Evidence: []rule.Exhibit{shown("NameID/@Format", s.Format, centerFormat), shown("NameID", s.NameID, "")}}
		if !s.Format.Present {
			f.At, f.Summary = s.NameID.At, "The NameID has no format; IAM Identity Center takes emailAddress alone"
		}
		return one(f)
	}
	if m, err := mail.ParseAddress(name); err != nil || m.Address != name {
		return one(rule.Finding{At: s.NameID.At, Summary: "The NameID " + quote(name) + " is no e-mail address",
			Evidence: []rule.Exhibit{shown("NameID", s.NameID, "an address such as user@example.com, equal to the user name in IAM Identity Center")}})
	}
	return nil
}

func fixIDCNameID(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Send the Identity Center user name as NameID, in format emailAddress",
		Who:     rule.IdPAdmin,
		Setting: idp.NameID,
		Steps: []string{
			"Set the NameID's format to " + centerFormat + ".",
			"Map its value from the field that is also provisioned as user name to IAM Identity Center: the two are compared exactly.",
		},
	}}
}
