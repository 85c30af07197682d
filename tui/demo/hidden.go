package demo

import (
	"strings"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/emulator/idp"
)

var typo = Incident{
	ID: "typo", Title: "“Your request included an invalid SAML response”",
	Story: "The IdP application was rebuilt by hand after an accident.",
	Hint:  "Read the attribute names letter by letter: key 3.",
	Rule:  "attribute-name-typo", Answer: "The Role attribute's name is spelled with “attributes” in lower case; AWS minds case.",
	build: func(s *scene) {
		s.response.Attributes = []idp.Attribute{{Name: strings.Replace(idp.AWS, "Attributes", "attributes", 1) + "Role", Values: s.response.Roles}}
		s.response.Roles = nil
	},
}

var tenant = Incident{
	ID: "two-tenants", Title: "The test tenant works, production does not",
	Story: "Same metadata, same role, says the IdP team.",
	Hint:  "Who issued this assertion, and whom does IAM expect?",
	Rule:  "issuer-mismatch", Answer: "The assertion comes from another Okta application than the one whose metadata IAM holds.",
	build: func(s *scene) {
		s.response.Issuer = strings.Replace(issuer, "exk4hx9q2vTn7LmPb0x7", "exk4hx9q2vTn7LmPb0x8", 1)
	},
}

var wrongInstance = Incident{
	ID: "instance", Title: "The new instance refuses everybody",
	Story: "The contact centre moved to a new Connect instance; single sign-on was “copied over”.",
	Hint:  "Which instance does the role's policy name? Key 8.",
	Rule:  "federation-resource-mismatch", Answer: "The role's policy still names the old instance.",
	build: func(s *scene) {
		s.world.Roles[0].Inline[0].Document = permission(strings.Replace(instanceARN, "3b1f6c52", "9e77aa10", 1))
	},
}

var relay = Incident{
	ID: "relay", Title: "Agents are sent to an instance that is not there",
	Story: "Since the clean-up of old instances some agents end on an error page.",
	Hint:  "Where does the relay state lead?",
	Rule:  "instance-not-found", Answer: "The relay state names an instance that the account does not have any more.",
	build: func(s *scene) { s.relay = strings.Replace(federateURL, "3b1f6c52", "0d44c1aa", 1) },
}

var deadLink = Incident{
	ID: "space", Title: "One region's agents get the generic error",
	Story: "Their role was typed into a form by hand.",
	Hint:  "Look for what nobody sees: key 3.",
	Rule:  "role-whitespace", Answer: "The Role value ends with a space.",
	build: func(s *scene) { s.response.Roles[0] += " " },
}

var mfa = Incident{
	ID: "mfa", Title: "Security hardened the role, and nobody can assume it",
	Story: "An audit asked for multi-factor authentication on every role.",
	Hint:  "Can a SAML sign-in ever fulfil that condition? Key 8.",
	Rule:  "trust-impossible-condition", Answer: "The trust policy asks for aws:MultiFactorAuthPresent, which no SAML call carries.",
	build: func(s *scene) {
		s.world.Roles[0].Trust = emulator.Document(strings.Replace(string(trust(acs)), `"Condition": {`, `"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}, `, 1))
	},
}

var console = Incident{
	ID: "console", Title: "Agents end up in the AWS console",
	Story: "No error anywhere, and no contact centre either.",
	Hint:  "What was posted beside the response?",
	Rule:  "relay-state-missing", Answer: "The IdP sends no relay state, so AWS opens its console.",
	build: func(s *scene) { s.relay = "" },
}
