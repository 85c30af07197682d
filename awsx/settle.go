package awsx

import "example.com/samlens/diag/evidence"

// Unanswered returns evidence in which the facts of the needs are as the state
// says, without a value: Absent, Denied, Failed or Partial.
func Unanswered(n evidence.Need, state evidence.State, source, why string) (l evidence.Live) {
	for _, one := range n.Each() {
		switch one {
		case evidence.NeedIdentity:
			l.Identity = none[evidence.Identity](state, source, why)
		case evidence.NeedProvider:
			l.Provider = none[evidence.Provider](state, source, why)
		case evidence.NeedProviders:
			l.Providers = none[[]evidence.ProviderName](state, source, why)
		case evidence.NeedIdPMetadata:
			l.IdPMetadata = none[evidence.Metadata](state, source, why)
		case evidence.NeedRoles:
			l.Roles = none[[]evidence.Role](state, source, why)
		case evidence.NeedPermissions:
			l.Permissions = none[[]evidence.Policy](state, source, why)
		case evidence.NeedInstance:
			l.Instance = none[evidence.Instance](state, source, why)
		case evidence.NeedInstances:
			l.Instances = none[[]evidence.Instance](state, source, why)
		case evidence.NeedExact:
			l.Exact = none[[]evidence.User](state, source, why)
		case evidence.NeedUsers:
			l.Users = none[[]evidence.User](state, source, why)
		case evidence.NeedAuthProfiles:
			l.AuthProfiles = none[[]evidence.AuthProfile](state, source, why)
		case evidence.NeedTrail:
			l.Trail = none[[]evidence.TrailEvent](state, source, why)
		case evidence.NeedChanges:
			l.Changes = none[[]evidence.TrailEvent](state, source, why)
		case evidence.NeedGuardrails:
			l.Guardrails = none[[]evidence.Guardrail](state, source, why)
		case evidence.NeedRegions:
			l.Regions = none[[]evidence.Region](state, source, why)
		case evidence.NeedExternal:
			l.External = none[[]evidence.ExternalAccess](state, source, why)
		case evidence.NeedCenter:
			l.Center = none[evidence.IdentityCenter](state, source, why)
		case evidence.NeedSimulated:
			l.Simulated = none[[]evidence.Simulation](state, source, why)
		}
	}
	return l
}

func none[T any](state evidence.State, source, why string) evidence.Fact[T] {
	return evidence.Fact[T]{State: state, Source: source, Why: why}
}
