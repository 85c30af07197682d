package catalog

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// receiveSide lists the rules on what AWS and Connect hold, by part, each part
// in its order.
func receiveSide() map[part][]*rule.Rule {
	return map[part][]*rule.Rule{
		evidence.HopProvider: {
			providerNotFound, issuerMissing, issuerMismatch, signatureMissing, signatureWrapping, signatureMalformed, signatureAltered,
			certificateRotated, signatureWrongKey, encryptionRequired, encryptionKeyMissing, encryptionNeedsProviderACS,
			signatureResponseOnly, signatureWeak, certificateExpired, certificateExpiring, certificateNotYetValid,
			metadataUnparseable, metadataWeakKey, metadataRepeatedExtension, metadataDrift,
		},
		evidence.HopTrust: {
			roleNotFound, trustPrincipal, trustAction, trustTagSession, trustSourceIdentity, trustCondition,
			trustImpossibleCondition, trustDenied, providerCrossAccount, trustBroad, trustExternalAccess,
		},
		evidence.HopFederate: {
			relayStateMissing, relayStateMalformed, relayStateRegion, relayStateDestination, instanceNotFound,
			federationPermissionMissing, federationResourceMismatch, federationCondition, policyVersionMissing,
			federationDenied, federationPolicyBroad, instanceReplicated,
		},
		evidence.HopUser: {
			instanceNotSAML, instanceNotActive, sessionNameNeverMatches, userCaseMismatch, userFormatMismatch, userInvisibleCharacter,
			userConfusable, userOtherInstance, userNotFound, userIPBlocked, userDuplicate, roleChanged,
		},
		evidence.HopSession: {sessionOver12h, sessionDurationExceedsRole},
		anyHop:              {answerRefused, trailEvent, trailSilent, trailOutage, trailChange},
	}
}
