package whatif

import (
	"testing"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

const (
	trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/P"},"Action":"sts:AssumeRoleWithSAML"}]}`
	open  = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"connect:GetFederationToken","Resource":"*"}}`
	other = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}`
)

func TestFromFixFindsTheDocumentThatChanges(t *testing.T) {
	var d diag.Diagnosis
	d.Case.Live.Roles = evidence.Have([]evidence.Role{{ARN: "a", Trust: "old"}, {ARN: "b", Trust: "older"}}, "x")
	d.Case.Live.Permissions = evidence.Have([]evidence.Policy{{Name: "P", Document: other}}, "x")
	for name, x := range map[string]struct {
		change *rule.Change
		ok     bool
		role   string
		policy string
	}{
		"none":       {nil, false, "", ""},
		"empty":      {&rule.Change{Name: "x.json"}, false, "", ""},
		"trust":      {&rule.Change{Before: "older", After: trust}, true, "b", ""},
		"policy":     {&rule.Change{Before: other, After: open}, true, "", "P"},
		"unknown":    {&rule.Change{Before: "gone", After: open}, false, "", ""},
		"new policy": {&rule.Change{Name: "connect-federation.json", After: open}, true, "", "connect-federation"},
		"no policy":  {&rule.Change{Name: "x.json", After: "<xml/>"}, false, "", ""},
	} {
		p, ok := FromFix(d, rule.Fix{Change: x.change})
		if ok != x.ok || ok == p.Empty() {
			t.Errorf("%s: %v, %+v", name, ok, p)
			continue
		}
		if x.role != "" && (len(p.Roles) != 1 || p.Roles[0].ARN != x.role || p.Roles[0].Trust != trust) {
			t.Errorf("%s: %+v", name, p.Roles)
		}
		if x.policy != "" && (len(p.Policies) != 1 || p.Policies[0].Name != x.policy || p.Policies[0].Document != open) {
			t.Errorf("%s: %+v", name, p.Policies)
		}
	}
}

func TestAPolicyStandsInThePlaceOfItsOwn(t *testing.T) {
	connect, files := evidence.Policy{Name: "Connect", ARN: "arn:c", Document: open}, evidence.Policy{Name: "Files", Document: other}
	bound := evidence.Policy{Name: "Connect", ARN: "arn:b", Kind: evidence.Boundary, Document: open}
	for name, x := range map[string]struct {
		all  []evidence.Policy
		p    evidence.Policy
		want int
	}{
		"by name":          {[]evidence.Policy{bound, files, connect}, evidence.Policy{Name: "Connect"}, 2},
		"by ARN":           {[]evidence.Policy{files, connect}, evidence.Policy{Name: "Else", ARN: "arn:c"}, 1},
		"another name":     {[]evidence.Policy{files, connect}, evidence.Policy{Name: "New"}, -1},
		"the only one":     {[]evidence.Policy{bound, files}, evidence.Policy{}, 1},
		"of Connect":       {[]evidence.Policy{files, connect}, evidence.Policy{}, 1},
		"which is unclear": {[]evidence.Policy{files, files}, evidence.Policy{}, -1},
		"none there":       {nil, evidence.Policy{}, -1},
	} {
		if got := stead(x.all, x.p); got != x.want {
			t.Errorf("%s: %d, want %d", name, got, x.want)
		}
	}
}

func TestTryLeavesTheEvidenceAsItWas(t *testing.T) {
	roles := []evidence.Role{{ARN: "a", Trust: "old"}}
	var d diag.Diagnosis
	d.Case.Live.Roles = evidence.Have(roles, "x")
	o := Try(d, Proposal{Roles: []evidence.Role{{ARN: "a", Trust: trust}}})
	if roles[0].Trust != "old" || d.Case.Live.Roles.Value[0].Trust != "old" {
		t.Error("the evidence was changed")
	}
	if o.After.Case.Live.Roles.Value[0].Trust != trust || len(o.Placed) != 1 {
		t.Errorf("%+v", o.Placed)
	}
}

func TestLikeFindsTheSamePlaceFirst(t *testing.T) {
	r := &rule.Rule{ID: "r"}
	at := func(path string) rule.Finding {
		return rule.Finding{Rule: r, At: evidence.Spot{In: evidence.InTrust, Path: path}}
	}
	in := []rule.Finding{at("/0"), at("/1")}
	if i := like(in, at("/1")); i != 1 {
		t.Errorf("the same place is %d", i)
	}
	if i := like(in, at("/7")); i != 0 {
		t.Errorf("a place that moved is %d", i)
	}
	if i := like(in, rule.Finding{Rule: &rule.Rule{ID: "s"}}); i != -1 {
		t.Errorf("another rule is %d", i)
	}
}
