package symptom

import "example.com/samlens/diag/evidence"

// limitEntries are STS's refusals for time, duration, size and Region.
func limitEntries() []Entry {
	redeem := token("token-redeemed", "Token must be redeemed within 5 minutes of issuance", evidence.HopSTS)
	redeem.Code, redeem.Standing = "ExpiredTokenException", Reported
	redeem.Means = "The assertion reached STS more than five minutes after it was issued, by its own stamps: sent late, sent again, or issued by a clock that is behind."
	redeem.Causes = []Cause{
		{"redeemed-late", Reported, "a page left open, a replayed form, a slow role choice"},
		{"assertion-expired", Inferred, ""}, {"assertion-not-yet-valid", Inferred, "a clock that is ahead"},
		{"idp-clock-skew", Inferred, "the IdP's clock is behind: then every user is hit, every time"},
	}
	redeem.TellApart = []Evidence{
		{"capture", "IssueInstant against the Date of AWS's answer to the POST: hours apart is a stale page, a few minutes for everybody is the IdP's clock."},
		{"clock", "The IdP's clock against true time."},
	}
	redeem.Sources = []string{docSTS, docAssertion}
	redeem.Notes = []string{"Which stamp counts as issuance, and how much skew AWS tolerates, is not published."}

	validation := func(id, text string, hop evidence.Hop) Entry {
		e := token(id, text, hop)
		e.Code = "ValidationError"
		return e
	}
	duration := validation("duration-exceeds-role", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", evidence.HopSession)
	duration.Alternatives = []string{"Requested DurationSeconds exceeds MaxSessionDuration set for this role."}
	duration.Means = "A program asked STS for a longer session than the role allows. Sign-in through the browser is not bound by the role's maximum: its SessionDuration attribute may be 900 to 43200 seconds whatever the role says."
	duration.Causes = []Cause{{"session-duration-exceeds-role", Documented, "for callers of the API"}}
	duration.TellApart = []Evidence{{"trust", "MaxSessionDuration of the role against the DurationSeconds that the program asks for."}}
	duration.Sources = []string{docSAML, docSTS}

	arn := validation("request-arn-invalid", "Request ARN is invalid", evidence.HopSTS)
	arn.Standing = Reported
	arn.Means = "A program sent the role ARN and the provider ARN the wrong way round, or something that is no ARN."
	arn.Causes = []Cause{{"role-order", Reported, ""}, {"role-malformed", Inferred, ""}}
	arn.TellApart = []Evidence{{"decode", "The order in the pair, and what the program makes of it. In the browser both orders are met; AWS documents role first."}}
	arn.Sources = []string{docSTS}

	empty := validation("validation-errors", "* validation errors detected: Value '*' at 'roleArn' failed to satisfy constraint", evidence.HopSTS)
	empty.Alternatives = []string{"1 validation error detected: Value '*' at 'roleArn' failed to satisfy constraint", "2 validation errors detected: Value '*' at 'principalArn' failed to satisfy constraint",
		"1 validation error detected: Value '*' at 'principalArn' failed to satisfy constraint", "1 validation error detected: Value '*' at 'sAMLAssertion' failed to satisfy constraint"}
	empty.Standing = Reported
	empty.Means = "A program called STS with an empty or unusable role, provider or assertion: it found none in the response."
	empty.Causes = []Cause{{"role-missing", Inferred, ""}, {"role-empty", Inferred, ""}, {"role-malformed", Inferred, ""}, {"response-too-large", Inferred, "at 'sAMLAssertion'"}}
	empty.TellApart = []Evidence{{"decode", "Whether there is a Role attribute with a pair."}}
	empty.Sources = []string{docSTS}

	packed := token("packed-policy-too-large", "PackedPolicyTooLarge", evidence.HopSTS)
	packed.Alternatives = []string{"Packed size of session tags consumes * of allotted space", "Packed policy consumes * of allotted space"}
	packed.Code, packed.CodeStanding = "PackedPolicyTooLarge", Documented
	packed.Means = "The session tags of the assertion are too many or too long together, once packed."
	packed.Causes = []Cause{{"tags-invalid", Documented, "at most 50 tags, keys of 128 and values of 256 characters, and all of them packed into one limit"}}
	packed.TellApart = []Evidence{{"decode", "Count the PrincipalTag attributes and their lengths."}}
	packed.Sources = []string{docSTS}

	rejected := token("idp-rejected-claim", "The identity provider (IdP) reported that authentication failed. This might be because the claim is invalid.", evidence.HopIdP)
	rejected.Code, rejected.HTTP = "IDPRejectedClaim", 403
	rejected.Alternatives = []string{"IDPRejectedClaim", "IdP reported that authentication failed"}
	rejected.Means = "STS's description of a response in which the IdP itself reports a failure."
	rejected.Causes = []Cause{{"status-not-success", Unverified, "that a response with another status than Success leads here is not confirmed"}}
	rejected.TellApart = []Evidence{{"decode", "StatusCode of the response, the status code inside it and StatusMessage: the IdP's own reason."}}
	rejected.Sources = []string{docSTS}

	region := token("region-disabled", "STS is not activated in the requested region for the account that is being asked to generate credentials.", evidence.HopSTS)
	region.Code, region.HTTP = "RegionDisabledException", 403
	region.Alternatives = []string{"RegionDisabledException", "STS is not activated in this region for account:*. Your account administrator can activate STS in this region using the IAM Console."}
	region.Means = "The sign-in went to a Region in which STS is switched off for the role's account, or which the account has not opted in to."
	region.Causes = documented("sts-region-disabled")
	region.TellApart = []Evidence{{"regions", "The state of an opt-in Region; STS of a default Region shows on the IAM console's account settings alone. aws sts get-caller-identity proves nothing here."}}
	region.Sources = []string{docSTS, docRegions}

	malformed := token("malformed-policy-document", "MalformedPolicyDocument", evidence.HopSTS)
	malformed.Code = "MalformedPolicyDocument"
	malformed.Means = "A program passed a session policy that is no policy. A browser's sign-in passes none."
	malformed.Causes = nil
	malformed.TellApart = []Evidence{{"trail", "The event's userAgent tells which program called."}}
	malformed.Sources = []string{docSTS}
	return []Entry{redeem, duration, arn, empty, packed, rejected, region, malformed}
}
