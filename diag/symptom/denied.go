package symptom

import (
	"strings"

	"example.com/samlens/diag/expression"
)

// A Denial is what AWS's access-denied sentence says ("Troubleshoot access
// denied error messages" in the IAM User Guide). Calls of SAML sign-in
// itself are not denied in these words; calls of the session it yields, and
// of whoever investigates, are.
type Denial struct {
	Principal string // the ARN of who called
	Action    string // such as connect:GetFederationToken
	Resource  string // the resource's ARN; "" where it names none
	// Policy is the kind of policy that decided: "identity-based",
	// "session", "permissions boundary", "resource-based", "service control",
	// "resource control", "VPC endpoint", "role trust"; "" where it names none.
	Policy string
	// Explicit tells a Deny statement from a missing Allow.
	Explicit bool
	// Encoded is the encoded authorization message that some services add.
	Encoded string
}

var (
	denial = expression.Lazy(`(?i)user:\s*(\S{1,700})\s+is not authorized to perform:?\s*([\w-]{1,60}:[\w*]{1,100})` +
		`(?:\s+on resource:?\s*(\S{1,1000}))?`)
	// denialHead is how the sentence begins, where it was cut short.
	denialHead = expression.Lazy(`(?i)^\W{0,3}user:\s*(?:arn:aws[\w-]{0,20}:(?:iam|sts):|is not(?:$| author))`)
	noAllow    = expression.Lazy(`(?i)because no\s+([a-z -]{3,40}?)\s+(?:polic(?:y|ies)\s+)?allow`)
	explicit   = expression.Lazy(`(?i)with an explicit deny in (?:an?|the)?\s*([a-z -]{3,40}?)(?:\s+polic(?:y|ies))?\b(?:[.:;,]|$|\s*arn)`)
	encoded    = expression.Lazy(`(?i)encoded authorization failure message:\s*([\w-]{10,})`)
)

// Denied reads an access-denied sentence; false where the text is none.
func Denied(text string) (Denial, bool) {
	s := clean(bound(text))
	m := denial().FindStringSubmatch(s)
	if m == nil {
		return Denial{}, false
	}
	d := Denial{Principal: m[1], Action: strings.TrimRight(m[2], ".,"), Resource: strings.Trim(m[3], `."',`)}
	if a := noAllow().FindStringSubmatch(s); a != nil {
		d.Policy = policyKind(a[1])
	} else if strings.Contains(strings.ToLower(s), "with an explicit deny") {
		d.Explicit = true
		if e := explicit().FindStringSubmatch(s); e != nil {
			d.Policy = policyKind(e[1])
		}
	}
	if e := encoded().FindStringSubmatch(s); e != nil {
		d.Encoded = e[1]
	}
	return d, true
}

// policyKind is the one spelling of a kind of policy.
func policyKind(s string) string {
	k := strings.ToLower(strings.TrimSpace(s))
	k = strings.TrimSuffix(k, " policy")
	switch k {
	case "vpc endpoint":
		return "VPC endpoint"
	case "sessions", "session(s)":
		return "session"
	case "permission boundary":
		return "permissions boundary"
	case "scp":
		return "service control"
	case "rcp":
		return "resource control"
	}
	return k
}

// Rules returns the rules that the denial points at, likeliest first; none
// where the call is no part of a SAML sign-in.
func (d Denial) Rules() []string {
	switch strings.ToLower(d.Action) {
	case "connect:getfederationtoken", "connect:getfederationtokens":
		switch {
		case d.Explicit, d.Policy == "permissions boundary", d.Policy == "session", d.Policy == "service control", d.Policy == "resource control":
			return []string{"federation-denied"}
		case d.Policy == "identity-based":
			return []string{"federation-permission-missing", "federation-resource-mismatch", "federation-condition", "policy-version-missing"}
		}
		return []string{"federation-permission-missing", "federation-resource-mismatch", "federation-condition", "policy-version-missing", "federation-denied"}
	case "sts:assumerolewithsaml":
		switch {
		case d.Policy == "service control", d.Policy == "resource control":
			return []string{"sts-denied-by-organization"}
		case d.Explicit:
			return []string{"trust-denied", "sts-denied-by-organization"}
		}
		return []string{"trust-condition", "trust-principal", "trust-action", "role-not-found"}
	case "sts:tagsession":
		return []string{"trust-tag-session"}
	case "sts:setsourceidentity":
		return []string{"trust-source-identity"}
	}
	return nil
}
