package folder

import (
	"encoding/json"
	"strconv"
	"time"

	"example.com/samlens/awsx"
)

// The forms below are the AWS CLI's output of the calls that matter, field by
// field as the services' models name them. They are read and written: a folder
// that was collected reads back as what AWS had said.

// stamp is a timestamp in any of the forms that the AWS CLI prints: ISO 8601
// (version 2), or seconds since 1970 (version 1). What is none is zero.
type stamp struct{ time.Time }

func (s *stamp) UnmarshalJSON(b []byte) error {
	if n, err := strconv.ParseFloat(string(b), 64); err == nil {
		s.Time = time.UnixMilli(int64(n * 1000)).UTC()
		return nil
	}
	var t string
	if json.Unmarshal(b, &t) == nil {
		for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05"} {
			if at, err := time.Parse(layout, t); err == nil {
				s.Time = at.UTC()
				return nil
			}
		}
	}
	return nil
}

func (s stamp) MarshalJSON() ([]byte, error) { return json.Marshal(s.Format(time.RFC3339Nano)) }

// doc is a policy document: a JSON object as the CLI prints it, or a string,
// percent-encoded or not, as the API answers it.
type doc string

func (d *doc) UnmarshalJSON(b []byte) error {
	s := string(b)
	if len(b) > 0 && b[0] == '"' {
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
	}
	*d = doc(awsx.PolicyText(s))
	return nil
}

func (d doc) MarshalJSON() ([]byte, error) {
	if json.Valid([]byte(d)) {
		return []byte(d), nil
	}
	return json.Marshal(string(d))
}

type tagForm struct{ Key, Value string }

type providerForm struct {
	SAMLProviderUUID        string `json:",omitzero"`
	SAMLMetadataDocument    string
	CreateDate              stamp     `json:",omitzero"`
	ValidUntil              stamp     `json:",omitzero"`
	Tags                    []tagForm `json:",omitempty"`
	AssertionEncryptionMode string    `json:",omitzero"`
	PrivateKeyList          []keyForm `json:",omitempty"`
}

type keyForm struct {
	KeyId     string //nolint:revive // AWS spells it so
	Timestamp stamp
}

type providersForm struct{ SAMLProviderList []providerLine }

type providerLine struct {
	Arn        string
	ValidUntil stamp `json:",omitzero"`
	CreateDate stamp `json:",omitzero"`
}

type roleForm struct {
	Path                     string
	RoleName                 string
	RoleId                   string //nolint:revive // AWS spells it so
	Arn                      string
	CreateDate               stamp `json:",omitzero"`
	AssumeRolePolicyDocument doc
	MaxSessionDuration       int           `json:",omitzero"`
	PermissionsBoundary      *boundaryForm `json:",omitempty"`
	RoleLastUsed             *lastUsedForm `json:",omitempty"`
}

type boundaryForm struct{ PermissionsBoundaryType, PermissionsBoundaryArn string }

type lastUsedForm struct {
	LastUsedDate stamp  `json:",omitzero"`
	Region       string `json:",omitzero"`
}

// inlineForm is get-role-policy's.
type inlineForm struct {
	RoleName, PolicyName string
	PolicyDocument       doc
}

// versionForm is get-policy-version's PolicyVersion.
type versionForm struct {
	Document         doc
	VersionId        string //nolint:revive // AWS spells it so
	IsDefaultVersion bool
}

type attachedForm struct {
	AttachedPolicies []struct{ PolicyName, PolicyArn string }
	IsTruncated      bool   `json:",omitzero"`
	Marker           string `json:",omitzero"`
}

type instanceForm struct {
	Id                       string //nolint:revive // AWS spells it so
	Arn                      string
	IdentityManagementType   string
	InstanceAlias            string           `json:",omitzero"`
	CreatedTime              stamp            `json:",omitzero"`
	InstanceStatus           string           `json:",omitzero"`
	StatusReason             *reasonForm      `json:",omitempty"`
	InstanceAccessUrl        string           `json:",omitzero"` //nolint:revive // AWS spells it so
	ReplicationConfiguration *replicationForm `json:",omitempty"`
}

type reasonForm struct{ Message string }

type replicationForm struct {
	ReplicationStatusSummaryList []struct{ Region string } `json:",omitempty"`
	SourceRegion                 string
	GlobalSignInEndpoint         string `json:",omitzero"`
}

type userLine struct {
	Id                 string //nolint:revive // AWS spells it so
	Arn                string
	Username           string
	LastModifiedTime   stamp  `json:",omitzero"`
	LastModifiedRegion string `json:",omitzero"`
	// SearchUsers and DescribeUser tell more.
	IdentityInfo       *identityInfo `json:",omitempty"`
	SecurityProfileIds []string      `json:",omitempty"` //nolint:revive // AWS spells it so
	RoutingProfileId   string        `json:",omitzero"`  //nolint:revive // AWS spells it so
	HierarchyGroupId   string        `json:",omitzero"`  //nolint:revive // AWS spells it so
}

type identityInfo struct {
	FirstName string `json:",omitzero"`
	LastName  string `json:",omitzero"`
	Email     string `json:",omitzero"`
}

type usersForm struct {
	UserSummaryList       []userLine `json:",omitempty"`
	Users                 []userLine `json:",omitempty"`
	NextToken             string     `json:",omitzero"`
	ApproximateTotalCount *int       `json:",omitempty"`
}

type profileForm struct {
	Id                        string //nolint:revive // AWS spells it so
	Name                      string
	IsDefault                 bool     `json:",omitzero"`
	AllowedIps                []string `json:",omitempty"`
	BlockedIps                []string `json:",omitempty"`
	MaxSessionDuration        int      `json:",omitzero"` // minutes
	SessionInactivityDuration int      `json:",omitzero"` // minutes
}

type simulationForm struct{ EvaluationResults []simulationLine }

type simulationLine struct {
	EvalActionName                    string
	EvalResourceName                  string `json:",omitzero"`
	EvalDecision                      string
	MatchedStatements                 []statementForm     `json:",omitempty"`
	OrganizationsDecisionDetail       *organizationDetail `json:",omitempty"`
	PermissionsBoundaryDecisionDetail *boundaryDetail     `json:",omitempty"`
}

type statementForm struct {
	SourcePolicyId string //nolint:revive // AWS spells it so
}

type organizationDetail struct{ AllowedByOrganizations bool }

type boundaryDetail struct{ AllowedByPermissionsBoundary bool }

// guardrailForm is organizations describe-policy's Policy.
type guardrailForm struct {
	PolicySummary guardrailSummary
	Content       doc
}

type guardrailSummary struct {
	Id   string //nolint:revive // AWS spells it so
	Arn  string `json:",omitzero"`
	Name string
	Type string
}

type targetForm struct {
	Policies  []guardrailSummary
	NextToken string `json:",omitzero"`
}

type regionsForm struct {
	Regions []struct {
		RegionName      string
		RegionOptStatus string `json:",omitzero"`
		OptInStatus     string `json:",omitzero"` // ec2 describe-regions
	}
	NextToken string `json:",omitzero"`
}

type findingForm struct {
	Id             string            `json:"id"` //nolint:revive // AWS spells it so
	Resource       string            `json:"resource"`
	Status         string            `json:"status"`
	UpdatedAt      stamp             `json:"updatedAt,omitzero"`
	FindingDetails []findingDetail   `json:"findingDetails,omitempty"`
	Principal      map[string]string `json:"principal,omitempty"` // version 1
	Action         []string          `json:"action,omitempty"`
	Condition      map[string]string `json:"condition,omitempty"`
	IsPublic       bool              `json:"isPublic,omitzero"`
}

type findingDetail struct {
	ExternalAccessDetails *externalForm `json:"externalAccessDetails,omitempty"`
}

type externalForm struct {
	Action    []string          `json:"action,omitempty"`
	Condition map[string]string `json:"condition"`
	IsPublic  bool              `json:"isPublic,omitzero"`
	Principal map[string]string `json:"principal,omitempty"`
}

type findingsForm struct {
	Findings  []findingForm `json:"findings"`
	NextToken string        `json:"nextToken,omitempty"`
}

type applicationForm struct {
	ApplicationArn         string
	ApplicationProviderArn string `json:",omitzero"`
	Name                   string
	Status                 string
	InstanceArn            string `json:",omitzero"`
}
