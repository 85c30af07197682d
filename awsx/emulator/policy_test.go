package emulator

import (
	"strings"
	"testing"
)

// Conditions, one line each: what AWS's documentation says of every operator,
// of missing keys, sets and variables.
func TestConditions(t *testing.T) {
	ctx := map[string][]string{
		"saml:aud": {"https://signin.aws.amazon.com/saml"}, "saml:sub": {"Ana*"}, "aws:sourceip": {"203.0.113.9"}, "aws:currenttime": {"2026-11-23T09:00:00Z"},
		"saml:cn": {"red", "blue"}, "n": {"42"}, "aws:userid": {"AROA:ana"}, "aws:securetransport": {"true"},
	}
	for condition, want := range map[string]bool{
		`{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}`:           true,
		`{"StringEquals":{"saml:aud":["x","https://signin.aws.amazon.com/saml"]}}`:     true,
		`{"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/SAML"}}`:           false,
		`{"StringEqualsIgnoreCase":{"saml:aud":"https://signin.aws.amazon.com/SAML"}}`: true,
		`{"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/saml*"}}`:          false,
		`{"StringLike":{"saml:aud":"https://*signin.aws.amazon.com/saml*"}}`:           true,
		`{"StringLike":{"saml:aud":"https://?ignin.aws.amazon.com/sam?"}}`:             true,
		`{"StringNotLike":{"saml:aud":"https://*"}}`:                                   false,
		`{"StringNotEquals":{"saml:aud":["a","b"]}}`:                                   true,
		`{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`:                                false,
		`{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}`:                             true,
		`{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}`:                        true,
		`{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}`:                     true,
		`{"Null":{"aws:PrincipalOrgID":"true"}}`:                                       true,
		`{"Null":{"aws:PrincipalOrgID":true}}`:                                         true,
		`{"Null":{"saml:aud":"true"}}`:                                                 false,
		`{"Null":{"saml:aud":"false"}}`:                                                true,
		`{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`:                               false,
		`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}`:                       true,
		`{"Bool":{"aws:SecureTransport":"true"}}`:                                      true,
		`{"IpAddress":{"aws:SourceIp":["198.51.100.0/24","203.0.113.0/24"]}}`:          true,
		`{"NotIpAddress":{"aws:SourceIp":"203.0.113.9"}}`:                              false,
		`{"DateGreaterThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}}`:               true,
		`{"DateLessThan":{"aws:CurrentTime":"2026-01-01"}}`:                            false,
		`{"NumericLessThanEquals":{"n":42}}`:                                           true,
		`{"NumericGreaterThan":{"n":"42"}}`:                                            false,
		`{"ForAllValues:StringEquals":{"saml:cn":["red","blue","green"]}}`:             true,
		`{"ForAllValues:StringEquals":{"saml:cn":["red"]}}`:                            false,
		`{"ForAllValues:StringEquals":{"saml:mail":["red"]}}`:                          true,
		`{"ForAnyValue:StringEquals":{"saml:cn":["red"]}}`:                             true,
		`{"ForAnyValue:StringEquals":{"saml:mail":["red"]}}`:                           false,
		`{"ForAnyValue:StringNotEquals":{"saml:cn":["red"]}}`:                          true,
		`{"ForAllValues:StringNotEquals":{"saml:cn":["red"]}}`:                         false,
		`{"StringEquals":{"aws:userid":"${aws:userid}"}}`:                              true,
		`{"StringLike":{"aws:userid":"${saml:sub}*"}}`:                                 false, // Ana* came from a variable: no wildcard
		`{"StringLike":{"saml:sub":"${saml:sub}"}}`:                                    true,
		`{"StringEquals":{"saml:sub":"Ana${*}"}}`:                                      true,
		`{"StringEquals":{"n":"${saml:mail, '42'}"}}`:                                  true,
		`{"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/saml","n":"41"}}`:  false,
		`{"StringEquals":{"n":"42"},"Bool":{"aws:MultiFactorAuthPresent":"true"}}`:     false,
		`{"ArnLike":{"saml:aud":"https:*"}}`:                                           true,
		`{"StringMatches":{"n":"42"}}`:                                                 false,
	} {
		d := Document(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRoleWithSAML","Condition":` + condition + `}]}`)
		if got := decide(d, request{action: "sts:AssumeRoleWithSAML", principal: "p", context: ctx}) == allowed; got != want {
			t.Errorf("%s: %v", condition, got)
		}
	}
}

func TestStatements(t *testing.T) {
	q := request{action: "connect:GetFederationToken", resource: "arn:aws:connect:us-east-1:111122223333:instance/i/user/AROA:ana", context: map[string][]string{"aws:userid": {"AROA:ana"}}}
	for policy, want := range map[string]decision{
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:*","Resource":"*"}]}`:                                                                allowed,
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["CONNECT:getfederation*"],"Resource":["arn:aws:connect:*:*:instance/i/user/${aws:userid}"]}}`: allowed,
		`{"Statement":{"Effect":"Allow","Action":"connect:*","Resource":"arn:aws:connect:*:*:instance/i/user/${aws:userid}"}}`:                                         implicitDeny,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:GetFederationTokens","Resource":"*"}]}`:                                              implicitDeny,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}]}`:                   explicitDeny,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","NotResource":"arn:aws:connect:*"}]}`:                                                     implicitDeny,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"connect:*","Resource":"arn:aws:connect:us-east-1:111122223333:instance/i"}]}`:                implicitDeny,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Permit","Action":"*","Resource":"*"}]}`:                                                                       implicitDeny,
		`not JSON`: implicitDeny,
	} {
		if got := decide(Document(policy), q); got != want {
			t.Errorf("%s: %v, want %v", policy, got, want)
		}
	}
}

// A pattern takes no more time than the product of the lengths.
func TestPatternsAreNoTrap(t *testing.T) {
	g, _ := expand(strings.Repeat("*a", 2000)+"b", request{}, false)
	if g.match(strings.Repeat("a", 20_000)) {
		t.Error("there is no b")
	}
}
