package diag

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
)

// TestMain lets the property be tried some thirty times unless more is asked
// for: each try is a dozen diagnoses.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.checks": "30", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

// arrivals are what lookups can bring, by need: for each some answers that
// lead to different findings.
func arrivals() map[evidence.Need][]func(*evidence.Live) {
	good := lookups()
	_, crts := key()
	later := func(failed bool) evidence.TrailEvent {
		return evidence.TrailEvent{ID: "e-9", Name: "AssumeRoleWithSAML", Time: tIssued.Add(3 * time.Second), RoleARN: tAdmin, ProviderARN: tProvider,
			AssertionID: "id123", SessionName: tUser, Failed: failed, ErrorCode: map[bool]string{true: "AccessDenied"}[failed],
			ErrorMessage: map[bool]string{true: "Not authorized to perform sts:AssumeRoleWithSAML"}[failed]}
	}
	two := []evidence.Role{role(tRole, trust("https://signin.aws.amazon.com/saml")), role(tAdmin, trust(tACS))}
	return map[evidence.Need][]func(*evidence.Live){
		evidence.NeedProvider: {
			func(l *evidence.Live) { l.Provider = good.Provider },
			func(l *evidence.Live) { l.Provider = evidence.None[evidence.Provider]("x") },
			func(l *evidence.Live) { l.Provider = evidence.Fact[evidence.Provider]{State: evidence.Denied} },
			func(l *evidence.Live) {
				l.Provider = good.Provider
				l.Provider.Value.Metadata.Entities = []evidence.Entity{{ID: word(tIssuer), Signing: crts[1:], IDPDescriptor: true}}
			},
		},
		evidence.NeedProviders: {
			func(l *evidence.Live) { l.Providers = good.Providers },
			func(l *evidence.Live) {
				l.Providers = evidence.Have([]evidence.ProviderName{{ARN: tProvider + "2"}}, "x")
			},
		},
		evidence.NeedRoles: {
			func(l *evidence.Live) { l.Roles = good.Roles },
			func(l *evidence.Live) { l.Roles = evidence.Have(two, "x") },
			func(l *evidence.Live) {
				l.Roles = evidence.Have([]evidence.Role{{ARN: tRole, Missing: true}, {ARN: tAdmin, Missing: true}}, "x")
			},
			func(l *evidence.Live) {
				l.Roles = evidence.Fact[[]evidence.Role]{State: evidence.Failed, Why: "throttled"}
			},
		},
		evidence.NeedPermissions: {
			func(l *evidence.Live) { l.Permissions = good.Permissions },
			func(l *evidence.Live) { l.Permissions = evidence.Have([]evidence.Policy{}, "x") },
			func(l *evidence.Live) { l.Permissions = evidence.Have([]evidence.Policy{permission("*")}, "x") },
		},
		evidence.NeedInstance: {
			func(l *evidence.Live) { l.Instance = good.Instance },
			func(l *evidence.Live) { l.Instance = evidence.None[evidence.Instance]("x") },
			func(l *evidence.Live) { l.Instance = good.Instance; l.Instance.Value.Region = "us-east-1" },
		},
		evidence.NeedInstances: {
			func(l *evidence.Live) { l.Instances = good.Instances },
			func(l *evidence.Live) { l.Instances = good.Instances; l.Instances.State = evidence.Partial },
		},
		evidence.NeedExact: {
			func(l *evidence.Live) { l.Exact = good.Exact },
			func(l *evidence.Live) { l.Exact = evidence.None[[]evidence.User]("x") },
		},
		evidence.NeedUsers: {
			func(l *evidence.Live) { l.Users = good.Users },
			func(l *evidence.Live) { l.Users = good.Users; l.Users.State = evidence.Partial },
			func(l *evidence.Live) {
				l.Users = evidence.Have([]evidence.User{{ID: "u-2", Username: "Maria.Lopez", Instance: tInstance}}, "x")
			},
			func(l *evidence.Live) {
				l.Users = evidence.Have([]evidence.User{{ID: "u-3", Username: tUser, Instance: "99999999-4b5a-6978-8796-a5b4c3d2e1f0"}}, "x")
			},
		},
		evidence.NeedTrail: {
			func(l *evidence.Live) { l.Trail = good.Trail },
			func(l *evidence.Live) { l.Trail = evidence.Have([]evidence.TrailEvent{later(false)}, "x") },
			func(l *evidence.Live) { l.Trail = evidence.Have([]evidence.TrailEvent{later(true)}, "x") },
			func(l *evidence.Live) { l.Trail = evidence.Have([]evidence.TrailEvent{}, "x") },
		},
		evidence.NeedChanges: {
			func(l *evidence.Live) { l.Changes = good.Changes },
			func(l *evidence.Live) {
				l.Changes = evidence.Have([]evidence.TrailEvent{{ID: "c-1", Name: "UpdateSAMLProvider", Source: "iam.amazonaws.com", Time: tIssued.Add(-time.Hour), ProviderARN: tProvider}}, "x")
			},
		},
		evidence.NeedAuthProfiles: {
			func(l *evidence.Live) {
				l.AuthProfiles = evidence.Have([]evidence.AuthProfile{{ID: "p", Default: true, BlockedIPs: []string{"0.0.0.0/0"}, MaxSession: 6 * time.Hour}}, "x")
			},
		},
		evidence.NeedRegions: {
			func(l *evidence.Live) {
				l.Regions = evidence.Have([]evidence.Region{{Name: "eu-west-2", OptStatus: "DISABLED"}}, "x")
			},
		},
		evidence.NeedGuardrails: {
			func(l *evidence.Live) {
				l.Guardrails = evidence.Have([]evidence.Guardrail{{ID: "p-1", Name: "no", Kind: "RCP", Target: "r", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*"}]}`}}, "x")
			},
			func(l *evidence.Live) { l.Guardrails = evidence.Fact[[]evidence.Guardrail]{State: evidence.Denied} },
		},
		evidence.NeedIdPMetadata: {
			func(l *evidence.Live) {
				l.IdPMetadata = evidence.Have(evidence.Metadata{Entities: []evidence.Entity{{ID: word(tIssuer), Signing: crts[:], IDPDescriptor: true}}}, "x")
			},
		},
		evidence.NeedExternal: {
			func(l *evidence.Live) {
				l.External = evidence.Have([]evidence.ExternalAccess{{ID: "f", Resource: tAdmin, Status: "ACTIVE", Principal: map[string]string{"Federated": tProvider}}}, "x")
			},
		},
	}
}

// TestUpdateIsDiagnose: in whatever order and in whatever pieces evidence
// comes in, the diagnosis is that of all of it at once.
func TestUpdateIsDiagnose(t *testing.T) {
	pool := arrivals()
	var needs []evidence.Need
	for n := range pool {
		needs = append(needs, n)
	}
	slices.Sort(needs)
	rapid.Check(t, func(r *rapid.T) {
		c := captured()
		if rapid.Bool().Draw(r, "two roles") {
			set(&c, claims.Role, tRole+","+tProvider, tAdmin+","+tProvider)
		}
		switch rapid.IntRange(0, 3).Draw(r, "answer") {
		case 1:
			answered(&c, "not-authorized-saml", "Not authorized to perform sts:AssumeRoleWithSAML")
		case 2:
			answered(&c, "not-onboarded", "Access Denied. Your account has been authenticated, but has not been onboarded to this application.")
		case 3:
			c.Capture.Value.Outcome = evidence.OutcomeConnect
		}
		if rapid.Bool().Draw(r, "bare") {
			c.Capture.Value.Posted, c.Capture.Value.RelayState = nil, evidence.Fact[evidence.Text]{}
		}
		d := Diagnose(c)
		order := rapid.Permutation(needs).Draw(r, "order")
		for _, n := range order[:rapid.IntRange(0, len(order)).Draw(r, "many")] {
			for range rapid.IntRange(1, 2).Draw(r, "times") { // page by page, or once more
				var l evidence.Live
				rapid.SampledFrom(pool[n]).Draw(r, "what")(&l)
				d = d.Update(l, n)
			}
		}
		same(r, d, Diagnose(d.Case))
	})
}

func same(r *rapid.T, got, want Diagnosis) {
	for i := range want.Results {
		g, w := got.Results[i], want.Results[i]
		if g.Outcome != w.Outcome || g.Missing != w.Missing || fmt.Sprint(summaries(g.Findings)) != fmt.Sprint(summaries(w.Findings)) {
			r.Errorf("%s is %s %v %q, from scratch %s %v %q", w.Rule.ID, g.Outcome, g.Missing, summaries(g.Findings), w.Outcome, w.Missing, summaries(w.Findings))
		}
	}
	if got.Verdict != want.Verdict {
		r.Errorf("verdict %+v, from scratch %+v", got.Verdict, want.Verdict)
	}
	if !slices.Equal(got.Chain, want.Chain) {
		r.Errorf("chain %+v, from scratch %+v", got.Chain, want.Chain)
	}
	if fmt.Sprint(summaries(got.Findings)) != fmt.Sprint(summaries(want.Findings)) {
		r.Errorf("findings %q, from scratch %q", summaries(got.Findings), summaries(want.Findings))
	}
	if broken := want.Verdict.State == chain.Broken; broken != (want.Verdict.Rule != "") || broken && want.Findings[0].ID() != want.Verdict.Rule {
		r.Errorf("the verdict %+v is not of the first finding", want.Verdict)
	}
}
