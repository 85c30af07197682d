package folder

import (
	"encoding/json"

	"example.com/samlens/diag/evidence"
)

// organization writes each target's list of policies, and each policy once.
func (w *writer) organization() {
	f := w.l.Guardrails
	fails := cli("organizations", "list-policies-for-target", "--target-id", w.s.Account, "--filter", "SERVICE_CONTROL_POLICY")
	write(w, f, fails, func(gs []evidence.Guardrail) {
		long := map[string]string{"SCP": "SERVICE_CONTROL_POLICY", "RCP": "RESOURCE_CONTROL_POLICY"}
		type key struct{ target, kind string }
		var order []key
		by, written := map[key][]guardrailSummary{}, map[string]bool{}
		for _, g := range gs {
			k := key{g.Target, g.Kind}
			if by[k] == nil {
				order = append(order, k)
			}
			s := guardrailSummary{ID: g.ID, Name: g.Name, Type: long[g.Kind]}
			by[k] = append(by[k], s)
			if !written[g.Kind+g.ID] {
				written[g.Kind+g.ID] = true
				w.put(cli("organizations", "describe-policy", "--policy-id", g.ID).of(g.ID), w.at, struct{ Policy guardrailForm }{guardrailForm{s, doc(g.Document)}})
			}
		}
		if len(order) == 0 {
			order = append(order, key{w.s.Account, "SCP"})
			by[order[0]] = []guardrailSummary{}
		}
		for _, k := range order {
			c := cli("organizations", "list-policies-for-target", "--target-id", k.target, "--filter", long[k.kind]).of(k.kind + "-" + k.target)
			w.list(c, f.State, f.Why, targetForm{Policies: by[k]})
		}
	})
}

func (w *writer) rest() {
	regions := cli("account", "list-regions")
	write(w, w.l.Regions, regions, func(rs []evidence.Region) {
		type line struct{ RegionName, RegionOptStatus string }
		rows := []line{}
		for _, r := range rs {
			rows = append(rows, line{r.Name, r.OptStatus})
		}
		w.list(regions, w.l.Regions.State, w.l.Regions.Why, struct{ Regions []line }{rows})
	})
	findings := cli("accessanalyzer", "list-findings-v2", "--region", w.s.Region)
	write(w, w.l.External, findings, func(xs []evidence.ExternalAccess) {
		out := findingsForm{Findings: []findingForm{}}
		for _, x := range xs {
			out.Findings = append(out.Findings, findingForm{
				ID: x.ID, Resource: x.Resource, Status: x.Status, UpdatedAt: stamp{x.UpdatedAt},
				FindingDetails: []findingDetail{{&externalForm{Action: x.Action, Condition: x.Condition, IsPublic: x.Public, Principal: x.Principal}}},
			})
		}
		w.list(findings, w.l.External.State, w.l.External.Why, out)
	})
	simulate := cli("iam", "simulate-principal-policy", "--policy-source-arn", first(w.s.Roles()), "--action-names", "connect:GetFederationToken")
	write(w, w.l.Simulated, simulate, func(ss []evidence.Simulation) {
		out := simulationForm{EvaluationResults: []simulationLine{}}
		for _, s := range ss {
			l := simulationLine{EvalActionName: s.Action, EvalResourceName: s.Resource, EvalDecision: s.Decision}
			if s.AllowedByOrganizations != nil {
				l.OrganizationsDecisionDetail = &organizationDetail{*s.AllowedByOrganizations}
			}
			if s.AllowedByBoundary != nil {
				l.PermissionsBoundaryDecisionDetail = &boundaryDetail{*s.AllowedByBoundary}
			}
			for _, m := range s.Matched {
				l.MatchedStatements = append(l.MatchedStatements, statementForm{m})
			}
			out.EvaluationResults = append(out.EvaluationResults, l)
		}
		w.put(simulate, w.at, out)
	})
}

// center writes what IAM Identity Center told as the calls that tell it.
func (w *writer) center() {
	apps := cli("sso-admin", "list-applications", "--instance-arn", w.l.Center.Value.InstanceARN)
	write(w, w.l.Center, apps, func(v evidence.IdentityCenter) {
		w.put(cli("sso-admin", "list-instances"), w.at, struct {
			Instances []struct {
				InstanceArn     string
				IdentityStoreID string `json:"IdentityStoreId"`
			}
		}{[]struct {
			InstanceArn     string
			IdentityStoreID string `json:"IdentityStoreId"`
		}{{v.InstanceARN, v.IdentityStore}}})
		rows := []applicationForm{}
		for _, a := range v.Applications {
			rows = append(rows, applicationForm{a.ARN, a.Provider, a.Name, a.Status, v.InstanceARN})
			w.assignments(a)
		}
		w.put(apps, w.at, struct{ Applications []applicationForm }{rows})
		if u := v.User; u != nil {
			w.put(cli("identitystore", "describe-user", "--identity-store-id", v.IdentityStore, "--user-id", u.ID), w.at, struct {
				UserName        string
				UserID          string `json:"UserId"`
				IdentityStoreID string `json:"IdentityStoreId"`
				Emails          []struct{ Value string }
			}{u.UserName, u.ID, v.IdentityStore, []struct{ Value string }{{u.Email}}})
			w.memberships(v.IdentityStore, *u)
		} else if v.UserSearched != "" {
			// That there is no such user is an answer too.
			c := cli("identitystore", "get-user-id", "--identity-store-id", v.IdentityStore, "--alternate-identifier", uniqueName(v.UserSearched))
			w.file(c, collected{Command: append([]string{"aws"}, c.argv...), At: w.at, Error: &collectedError{Code: "ResourceNotFoundException", Message: "USER not found."}})
		}
	})
}

// uniqueName is how get-user-id is asked for a user name.
func uniqueName(name string) string {
	b, err := json.Marshal(map[string]any{"UniqueAttribute": map[string]string{"AttributePath": "userName", "AttributeValue": name}})
	if err != nil {
		return "" // strings always encode
	}
	return string(b)
}

// memberships writes the groups of a user, unless nobody knows them: an empty
// list would say that there are none.
func (w *writer) memberships(store string, u evidence.CenterUser) {
	if u.Groups == nil {
		return
	}
	type member struct {
		GroupID string `json:"GroupId"`
	}
	groups := []member{}
	for _, g := range u.Groups {
		groups = append(groups, member{g})
	}
	w.put(cli("identitystore", "list-group-memberships-for-member", "--identity-store-id", store, "--member-id", "UserId="+u.ID), w.at,
		struct{ GroupMemberships []member }{groups})
}

func (w *writer) assignments(a evidence.CenterApplication) {
	type line struct {
		ApplicationArn, PrincipalType string
		PrincipalID                   string `json:"PrincipalId"`
	}
	if a.Assignments != nil {
		rows := []line{}
		for _, p := range a.Assignments {
			rows = append(rows, line{ApplicationArn: a.ARN, PrincipalID: p})
		}
		w.put(cli("sso-admin", "list-application-assignments", "--application-arn", a.ARN).of(a.Name), w.at, struct{ ApplicationAssignments []line }{rows})
	}
	if a.AssignmentRequired != nil {
		w.put(cli("sso-admin", "get-application-assignment-configuration", "--application-arn", a.ARN).of(a.Name), w.at, struct{ AssignmentRequired bool }{*a.AssignmentRequired})
	}
}
