package demo

import (
	"time"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/emulator/idp"
)

var localPart = Incident{
	ID: "local-part", Title: "A new agent gets “not been onboarded”",
	Story: "Her user exists in Connect, the supervisor swears.",
	Hint:  "Type the beginning of her name in the Connect users: key 5.",
	Rule:  "user-format-mismatch", Answer: "The IdP sends the e-mail address, her Connect user is only the part before the @.",
	build: func(s *scene) { s.world.Instances[0].Users[0].Username = "joanna.doe" },
}

var newAgent = Incident{
	ID: "new-agent", Title: "The agent who started today cannot sign in",
	Story: "First day, first shift, “Access Denied”.",
	Hint:  "Is there such a user at all? Key 5.",
	Rule:  "user-not-found", Answer: "Nobody created the Connect user: there is no just-in-time provisioning.",
	build: func(s *scene) {
		s.response.SessionName, s.response.NameID = "theo.rosenthal@harbourlane.example", "theo.rosenthal@harbourlane.example"
	},
}

var noPermission = Incident{
	ID: "permission", Title: "“Please contact your AWS account administrator”",
	Story: "Somebody tidied up IAM policies on Friday.",
	Hint:  "What may the role do? Key 8.",
	Rule:  "federation-permission-missing", Answer: "The role's policy no longer allows connect:GetFederationToken.",
	build: func(s *scene) {
		s.world.Roles[0].Inline[0].Document = emulator.Document(`{"Version": "2012-10-17", "Statement": [{"Sid": "Look", "Effect": "Allow", "Action": ["connect:Describe*", "connect:List*"], "Resource": "*"}]}`)
		s.change(s.at.Add(-61*time.Hour+40*time.Minute), "PutRolePolicy", "iam.amazonaws.com", "m.ortiz", map[string]any{"roleName": roleName, "policyName": "connect-federation"})
	},
}

const frankfurt = "https://eu-central-1.signin.aws.amazon.com/saml"

var regional = Incident{
	ID: "regional", Title: "After the move to the regional endpoint nobody gets in",
	Story: "The IdP team followed AWS's advice and switched the ACS URL to Frankfurt.",
	Hint:  "What does the trust policy want SAML:aud to be? Key 8.",
	Rule:  "trust-condition", Answer: "The trust policy still admits only the global endpoint as SAML:aud.",
	build: func(s *scene) {
		s.acs = frankfurt
		s.since, s.code, s.message = s.at.Add(-50*time.Minute), "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"
	},
}

var tags = Incident{
	ID: "tags", Title: "Session tags were switched on, and the door is shut",
	Story: "For cost allocation the IdP now sends the department along.",
	Hint:  "The attributes (key 3), then the trust policy's actions (key 8).",
	Rule:  "trust-tag-session", Answer: "The assertion carries PrincipalTag attributes, and the trust policy does not allow sts:TagSession.",
	build: func(s *scene) {
		s.response.Tags = []idp.Tag{{Key: "Department", Value: "Support"}, {Key: "CostCentre", Value: "4711"}}
		s.since, s.code, s.message = s.at.Add(-35*time.Minute), "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"
	},
}

var clock = Incident{
	ID: "clock", Title: "“Token must be redeemed within 5 minutes of issuance”",
	Story: "The agents swear that they click at once.",
	Hint:  "Compare the clocks: the IdP's, the browser's and AWS's (key 7).",
	Rule:  "redeemed-late", Answer: "The IdP's clock is eleven minutes behind: every assertion is old when it is born.",
	build: func(s *scene) {
		s.skew = -11 * time.Minute
		s.since, s.code, s.message = s.at.Add(-20*time.Minute), "ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance"
	},
}

var renamed = Incident{
	ID: "renamed", Title: "“Specified provider doesn't exist”",
	Story: "The infrastructure code was applied again last night, with a nicer name for the provider.",
	Hint:  "Which providers does the account have?",
	Rule:  "provider-not-found", Answer: "The provider in IAM is now called HarbourLaneSSO-Prod; the IdP still sends the old name.",
	build: func(s *scene) {
		s.world.Providers[0].Name = provider + "-Prod"
		s.since, s.code, s.message = s.at.Add(-9*time.Hour), "InvalidIdentityToken", "Specified provider doesn't exist"
	},
}

var healthy = Incident{
	ID: "healthy", Title: "“It does not work”, says the ticket",
	Story:  "One agent complains; the capture came with the ticket.",
	Hint:   "Sometimes nothing is wrong.",
	Answer: "This sign-in succeeded: every hop holds. What the ticket speaks of is something else.",
	build: func(s *scene) {
		s.acs = frankfurt
		s.world.Roles[0].Trust = trust(acs, frankfurt)
	},
}
