package catalog

import (
	"slices"
	"strings"
	"testing"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// What the documentation says of the rules besides their names. A rule without
// a word is an error; of one that is an error in some cases and less in others
// (role-reserved-sso, attribute-whitespace), the vectors tell which.
var (
	infos = strings.Fields(`capture-repaired capture-reformatted assertion-encrypted acs-global role-order role-multiple signature-response-only
		trust-external-access session-over-12h session-duration-exceeds-role trail-event trail-silent`)
	warnings = strings.Fields(`dtd-present live-credential evidence-disagrees assertion-undecryptable duplicate-id destination-mismatch
		signature-weak certificate-expired certificate-expiring certificate-not-yet-valid metadata-drift transitive-tag-unknown name-id-format-unsupported
		idp-clock-skew trust-broad relay-state-destination federation-policy-broad instance-replicated user-duplicate role-changed trail-change`)
	// lookedUp need lookups, or files in their place.
	lookedUp = strings.Fields(`acs-provider-mismatch provider-not-found issuer-mismatch certificate-rotated signature-wrong-key encryption-required
		encryption-key-missing encryption-needs-provider-acs metadata-drift sts-region-disabled sts-denied-by-organization
		instance-not-found federation-permission-missing federation-resource-mismatch federation-condition policy-version-missing federation-denied
		federation-policy-broad instance-replicated session-duration-exceeds-role trail-event trail-silent trail-outage trail-change
		idc-user-not-assigned idc-application-disabled`)
	// ofDocuments judge a document that was given, and are silent without it.
	ofDocuments = strings.Fields(`metadata-unparseable metadata-weak-key metadata-repeated-extension relay-state-region`)
)

func TestSeveritiesAreWhatIsDocumented(t *testing.T) {
	for _, r := range All() {
		want := rule.Error
		switch {
		case slices.Contains(infos, r.ID):
			want = rule.Info
		case slices.Contains(warnings, r.ID):
			want = rule.Warning
		}
		if r.Severity != want {
			t.Errorf("%s: %s, documented as %s", r.ID, r.Severity, want)
		}
		connect := r.Hop >= evidence.HopFederate && r.Hop <= evidence.HopSession || r.ID == "acs-global" || r.ID == "role-multiple"
		if r.Connect != connect {
			t.Errorf("%s: only for Amazon Connect: %v, documented as %v", r.ID, r.Connect, connect)
		}
		live := slices.Contains(lookedUp, r.ID) || r.Hop == evidence.HopTrust || r.Hop == evidence.HopUser && r.ID != "session-name-never-matches"
		if r.Live() != live && !slices.Contains(ofDocuments, r.ID) {
			t.Errorf("%s: needs lookups: %v, documented as %v", r.ID, r.Live(), live)
		}
	}
}

// eclipses are the consequences that the documentation lists, by cause.
var eclipses = map[string]string{
	"attribute-name-typo":        "role-missing session-name-missing",
	"role-whitespace":            "role-malformed",
	"session-name-whitespace":    "session-name-invalid",
	"session-name-multiple":      "attribute-duplicate",
	"recipient-not-aws":          "trust-condition",
	"recipient-posted-elsewhere": "destination-mismatch",
	"certificate-rotated":        "signature-wrong-key",
	"signature-altered":          "signature-wrong-key",
	"user-case-mismatch":         "user-not-found",
	"user-format-mismatch":       "user-not-found",
	"user-invisible-character":   "user-not-found",
	"user-confusable":            "user-not-found",
	"assertion-multiple":         strings.Join(valueRules, " "),
	"signature-wrapping":         strings.Join(valueRules, " "),
}

func TestEclipsesAreWhatIsDocumented(t *testing.T) {
	for id, want := range eclipses {
		for e := range strings.FieldsSeq(want) {
			if !slices.Contains(byID(t, id).Eclipses, e) {
				t.Errorf("%s does not eclipse %s", id, e)
			}
		}
	}
}

// FuzzReceived: no document, name or address that AWS or a person hands in
// takes a rule down, whatever fix it leads to.
func FuzzReceived(f *testing.F) {
	f.Add(`{"Statement":{"Effect":"Allow","Principal":"*","Action":"*"}}`, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":"x","NotResource":"*"}]}`, "-maria", tRelay, "UpdateAssumeRolePolicy")
	f.Add(statement(""), allows("*", `,"Condition":{"StringLike":{"connect:InstanceId":"${aws:userid"}}`), "maria@", "https://console.aws.amazon.com/connect/federate/x?destination=//x", "DeleteUser")
	f.Add(`{"Statement":[{"Effect":"Allow","Principal":{"Federated":["a","b"]},"Action":[],"Condition":{"Bool":{"aws:MultiFactorAuthPresent":[]}}}]}`, "{", "Ма\u200bria", "\x00", "x")
	f.Fuzz(func(t *testing.T, trust, permission, name, relay, event string) {
		if len(trust)+len(permission)+len(name)+len(relay)+len(event) > 1<<14 {
			return
		}
		sound(t, build(func(s *sketch) {
			s.live.Roles.Value[0].Trust = trust
			s.live.Roles.Value[0].Boundary = name
			s.live.Permissions.Value[0].Document = permission
			s.live.Permissions.Value[0].Name = name
			s.live.Permissions.Value = append(s.live.Permissions.Value, evidence.Policy{Name: relay, Kind: evidence.Boundary, Document: trust})
			s.live.Guardrails.Value[0].Document = permission
			s.live.Users.Value[0].Username, s.live.Exact.Value = name, nil
			s.capture.RelayState.Value.Value = relay
			s.live.Instance.Value.Region, s.live.Instance.Value.Status = event, name
			s.live.Providers.Value[0].ARN, s.live.Provider.State = relay, evidence.Absent
			s.live.Changes.Value = []evidence.TrailEvent{{Name: event, Raw: []byte(trust), Time: tIssued.Add(-1)}}
			s.capture.Outcome = evidence.OutcomeRefused
		}))
	})
}
