package symptom

import "example.com/samlens/diag/evidence"

// connectEntries are the pages of Amazon Connect and its federate address.
func connectEntries() []Entry {
	return []Entry{
		{
			ID: "not-onboarded", Text: "Access Denied. Your account has been authenticated, but has not been onboarded to this application.",
			Alternatives: []string{"Your account has been authenticated, but has not been onboarded to this application.", "has not been onboarded to this application", "Access Denied - not onboarded"},
			Hop:          evidence.HopUser, Speaker: "Amazon Connect",
			Means: "Everything up to AWS worked, and Connect has no user whose name equals the RoleSessionName, letter by letter and in its case. Connect makes no users by itself.",
			Causes: append(documented("user-case-mismatch", "user-format-mismatch", "user-not-found", "user-duplicate"),
				Cause{"session-name-never-matches", Inferred, "characters that no Connect user name can have"}, Cause{"user-invisible-character", Inferred, ""},
				Cause{"user-confusable", Inferred, ""}, Cause{"user-other-instance", Inferred, "the user is in another instance than the relay state names"}),
			TellApart: []Evidence{
				{"decode", "RoleSessionName exactly as sent: case, white space, e-mail address or short name."},
				{"users", "The names nearest to it. List all pages: the default page holds 100 users, and a search through grep misses another case."},
				{"instance", "That this is the instance in the relay state, and that its identity management is SAML."},
			},
			Sources: []string{docConnect, docConfigure},
			Notes:   []string{"Two single sign-on profiles for one user are a documented cause as well; they show in the IdP, not in AWS."},
		},
		{
			ID: "connect-access-denied", Text: "Access denied, Please contact your AWS account administrator for assistance.",
			Alternatives: []string{"Access denied. Please contact your AWS account administrator for assistance."},
			Hop:          evidence.HopFederate, Speaker: "Amazon Connect",
			Means: "The role was assumed, and may not call connect:GetFederationToken on this instance. The page names the role.",
			Causes: append(documented("federation-permission-missing"),
				inferred("federation-resource-mismatch", "federation-condition", "policy-version-missing", "federation-denied", "instance-not-found", "relay-state-region", "instance-not-active", "user-ip-blocked")...),
			TellApart: []Evidence{
				{"permissions", "An Allow for connect:GetFederationToken whose Resource fits: Region, account, instance ID, /user/${aws:userid}; a policy with that variable needs Version 2012-10-17."},
				{"federation-trail", "A GetFederationToken event with AccessDenied names the kind of policy that decided."},
				{"instance", "That the instance of the relay state is in that Region and account."},
				{"guardrails", "A service control policy on connect or on the Region."},
				{"addresses", "An authentication profile that blocks the caller's address."},
			},
			Sources: []string{docConnect, docFederate},
		},
		{
			ID: "session-expired", Text: "Session Expired",
			Hop: evidence.HopSession, Speaker: "Amazon Connect", Generic: true,
			Means: "Connect was opened by its own address, from a bookmark or a stale page, or the session ran into its limit of 12 hours, even in a call. Connect has no sign-in of its own: enter through the IdP.",
			Causes: []Cause{{"direct-visit", Documented, "the instance's address was opened without the IdP"}, {"session-over-12h", Documented, ""},
				{"relay-state-malformed", Inferred, "the relay state leads to the instance's own address"}, {"session-ended", Inferred, "SessionNotOnOrAfter of the assertion has passed"}},
			TellApart: []Evidence{{"capture", "A capture that begins at my.connect.aws and holds no POST of a SAML response is a direct visit."}, {"addresses", "The authentication profile's longest session and longest inactivity."}},
			Sources:   []string{docConnect, docConfigure},
		},
		{
			ID: "connect-bad-request", Text: "Bad Request. The request was not valid and could not be processed.", Alternatives: []string{"The request was not valid and could not be processed.", "Bad Request"},
			Standing: Documented, Hop: evidence.HopUser, Speaker: "Amazon Connect", Generic: true,
			Means: "Once documented for a Connect user who had signed in through another IAM role before. AWS took that section out of its pages between November 2022 and April 2023, so it is a weak lead today; a malformed relay state is as likely.",
			Causes: []Cause{{"relay-state-malformed", Inferred, ""}, {"relay-state-region", Inferred, ""}, {"relay-state-destination", Inferred, ""}, {"relay-state-missing", Inferred, ""}, {"instance-not-found", Inferred, ""},
				{"role-changed", Documented, "in pages that AWS has withdrawn: low confidence"}},
			TellApart: []Evidence{
				{"capture", "The relay state that was posted, against https://REGION.console.aws.amazon.com/connect/federate/INSTANCE-ID."},
				{"trail", "AssumeRoleWithSAML events of this user with another role before."},
			},
			Sources: []string{docConnect, docConfigure},
			Notes:   []string{"Where the role did change, let the old role trust the new provider. Deleting and recreating a Connect user loses that user's history and is the last resort, not a first try."},
		},
	}
}

// federationEntries are answers of connect:GetFederationToken and of the
// instance behind it.
func federationEntries() []Entry {
	api := func(id, text, code string, http int, hop evidence.Hop, s Standing, means string) Entry {
		return Entry{ID: id, Text: text, Standing: s, Hop: hop, Speaker: "Amazon Connect API", Code: code, HTTP: http, Means: means, Sources: []string{docFederate}}
	}
	user := api("connect-user-not-found", "No user with the specified credentials was found in the Amazon Connect instance.", "UserNotFoundException", 404, evidence.HopUser, Documented,
		"GetFederationToken found no user for the session: the role session name is no user name of this instance.")
	user.Alternatives = []string{"No user with the specified credentials was found", "UserNotFoundException"}
	user.Causes = documented("user-not-found", "user-case-mismatch", "user-format-mismatch")
	user.TellApart = []Evidence{{"users", "The user names, compared letter by letter with the role session name."}}

	twin := api("connect-duplicate-resource", "DuplicateResourceException", "DuplicateResourceException", 409, evidence.HopUser, Inferred,
		"A resource of that name exists already. On sign-in it likely means that the user is bound to another role, which the page shows as Bad Request.")
	twin.Causes = inferred("role-changed", "user-duplicate")
	twin.TellApart = []Evidence{{"trail", "Earlier AssumeRoleWithSAML events of the same person with another role."}}

	replica := api("global-user-not-onboarded", "UserNotOnboardedException", "UserNotOnboardedException", 0, evidence.HopUser, Documented,
		"Global Resiliency: the user is missing in the source or in the replica instance, or the agent is in no traffic distribution group.")
	replica.Causes = []Cause{{"instance-replicated", Documented, ""}, {"user-not-found", Documented, "in either instance"}}
	replica.TellApart = []Evidence{{"instance", "ReplicationConfiguration names the other instance."}, {"users", "The user list of both instances."}}
	replica.Sources = []string{docGlobal}

	missing := api("connect-resource-not-found", "ResourceNotFoundException", "ResourceNotFoundException", 404, evidence.HopFederate, Documented,
		"There is no such instance in that Region and account; with Global Resiliency also a user without a traffic distribution group.")
	missing.Generic = true
	missing.Causes = append(documented("instance-not-found", "relay-state-region"), inferred("instance-replicated", "user-not-found")...)
	missing.TellApart = []Evidence{{"instance", "The instance ID of the relay state, in the relay state's Region and in the role's account."}}
	missing.Sources = []string{docFederate, docGlobal}

	root := api("root-cannot-federate", "Provided identity: Principal: * User: * cannot be used for federation with *", "InvalidRequestException", 400, evidence.HopFederate, Documented,
		"The caller is the account's root user, or another identity that is no federated role session. Sign in through the IdP.")
	root.CodeStanding = Inferred
	root.Causes = inferred("direct-visit")
	root.TellApart = []Evidence{{"federation-trail", "userIdentity of the GetFederationToken event."}}

	slow := api("connect-throttled", "TooManyRequestsException", "TooManyRequestsException", 429, evidence.HopFederate, Documented,
		"Connect's API limits, two calls a second for an account and Region unless raised, are shared by everything that calls it. It passes by itself; a whole shift signing in at once can meet it.")
	slow.Alternatives = []string{"ThrottlingException", "Rate exceeded"}
	slow.Causes = nil
	slow.Generic = true
	slow.TellApart = []Evidence{{"federation-trail", "Who calls Connect how often in that minute."}}
	return []Entry{user, twin, replica, missing, root, slow}
}
