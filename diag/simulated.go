package diag

import (
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/policy"
)

// simulated is IAM's own opinion on connect:GetFederationToken, where it was
// asked: whether its policy simulator allows it under either reading of the
// resource, and its word for it. The simulator judges the role's identity
// policies; it leaves out organization policies with global condition keys
// (IAM User Guide, "IAM policy testing with the IAM policy simulator"), so its
// yes is worth less than its no.
func simulated(c evidence.Case) (allows bool, word string, asked bool) {
	list, ok := c.Live.Simulated.Get()
	if !ok {
		return false, "", false
	}
	for _, s := range list {
		if !strings.EqualFold(s.Action, policy.GetFederationToken) {
			continue
		}
		asked, word = true, s.Decision
		if s.Decision == "allowed" {
			return true, s.Decision, true
		}
	}
	return false, word, asked
}

// refusedBySimulator says that IAM's simulator refuses what is allowed here;
// "" where it agrees or was not asked.
func refusedBySimulator(c evidence.Case) string {
	if allows, word, asked := simulated(c); asked && !allows {
		return "IAM's policy simulator says " + word
	}
	return ""
}

// allowedBySimulator says that IAM's simulator allows what is refused here;
// "" where it agrees or was not asked.
func allowedBySimulator(c evidence.Case) string {
	if allows, _, asked := simulated(c); asked && allows {
		return "IAM's policy simulator, which does not see every organization policy, says it is allowed"
	}
	return ""
}
