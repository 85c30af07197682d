package folder

type instanceForm struct {
	ID                       string `json:"Id"`
	Arn                      string
	IdentityManagementType   string
	InstanceAlias            string           `json:",omitzero"`
	CreatedTime              stamp            `json:",omitzero"`
	InstanceStatus           string           `json:",omitzero"`
	StatusReason             *reasonForm      `json:",omitempty"`
	InstanceAccessURL        string           `json:"InstanceAccessUrl,omitzero"`
	ReplicationConfiguration *replicationForm `json:",omitempty"`
}

type reasonForm struct{ Message string }

type replicationForm struct {
	ReplicationStatusSummaryList []struct{ Region string } `json:",omitempty"`
	SourceRegion                 string
	GlobalSignInEndpoint         string `json:",omitzero"`
}

type userLine struct {
	ID                 string `json:"Id"`
	Arn                string
	Username           string
	LastModifiedTime   stamp  `json:",omitzero"`
	LastModifiedRegion string `json:",omitzero"`
	// SearchUsers and DescribeUser tell more.
	IdentityInfo       *identityInfo `json:",omitempty"`
	SecurityProfileIds []string      `json:",omitempty"`
	RoutingProfileID   string        `json:"RoutingProfileId,omitzero"`
	HierarchyGroupID   string        `json:"HierarchyGroupId,omitzero"`
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
	ID                        string `json:"Id"`
	Name                      string
	IsDefault                 bool     `json:",omitzero"`
	AllowedIps                []string `json:",omitempty"`
	BlockedIps                []string `json:",omitempty"`
	MaxSessionDuration        int      `json:",omitzero"` // minutes
	SessionInactivityDuration int      `json:",omitzero"` // minutes
}
