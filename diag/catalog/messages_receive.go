package catalog

// The IDs of further messages (package symptom): those of the IAM provider,
// of Connect and of its federate page.
const (
	msgSignature     = "response-signature-invalid"
	msgIssuer        = "issuer-not-present"
	msgNoProvider    = "provider-does-not-exist"
	msgConnectDenied = "connect-access-denied"
	msgNotOnboarded  = "not-onboarded"
	msgBadRequest    = "connect-bad-request"
	msgMetadata      = "metadata-not-parsed"
	msgGlobalUser    = "global-user-not-onboarded"
	msgPolicyDenied  = "access-denied-policy"
	msgKeyRequired   = "encryption-required-without-key"
	msgUserNotFound  = "connect-user-not-found"
	msgCenterUser    = "center-connect-user"
	msgDuplicate     = "connect-duplicate-resource"
	msgNoResource    = "connect-resource-not-found"
)
