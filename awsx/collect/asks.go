package collect

import (
	"encoding/json"
	"slices"
	"time"

	"example.com/samlens/awsx"
	"example.com/samlens/awsx/folder"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

// An ask is one AWS CLI call of the script.
type ask struct {
	file string   // without its extension
	argv []string // after "aws"
}

// command is the call as the evidence file holds it: a JSON array.
func (a ask) command() string {
	b, err := json.Marshal(append([]string{"aws"}, a.argv...))
	if err != nil {
		return "[]" // strings alone cannot fail
	}
	return string(b)
}

var odd = expression.Lazy(`[^A-Za-z0-9._-]+`)

func question(name string, argv ...string) ask {
	file := argv[0] + "-" + argv[1]
	if name != "" {
		n := odd().ReplaceAllString(name, "_")
		file += "-" + n[:min(len(n), 80)]
	}
	return ask{file, argv}
}

// asks are the calls whose arguments the sign-in itself tells.
func asks(s awsx.Subject) []ask {
	out := []ask{question("", "sts", "get-caller-identity"), question("", "iam", "list-saml-providers")}
	for _, arn := range s.Providers() {
		out = append(out, question(last(arn), "iam", "get-saml-provider", "--saml-provider-arn", arn))
	}
	for _, arn := range s.Roles() {
		out = append(out, question(last(arn), "iam", "get-role", "--role-name", last(arn)))
	}
	out = append(out, connectAsks(s)...)
	return append(out, trailAsks(s)...)
}

func connectAsks(s awsx.Subject) (out []ask) {
	if s.Region != "" {
		out = append(out, question("", "connect", "list-instances", "--region", s.Region))
	}
	if s.Region == "" || s.Instance == "" {
		return out
	}
	of := []string{"--instance-id", s.Instance, "--region", s.Region}
	call := func(op string, more ...string) ask {
		return question("", slices.Concat([]string{"connect", op}, of, more)...)
	}
	out = append(out, call("describe-instance"))
	if c := folder.Criteria(s.Session); s.Session != "" && c[0] != '{' {
		out = append(out, call("search-users", "--search-criteria", c))
	}
	// The default page of a hundred would take ten times as long.
	return append(out, call("list-users", "--page-size", "1000"))
}

func trailAsks(s awsx.Subject) (out []ask) {
	at := s.At
	for _, w := range awsx.Windows(s) {
		argv := []string{"cloudtrail", "lookup-events", "--region", w.Region, "--lookup-attributes", "AttributeKey=EventName,AttributeValue=" + w.EventName}
		if at.IsZero() {
			argv = append(argv, "--max-items", "1000") // of 90 days, the newest
		} else {
			argv = append(argv, "--start-time", w.From.UTC().Format(time.RFC3339), "--end-time", w.To.UTC().Format(time.RFC3339))
		}
		out = append(out, question(w.EventName+"-"+w.Region, argv...))
	}
	return out
}

func last(arn string) string {
	a, ok := endpoint.ParseARN(arn)
	if !ok {
		return arn
	}
	return a.Name()
}

// accountOf is the account to ask Organizations about.
func accountOf(c evidence.Case, s awsx.Subject) string {
	if s.Account != "" {
		return s.Account
	}
	return c.Live.Identity.Value.Account
}
