package awsx

import (
	"context"
	"iter"
	"time"

	"example.com/samlens/diag/evidence"
)

// API is what the lookups ask of AWS, in the project's own words. Every method
// only reads. Every error is an *[Error]; values that come with an error are
// what was learned before it.
type API interface {
	// Identity says whose credentials these are (sts:GetCallerIdentity).
	Identity(ctx context.Context) (evidence.Identity, error)
	// Provider is iam:GetSAMLProvider.
	Provider(ctx context.Context, arn string) (evidence.Provider, error)
	// Providers is iam:ListSAMLProviders, which does not page.
	Providers(ctx context.Context) ([]evidence.ProviderName, error)
	// Role is iam:GetRole of the role with this ARN. A role of that name but
	// another ARN (path, account) is Absent.
	Role(ctx context.Context, arn string) (evidence.Role, error)
	// Roles lists the account's roles that trust a SAML provider.
	Roles(ctx context.Context) Pages[evidence.Role]
	// Permissions are a role's inline and attached policies and its boundary.
	Permissions(ctx context.Context, r evidence.Role) ([]evidence.Policy, error)
	// Instance is connect:DescribeInstance.
	Instance(ctx context.Context, at Place) (evidence.Instance, error)
	// Instances is connect:ListInstances of a Region.
	Instances(ctx context.Context, region string) Pages[evidence.Instance]
	// Named is connect:SearchUsers with the exact user name. How it treats
	// case is not documented: what comes back has to be compared.
	Named(ctx context.Context, at Place, username string) ([]evidence.User, error)
	// Users is connect:ListUsers.
	Users(ctx context.Context, at Place) Pages[evidence.User]
	// AuthProfiles are Connect's authentication profiles, described.
	AuthProfiles(ctx context.Context, at Place) ([]evidence.AuthProfile, error)
	// Events is cloudtrail:LookupEvents, newest first.
	Events(ctx context.Context, w Window) Pages[evidence.TrailEvent]
	// Guardrails are the SCPs and RCPs from the account up to the root.
	Guardrails(ctx context.Context, account string) ([]evidence.Guardrail, error)
	// Regions is account:ListRegions.
	Regions(ctx context.Context) ([]evidence.Region, error)
	// External are IAM Access Analyzer's active findings on the resources.
	External(ctx context.Context, region string, resources []string) ([]evidence.ExternalAccess, error)
	// Center is what IAM Identity Center tells of a sign-in it issued.
	Center(ctx context.Context, q CenterQuestion) (evidence.IdentityCenter, error)
	// Simulate is iam:SimulatePrincipalPolicy.
	Simulate(ctx context.Context, q Simulation) ([]evidence.Simulation, error)
}

// A Place is a Connect instance: its Region and its ID.
type Place struct{ Region, Instance string }

// A Window is one question to CloudTrail: events of one name in one Region
// between two instants.
type Window struct {
	Region    string
	EventName string
	From, To  time.Time
}

// A CenterQuestion asks IAM Identity Center for the application behind an
// issuer and for the user behind a NameID.
type CenterQuestion struct{ Region, Issuer, NameID string }

// A Simulation asks whether a role's session may do something.
type Simulation struct {
	RoleARN, Action string
	Resources       []string
	Context         map[string]string // condition keys, such as aws:userid
}

// Pages are the pages of a list as they come. After an error there are none.
type Pages[T any] = iter.Seq2[Page[T], error]

// A Page is one page of a list.
type Page[T any] struct {
	Rows []T
	More bool // another page follows
	// Total is about how many rows there are in all; 0 where AWS does not
	// tell.
	Total int
}
