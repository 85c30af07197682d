package catalog

// The IDs of the messages (package symptom) that the rules here explain.
const (
	msgInvalid      = "invalid-saml-response"
	msgNameRequired = "session-name-required"
	msgNamePattern  = "session-name-pattern"
	msgSource       = "source-identity-pattern"
	msgAudience     = "audience-required"
	msgConfirmation = "subject-confirmation-data"
	msgPair         = "pair-not-in-assertion"
	msgValidation   = "validation-errors"
	msgBase64       = "invalid-base64"
	msgRedeem       = "token-redeemed"
	msgRequestARN   = "request-arn-invalid"
	msgPacked       = "packed-policy-too-large"
	msgRejected     = "idp-rejected-claim"
	msgRegion       = "region-disabled"
	msgDenied       = "not-authorized-saml"
	msgBareDenied   = "access-denied"
	msgUnknownError = "unknown-error" // what CloudTrail may write in place of AccessDenied's words
	msgProtected    = "protected-role"
	msgExpired      = "session-expired"
	msgCenterError  = "center-unexpected-error"
	msgCenterUs     = "center-not-you"
	msgCenterACS    = "center-request-not-processed"
	msgCenterOne    = "center-exactly-one-assertion"
)
