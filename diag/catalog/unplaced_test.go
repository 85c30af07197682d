package catalog

import (
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A guardrail that came as a file by itself does not say where it is attached:
// what it denies follows from it by inference, that it allows nothing does not
// follow at all, and a list of what is allowed leaves the question open.
func TestGuardrailsWithoutATarget(t *testing.T) {
	const deny = `{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"us-east-1"}}}`
	for _, x := range []struct {
		name, kind, statement string
		rule                  string // that fires, inferred
		lacks                 evidence.Need
	}{
		{name: "an SCP denies it", kind: "SCP", statement: strings.Replace(deny, `"Principal":"*",`, "", 1), rule: "federation-denied"},
		{name: "an RCP denies it", kind: "RCP", statement: `{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*"}`, rule: "sts-denied-by-organization"},
		{name: "an SCP denies something else", kind: "SCP", statement: `{"Effect":"Deny","Action":"ec2:*","Resource":"*"}`},
		{name: "an RCP denies something else", kind: "RCP", statement: `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}`},
		{name: "an SCP allows something else", kind: "SCP", statement: `{"Effect":"Allow","Action":"ec2:*","Resource":"*"}`, lacks: evidence.NeedGuardrails},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := build(func(s *sketch) {
				s.live.Guardrails = evidence.Have([]evidence.Guardrail{{Name: "x.json", Kind: x.kind, Document: `{"Version":"2012-10-17","Statement":[` + x.statement + `]}`}}, "x.json")
			})
			for _, id := range []string{"federation-denied", "sts-denied-by-organization"} {
				var errs []rule.Finding
				for _, f := range findings(t, id, c) {
					if f.Severity == rule.Error {
						errs = append(errs, f)
					}
				}
				if (len(errs) > 0) != (id == x.rule) {
					t.Errorf("%s: %+v", id, errs)
				}
				for _, f := range errs {
					if !f.Inferred || !strings.Contains(f.Summary, "if it is attached to the account or above it") {
						t.Errorf("%s: inferred %t: %s", id, f.Inferred, f.Summary)
					}
				}
			}
			if got := federationLacks(c); got != x.lacks {
				t.Errorf("the permission lacks %v, want %v", got, x.lacks)
			}
		})
	}
}
