package diag

import (
	"testing"

	"example.com/samlens/diag/evidence"
)

func TestTheSimulatorsOpinionIsHeldAgainstOurs(t *testing.T) {
	say := func(decisions ...string) evidence.Case {
		var c evidence.Case
		var list []evidence.Simulation
		for _, d := range decisions {
			list = append(list, evidence.Simulation{Action: "connect:GetFederationToken", Decision: d})
		}
		c.Live.Simulated = evidence.Have(list, "iam:SimulatePrincipalPolicy")
		return c
	}
	for _, x := range []struct {
		name            string
		c               evidence.Case
		refuses, allows bool
	}{
		{"not asked", evidence.Case{}, false, false},
		{"asked of nothing", say(), false, false},
		{"one reading of the resource is enough", say("implicitDeny", "allowed"), false, true},
		{"neither reading", say("implicitDeny", "implicitDeny"), true, false},
		{"a deny", say("explicitDeny"), true, false},
	} {
		if got := refusedBySimulator(x.c) != ""; got != x.refuses {
			t.Errorf("%s: it is said to refuse: %v", x.name, got)
		}
		if got := allowedBySimulator(x.c) != ""; got != x.allows {
			t.Errorf("%s: it is said to allow: %v", x.name, got)
		}
	}
}
