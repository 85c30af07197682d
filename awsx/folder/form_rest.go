package folder

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
	SourcePolicyID string `json:"SourcePolicyId"`
}

type organizationDetail struct{ AllowedByOrganizations bool }

type boundaryDetail struct{ AllowedByPermissionsBoundary bool }

// guardrailForm is organizations describe-policy's Policy.
type guardrailForm struct {
	PolicySummary guardrailSummary
	Content       doc
}

type guardrailSummary struct {
	ID   string `json:"Id"`
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
	ID             string            `json:"id"`
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
