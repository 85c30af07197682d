package report

type jsonReport struct {
	Schema      string         `json:"schema"`
	Version     string         `json:"version"`
	GeneratedAt string         `json:"generated_at"`
	Captures    []jsonCapture  `json:"captures"`
	Documents   []jsonDocument `json:"documents"`
	Other       []jsonPost     `json:"other_services"`
	Clusters    []jsonCluster  `json:"clusters"`
	Errors      []jsonProblem  `json:"errors"`
}

type jsonCapture struct {
	Source          string         `json:"source"`
	Entry           *int           `json:"entry"`
	CapturedAt      *string        `json:"captured_at"`
	AsOf            *string        `json:"as_of"`
	AsOfSource      string         `json:"as_of_source"`
	IdP             string         `json:"idp"`
	ServiceProvider string         `json:"service_provider"`
	Connect         *bool          `json:"connect"`
	Observed        *jsonObserved  `json:"observed_error"`
	Verdict         jsonVerdict    `json:"verdict"`
	Chain           []jsonLink     `json:"chain"`
	Findings        []jsonFinding  `json:"findings"`
	Assertion       *jsonAssertion `json:"assertion"`
	Signature       jsonSignature  `json:"signature"`
	STS             *jsonSTS       `json:"sts_answer"`
	WhatIf          *jsonWhatIf    `json:"what_if"`
}

type jsonObserved struct {
	Text       string  `json:"text"`
	ID         *string `json:"id"`
	Code       *string `json:"code"`
	HTTPStatus *int    `json:"http_status"`
	RequestID  *string `json:"request_id"`
	RoleARN    *string `json:"role_arn"`
	Where      string  `json:"where"`
}

type jsonVerdict struct {
	State        string  `json:"state"`
	Hop          *string `json:"hop"`
	Rule         *string `json:"rule"`
	Predicted    *string `json:"predicted_error"`
	Seen         bool    `json:"predicted_seen"`
	Disagreement *string `json:"disagreement"`
	Summary      string  `json:"summary"`
}

type jsonLink struct {
	Hop   string  `json:"hop"`
	State string  `json:"state"`
	Why   string  `json:"why"`
	Known *string `json:"known"`
}

type jsonFinding struct {
	Rule     string        `json:"rule"`
	Severity string        `json:"severity"`
	Hop      string        `json:"hop"`
	Summary  string        `json:"summary"`
	After    *string       `json:"after"`
	Now      *string       `json:"now"`
	Inferred bool          `json:"inferred"`
	Evidence []jsonExhibit `json:"evidence"`
	Fix      *jsonFix      `json:"fix"`
	Follows  []string      `json:"follows"`
}

type jsonExhibit struct {
	What  string  `json:"what"`
	Where string  `json:"where"`
	Saw   string  `json:"saw"`
	Want  *string `json:"want"`
}

type jsonFix struct {
	Summary     string   `json:"summary"`
	Who         string   `json:"who"`
	Steps       []string `json:"steps"`
	Commands    []string `json:"commands"`
	PowerShell  []string `json:"commands_powershell"`
	Rollback    []string `json:"rollback"`
	Consequence *string  `json:"consequence"`
	Terraform   *string  `json:"terraform"`
	// Change is the document that the commands refer to by its name.
	Change *jsonChange `json:"change"`
}

type jsonChange struct {
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type jsonDocument struct {
	Source   string        `json:"source"`
	Kind     string        `json:"kind"`
	Findings []jsonFinding `json:"findings"`
}

type jsonPost struct {
	Source string `json:"source"`
	URL    string `json:"url"`
	Entry  *int   `json:"entry"`
}

type jsonCluster struct {
	Hop      string   `json:"hop"`
	Rule     string   `json:"rule"`
	Count    int      `json:"count"`
	Captures []string `json:"captures"`
}

type jsonProblem struct {
	Source  string `json:"source"`
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Offset  *int   `json:"offset"`
}
