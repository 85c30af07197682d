package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// Identity Center wants exactly one assertion.
var idcMultipleAssertions = &rule.Rule{
	ID: "idc-multiple-assertions", Title: "Identity Center takes exactly one assertion",
	Hop: evidence.HopIdP, Severity: rule.Error,
	Explains: []string{msgCenterOne, msgCenterError}, Predicts: msgCenterError,
	Needs:    evidence.NeedResponse,
	Why:      `IAM Identity Center takes a response with exactly one assertion. The browser shows an unexpected error; CloudTrail's ExternalIdPDirectoryLogin event says “Responses must contain exactly one Assertion”.`,
	Refs:     []string{pageCenterHelp},
	Eclipses: []string{"idc-name-id-format", "idc-attributes"},
	Check: func(c evidence.Case) []rule.Finding {
		if !toCenter(c) {
			return nil
		}
		return severalAssertions(c)
	},
	Fix: fixOneAssertion,
}
