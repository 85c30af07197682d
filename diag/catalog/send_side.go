package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// sendSide lists the rules on what the IdP and the browser sent, by part, each
// part in its order.
func sendSide() map[part][]*rule.Rule {
	return map[part][]*rule.Rule{
		evidence.HopCapture: {
			noSAMLResponse, captureSanitised, captureUndecodable, acsNotAWS, notSAML2, malformedXML, responseTooLarge, directVisit,
			captureRepaired, captureReformatted, dtdPresent, liveCredential, evidenceDisagrees,
		},
		evidence.HopIdP: {
			statusNotSuccess, assertionMissing, assertionMultiple, assertionEncrypted, assertionUndecryptable, duplicateID, timeMalformed, sessionEnded,
		},
		evidence.HopPost: {
			recipientMissing, recipientNotAWS, recipientPostedElsewhere, destinationMismatch, acsPartitionMismatch, acsProviderMismatch, acsGlobal,
		},
		evidence.HopSignIn: {
			attributeNameTypo, roleMissing, roleEmpty, roleWhitespace, roleMalformed, roleAccountMismatch, rolePartitionMismatch,
			roleReservedSSO, roleOrder, roleMultiple, attributeWhitespace, attributeDuplicate,
		},
		evidence.HopSTS: {
			sessionNameMissing, sessionNameEmpty, sessionNameMultiple, sessionNameWhitespace, sessionNameInvalid, sourceIdentityInvalid,
			sessionDurationInvalid, tagsInvalid, transitiveTagUnknown, audienceMissing, audienceMismatch, subjectMissing,
			subjectConfirmationInvalid, nameIDFormatUnsupported, assertionNotYetValid, redeemedLate, assertionExpired, idpClockSkew,
			stsRegionDisabled, stsDeniedByOrganization,
		},
		center: {
			idcNameIDFormat, idcEncrypted, idcAttributes, idcMultipleAssertions, idcUserNotAssigned, idcApplicationDisabled,
		},
	}
}
