package policy

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/evidence"
)

const (
	roleARN     = "arn:aws:iam::111122223333:role/team/ConnectAgents"
	providerARN = "arn:aws:iam::111122223333:saml-provider/Okta"
	aud         = "https://signin.aws.amazon.com/saml"
)

func txt(s string) evidence.Text { return evidence.Text{Value: s, Present: true} }

func attr(name string, values ...string) evidence.Attribute {
	a := evidence.Attribute{Name: txt(name)}
	for _, v := range values {
		a.Values = append(a.Values, evidence.Value{Text: txt(v)})
	}
	return a
}

func signIn(more ...evidence.Attribute) SignIn {
	return SignIn{
		Provider: providerARN, Role: roleARN, Posted: aud, At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
		Assertion: evidence.Assertion{
			Issuer: txt("http://www.okta.com/exk1"),
			Subject: &evidence.Subject{NameID: txt("jane@example.com"), Format: txt("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"),
				Confirmations: []evidence.Confirmation{{Recipient: txt(aud)}}},
			Attributes: append([]evidence.Attribute{attr("https://aws.amazon.com/SAML/Attributes/RoleSessionName", "jane")}, more...),
		},
	}
}

func trusting(statement string) evidence.Role {
	return evidence.Role{ARN: roleARN, Trust: `{"Version":"2012-10-17","Statement":[` + statement + `]}`}
}

const sound = `{"Effect":"Allow","Principal":{"Federated":"` + providerARN + `"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"` + aud + `"}}}`

func classes(cs []Cause) []Class {
	var out []Class
	for _, c := range cs {
		out = append(out, c.Class)
	}
	return out
}

func TestTrust(t *testing.T) {
	tag := attr("https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team", "eng")
	source := attr("https://aws.amazon.com/SAML/Attributes/SourceIdentity", "jane")
	with := func(action, cond string) string {
		return `{"Effect":"Allow","Principal":{"Federated":"` + providerARN + `"},"Action":` + action + `,"Condition":{` + cond + `}}`
	}
	audOK := `"StringEquals":{"SAML:aud":"` + aud + `"}`
	for _, x := range []struct {
		name     string
		trust    string
		more     []evidence.Attribute
		outcome  Outcome
		causes   []Class
		warnings []Class
	}{
		{name: "sound", trust: sound, outcome: Allowed},
		{name: "all of sts", trust: with(`"sts:*"`, audOK), more: []evidence.Attribute{tag, source}, outcome: Allowed},
		{name: "other provider", outcome: ImplicitDeny, causes: []Class{ClassPrincipal},
			trust: `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/Old"},"Action":"sts:AssumeRoleWithSAML"}`},
		{name: "provider of another account", outcome: ImplicitDeny, causes: []Class{ClassPrincipal}, warnings: []Class{ClassCrossAccount},
			trust: `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::999988887777:saml-provider/Okta"},"Action":"sts:AssumeRoleWithSAML"}`},
		{name: "wrong action", trust: with(`"sts:AssumeRole"`, audOK), outcome: ImplicitDeny, causes: []Class{ClassAction}},
		{name: "no statement that allows", trust: `{"Effect":"Deny","Principal":"*","Action":"s3:*"}`, outcome: ImplicitDeny, causes: []Class{ClassAction}},
		{name: "tags not allowed", trust: sound, more: []evidence.Attribute{tag}, outcome: ImplicitDeny, causes: []Class{ClassTagSession}},
		{name: "source identity not allowed", trust: sound, more: []evidence.Attribute{source}, outcome: ImplicitDeny, causes: []Class{ClassSourceIdentity}},
		{name: "both not allowed", trust: sound, more: []evidence.Attribute{tag, source}, outcome: ImplicitDeny, causes: []Class{ClassTagSession, ClassSourceIdentity}},
		{name: "tags in a statement of their own", outcome: Allowed, more: []evidence.Attribute{tag},
			trust: sound + `,{"Effect":"Allow","Principal":{"Federated":"` + providerARN + `"},"Action":"sts:TagSession","Condition":{"StringLike":{"aws:RequestTag/team":["eng","qa"]}}}`},
		{name: "tag of another value", outcome: ImplicitDeny, more: []evidence.Attribute{attr("https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team", "ops")},
			causes: []Class{ClassCondition},
			trust:  sound + `,{"Effect":"Allow","Principal":{"Federated":"` + providerARN + `"},"Action":"sts:TagSession","Condition":{"StringLike":{"aws:RequestTag/team":["eng","qa"]}}}`},
		{name: "regional audience wanted", trust: with(`"sts:AssumeRoleWithSAML"`, `"StringEquals":{"SAML:aud":"https://eu-west-2.signin.aws.amazon.com/saml"}`),
			outcome: ImplicitDeny, causes: []Class{ClassCondition}},
		{name: "two conditions fail", trust: with(`"sts:AssumeRoleWithSAML"`, `"StringEquals":{"SAML:aud":"x","SAML:iss":"y"}`),
			outcome: ImplicitDeny, causes: []Class{ClassCondition, ClassCondition}},
		{name: "second factor", trust: with(`"sts:AssumeRoleWithSAML"`, audOK+`,"Bool":{"aws:MultiFactorAuthPresent":"true"}`),
			outcome: ImplicitDeny, causes: []Class{ClassImpossible}},
		{name: "principal tag", trust: with(`"sts:AssumeRoleWithSAML"`, `"StringEquals":{"aws:PrincipalTag/team":"eng","SAML:aud":"`+aud+`"}`),
			more: []evidence.Attribute{tag}, outcome: ImplicitDeny, causes: []Class{ClassImpossible, ClassTagSession}},
		{name: "denied", trust: sound + `,{"Sid":"No","Effect":"Deny","Principal":"*","Action":"sts:*","Condition":{"StringEquals":{"saml:sub":"jane@example.com"}}}`,
			outcome: ExplicitDeny, causes: []Class{ClassDenied}},
		{name: "denied by what is missing", trust: sound + `,{"Effect":"Deny","Principal":"*","Action":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}`,
			outcome: ExplicitDeny, causes: []Class{ClassDenied}},
		{name: "an address nobody knows", trust: with(`"sts:AssumeRoleWithSAML"`, audOK+`,"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}`), outcome: Undecided},
		{name: "sub_type has two readings", trust: with(`"sts:AssumeRoleWithSAML"`, `"StringEquals":{"SAML:sub_type":"unspecified","SAML:aud":"`+aud+`"}`), outcome: Undecided},
		{name: "no condition on the audience", outcome: Allowed, warnings: []Class{ClassBroad},
			trust: `{"Effect":"Allow","Principal":{"Federated":"` + providerARN + `"},"Action":"sts:AssumeRoleWithSAML"}`},
		{name: "an audience of anything", trust: with(`"sts:AssumeRoleWithSAML"`, `"StringLike":{"SAML:aud":"*"}`), outcome: Allowed, warnings: []Class{ClassBroad}},
		{name: "not JSON", trust: `{`, outcome: Undecided, causes: []Class{ClassRefused}},
		{name: "no such operator", trust: with(`"sts:AssumeRoleWithSAML"`, `"StringIs":{"SAML:aud":"x"}`), outcome: Undecided, causes: []Class{ClassRefused}},
		{name: "name qualifier and provider", outcome: Allowed,
			trust:  with(`"sts:AssumeRoleWithSAML"`, `"StringEquals":{"saml:namequalifier":"`+evidence.NameQualifier("http://www.okta.com/exk1", "111122223333", "Okta")+`","saml:doc":"111122223333/Okta","SAML:aud":"`+aud+`","sts:RoleSessionName":"${saml:namequalifier,'x'}"},"Null":{"sts:RoleSessionName":"false"}`),
			causes: []Class{ClassCondition}},
		{name: "attribute as key", outcome: Allowed, more: []evidence.Attribute{attr("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "staff", "member")},
			trust: with(`"sts:AssumeRoleWithSAML"`, `"ForAnyValue:StringEquals":{"saml:edupersonaffiliation":"staff"},`+audOK)},
		{name: "attribute that is no key", outcome: ImplicitDeny, more: []evidence.Attribute{attr("department", "support")}, causes: []Class{ClassCondition},
			trust: with(`"sts:AssumeRoleWithSAML"`, `"StringEquals":{"saml:department":"support","SAML:aud":"`+aud+`"}`)},
		{name: "at that time", outcome: ImplicitDeny, causes: []Class{ClassCondition},
			trust: with(`"sts:AssumeRoleWithSAML"`, `"DateLessThan":{"aws:CurrentTime":"2026-11-23T08:00:00Z"},`+audOK)},
	} {
		v := Trust(trusting(x.trust), signIn(x.more...))
		if x.name == "name qualifier and provider" {
			x.outcome = ImplicitDeny // its session name condition does not hold
		}
		if v.Outcome != x.outcome || !slices.Equal(classes(v.Causes), x.causes) || !slices.Equal(classes(v.Warnings), x.warnings) {
			t.Errorf("%s: %v, causes %v, warnings %v; want %v, %v, %v\n%+v", x.name, v.Outcome, classes(v.Causes), classes(v.Warnings),
				x.outcome, x.causes, x.warnings, v.Causes)
		}
		if v.Outcome == Undecided && len(v.Causes) == 0 && len(v.Keys) == 0 {
			t.Errorf("%s: undecided without a key", x.name)
		}
	}
}

func TestTrustSaysWhatItWantedAndGot(t *testing.T) {
	s := signIn()
	s.Assertion.Subject.Confirmations[0].Recipient = txt("https://eu-west-2.signin.aws.amazon.com/saml")
	v := Trust(trusting(sound), s)
	c := v.Causes[0]
	if c.Class != ClassCondition || c.Miss.Key != "SAML:aud" || c.Want() != aud || c.Saw() != "https://eu-west-2.signin.aws.amazon.com/saml" {
		t.Errorf("%+v", c)
	}
	doc := trusting(sound).Trust
	if got := doc[c.Miss.At.Start:c.Miss.At.End]; got != `"SAML:aud":"`+aud+`"` {
		t.Errorf("the span holds %s", got)
	}
	if p, ok := v.Deciding(); !ok || p.Statement != 0 {
		t.Errorf("%+v, %v", p, ok)
	}
	v = Trust(trusting(sound), SignIn{Provider: providerARN, Role: roleARN})
	if c := v.Causes[0]; !c.Miss.Missing || c.Saw() != "nothing" {
		t.Errorf("without a subject: %+v", c)
	}
}

// What both calls hang on is named once.
func TestTrustNamesEachUnknownKeyOnce(t *testing.T) {
	s := signIn()
	s.Assertion.Attributes = append(s.Assertion.Attributes, attr("https://aws.amazon.com/SAML/Attributes/PrincipalTag:Team", "eng"))
	v := Trust(trusting(`{"Effect":"Allow","Principal":{"Federated":"`+providerARN+`"},"Action":["sts:AssumeRoleWithSAML","sts:TagSession"],"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`), s)
	if v.Outcome != Undecided || len(v.Keys) != 1 || v.Keys[0] != "aws:SourceIp" {
		t.Errorf("%v %q", v.Outcome, v.Keys)
	}
}

func TestGuardrails(t *testing.T) {
	full := evidence.Guardrail{Name: "FullAWSAccess", Kind: "SCP", Target: "r-1", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`}
	rcpFull := evidence.Guardrail{Name: "RCPFullAWSAccess", Kind: "RCP", Target: "r-1", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`}
	perimeter := evidence.Guardrail{Name: "perimeter", Kind: "RCP", Target: "r-1", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-1"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}]}`}
	region := evidence.Guardrail{Name: "regions", Kind: "SCP", Target: "ou-1", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}`}
	role := evidence.Role{ARN: roleARN}
	if v := Guardrails([]evidence.Guardrail{full, rcpFull}, role, signIn()); v.Outcome != Allowed {
		t.Errorf("full access: %+v", v)
	}
	v := Guardrails([]evidence.Guardrail{full, rcpFull, perimeter}, role, signIn())
	if v.Outcome != ExplicitDeny || len(v.Causes) != 1 || v.Causes[0].By != ByRCP || v.Causes[0].Place.Policy != "perimeter" ||
		v.Causes[0].Why == "" || v.Causes[0].Uncertain || v.Causes[0].Target != "r-1" {
		t.Errorf("data perimeter: %v %+v", v.Outcome, v.Causes)
	}
	v = Guardrails([]evidence.Guardrail{full, region}, role, signIn())
	if v.Outcome != Undecided || len(v.Causes) != 1 || v.Causes[0].By != BySCP || !v.Causes[0].Uncertain {
		t.Errorf("SCP on the call: %v %+v", v.Outcome, v.Causes)
	}
	// Of a file nobody says what is attached beside it; what it denies it
	// denies wherever it is.
	for _, g := range []evidence.Guardrail{perimeter, region} {
		attached := g
		g.Target = ""
		if v, want := Guardrails([]evidence.Guardrail{g}, role, signIn()), Guardrails([]evidence.Guardrail{full, rcpFull, attached}, role, signIn()); v.Outcome != want.Outcome || len(v.Causes) != 1 || v.Causes[0].Target != "" {
			t.Errorf("loose %s: %v %+v, attached %v", g.Name, v.Outcome, v.Causes, want.Outcome)
		}
		g.Document = strings.Replace(strings.Replace(g.Document, `"sts:*"`, `"s3:*"`, 1), `"Action":"*"`, `"Action":"s3:*"`, 1)
		if v := Guardrails([]evidence.Guardrail{g}, role, signIn()); v.Outcome != Allowed || len(v.Causes) > 0 {
			t.Errorf("loose %s about other services: %v %+v", g.Name, v.Outcome, v.Causes)
		}
	}
	if v := Guardrails(nil, role, signIn()); v.Outcome != Allowed {
		t.Errorf("none: %v", v.Outcome)
	}
}

// The roles of the laboratory say which of them must refuse.
func TestLaboratoryRoles(t *testing.T) {
	const dir = "../../../shared/corpus/captures/world-a/evidence/"
	for file, want := range map[string][]Class{
		"get-role.json":                nil,
		"get-role-no-tagsession.json":  nil,
		"get-role-regional-aud.json":   nil,
		"get-role-other-provider.json": {ClassPrincipal},
		"get-role-wrong-action.json":   {ClassAction},
	} {
		b, err := os.ReadFile(dir + file)
		if err != nil {
			t.Skip("the laboratory's evidence is not here")
		}
		var r struct {
			Role struct {
				Arn                      string
				AssumeRolePolicyDocument json.RawMessage
			}
		}
		if err := json.Unmarshal(b, &r); err != nil {
			t.Fatal(err)
		}
		s := signIn()
		s.Provider = "arn:aws:iam::218455601337:saml-provider/NorthwindSSO"
		v := Trust(evidence.Role{ARN: r.Role.Arn, Trust: string(r.Role.AssumeRolePolicyDocument)}, s)
		if !slices.Equal(classes(v.Causes), want) || (v.Outcome == Allowed) != (want == nil) {
			t.Errorf("%s: %v %v, want %v", file, v.Outcome, classes(v.Causes), want)
		}
	}
}
