package catalog

import (
	"slices"
	"testing"

	"example.com/samlens/diag/symptom"
)

// apart are the causes that the catalogue of messages names and the rule's
// page leaves out, with the reason.
var apart = map[string]map[string]string{
	"no-decryption-key": {
		"encryption-key-missing":        unverified,
		"encryption-required":           unverified,
		"encryption-needs-provider-acs": unverified,
	},
	"no-valid-roles": {"role-malformed": unverified, "role-missing": unverified},
	"root-cannot-federate": {
		"direct-visit": "the message is about who opened Connect from the console; the rule about a page that was opened without the IdP",
	},
	"center-not-you":            {"certificate-rotated": ofIAM, "certificate-expired": ofIAM},
	"center-session-token":      {"session-ended": ofIAM, "direct-visit": ofIAM},
	"center-not-valid-response": {"redeemed-late": ofIAM, "destination-mismatch": ofIAM},
}

const (
	unverified = "nobody is known to have seen this wording: it is recognised, and no rule states it"
	ofIAM      = "the rule judges sign-ins through IAM only; the message names it for a person who has no capture"
)

// TestMessagesAndRulesAgree: whatever the catalogue of messages names as a
// cause says of itself that it explains the message.
func TestMessagesAndRulesAgree(t *testing.T) {
	used := 0
	for _, e := range symptom.All() {
		for _, x := range e.Causes {
			explains := slices.Contains(byID(t, x.Rule).Explains, e.ID)
			why := apart[e.ID][x.Rule]
			if why != "" {
				used++
			}
			if explains == (why != "") {
				t.Errorf("%s names %s: the rule explains it: %v; excepted: %q", e.ID, x.Rule, explains, why)
			}
		}
		for id, why := range apart[e.ID] {
			if why == unverified && e.Standing != symptom.Unverified {
				t.Errorf("%s, %s: excepted as unverified and is %s", e.ID, id, e.Standing)
			}
		}
	}
	all := 0
	for _, m := range apart {
		all += len(m)
	}
	if used != all {
		t.Errorf("%d of %d exceptions are of no entry", all-used, all)
	}
	for _, r := range All() {
		if r.Predicts != "" && !slices.Contains(r.Explains, r.Predicts) {
			t.Errorf("%s predicts %s and does not explain it", r.ID, r.Predicts)
		}
		if e, ok := symptom.Get(r.Predicts); ok && (e.Standing == symptom.Unverified || !slices.Contains(e.Rules(), r.ID)) {
			t.Errorf("%s predicts %s, which is %s and has it among its causes: %v", r.ID, r.Predicts, e.Standing, slices.Contains(e.Rules(), r.ID))
		}
	}
}
