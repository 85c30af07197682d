package catalog

import (
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// second is a second role pair of the assertion, with its role's trust policy.
func second(role, trust string) func(*sketch) {
	return func(s *sketch) {
		arn := "arn:aws:iam::" + tAccount + ":role/" + role
		s.set("Role", tPair, arn+","+tProvider)
		s.live.Trail = evidence.Have([]evidence.TrailEvent{}, "cloudtrail:LookupEvents")
		r := s.live.Roles.Value[0]
		r.ARN, r.Name, r.Trust = arn, role, `{"Version":"2012-10-17","Statement":[`+trust+`]}`
		s.live.Roles.Value = append(s.live.Roles.Value, r)
	}
}

func TestTrustRules(t *testing.T) {
	const other = "arn:aws:iam::" + tAccount + ":saml-provider/OldOkta"
	role := func(arn string) func(*sketch) {
		return func(s *sketch) { s.live.Roles.Value[0].ARN = arn }
	}
	gone := func(s *sketch) { s.live.Roles.Value[0] = evidence.Role{ARN: tRole, Missing: true} }
	tag := func(s *sketch) { s.add("https://aws.amazon.com/SAML/Attributes/PrincipalTag:team", "voice") }
	source := func(s *sketch) { s.set("SourceIdentity", "maria") }
	principal := changed(tProvider, other)
	condition := func(operator, key, value string) func(*sketch) {
		return changed(`"StringEquals":{"SAML:aud":"`+tACS+`"}`, `"StringEquals":{"SAML:aud":"`+tACS+`"},"`+operator+`":{"`+key+`":`+value+`}`)
	}
	aud := func(operator, value string) func(*sketch) {
		return changed(`"StringEquals":{"SAML:aud":"`+tACS+`"}`, `"`+operator+`":{"SAML:aud":`+value+`}`)
	}
	received(t, []receipt{
		the("role-not-found", gone, fails, "no role “Connect-Agent”"),
		the("role-not-found", func(s *sketch) { s.live.Roles = evidence.None[[]evidence.Role]("iam:GetRole") }, fails),
		the("role-not-found", role(strings.ToLower(tRole)), fails, "connect-agent", "differ in case"),
		the("role-not-found", together(second("Admin", statement("")), gone), silent), // the other role is there
		the("role-not-found", role(""), silent),                                       // a bare trust policy
		the("role-not-found", nil, silent),

		the("trust-principal", principal, fails, "OldOkta", tProvider).mending(),
		the("trust-principal", trusting(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::`+tAccount+`:root"},"Action":"sts:AssumeRole"}`), silent),
		the("trust-principal", trusting(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::`+tAccount+`:root"},"Action":"sts:*"}`), fails).mending(),
		the("trust-principal", changed(tProvider, strings.ToUpper(tProvider[:20])+tProvider[20:]), fails).and("provider-cross-account").mending(),
		the("trust-principal", changed(`"`+tProvider+`"`, `["`+other+`","`+tProvider+`"]`), silent),
		the("trust-principal", trusting(strings.Replace(statement(""), tProvider, other, 1), statement("")), silent),
		the("trust-principal", together(second("Admin", statement("")), principal), silent), // one of two roles admits
		the("trust-principal", together(second("Admin", strings.Replace(statement(""), tProvider, other, 1)), principal), fails).mending(),
		the("trust-principal", trusting(`{"Effect":"Allow","NotPrincipal":{"Federated":"`+tProvider+`"},"Action":"sts:AssumeRoleWithSAML"}`), fails).mending(),
		the("trust-principal", nil, silent),

		the("trust-action", changed("sts:AssumeRoleWithSAML", "sts:AssumeRole"), fails, "sts:AssumeRole to this provider").mending(),
		the("trust-action", changed("sts:AssumeRoleWithSAML", "sts:AssumeRoleWithSaml"), silent), // actions do not mind case
		the("trust-action", changed("sts:AssumeRoleWithSAML", "sts:AssumeRole*"), silent),
		the("trust-action", trusting(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::`+tAccount+`:root"},"Action":"sts:AssumeRole"}`), fails).mending(),
		the("trust-action", changed(`"Action":"sts:AssumeRoleWithSAML"`, `"NotAction":"sts:AssumeRoleWithSAML"`), fails).mending(),
		the("trust-action", nil, silent),

		the("trust-tag-session", tag, fails, "one session tag", "sts:TagSession").mending(),
		the("trust-tag-session", together(tag, changed(`"sts:AssumeRoleWithSAML"`, `["sts:AssumeRoleWithSAML","sts:TagSession"]`)), silent),
		the("trust-tag-session", together(tag, changed("sts:AssumeRoleWithSAML", "sts:*")), silent),
		the("trust-tag-session", nil, silent),
		the("trust-source-identity", source, fails, "SourceIdentity", "sts:SetSourceIdentity").mending(),
		the("trust-source-identity", together(source, changed(`"sts:AssumeRoleWithSAML"`, `["sts:AssumeRoleWithSAML","sts:SetSourceIdentity"]`)), silent),
		the("trust-source-identity", nil, silent),

		the("trust-condition", aud("StringEquals", `"https://signin.aws.amazon.com/saml"`), fails, "SAML:aud", "“https://signin.aws.amazon.com/saml”", tACS, "Recipient").mending(),
		the("trust-condition", aud("StringEquals", `["https://signin.aws.amazon.com/saml","https://us-east-1.signin.aws.amazon.com/saml"]`), fails, "one of 2 values").mending(),
		the("trust-condition", aud("StringLike", `"https://*.signin.aws.amazon.com/saml*"`), silent),
		the("trust-condition", aud("StringLike", `"https://us-*.signin.aws.amazon.com/saml"`), fails).mending(),
		the("trust-condition", aud("StringEquals", `"https://*.signin.aws.amazon.com/saml"`), fails).mending(), // no pattern there
		the("trust-condition", aud("StringEqualsIfExists", `"https://signin.aws.amazon.com/saml"`), fails).and("trust-broad").mending(),
		the("trust-condition", aud("StringEqualsIgnoreCase", `"`+strings.ToUpper(tACS)+`"`), silent),
		the("trust-condition", aud("StringEquals", `"`+strings.ToUpper(tACS)+`"`), fails).mending(),
		the("trust-condition", aud("ForAnyValue:StringEquals", `"`+tACS+`"`), silent),
		the("trust-condition", condition("StringNotEquals", "saml:sub", `"`+tUser+`"`), fails, "anything but").and(""),
		the("trust-condition", condition("StringLike", "saml:edupersonaffiliation", `"staff"`), fails, "nothing there"),
		the("trust-condition", condition("StringEqualsIfExists", "saml:edupersonaffiliation", `"staff"`), silent),
		the("trust-condition", condition("StringLike", "saml:iss", `"https://idp.example.com"`), fails, tIssuer).mending(),
		the("trust-condition", condition("DateLessThan", "aws:CurrentTime", `"2020-01-01T00:00:00Z"`), fails),
		the("trust-condition", condition("IpAddress", "aws:SourceIp", `"10.0.0.0/8"`), silent), // not known
		the("trust-condition", together(condition("StringLike", "saml:iss", `"https://idp.example.com"`), condition("StringNotEquals", "saml:sub", `"`+tUser+`"`)), fails),
		the("trust-condition", together(second("Admin", statement("")), aud("StringEquals", `"x"`)), silent),
		the("trust-condition", together(tag, changed(`"Statement":[`, `"Statement":[{"Effect":"Allow","Principal":{"Federated":"`+tProvider+`"},"Action":"sts:TagSession","Condition":{"StringEquals":{"SAML:iss":"x"}}},`)), fails, "wants, for the sts:TagSession that the assertion asks for, SAML:iss").mending(),
		the("trust-condition", nil, silent),

		the("trust-impossible-condition", condition("Bool", "aws:MultiFactorAuthPresent", `"true"`), fails, "aws:MultiFactorAuthPresent").mending(),
		the("trust-impossible-condition", condition("StringLike", "aws:PrincipalOrgID", `"o-1"`), fails, "aws:PrincipalOrgID").mending(),
		the("trust-impossible-condition", condition("BoolIfExists", "aws:MultiFactorAuthPresent", `"true"`), silent),
		the("trust-impossible-condition", nil, silent),

		the("trust-denied", trusting(statement(""), `{"Sid":"NoMaria","Effect":"Deny","Principal":{"Federated":"`+tProvider+`"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringLike":{"saml:sub":"maria*"}}}`), fails, "“NoMaria”", "saml:sub"),
		the("trust-denied", trusting(statement(""), `{"Effect":"Deny","NotPrincipal":{"Federated":"`+other+`"},"Action":"sts:AssumeRoleWithSAML"}`), fails, "Statement 2"),
		the("trust-denied", trusting(statement(""), `{"Effect":"Deny","NotPrincipal":{"Federated":"`+tProvider+`"},"Action":"sts:AssumeRoleWithSAML"}`), silent),
		the("trust-denied", trusting(statement(""), `{"Effect":"Deny","Principal":"*","Action":"sts:*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}}`), fails, "aws:PrincipalOrgID"),
		the("trust-denied", nil, silent),

		the("provider-cross-account", changed(tProvider, "arn:aws:iam::999999999999:saml-provider/Okta"), fails, "999999999999").mending(),
		the("provider-cross-account", changed(`"`+tProvider+`"`, `["`+tProvider+`","arn:aws:iam::999999999999:saml-provider/Okta"]`), warns).mending(),
		the("provider-cross-account", nil, silent),
		the("trust-broad", trusting(`{"Effect":"Allow","Principal":{"Federated":"`+tProvider+`"},"Action":"sts:AssumeRoleWithSAML"}`), warns, "whichever endpoint").mending(),
		the("trust-broad", aud("StringLike", `"*"`), warns).mending(),
		the("trust-broad", aud("StringEqualsIfExists", `"`+tACS+`"`), warns).mending(),
		the("trust-broad", nil, silent),
		the("trust-external-access", func(s *sketch) {
			s.live.External.Value = []evidence.ExternalAccess{{ID: "f-1", Resource: tRole, Status: "ACTIVE", Principal: map[string]string{"Federated": tProvider}, Action: []string{"sts:AssumeRoleWithSAML"}}}
		}, info, tProvider),
		the("trust-external-access", func(s *sketch) {
			s.live.External.Value = []evidence.ExternalAccess{{ID: "f-1", Resource: tRole, Status: "ACTIVE", Principal: map[string]string{"AWS": "*"}, Public: true}}
		}, warns, "everybody"),
		the("trust-external-access", func(s *sketch) {
			s.live.External.Value = []evidence.ExternalAccess{{ID: "f-1", Resource: tRole + "2", Status: "ACTIVE"}, {ID: "f-2", Resource: tRole, Status: "ARCHIVED"}}
		}, silent),
		the("trust-external-access", nil, silent),
	})
}

// TestRecipientThatNoRoleShouldAdmit: where the Recipient is no endpoint of
// AWS, the IdP is to be mended and not the trust policy.
func TestFixAtTheSideThatIsWrong(t *testing.T) {
	for recipient, who := range map[string]rule.Hand{
		"https://us-east-1.signin.aws.amazon.com/saml": rule.AWSAdmin,
		"https://sso.example.com/acs":                  rule.IdPAdmin,
	} {
		fs := findings(t, "trust-condition", build(func(s *sketch) { s.post(recipient) }))
		if len(fs) == 0 && who == rule.AWSAdmin {
			t.Fatalf("%s: silent", recipient)
		}
		if len(fs) > 0 && fs[0].Fixes[0].Who != who {
			t.Errorf("%s: first to be mended by the %s", recipient, fs[0].Fixes[0].Who)
		}
	}
}

// TestOldSuccessTellsNothing keeps the time of the trust judge to that of the
// sign-in and not to now.
func TestTimeOfJudgement(t *testing.T) {
	c := build(together(changed(`"StringEquals"`, `"DateLessThan":{"aws:CurrentTime":"2026-03-03T00:00:00Z"},"StringEquals"`), func(s *sketch) {
		s.c.Now = tIssued.Add(1000 * time.Hour)
	}))
	if fs := findings(t, "trust-condition", c); len(fs) > 0 {
		t.Error(fs[0].Summary)
	}
}
