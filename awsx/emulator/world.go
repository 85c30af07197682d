package emulator

import "time"

// A World is AWS as one account sees it. It is plain data: written as a Go
// literal by tests, read from JSON (members named as the fields) by Load.
// Whatever is left out has a sensible default where AWS has one, and is absent
// where it has none.
type World struct {
	Account   string // twelve digits
	Partition string // "aws" where empty; "aws-us-gov", "aws-cn"
	Region    string // where things live that do not say otherwise; "us-east-1" where empty
	Caller    Caller // whose credentials the callers use

	// Now fixes the world's clock; zero lets it run with the wall's.
	Now time.Time
	// Lag is how long CloudTrail withholds an event. AWS speaks of 15 minutes on average.
	Lag Duration
	// Quotas switches AWS's published request rates on: Connect 2 a second with
	// bursts of 5 per operation, LookupEvents 2 a second, both per region.
	Quotas bool
	// Denied lists actions that the caller's policies refuse: "connect:*". An
	// operation that takes further ones is refused for them too: "ds:*" refuses
	// connect:DescribeInstance. GetCallerIdentity takes none.
	Denied []string
	// STSRegion is where AssumeRoleWithSAML is served and logged. Empty: the
	// region named in the assertion's Recipient, else us-east-1 (or the
	// partition's like of it), where the global endpoint is logged.
	STSRegion string
	// STSDisabled lists regions in which the account switched STS off.
	STSDisabled []string
	// TokenVersion is the account's GlobalEndpointTokenVersion, 1 or 2; 1 where zero.
	TokenVersion int32

	Providers       []Provider
	Roles           []Role
	Policies        []Policy // managed policies, the account's and AWS's
	Instances       []Instance
	Trail           []Document // CloudTrail records; each is seen in its awsRegion
	Organization    *Organization
	Analyzers       []Analyzer
	Regions         []RegionStatus // none: the regions in use, all enabled by default
	IdentityCenters []IdentityCenter
	Faults          []Fault
}

// A Caller is who the credentials belong to.
type Caller struct {
	ARN    string // arn:…:iam::ACCOUNT:user/investigator where empty
	UserID string // AIDA…
}

// A Provider is a SAML identity provider in IAM.
type Provider struct {
	Name       string // the last part of the ARN
	Metadata   string // the EntityDescriptor, as IAM returns it
	UUID       string // "SAMLSP…", the ID in /saml/acs/ID
	CreateDate time.Time
	ValidUntil time.Time
	Encryption string // "Required", "Allowed" or empty
	Keys       []PrivateKey
	Tags       map[string]string
}

// A PrivateKey decrypts assertions; IAM holds two at most and never shows them.
type PrivateKey struct {
	ID        string
	Timestamp time.Time
	PEM       string
}

// A Role is an IAM role.
type Role struct {
	Name, Path         string   // path "/" where empty
	ID                 string   // "AROA…"; made from the name where empty
	Trust              Document // the assume role policy
	Inline             []InlinePolicy
	Attached           []string // ARNs of managed policies
	Boundary           string   // ARN of a managed policy
	MaxSessionDuration int32    // seconds; 3600 where zero
	CreateDate         time.Time
	LastUsed           time.Time
	LastUsedRegion     string
	Description        string
	Tags               map[string]string
}

// An InlinePolicy is embedded in a role.
type InlinePolicy struct {
	Name     string
	Document Document
}

// A Policy is a managed policy.
type Policy struct {
	ARN      string
	Document Document // the default version
	Version  string   // its ID, "v1" where empty
}

// An Instance is an Amazon Connect instance.
type Instance struct {
	ID, Alias    string
	Region       string // the world's where empty
	IdentityType string // "SAML" where empty, "CONNECT_MANAGED", "EXISTING_DIRECTORY"
	Status       string // "ACTIVE" where empty
	StatusReason string // why it failed
	AccessURL    string // https://ALIAS.my.connect.aws where empty
	Created      time.Time
	Replication  *Replication // set under Global Resiliency
	Users        []User
	Profiles     []AuthenticationProfile
}

// Replication is the Global Resiliency side of an instance.
type Replication struct {
	SourceRegion         string
	GlobalSignInEndpoint string
	Regions              []string // the replicas'
}

// A User is a Connect user. Roles of federation are bound to it as AWS once
// did: see Instance and GetFederationToken.
type User struct {
	ID                         string // made from instance and position where empty
	Username                   string
	FirstName, LastName, Email string
	Modified                   time.Time
	SecurityProfiles           []string
	RoutingProfile             string
	// BoundRole, where set, is the one role ARN that may federate as this user:
	// any other gets DuplicateResourceException, the page's "Bad Request".
	BoundRole string
}

// An AuthenticationProfile limits from where and how long users sign in.
type AuthenticationProfile struct {
	ID, Name, Description  string
	AllowedIPs, BlockedIPs []string
	Default                bool
	MaxSession             int32 // minutes, 360 to 720
	Inactivity             int32 // minutes, 15 to 720; 0: not handled
}

// An Organization is the tree above the account, with the policies on it.
type Organization struct {
	ID, ManagementAccount, ManagementEmail string
	// Delegated lets the caller read policies from a member account.
	Delegated bool
	Root      Unit
	Policies  []OrganizationPolicy
}

// A Unit is the root or an organizational unit.
type Unit struct {
	ID, Name string // "r-…", "ou-…"
	Accounts []Account
	Units    []Unit
}

// An Account is a member of an organization.
type Account struct{ ID, Name, Email string }

// An OrganizationPolicy is a service or resource control policy.
type OrganizationPolicy struct {
	ID, Name   string // "p-…"
	Type       string // SERVICE_CONTROL_POLICY where empty, RESOURCE_CONTROL_POLICY
	Content    Document
	AWSManaged bool
	Targets    []string // IDs of root, units and accounts it is attached to
}

// An Analyzer is one of Access Analyzer's.
type Analyzer struct {
	Name, Region, Type string // type ACCOUNT where empty
	Findings           []AnalyzerFinding
}

// An AnalyzerFinding says who from outside may use a resource.
type AnalyzerFinding struct {
	ID, Resource, ResourceType string // AWS::IAM::Role where empty
	Status                     string // ACTIVE where empty
	Principal                  map[string]string
	Action                     []string
	Condition                  map[string]string
	Public                     bool
	Restriction                string // by resource control policies: NOT_APPLICABLE where empty
	At                         time.Time
}

// A RegionStatus is the account's opt-in state of a region.
type RegionStatus struct{ Name, Status string }

// An IdentityCenter is an IAM Identity Center instance with its store.
type IdentityCenter struct {
	ARN, StoreID, Name, Region string
	Owner                      string // the account; the world's where empty
	Applications               []Application
	Users                      []StoreUser
}

// An Application is one of Identity Center's.
type Application struct {
	ARN, Name, Provider string
	Status              string // ENABLED where empty
	Origin              string // of the sign-in: IDENTITY_CENTER where empty, APPLICATION
	Visible             bool   // in the portal
	Created             time.Time
	Open                bool // to everybody: assignments are not required
	Assignments         []Assignment
}

// An Assignment lets a user or group use an application.
type Assignment struct {
	PrincipalID string
	Type        string // USER where empty, GROUP
}

// A StoreUser is a user of the identity store.
type StoreUser struct {
	ID, UserName, Email, GivenName, FamilyName, DisplayName string

	Groups []string // IDs of the groups that the user is a member of
}

// A Fault makes operations fail or drag. It stands before everything else, as
// a network and a front end do.
type Fault struct {
	// Op is the action: "connect:SearchUsers", "cloudtrail:*", "*".
	Op     string
	Region string // empty: in any
	// Call is the number, from 1, of the first call it strikes, counting those
	// that Op and Region name; 0 means every call.
	Call int
	// Times is how many calls it strikes from there on: 1 where zero, without end
	// below zero. With Call 0, zero is without end too.
	Times int
	// Code is what is answered, as the wire spells it, or one of three words that
	// each service spells its own way: "throttled", "denied", "expired". Empty
	// answers nothing: the call goes on after Delay.
	Code     string
	Message  string
	Status   int      // the HTTP status; the code's own where zero
	Delay    Duration // before anything is answered
	CutAfter int      // bytes of the body after which the connection drops
}
