package topic

import "strings"

// rules are the IDs that reports may speak of.
var rules = func() map[string]bool {
	out := map[string]bool{}
	for id := range strings.FieldsSeq(`
no-saml-response capture-sanitised capture-undecodable acs-not-aws not-saml2 malformed-xml response-too-large direct-visit capture-repaired
capture-reformatted dtd-present live-credential evidence-disagrees
status-not-success assertion-missing assertion-multiple assertion-encrypted assertion-undecryptable duplicate-id time-malformed session-ended
recipient-missing recipient-not-aws recipient-posted-elsewhere destination-mismatch acs-partition-mismatch acs-provider-mismatch acs-global
attribute-name-typo role-missing role-empty role-whitespace role-malformed role-account-mismatch role-partition-mismatch role-reserved-sso role-order
role-multiple attribute-whitespace attribute-duplicate
provider-not-found issuer-missing issuer-mismatch signature-missing signature-wrapping signature-malformed signature-altered certificate-rotated
signature-wrong-key encryption-required encryption-key-missing encryption-needs-provider-acs signature-response-only signature-weak certificate-expired
certificate-expiring certificate-not-yet-valid metadata-unparseable metadata-weak-key metadata-repeated-extension metadata-drift
session-name-missing session-name-empty session-name-multiple session-name-whitespace session-name-invalid source-identity-invalid
session-duration-invalid tags-invalid transitive-tag-unknown audience-missing audience-mismatch subject-missing subject-confirmation-invalid
name-id-format-unsupported assertion-not-yet-valid redeemed-late assertion-expired idp-clock-skew sts-region-disabled sts-denied-by-organization
role-not-found trust-principal trust-action trust-tag-session trust-source-identity trust-condition trust-impossible-condition trust-denied
provider-cross-account trust-broad trust-external-access
relay-state-missing relay-state-malformed relay-state-region relay-state-destination instance-not-found federation-permission-missing
federation-resource-mismatch federation-condition policy-version-missing federation-denied federation-policy-broad instance-replicated
instance-not-saml instance-not-active session-name-never-matches user-case-mismatch user-format-mismatch user-invisible-character user-confusable
user-other-instance user-not-found user-ip-blocked user-duplicate role-changed
session-over-12h session-duration-exceeds-role
answer-refused trail-event trail-silent trail-outage trail-change
idc-name-id-format idc-encrypted idc-attributes idc-multiple-assertions idc-user-not-assigned idc-application-disabled`) {
		out[id] = true
	}
	return out
}()
