package policy

import (
	"strings"
	"testing"
)

func must(t *testing.T, doc string) Policy {
	t.Helper()
	p, err := Parse(doc)
	if err != nil {
		t.Fatalf("%s: %v", doc, err)
	}
	return p
}

// statement wraps statement members into a document.
func statement(members string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithSAML","Resource":"*",` + members + `}]}`
}

func TestConditions(t *testing.T) {
	c := Context{
		"*": Missing(), "saml:aud": One("https://signin.aws.amazon.com/saml"), "n": One("5"), "neg": One("-1.5"),
		"d": One("2026-11-23T10:00:00Z"), "b": One("true"), "ip": One("192.0.2.7"), "ip6": One("2001:db8::1"),
		"arn": One("arn:aws:iam::1:role/team/x"), "bin": One("aGk="), "many": Many("a", "b"), "empty": Many(),
		"hidden": {}, "maybe": Either(One("x"), One("y")), "maybemissing": Either(Missing(), One("false")),
	}
	for _, x := range []struct {
		cond string
		want Truth
	}{
		{`"StringEquals":{"SAML:AUD":"https://signin.aws.amazon.com/saml"}`, True},
		{`"StringEquals":{"saml:aud":"https://SIGNIN.aws.amazon.com/saml"}`, False},
		{`"StringEqualsIgnoreCase":{"saml:aud":"https://SIGNIN.aws.amazon.com/saml"}`, True},
		{`"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/*"}`, False},
		{`"StringLike":{"saml:aud":"https://*signin.aws.amazon.com/saml*"}`, True},
		{`"StringNotLike":{"saml:aud":["x","https://*"]}`, False},
		{`"StringEquals":{"gone":"x"}`, False},
		{`"StringNotEquals":{"gone":"x"}`, True},
		{`"StringEqualsIfExists":{"gone":"x"}`, True},
		{`"Bool":{"aws:MultiFactorAuthPresent":"true"}`, False},
		{`"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}`, True},
		{`"Null":{"aws:MultiFactorAuthPresent":"true"}`, True},
		{`"Null":{"saml:aud":"true"}`, False},
		{`"Null":{"saml:aud":false}`, True},
		{`"Null":{"empty":"true"}`, True},
		{`"NumericEquals":{"n":"5.0"}`, True},
		{`"NumericLessThan":{"n":5}`, False},
		{`"NumericLessThanEquals":{"n":5}`, True},
		{`"NumericGreaterThan":{"neg":"-2"}`, True},
		{`"NumericGreaterThanEquals":{"n":"x"}`, False},
		{`"NumericNotEquals":{"n":"6"}`, True},
		{`"DateGreaterThan":{"d":"2026-11-23T09:00:00+00:00"}`, True},
		{`"DateLessThan":{"d":"2026-11-23"}`, False},
		{`"DateEquals":{"d":"1795428000"}`, True},
		{`"DateNotEquals":{"d":"2026"}`, True},
		{`"Bool":{"b":true}`, True},
		{`"Bool":{"b":"maybe"}`, False},
		{`"IpAddress":{"ip":["10.0.0.0/8","192.0.2.0/24"]}`, True},
		{`"IpAddress":{"ip":"192.0.2.7"}`, True},
		{`"NotIpAddress":{"ip6":"2001:db8::/32"}`, False},
		{`"ArnLike":{"arn":"arn:*:iam::*:role/*"}`, True},
		{`"ArnLike":{"arn":"arn:aws:iam:*"}`, False}, // a wildcard stays in its part
		{`"ArnNotEquals":{"arn":"arn:aws:iam::2:role/*"}`, True},
		{`"BinaryEquals":{"bin":"aGk="}`, True},
		{`"ForAnyValue:StringEquals":{"many":["b","c"]}`, True},
		{`"ForAllValues:StringEquals":{"many":["b","c"]}`, False},
		{`"ForAllValues:StringEquals":{"gone":"x"}`, True},
		{`"ForAllValues:StringLike":{"empty":"x"}`, True},
		{`"ForAnyValue:StringLike":{"gone":"*"}`, False},
		{`"ForAnyValue:StringNotEquals":{"many":"a"}`, True},
		{`"StringEquals":{"many":["a","b"]}`, True}, // all agree
		{`"StringEquals":{"many":"a"}`, Unknown},
		{`"StringEquals":{"hidden":"x"}`, Unknown},
		{`"StringEqualsIfExists":{"hidden":"x"}`, Unknown},
		{`"Null":{"hidden":"true"}`, Unknown},
		{`"StringEquals":{"maybe":"x"}`, Unknown},
		{`"StringLike":{"maybe":"?"}`, True},
		{`"Bool":{"maybemissing":"true"}`, False},
		{`"BoolIfExists":{"maybemissing":"false"}`, True},
		{`"StringEquals":{"saml:aud":"x"},"StringLike":{"hidden":"*"}`, False}, // false AND unknown
		{`"StringEquals":{"n":"${n}"}`, True},
		{`"StringEquals":{"n":"${gone, '5'}"}`, True},
		{`"StringEquals":{"n":"${gone}"}`, False},
		{`"StringNotEquals":{"n":"${gone}"}`, Unknown},
		{`"StringLike":{"n":"${hidden}"}`, Unknown},
		{`"StringEquals":{"saml:aud":"https://${hidden}"}`, Unknown},
		{`"StringEquals":{"saml:aud":"http://${hidden}"}`, False},
		{`"NumericEquals":{"n":"${n}"}`, False}, // no variables in numbers
		{`"StringEquals":{"n":"${many}"}`, False},
		{`"StringEquals":{"n":[]}`, False},
	} {
		p := must(t, statement(`"Condition":{`+x.cond+`}`))
		d := Evaluate([]Policy{p}, Request{Action: AssumeRoleWithSAML, Context: c})
		want := map[Truth]Outcome{True: Allowed, False: ImplicitDeny, Unknown: Undecided}[x.want]
		if d.Outcome != want {
			t.Errorf("%s: %v, want %v", x.cond, d.Outcome, want)
		}
		if want != Allowed && (len(d.Near) != 1 || len(d.Near[0].Misses) == 0) {
			t.Errorf("%s: not explained: %+v", x.cond, d.Near)
		}
		if want == Undecided && len(d.Keys) == 0 {
			t.Errorf("%s: does not say which key", x.cond)
		}
	}
}

func TestVersionDecidesVariables(t *testing.T) {
	doc := `{"Statement":[{"Effect":"Allow","Action":"connect:GetFederationToken","Resource":"arn:aws:connect:r:1:instance/i/user/${aws:userid}"}]}`
	r := Request{Action: GetFederationToken, Resource: "arn:aws:connect:r:1:instance/i/user/AROA:jane", Context: Context{"aws:userid": One("AROA:jane")}}
	if d := Evaluate([]Policy{must(t, doc)}, r); d.Outcome != ImplicitDeny {
		t.Errorf("without a version: %v", d.Outcome)
	}
	if d := Evaluate([]Policy{must(t, strings.Replace(doc, "{", `{"Version":"2012-10-17",`, 1))}, r); d.Outcome != Allowed {
		t.Errorf("with the version: %v", d.Outcome)
	}
	r.Context = Context{"aws:userid": One("*:*")}
	r.Resource = "arn:aws:connect:r:1:instance/i/user/AROA:jane"
	if d := Evaluate([]Policy{must(t, strings.Replace(doc, "{", `{"Version":"2012-10-17",`, 1))}, r); d.Outcome != ImplicitDeny {
		t.Errorf("a variable's value is no pattern: %v", d.Outcome)
	}
}

func TestResourceWildcards(t *testing.T) {
	arn := "arn:aws:connect:eu-west-2:111122223333:instance/abc/user/AROA:jane"
	for pattern, want := range map[string]bool{
		"*":                     true,
		"arn:aws:connect:*":     true, // ends the whole pattern: may run on
		"arn:aws:connect:*:*:*": true,
		"arn:aws:connect:eu-west-2:111122223333:instance/abc/*":         true,
		"arn:aws:connect:eu-west-2:111122223333:instance/abc":           false,
		"arn:aws:connect:eu-west-2:111122223333:instance/*:jane":        true,
		"arn:aws:connect:eu-west-?:111122223333:instance/abc/*":         true,
		"arn:aws:connect:eu*2:111122223333:instance/abc/*":              true,
		"arn:aws:con*3:instance/abc/*":                                  false, // would have to cross colons in mid-segment
		"arn:aws:connect:EU-WEST-2:111122223333:instance/abc/*":         false, // case matters
		"arn:aws:connect:eu-west-2:111122223333:instance/???/user/*":    true,
		"arn:aws:connect:eu-west-2:111122223333:instance/??/user/*":     false,
		"arn:aws:connect:eu-west-2:?11122223333?instance/abc/user/*":    false, // ? is no colon there
		"arn:aws:connect:eu-west-2:111122223333:instance/abc/user/AROA": false,
	} {
		s := Statement{Resources: []Term{{Value: pattern}}}
		if got := s.resource(arn, nil, true); got != truth(want) {
			t.Errorf("%s: %v, want %v", pattern, got, want)
		}
	}
}

func TestDecidingPlace(t *testing.T) {
	p := must(t, `{"Version":"2012-10-17","Statement":[
  {"Sid":"A","Effect":"Allow","Principal":{"Federated":"P"},"Action":"sts:AssumeRoleWithSAML"},
  {"Sid":"B","Effect":"Deny","Principal":"*","Action":"sts:*","Condition":{"StringNotEquals":{"saml:aud":"good"}}}]}`)
	p.Name = "trust"
	r := Request{Action: AssumeRoleWithSAML, Principal: Caller{Federated: "P"}, Context: Context{"saml:aud": One("bad")}}
	d := Evaluate([]Policy{p}, r)
	if d.Outcome != ExplicitDeny || d.By == nil || d.By.Sid != "B" || d.By.Policy != "trust" || d.By.Statement != 1 {
		t.Fatalf("%+v", d)
	}
	if got := p.Text[d.By.At.Start:d.By.At.End]; !strings.HasPrefix(got, `{"Sid":"B"`) || !strings.HasSuffix(got, "}") {
		t.Errorf("the span holds %s", got)
	}
	r.Context = Context{"saml:aud": One("good")}
	if d := Evaluate([]Policy{p}, r); d.Outcome != Allowed || d.By.Sid != "A" {
		t.Errorf("%+v", d)
	}
	r.Context = Context{"saml:aud": {}}
	if d := Evaluate([]Policy{p}, r); d.Outcome != Undecided || len(d.Keys) != 1 || d.Near[0].Sid != "B" {
		t.Errorf("%+v", d)
	}
}

func TestPrincipals(t *testing.T) {
	const saml = "arn:aws:iam::1:saml-provider/P"
	session := "arn:aws:sts::111122223333:assumed-role/R/jane"
	for _, x := range []struct {
		principal string
		caller    Caller
		want      Outcome
	}{
		{`"Principal":"*"`, Caller{Federated: saml}, Allowed},
		{`"Principal":{"AWS":"*"}`, Caller{Federated: saml}, Allowed},
		{`"Principal":{"Federated":"*"}`, Caller{Federated: saml}, Undecided},
		{`"Principal":{"Federated":["x","` + saml + `"]}`, Caller{Federated: saml}, Allowed},
		{`"Principal":{"Federated":"arn:aws:iam::1:saml-provider/p"}`, Caller{Federated: saml}, ImplicitDeny},
		{`"Principal":{"Federated":"arn:aws:iam::1:saml-provider/*"}`, Caller{Federated: saml}, ImplicitDeny},
		{`"Principal":{"AWS":"` + saml + `"}`, Caller{Federated: saml}, ImplicitDeny},
		{`"NotPrincipal":{"Federated":"` + saml + `"}`, Caller{Federated: saml}, ImplicitDeny},
		{`"NotPrincipal":{"Federated":"other"}`, Caller{Federated: saml}, Allowed},
		{`"Principal":{"AWS":"111122223333"}`, Caller{AWS: []string{session}}, Allowed},
		{`"Principal":{"AWS":"arn:aws:iam::111122223333:root"}`, Caller{AWS: []string{session}}, Allowed},
		{`"Principal":{"AWS":"arn:aws:iam::999922223333:root"}`, Caller{AWS: []string{session}}, ImplicitDeny},
		{`"Principal":{"Service":"connect.amazonaws.com"}`, Caller{Service: "connect.amazonaws.com"}, Allowed},
	} {
		d := Evaluate([]Policy{must(t, statement(x.principal))}, Request{Action: AssumeRoleWithSAML, Principal: x.caller})
		if d.Outcome != x.want {
			t.Errorf("%s for %+v: %v, want %v", x.principal, x.caller, d.Outcome, x.want)
		}
	}
}

// A document and a request made to keep the judge busy end soon.
func TestHostileDocument(t *testing.T) {
	var vs []string
	for n := 0; n < MaxDocument-2000; n += 12 {
		vs = append(vs, `"*a*a*a*b"`)
	}
	p := must(t, statement(`"Condition":{"StringLike":{"k":[`+strings.Join(vs, ",")+`]}}`))
	c := Context{"k": Many(strings.Repeat("a", maxWild), strings.Repeat("a", 100_000))}
	if d := Evaluate([]Policy{p}, Request{Action: AssumeRoleWithSAML, Context: c}); d.Outcome != Undecided {
		t.Errorf("%v", d.Outcome)
	}
}
