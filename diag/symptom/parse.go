package symptom

import (
	"strconv"
	"strings"

	"example.com/samlens/diag/expression"
)

// Fields are what stands around a message: the suffix that AWS sign-in
// prints, the frame of an SDK or the AWS CLI, the XML of the STS API.
type Fields struct {
	// Message is the text without suffix and frame, white space folded.
	Message string
	// Service, Code, HTTPStatus and RequestID are as printed; "" and 0 where
	// they are not.
	Service    string
	Code       string
	HTTPStatus int
	RequestID  string
	// Operation is the API call that an SDK or the AWS CLI names.
	Operation string
	// RoleARN is the first IAM role or assumed role that the text names.
	RoleARN string
	// AuthorizationID is the identifier that some denials print.
	AuthorizationID string
	// Prefixed tells that "Failed to assume role: " stood before the message.
	Prefixed bool
}

// The frames. The suffix is matched in any case: the documentation prints it
// in lower case, the page in title case; a Proxy member may follow.
var (
	suffix = expression.Lazy(`(?i)\s*\(\s*service:\s*([\w ]{1,64});\s*status ?code:\s*(\d{3})` +
		`(?:;\s*error ?code:\s*([\w.]{1,80}))?(?:;\s*request ?id:\s*([^;)]{1,80}))?(?:;\s*[^)]{0,200})?\s*\)\.?(?:\s*please try again\.?)?`)
	cliFrame = expression.Lazy(`(?i)an error occurred \((\w{1,80})\) when calling the (\w{1,80}) operation(?: \(reached max retries: \d+\))?:\s*`)
	goFrame  = expression.Lazy(`(?i)operation error ([\w ]{1,40}): (\w{1,80}),(?: exceeded maximum number of attempts, \d+,)? https response error statuscode: (\d{3}), requestid: ([\w-]{0,80}), (?:api error )?(\w{1,80}):\s*`)
	xmlCode  = expression.Lazy(`(?is)<code>\s*([\w.]{1,80})\s*</code>`)
	xmlText  = expression.Lazy(`(?is)<message>(.*?)</message>`)
	xmlID    = expression.Lazy(`(?is)<requestid>\s*([\w-]{1,80})\s*</requestid>`)
	failed   = expression.Lazy(`(?i)^(?:\W{0,3}failed to assume role:?\s*)+`)
	roleName = expression.Lazy(`(?i)arn:aws[\w-]{0,20}:(?:iam|sts)::\d{12}:(?:assumed-)?role/[\w+=,.@/-]{1,600}`)
	authID   = expression.Lazy(`(?i)authorization ?id:\s*([\w-]{1,80})`)
)

// Parse takes a text apart. It finds nothing in a text without suffix or
// frame, and then Message is all of it.
func Parse(text string) Fields {
	f, _ := parse(text)
	return f
}

// parse also returns the cleaned text that Message is a part of.
func parse(text string) (Fields, string) {
	var f Fields
	text = bound(text)
	if m := xmlText().FindStringSubmatch(text); m != nil && xmlCode().MatchString(text) {
		f.Code = xmlCode().FindStringSubmatch(text)[1]
		if id := xmlID().FindStringSubmatch(text); id != nil {
			f.RequestID = id[1]
		}
		text = m[1]
	}
	s := clean(text)
	if m := roleName().FindString(s); m != "" {
		f.RoleARN = strings.TrimRight(m, ".,")
	}
	if m := authID().FindStringSubmatch(s); m != nil {
		f.AuthorizationID = m[1]
	}
	if m := suffix().FindStringSubmatchIndex(s); m != nil {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return strings.TrimSpace(s[m[2*i]:m[2*i+1]])
		}
		f.Service, f.Code, f.RequestID = part(1), part(3), part(4)
		f.HTTPStatus, _ = strconv.Atoi(part(2))
		s = strings.TrimSpace(s[:m[0]] + " " + s[m[1]:])
	}
	if m := cliFrame().FindStringSubmatchIndex(s); m != nil {
		f.Code, f.Operation = s[m[2]:m[3]], s[m[4]:m[5]]
		s = s[m[1]:]
	} else if m := goFrame().FindStringSubmatchIndex(s); m != nil {
		f.Service, f.Operation, f.RequestID, f.Code = s[m[2]:m[3]], s[m[4]:m[5]], s[m[8]:m[9]], s[m[10]:m[11]]
		f.HTTPStatus, _ = strconv.Atoi(s[m[6]:m[7]])
		s = s[m[1]:]
	}
	if loc := failed().FindStringIndex(s); loc != nil {
		f.Prefixed = true
		s = s[loc[1]:]
	}
	f.Message = strings.TrimSpace(s)
	return f, s
}
