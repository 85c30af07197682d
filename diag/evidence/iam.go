package evidence

import "time"

// Identity is who asks AWS (sts:GetCallerIdentity) and where.
type Identity struct {
	Account, ARN, UserID string
	Partition            string // aws, aws-cn, aws-us-gov
	Region               string // the region that the SDK settled on; "" for none
	Profile              string
	Endpoint             string // AWS_ENDPOINT_URL or --endpoint-url; "" for AWS itself
}

// Provider is an IAM SAML provider (iam:GetSAMLProvider).
type Provider struct {
	ARN  string // "" where a file does not name it
	UUID string // SAMLProviderUUID, the ID in /saml/acs/ID
	// Metadata is the parsed SAMLMetadataDocument.
	Metadata Metadata
	// CreateDate is also moved by UpdateSAMLProvider's answer in some
	// listings; ValidUntil is the provider's own and says nothing of
	// certificates.
	CreateDate, ValidUntil time.Time
	// EncryptionMode is "Required", "Allowed" or "" where not told.
	EncryptionMode string
	PrivateKeys    []PrivateKey
	Tags           map[string]string
	// Full tells that the whole GetSAMLProvider answer is there, and not the
	// metadata document alone.
	Full bool
	// Others are further metadata documents given beside, none of which
	// could be told to be the one: IAM may hold any of them.
	Others []Metadata
}

// PrivateKey is a decryption key that IAM holds for a provider.
type PrivateKey struct {
	ID string
	At time.Time
}

// ProviderName is one line of iam:ListSAMLProviders.
type ProviderName struct {
	ARN                    string
	CreateDate, ValidUntil time.Time
}

// Role is an IAM role (iam:GetRole).
type Role struct {
	ARN, Name, ID, Path string
	// Missing tells that AWS says there is no such role. ARN is then as
	// asked.
	Missing bool
	// Trust is the trust policy, URL-decoded JSON.
	Trust string
	// MaxSession bounds API calls; console sessions, such as Connect's, are
	// not bounded by it.
	MaxSession time.Duration
	Boundary   string // the permissions boundary's ARN; "" for none
	LastUsed   time.Time
	LastRegion string
	Created    time.Time
	// Full tells that the whole GetRole answer is there, and not the bare
	// trust policy.
	Full bool
}

// Policy is an identity policy or boundary of the chosen role.
type Policy struct {
	Name, ARN string
	Kind      PolicyKind
	Version   string // the managed policy's version, such as "v3"
	Document  string // JSON, URL-decoded
	Source    string // the file or call
}

// PolicyKind tells how a policy binds.
type PolicyKind string

// The kinds of policy.
const (
	Inline   PolicyKind = "inline"
	Managed  PolicyKind = "managed"
	Boundary PolicyKind = "boundary"
)

// Guardrail is a service control policy or resource control policy on the
// account's path.
type Guardrail struct {
	ID, Name string
	Kind     string // "SCP" or "RCP"
	Target   string // the root, OU or account that it is attached to; "" where nobody says
	Document string
}

// Region is one line of account:ListRegions.
type Region struct{ Name, OptStatus string }

// ExternalAccess is an Access Analyzer finding on the role or provider.
type ExternalAccess struct {
	ID, Resource, Status string
	Principal            map[string]string
	Action               []string
	Condition            map[string]string
	Public               bool
	UpdatedAt            time.Time
}

// Simulation is iam:SimulatePrincipalPolicy's word on one action and
// resource.
type Simulation struct {
	Action, Resource, Decision string // allowed, explicitDeny, implicitDeny
	AllowedByOrganizations     *bool
	AllowedByBoundary          *bool
	Matched                    []string // source policy IDs
}

// IdentityCenter is what IAM Identity Center's read APIs tell.
type IdentityCenter struct {
	InstanceARN, IdentityStore string
	Application                *CenterApplication // the one this sign-in came through
	Applications               []CenterApplication
	User                       *CenterUser // the user of the NameID; nil where not found
	UserSearched               string
	Assigned                   *bool // whether that user is assigned, nil where not known
}

// CenterApplication is an application of IAM Identity Center.
type CenterApplication struct {
	ARN, Name, Status, Provider string // Status: ENABLED or DISABLED
	Assignments                 []string
	// AssignmentRequired is whether only those assigned may use it: AWS's
	// default, nil where the setting was not read. Where it is false all users
	// may.
	AssignmentRequired *bool
}

// CenterUser is a user of the identity store.
type CenterUser struct {
	ID, UserName, Email string
	Groups              []string // IDs; nil where they are not known
}
