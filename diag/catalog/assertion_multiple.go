package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// More than one assertion: nobody can say which one counts.
var assertionMultiple = &rule.Rule{
	ID: "assertion-multiple", Title: "The response holds more than one assertion",
	Hop: evidence.HopIdP, Severity: rule.Error,
	Explains: []string{msgInvalid, msgCenterOne},
	Needs:    evidence.NeedResponse,
	Why: `Which of several assertions counts is a matter of the reader: one takes the first, one the last, one the one that is signed. That is how forged assertions are smuggled past a valid signature, and so service providers take exactly one.

The values shown for this sign-in are those of the first assertion in the document. What they would lead to is not judged: AWS may never have read them.`,
	Inferred: "AWS documents this demand for IAM Identity Center (“Responses must contain exactly one Assertion”); that IAM's sign-in has the same one is inferred, and so is the text it shows.",
	Refs:     []string{pageAssertions, pageCenterHelp},
	Eclipses: valueRules,
	Check:    checkAssertionMultiple,
	Fix:      fixOneAssertion,
}

// valueRules are the rules that judge by an assertion's values: idle where it
// is open which assertion's values AWS reads.
var valueRules = []string{
	"session-ended",
	"recipient-missing", "recipient-not-aws", "recipient-posted-elsewhere", "acs-partition-mismatch",
	"attribute-name-typo", "role-missing", "role-empty", "role-whitespace", "role-malformed", "role-account-mismatch", "role-partition-mismatch",
	"role-reserved-sso", "role-order", "role-multiple", "attribute-whitespace", "attribute-duplicate",
	"session-name-missing", "session-name-empty", "session-name-multiple", "session-name-whitespace", "session-name-invalid",
	"issuer-missing", "issuer-mismatch", "provider-not-found",
	"source-identity-invalid", "session-duration-invalid", "tags-invalid", "transitive-tag-unknown", "audience-missing", "audience-mismatch",
	"subject-missing", "subject-confirmation-invalid", "name-id-format-unsupported", "assertion-not-yet-valid", "redeemed-late", "assertion-expired",
	"role-not-found", "trust-principal", "trust-action", "trust-tag-session", "trust-source-identity", "trust-condition",
	"session-name-never-matches", "user-case-mismatch", "user-format-mismatch", "user-invisible-character", "user-confusable",
	"user-other-instance", "user-not-found", "user-duplicate",
}

func checkAssertionMultiple(c evidence.Case) []rule.Finding {
	if toCenter(c) {
		return nil // idc-multiple-assertions speaks of it
	}
	return severalAssertions(c)
}

func severalAssertions(c evidence.Case) []rule.Finding {
	r, ok := c.Response.Get()
	n := len(r.Assertions) + len(r.Encrypted)
	if !ok || n < 2 {
		return nil
	}
	f := rule.Finding{Summary: fmt.Sprintf("The response holds %d assertions; AWS takes one", n)}
	nested := 0
	for i, a := range r.Assertions {
		if i == 1 || i == 0 && len(r.Assertions) == 1 {
			f.At = a.At
		}
		if !a.Direct {
			nested++
		}
		what := fmt.Sprintf("assertion %d", i+1)
		if !a.Direct {
			what += " (inside another element)"
		}
		saw := a.ID.Value
		if a.Subject != nil && a.Subject.NameID.Present {
			saw += " for " + a.Subject.NameID.Value
		}
		f.Evidence = append(f.Evidence, rule.Exhibit{What: what, At: a.At, Saw: saw})
	}
	for i, e := range r.Encrypted {
		if !f.At.Known() {
			f.At = e.At
		}
		f.Evidence = append(f.Evidence, rule.Exhibit{What: fmt.Sprintf("encrypted assertion %d", i+1), At: e.At, Saw: e.DataMethod})
	}
	if nested > 0 {
		f.Summary += "; " + count(nested, "of them stands", "of them stand") + " inside another element, where no IdP puts it"
	}
	return one(f)
}

func fixOneAssertion(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title: "Let the IdP send one assertion with one attribute statement",
		Who:   rule.IdPAdmin,
		Steps: []string{
			"Look at which rules or mappings of the application issue an assertion each, and merge them.",
			"If the IdP's log shows one assertion and the capture two, the response was changed on its way: keep the file and tell whoever looks after security.",
		},
	}}
}
