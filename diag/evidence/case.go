package evidence

import "time"

// A Case is everything known about one sign-in attempt.
//
// A Case is a value. [Case.With] returns a new Case and leaves the old one as
// it was.
type Case struct {
	// Source is the file's name as given, or "-" for standard input.
	Source string
	// Capture is what the browser sent and saw. It is Known for every case:
	// what a capture's form cannot show is Unasked inside it.
	Capture Fact[Capture]
	// Response is the SAML response, as far as it could be decoded. Failed,
	// with Why, where it could not; Absent where the capture holds none.
	Response Fact[Response]
	// Live is what AWS, or files in its place, said.
	Live Live
	// Asked are the choices the person made on the command line.
	Asked Asked
	// Now is when the investigation runs. Rules read it and never the clock;
	// only live-credential and certificate-expiring judge by it.
	Now time.Time
	// AsOf is when AWS judged the assertion's times.
	AsOf AsOf
}

// Asked holds what the person chose on the command line.
type Asked struct {
	Role       string // --role-arn or a role file's ARN: the role to judge
	InstanceID string // --instance-id
	Region     string // --region
	Connect    bool   // an instance was given: the sign-in is meant for Amazon Connect
	Live       bool   // lookups were asked for
	Offline    bool   // lookups were forbidden
}

// AsOf is the instant at which AWS judged, and how it is known.
type AsOf struct {
	At     time.Time // zero where Source is AsOfNone
	Source AsOfSource
	// Disagrees is the capture's own time where a flag overrode it; zero
	// where they agree.
	Disagrees time.Time
}

// AsOfSource tells where the time of judgement comes from.
type AsOfSource string

// The sources, as the JSON report spells them.
const (
	AsOfFlag    AsOfSource = "flag"
	AsOfCapture AsOfSource = "capture"
	AsOfNow     AsOfSource = "now"
	AsOfNone    AsOfSource = "none"
)

// Known reports whether the time of judgement is known.
func (a AsOf) Known() bool { return a.Source != AsOfNone && a.Source != "" && !a.At.IsZero() }

// Live holds what AWS said, or what files in its place say. A field that no
// lookup has begun is Unasked.
type Live struct {
	Identity     Fact[Identity]         // sts:GetCallerIdentity
	Provider     Fact[Provider]         // iam:GetSAMLProvider of the pair's provider
	Providers    Fact[[]ProviderName]   // iam:ListSAMLProviders
	IdPMetadata  Fact[Metadata]         // what the IdP publishes now
	Roles        Fact[[]Role]           // iam:GetRole of every role of the pairs; a missing one is Role.Missing
	Permissions  Fact[[]Policy]         // identity policies and boundary of the chosen role
	Instance     Fact[Instance]         // connect:DescribeInstance of the relay state's instance
	Instances    Fact[[]Instance]       // connect:ListInstances
	Exact        Fact[[]User]           // connect:SearchUsers EXACT for the role session name
	Users        Fact[[]User]           // connect:ListUsers, all of it
	AuthProfiles Fact[[]AuthProfile]    // connect:DescribeAuthenticationProfile
	Trail        Fact[[]TrailEvent]     // cloudtrail:LookupEvents AssumeRoleWithSAML and Connect's GetFederationToken
	Changes      Fact[[]TrailEvent]     // cloudtrail:LookupEvents of writes to provider, role, policy, user
	Guardrails   Fact[[]Guardrail]      // SCPs and RCPs on the account's path
	Regions      Fact[[]Region]         // account:ListRegions
	External     Fact[[]ExternalAccess] // access-analyzer:ListFindingsV2 on role and provider
	Center       Fact[IdentityCenter]   // IAM Identity Center applications, assignments, users
	Simulated    Fact[[]Simulation]     // iam:SimulatePrincipalPolicy: a second opinion
}

// With returns c with every fact of l that was asked laid over its own.
func (c Case) With(l Live) Case {
	d := &c.Live
	over(&d.Identity, l.Identity)
	over(&d.Provider, l.Provider)
	over(&d.Providers, l.Providers)
	over(&d.IdPMetadata, l.IdPMetadata)
	over(&d.Roles, l.Roles)
	over(&d.Permissions, l.Permissions)
	over(&d.Instance, l.Instance)
	over(&d.Instances, l.Instances)
	over(&d.Exact, l.Exact)
	over(&d.Users, l.Users)
	over(&d.AuthProfiles, l.AuthProfiles)
	over(&d.Trail, l.Trail)
	over(&d.Changes, l.Changes)
	over(&d.Guardrails, l.Guardrails)
	over(&d.Regions, l.Regions)
	over(&d.External, l.External)
	over(&d.Center, l.Center)
	over(&d.Simulated, l.Simulated)
	return c
}

func over[T any](dst *Fact[T], src Fact[T]) {
	if src.State != Unasked {
		*dst = src
	}
}
