package folder

import (
	"encoding/json"
	"strings"
	"time"
)

// schema marks a file that `collect` or its script wrote.
const schema = "samlens/evidence/1"

// collected is such a file: the AWS CLI call, when it was made, and its output
// or the error that came instead.
type collected struct {
	Schema  string          `json:"schema"`
	Command []string        `json:"command"` // aws iam get-role --role-name X
	At      time.Time       `json:"at"`
	Output  json.RawMessage `json:"output,omitempty"`
	Error   *collectedError `json:"error,omitempty"`
	// Partial says, where a list was still coming when it was written, why
	// it ends.
	Partial string `json:"partial,omitempty"`
}

type collectedError struct {
	Code    string `json:"code"`
	Message string `json:"message,omitempty"`
}

// unwrap opens a collected file. It reports false for any other.
func unwrap(top map[string]json.RawMessage, b []byte, o origin) (collected, origin, bool) {
	var s string
	if json.Unmarshal(top["schema"], &s) != nil || s != schema {
		return collected{}, o, false
	}
	var c collected
	if json.Unmarshal(b, &c) != nil || len(c.Command) < 3 || c.Command[0] != "aws" {
		return collected{}, o, false
	}
	o.call, o.at = c.Command[1]+" "+c.Command[2], c.At
	o.args = options(c.Command[3:])
	return c, o, true
}

// options reads --name value pairs; an option without a value is "".
func options(argv []string) map[string]string {
	out := map[string]string{}
	for i := 0; i < len(argv); i++ {
		name, ok := strings.CutPrefix(argv[i], "--")
		if !ok {
			continue
		}
		if n, v, ok := strings.Cut(name, "="); ok {
			out[n] = v
			continue
		}
		out[name] = ""
		if i+1 < len(argv) && !strings.HasPrefix(argv[i+1], "--") {
			i++
			out[name] = argv[i]
		}
	}
	return out
}

// operation turns an API operation's name into the CLI's: GetSAMLProvider into
// get-saml-provider.
func operation(api string) string {
	var b strings.Builder
	rs := []rune(api)
	up := func(i int) bool { return i >= 0 && i < len(rs) && rs[i] >= 'A' && rs[i] <= 'Z' }
	for i, r := range rs {
		if up(i) && i > 0 && (!up(i-1) || i+1 < len(rs) && !up(i+1) && rs[i+1] >= 'a') {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}
