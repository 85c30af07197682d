package folder

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

// Encode writes what AWS said of a sign-in as files of an evidence folder: one
// for each call of the AWS CLI that would have given it, with the call, its
// arguments, the time and the output together. [Read] and [Evidence.For] give
// the same facts back. Facts that nobody asked for are left out.
func Encode(c evidence.Case) []File {
	w := writer{s: awsx.SubjectOf(c), l: c.Live}
	w.identity()
	w.iam()
	w.permissions()
	w.connect()
	w.events()
	w.organization()
	w.rest()
	w.center()
	return w.out
}

// writer is one walk of [Encode].
type writer struct {
	s   awsx.Subject
	l   evidence.Live
	out []File
	// at and source are the fact's at hand.
	at time.Time
}

// call is one AWS CLI call.
type call struct {
	argv []string // iam get-role --role-name X
	name string   // what tells this file from others of its kind; may be ""
}

func cli(argv ...string) call { return call{argv: argv} }

func (c call) of(name string) call { c.name = name; return c }

func (w *writer) put(c call, at time.Time, output any) {
	w.file(c, collected{Command: append([]string{"aws"}, c.argv...), At: at, Output: must(output)})
}

func (w *writer) putPartial(c call, at time.Time, output any, why string) {
	w.file(c, collected{Command: append([]string{"aws"}, c.argv...), At: at, Output: must(output), Partial: why})
}

// must makes JSON of the forms, which all can be.
func must(v any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return json.RawMessage("null")
	}
	return b.Bytes()
}

var unsafe = expression.Lazy(`[^A-Za-z0-9._-]+`)

func (w *writer) file(c call, v collected) {
	v.Schema, v.At = schema, v.At.UTC()
	var b bytes.Buffer
	if json.Indent(&b, must(v), "", "  ") != nil {
		return
	}
	name := c.argv[0] + "-" + c.argv[1]
	if c.name != "" {
		n := unsafe().ReplaceAllString(c.name, "_")
		name += "-" + n[:min(len(n), 80)]
	}
	for i, base := 2, name; w.has(name + ".json"); i++ {
		name = fmt.Sprintf("%s-%d", base, i)
	}
	w.out = append(w.out, File{Flag: Folder, Name: name + ".json", Data: b.Bytes()})
}

func (w *writer) has(name string) bool {
	for _, f := range w.out {
		if f.Name == name {
			return true
		}
	}
	return false
}

// write writes a fact: its value by put where there is one, else its error in
// the place of the call that answers it.
func write[T any](w *writer, f evidence.Fact[T], c call, put func(T)) {
	switch f.State {
	case evidence.Unasked:
	case evidence.Known, evidence.Partial:
		w.at = f.At
		put(f.Value)
	case evidence.Absent, evidence.Denied, evidence.Failed:
		w.file(c, collected{Command: append([]string{"aws"}, c.argv...), At: f.At, Error: errorOf(f.State, f.Why)})
	}
}

// why is the code and text in the line that an awsx.Error prints.
var why = expression.Lazy(`^(?:[a-z0-9-]+:[A-Za-z0-9]+: )?([A-Z][A-Za-z]+)(?:: (.*))?$`)

// errorOf puts a fact's reason back into AWS's form. The codes are such that
// reading them gives the same state.
func errorOf(state evidence.State, text string) *collectedError {
	m := why().FindStringSubmatch(text)
	code, message := "", text
	if m != nil {
		code, message = m[1], m[2]
	}
	if i := strings.LastIndex(message, " ("); i > 0 && strings.HasSuffix(message, ")") {
		message = message[:i] // the hint, which is made anew
	}
	if awsx.Refusal("", code, "").State != state || code == "" {
		switch state {
		case evidence.Absent:
			code = "NoSuchEntity"
		case evidence.Denied:
			code = "AccessDenied"
		default:
			code = "Failed"
		}
	}
	return &collectedError{Code: code, Message: message}
}

func (w *writer) identity() {
	c := cli("sts", "get-caller-identity")
	if r := w.l.Identity.Value.Region; r != "" {
		c = cli("sts", "get-caller-identity", "--region", r)
	}
	write(w, w.l.Identity, c, func(v evidence.Identity) {
		w.put(c, w.at, struct {
			UserID       string `json:"UserId"`
			Account, Arn string
		}{v.UserID, v.Account, v.ARN})
	})
}

// name is the last segment of an ARN.
func name(arn string) string {
	a, ok := endpoint.ParseARN(arn)
	if !ok {
		return arn
	}
	return a.Name()
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}
