package folder

import (
	"encoding/json"

	"example.com/samlens/diag/evidence"
)

func (e *Evidence) takeGuardrail(b json.RawMessage, o origin) *Problem {
	v, p := form[guardrailForm](b)
	if p != nil {
		return p
	}
	kind := guardrailKind(v.PolicySummary.Type)
	if kind == "" || v.Content == "" {
		// iam get-policy answers under the same key; it holds no document.
		return note("it is neither a service control policy nor a resource control policy with its content")
	}
	add(&e.guardrails, evidence.Guardrail{ID: v.PolicySummary.ID, Name: v.PolicySummary.Name, Kind: kind, Document: string(v.Content)}, o)
	return nil
}

func guardrailKind(t string) string {
	switch t {
	case "SERVICE_CONTROL_POLICY":
		return "SCP"
	case "RESOURCE_CONTROL_POLICY":
		return "RCP"
	}
	return ""
}

func (e *Evidence) takeTarget(b json.RawMessage, o origin) *Problem {
	v, p := form[targetForm](b)
	if p != nil {
		return p
	}
	l := partial[targetPolicy]{more: v.NextToken != ""}
	for _, s := range v.Policies {
		if k := guardrailKind(s.Type); k != "" {
			l.rows = append(l.rows, targetPolicy{s.ID, s.Name, k})
		}
	}
	if len(v.Policies) > 0 && len(l.rows) == 0 {
		return note("it lists policies that are neither SCPs nor RCPs")
	}
	add(&e.targets, l, o)
	return nil
}

func (e *Evidence) takeRegions(b json.RawMessage, o origin) *Problem {
	v, p := form[regionsForm](b)
	if p != nil {
		return p
	}
	l := partial[evidence.Region]{more: v.NextToken != ""}
	for _, r := range v.Regions {
		s := r.RegionOptStatus
		if s == "" { // ec2 describe-regions has words of its own
			s = map[string]string{"opted-in": "ENABLED", "opt-in-not-required": "ENABLED_BY_DEFAULT", "not-opted-in": "DISABLED"}[r.OptInStatus]
		}
		l.rows = append(l.rows, evidence.Region{Name: r.RegionName, OptStatus: s})
	}
	add(&e.regions, l, o)
	return nil
}

func (e *Evidence) takeFindings(b json.RawMessage, o origin) *Problem {
	v, p := form[findingsForm](b)
	if p != nil {
		return p
	}
	l := partial[evidence.ExternalAccess]{more: v.NextToken != ""}
	for _, f := range v.Findings {
		l.rows = append(l.rows, f.access())
	}
	add(&e.external, l, o)
	return nil
}

func (e *Evidence) takeFinding(b json.RawMessage, o origin) *Problem {
	v, p := form[findingForm](b)
	if p != nil {
		return p
	}
	add(&e.external, partial[evidence.ExternalAccess]{rows: []evidence.ExternalAccess{v.access()}}, o)
	return nil
}

func (f findingForm) access() evidence.ExternalAccess {
	x := evidence.ExternalAccess{
		ID: f.ID, Resource: f.Resource, Status: f.Status, Principal: f.Principal, Action: f.Action, Condition: f.Condition,
		Public: f.IsPublic, UpdatedAt: f.UpdatedAt.Time,
	}
	for _, d := range f.FindingDetails {
		if y := d.ExternalAccessDetails; y != nil {
			x.Principal, x.Action, x.Condition, x.Public = y.Principal, y.Action, y.Condition, y.IsPublic
		}
	}
	return x
}
