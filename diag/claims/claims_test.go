package claims

import (
	"testing"

	"example.com/samlens/diag/evidence"
)

const (
	role     = "arn:aws:iam::123456789012:role/Federation"
	provider = "arn:aws:iam::123456789012:saml-provider/Okta"
)

func attribute(name string, values ...string) evidence.Attribute {
	a := evidence.Attribute{Name: evidence.Text{Value: name, Present: true}}
	for _, v := range values {
		a.Values = append(a.Values, evidence.Value{Text: evidence.Text{Value: v, Present: true}})
	}
	return a
}

func TestSplit(t *testing.T) {
	for _, x := range []struct {
		in          string
		ok, swapped bool
	}{
		{role + "," + provider, true, false},
		{provider + "," + role, true, true},
		{" " + role + " , " + provider + "\n", true, false},
		{role, false, false},
		{role + ";" + provider, false, false},
		{role + "," + role, false, false},
		{role + "," + provider + ",x", false, false},
		{`"` + role + "," + provider + `"`, false, false},
		{"", false, false},
	} {
		p := Split(evidence.Value{Text: evidence.Text{Value: x.in}})
		if p.OK != x.ok || p.Swapped != x.swapped {
			t.Errorf("Split(%q) = %+v", x.in, p)
		}
		if p.OK && (p.RoleARN != role || p.ProviderARN != provider) {
			t.Errorf("Split(%q) names %s, %s", x.in, p.RoleARN, p.ProviderARN)
		}
	}
}

func TestOfReadsOnlyAWSNames(t *testing.T) {
	c := Of(evidence.Assertion{Attributes: []evidence.Attribute{
		attribute(Role.Full(), role+","+provider),
		attribute("Role", "admin"),
		attribute("https://aws.amazon.com/SAML/attributes/RoleSessionName", "wrong case"),
		attribute(ChinaPrefix+"RoleSessionName", "jdoe"),
		attribute(Prefix+"PrincipalTag:Team", "blue"),
	}})
	if len(c.Pairs) != 1 || c.Name() != "jdoe" || len(c.Tags) != 1 || c.Tags[0].Key != "Team" {
		t.Errorf("got %+v", c)
	}
}

func TestChosen(t *testing.T) {
	other := "arn:aws:iam::123456789012:role/Other"
	a := evidence.Assertion{ID: evidence.Text{Value: "_1", Present: true}, Attributes: []evidence.Attribute{
		attribute(Role.Full(), role+","+provider, other+","+provider),
	}}
	base := evidence.Case{Response: evidence.Have(evidence.Response{Assertions: []evidence.Assertion{a}}, "")}
	c := Of(a)
	if _, ok := c.Chosen(base); ok || len(c.Candidates(base)) != 2 {
		t.Error("two roles and no choice: none is chosen and both are candidates")
	}
	picked := base
	picked.Capture = evidence.Have(evidence.Capture{PickedRole: other}, "")
	if p, ok := c.Chosen(picked); !ok || p.RoleARN != other {
		t.Errorf("the picker's choice is not taken: %+v", p)
	}
	event := base
	event.Live.Trail = evidence.Have([]evidence.TrailEvent{{AssertionID: "_1", RoleARN: other}}, "")
	if p, ok := c.Chosen(event); !ok || p.RoleARN != other {
		t.Errorf("the event's role is not taken: %+v", p)
	}
	asked := base
	asked.Asked.Role = role
	if p, ok := c.Chosen(asked); !ok || p.RoleARN != role {
		t.Errorf("the flag's role is not taken: %+v", p)
	}
}
