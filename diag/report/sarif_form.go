package report

// The parts of SARIF 2.1.0 that are written, named as the standard names them.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Language    string            `json:"language"`
		ColumnKind  string            `json:"columnKind"`
		Newlines    []string          `json:"newlineSequences"`
		Artifacts   []sarifArtifact   `json:"artifacts"`
		Results     []sarifResult     `json:"results"`
		Properties  sarifRunExtra     `json:"properties"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name     string      `json:"name"`
		Version  string      `json:"version"`
		Language string      `json:"language"`
		About    sarifText   `json:"shortDescription"`
		Rules    []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string      `json:"id"`
		Short      sarifText   `json:"shortDescription"`
		Full       sarifText   `json:"fullDescription"`
		Help       sarifText   `json:"help"`
		HelpURI    string      `json:"helpUri,omitempty"`
		Config     sarifConfig `json:"defaultConfiguration"`
		Properties struct {
			Tags []string `json:"tags"`
		} `json:"properties"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful bool        `json:"executionSuccessful"`
		Ended      string      `json:"endTimeUtc"`
		Notes      []sarifNote `json:"toolExecutionNotifications"`
	}
	sarifNote struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifArtifact struct {
		Location    *sarifURI  `json:"location,omitempty"`
		Parent      *int       `json:"parentIndex,omitempty"`
		Description *sarifText `json:"description,omitempty"`
		Roles       []string   `json:"roles,omitempty"`
	}
	sarifURI struct {
		URI   string `json:"uri"`
		Index *int   `json:"index,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Properties   sarifExtra        `json:"properties"`
	}
	sarifLocation struct {
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifURI     `json:"artifactLocation"`
		Region   *sarifRegion `json:"region,omitempty"`
	}
	sarifRegion struct {
		Offset int `json:"byteOffset"`
		Length int `json:"byteLength"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
	// sarifExtra is what samlens says of a finding beyond the standard.
	sarifExtra struct {
		Hop      string   `json:"hop"`
		After    *string  `json:"after"`
		Inferred bool     `json:"inferred"`
		Follows  []string `json:"follows"`
	}
	sarifRunExtra struct {
		Verdicts []sarifVerdict `json:"verdicts"`
	}
	// sarifVerdict is the answer for one capture: a run without results says
	// nothing of whether all could be judged.
	sarifVerdict struct {
		Source  string  `json:"source"`
		Entry   *int    `json:"entry"`
		State   string  `json:"state"`
		Rule    *string `json:"rule"`
		Summary string  `json:"summary"`
	}
)
