package folder

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
	KeyID     string `json:"KeyId"`
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
	RoleID                   string `json:"RoleId"`
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
	VersionID        string `json:"VersionId"`
	IsDefaultVersion bool
}

type attachedForm struct {
	AttachedPolicies []struct{ PolicyName, PolicyArn string }
	IsTruncated      bool   `json:",omitzero"`
	Marker           string `json:",omitzero"`
}
