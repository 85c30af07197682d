package evidence

// A Need names a piece of evidence: rules declare what they read by it, and
// lookups what they supply. Needs combine as bits.
type Need uint32

// The evidence there is.
const (
	NeedCapture Need = 1 << iota
	NeedResponse
	NeedIdentity
	NeedProvider
	NeedProviders
	NeedIdPMetadata
	NeedRoles
	NeedPermissions
	NeedInstance
	NeedInstances
	NeedExact
	NeedUsers
	NeedAuthProfiles
	NeedTrail
	NeedChanges
	NeedGuardrails
	NeedRegions
	NeedExternal
	NeedCenter
	NeedSimulated
	// NeedAssertion: an assertion that can be read in the clear.
	NeedAssertion
	// NeedTime: when AWS judged.
	NeedTime
	// NeedPosted: where the response was posted, and its relay state.
	NeedPosted
	// NeedAnswer: what AWS answered.
	NeedAnswer
	needEnd
)

// Has reports whether every bit of n is in s.
func (s Need) Has(n Need) bool { return s&n == n }

// Each returns the single needs of s in order.
func (s Need) Each() []Need {
	var out []Need
	for n := Need(1); n < needEnd; n <<= 1 {
		if s&n != 0 {
			out = append(out, n)
		}
	}
	return out
}

// A Want says how one need can be met.
type Want struct {
	Need Need
	Name string // what it is, in an engineer's words
	Call string // the AWS permission that answers it; "" for what is no call
	Flag string // the flag that takes it from a file; "" where there is none
	Ask  string // the AWS CLI command that a colleague can run; "" where there is none
}

// Wants returns the table of needs, one entry each, in order.
func Wants() []Want {
	return []Want{
		{NeedCapture, "the capture", "", "", ""},
		{NeedResponse, "the SAML response", "", "", ""},
		{NeedIdentity, "the AWS identity", "sts:GetCallerIdentity", "", "aws sts get-caller-identity"},
		{NeedProvider, "the IAM SAML provider", "iam:GetSAMLProvider", "--metadata", "aws iam get-saml-provider --saml-provider-arn {provider}"},
		{NeedProviders, "the account's SAML providers", "iam:ListSAMLProviders", "--providers", "aws iam list-saml-providers"},
		{NeedIdPMetadata, "the IdP's published metadata", "", "--idp-metadata", ""},
		{NeedRoles, "the role and its trust policy", "iam:GetRole", "--role", "aws iam get-role --role-name {role}"},
		{NeedPermissions, "the role's permission policies", "iam:ListAttachedRolePolicies", "--role-policy", "aws iam list-attached-role-policies --role-name {role}"},
		{NeedInstance, "the Connect instance", "connect:DescribeInstance", "--instance", "aws connect describe-instance --instance-id {instance}"},
		{NeedInstances, "the account's Connect instances", "connect:ListInstances", "--instance", "aws connect list-instances"},
		{NeedExact, "the Connect user of that name", "connect:SearchUsers", "--users", ""},
		{NeedUsers, "the Connect users", "connect:ListUsers", "--users", "aws connect list-users --instance-id {instance} --page-size 1000"},
		{NeedAuthProfiles, "the Connect authentication profiles", "connect:ListAuthenticationProfiles", "", ""},
		{NeedTrail, "CloudTrail's AssumeRoleWithSAML events", "cloudtrail:LookupEvents", "--trail", "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithSAML"},
		{NeedChanges, "CloudTrail's changes to provider, role and users", "cloudtrail:LookupEvents", "--trail", ""},
		{NeedGuardrails, "the organization's SCPs and RCPs", "organizations:ListPoliciesForTarget", "--evidence", "aws organizations list-policies-for-target --target-id {account} --filter SERVICE_CONTROL_POLICY"},
		{NeedRegions, "the account's Regions", "account:ListRegions", "", "aws account list-regions"},
		{NeedExternal, "IAM Access Analyzer's findings", "access-analyzer:ListFindingsV2", "", ""},
		{NeedCenter, "IAM Identity Center's applications and assignments", "sso:ListApplications", "", ""},
		{NeedSimulated, "the policy simulator's opinion", "iam:SimulatePrincipalPolicy", "", ""},
		{NeedAssertion, "an assertion in the clear", "", "--key", ""},
		{NeedTime, "when the response was redeemed", "", "--as-of", ""},
		{NeedPosted, "where the response was posted", "", "", ""},
		{NeedAnswer, "what AWS answered", "", "", ""},
	}
}

// state returns how far the evidence of one need is known.
func (c Case) state(n Need) State {
	l := &c.Live
	switch n {
	case NeedCapture:
		return c.Capture.State
	case NeedResponse:
		return c.Response.State
	case NeedIdentity:
		return l.Identity.State
	case NeedProvider:
		return l.Provider.State
	case NeedProviders:
		return l.Providers.State
	case NeedIdPMetadata:
		return l.IdPMetadata.State
	case NeedRoles:
		return l.Roles.State
	case NeedPermissions:
		return l.Permissions.State
	case NeedInstance:
		return l.Instance.State
	case NeedInstances:
		return l.Instances.State
	case NeedExact:
		return l.Exact.State
	case NeedUsers:
		return l.Users.State
	case NeedAuthProfiles:
		return l.AuthProfiles.State
	case NeedTrail:
		return l.Trail.State
	case NeedChanges:
		return l.Changes.State
	case NeedGuardrails:
		return l.Guardrails.State
	case NeedRegions:
		return l.Regions.State
	case NeedExternal:
		return l.External.State
	case NeedCenter:
		return l.Center.State
	case NeedSimulated:
		return l.Simulated.State
	case NeedAssertion:
		return c.assertion()
	case NeedTime:
		return seen(c.AsOf.Known())
	case NeedPosted:
		return seen(c.Capture.Value.Posted != nil)
	case NeedAnswer:
		return seen(c.Capture.Value.Outcome != OutcomeUnknown)
	}
	return Unasked
}

// assertion is the state of NeedAssertion: it fails where the response could
// not be read, holds no assertion, or only closed ones.
func (c Case) assertion() State {
	if c.Response.State != Known {
		return c.Response.State
	}
	return seen(len(c.Response.Value.Assertions) > 0)
}

// seen is the state of evidence that no lookup can bring.
func seen(ok bool) State {
	if ok {
		return Known
	}
	return Failed
}

// StateOf returns the least known state among the needs of n: Known only
// where all of them are.
func (c Case) StateOf(n Need) State {
	least, rank := Known, func(s State) int {
		switch s {
		case Known:
			return 5
		case Absent:
			return 4
		case Partial:
			return 3
		case Failed:
			return 2
		case Denied:
			return 1
		case Unasked:
		}
		return 0
	}
	for _, one := range n.Each() {
		if s := c.state(one); rank(s) < rank(least) {
			least = s
		}
	}
	return least
}

// Settled returns the needs that nobody has to look into any more.
func (c Case) Settled() Need { return c.having(State.Settled) }

// Seen returns the needs whose answer is in, be it that there is nothing.
func (c Case) Seen() Need { return c.having(State.Seen) }

// Begun returns the needs of which a part is there and more may come.
func (c Case) Begun() Need { return c.having(func(s State) bool { return s == Partial }) }

func (c Case) having(ok func(State) bool) (s Need) {
	for n := Need(1); n < needEnd; n <<= 1 {
		if ok(c.state(n)) {
			s |= n
		}
	}
	return s
}
