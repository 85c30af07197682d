package demo

import (
	"strings"
	"time"

	"example.com/samlens/awsx/emulator"
)

// The three case studies that everybody in this trade knows.

var monday = Incident{
	ID: "monday", Case: 1, Title: "Monday, 08:00: all 500 agents are locked out",
	Story: "It worked on Friday. Since the early shift began nobody gets in, and the queue is growing.",
	Hint:  "Compare the certificate in the assertion with the one in IAM: key 4.",
	Rule:  "certificate-rotated", Answer: "Okta has signed with a new certificate since Saturday; IAM still holds only the old one.",
	build: func(s *scene) {
		s.key = s.next
		s.since, s.code, s.message = s.at.Truncate(time.Hour), "InvalidIdentityToken", "Response signature invalid"
	},
}

var capitals = Incident{
	ID: "capitals", Case: 2, Title: "After the move to lower-case names, some agents cannot sign in",
	Story: "Connect user names were made lower case over the weekend. One agent in seven now lands on “Access Denied”.",
	Hint:  "Search the agent's name among the Connect users: key 5.",
	Rule:  "user-case-mismatch", Answer: "The IdP still sends the name in mixed case; Connect compares names byte by byte.",
	build: func(s *scene) {
		s.response.Issuer, s.entity = "https://sts.windows.net/8d1f2b34-6c1e-4b7a-9a55-0f3e2d1c4b5a/", "https://sts.windows.net/8d1f2b34-6c1e-4b7a-9a55-0f3e2d1c4b5a/"
		s.portal, s.sso = "https://myapps.microsoft.com/", "https://login.microsoftonline.com/8d1f2b34-6c1e-4b7a-9a55-0f3e2d1c4b5a/saml2"
		s.response.ID, s.response.AssertionID = "_5c1d7f0e-8a44-4c02-b1d9-93f7c2a6e1b4", "_b7e0d2a9-1f36-4e58-8c7d-20a4b6c8d0e2"
		s.response.SessionName = "Joanna.Doe@harbourlane.example"
		s.response.NameID = s.response.SessionName
	},
}

const sydneyURL = "https://ap-southeast-2.signin.aws.amazon.com/saml"

var sydney = Incident{
	ID: "sydney", Case: 3, Title: "The new Sydney site cannot sign in, Frankfurt can",
	Story: "The contact centre opens a second site. Its agents are sent to the Sydney endpoint, and every one of them is refused.",
	Hint:  "What stands above the account? The organization's policies: key 8.",
	Rule:  "sts-denied-by-organization", Answer: "An organization policy denies sts:* outside two Regions, and Sydney is not among them.",
	build: func(s *scene) {
		s.acs = sydneyURL
		s.world.Region = "ap-southeast-2"
		s.world.Roles[0].Trust = trust(acs, sydneyURL)
		s.world.Roles[0].Inline[0].Document = permission(strings.ReplaceAll(instanceARN, region, "ap-southeast-2"))
		s.world.Instances[0].Region, s.world.Instances[0].Alias = "ap-southeast-2", "harbour-lane-sydney"
		s.relay = strings.ReplaceAll(federateURL, region, "ap-southeast-2")
		s.world.Organization = &emulator.Organization{
			ID: "o-hl7f3k2m9q", ManagementAccount: "109876543210", Delegated: true,
			Root: emulator.Unit{ID: "r-hl01", Name: "Root", Accounts: []emulator.Account{{ID: account, Name: "contact-centre"}}},
			Policies: []emulator.OrganizationPolicy{{
				ID: "p-regions01", Name: "RegionsWeUse", Type: "RESOURCE_CONTROL_POLICY", Targets: []string{"r-hl01"}, Content: `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlyRegionsWeUse",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "sts:*",
      "Resource": "*",
      "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1", "eu-central-1"]}}
    }
  ]
}`,
			}},
		}
	},
}
