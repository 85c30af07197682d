package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
)

// Read takes in files. What cannot be used is told, one problem a file, and
// never keeps the others from being used.
func Read(files []File) (Evidence, []Problem) {
	var e Evidence
	var bad []Problem
	for _, f := range files {
		if p := e.take(f); p != nil {
			p.Source = f.Name
			bad = append(bad, *p)
		}
	}
	return e, bad
}

func (e *Evidence) take(f File) *Problem {
	o := origin{file: f.Name, flag: f.Flag}
	switch {
	case f.Tree != nil:
		return e.takeTree(f.Tree, o)
	case f.Open != nil:
		return e.takeOpen(f, o)
	}
	if len(f.Data) > maxFile {
		return wrong("too-large", "it is larger than %d MiB", maxFile>>20)
	}
	data, err := unpack(f.Data)
	if err != nil {
		return wrong("malformed", "it cannot be unpacked: %v", err)
	}
	text := plain(data)
	trimmed := bytes.TrimSpace(text)
	if len(trimmed) == 0 {
		if f.Flag == Folder {
			return note("it is empty")
		}
		return wrong("unrecognised", "it is empty")
	}
	if r, ok := asRefusal(trimmed); ok {
		add(&e.refusals, r, o)
		return nil
	}
	if v, ok := transcript(trimmed); ok {
		data, text, trimmed = v, v, v
	} else if v, ok := embedded(trimmed); ok && f.Flag != Trail && f.Flag != Users {
		data, text, trimmed = v, v, v
	}
	switch {
	case f.Flag == Trail:
		return e.takeTrail(data, o)
	case trimmed[0] == '{':
		return e.takeObject(data, text, o)
	case trimmed[0] == '[':
		return e.takeArray(data, trimmed, o)
	case looksXML(data, trimmed):
		return e.takeXML(data, o)
	}
	return e.takeText(data, trimmed, o)
}

// takeText takes what is neither JSON nor XML: a list of users, or nothing.
func (e *Evidence) takeText(data, trimmed []byte, o origin) *Problem {
	if form := otherOutput(trimmed); form != "" && (form != "text" || o.flag != Users) {
		return wrong("wrong-kind", "it is the AWS CLI's output as %s; run the command again with --output json", form)
	}
	if o.flag == Users || o.flag == Folder && isUserList(o.file) {
		return e.takeUserText(data, o)
	}
	if o.flag == Folder {
		return note("it holds no answer of AWS that is known here")
	}
	return wrong("wrong-kind", "%s", "it holds "+looks(trimmed)+", and "+string(o.flag)+" takes "+takes(o.flag))
}

// takeObject takes a JSON object: the output of one call, a policy, events.
func (e *Evidence) takeObject(data, text []byte, o origin) *Problem {
	var top map[string]json.RawMessage
	if err := json.Unmarshal(text, &top); err != nil {
		switch {
		case ndjson(text) && o.flag == Users:
			return e.takeUserText(data, o)
		case ndjson(text) && (o.flag == Folder || o.flag == Trail):
			return e.takeTrail(data, o)
		}
		return e.malformed(err, o)
	}
	if c, co, ok := unwrap(top, text, o); ok {
		return e.takeCollected(c, co)
	}
	if _, ok := top["schema"]; ok && top["captures"] == nil && top["command"] != nil {
		return wrong("unrecognised", "it was written by another version: its schema is not %s", schema)
	}
	return e.takeOutput(top, text, o)
}

func (e *Evidence) takeCollected(c collected, o origin) *Problem {
	if c.Error != nil {
		_, op, _ := strings.Cut(o.call, " ")
		add(&e.refusals, refusal{Op: op, Code: c.Error.Code, Message: c.Error.Message}, o)
		return nil
	}
	out := bytes.TrimSpace(c.Output)
	if len(out) == 0 || bytes.Equal(out, []byte("null")) {
		return note("the call in it has no output")
	}
	if out[0] != '{' {
		return wrong("malformed", "the output of %.60q in it is no JSON object", o.call)
	}
	var top map[string]json.RawMessage
	if err := json.Unmarshal(out, &top); err != nil {
		return e.malformed(err, o)
	}
	if c.Partial != "" {
		top["NextToken"], _ = json.Marshal(c.Partial)
		out, _ = json.Marshal(top)
	}
	return e.takeOutput(top, out, o)
}

// takeArray takes a JSON array: events, or what --query leaves of a list.
func (e *Evidence) takeArray(data, text []byte, o origin) *Problem {
	var rows []json.RawMessage
	if err := json.Unmarshal(text, &rows); err != nil {
		return e.malformed(err, o)
	}
	wrapAs := func(key string) *Problem {
		return e.takeOutput(map[string]json.RawMessage{key: text}, []byte(`{"`+key+`":`+string(text)+`}`), o)
	}
	var first map[string]json.RawMessage
	if len(rows) > 0 && json.Unmarshal(rows[0], &first) == nil {
		switch {
		case first["Username"] != nil && first["EventName"] == nil:
			return wrapAs("UserSummaryList")
		case first["IdentityManagementType"] != nil:
			return wrapAs("InstanceSummaryList")
		case first["AssumeRolePolicyDocument"] != nil:
			return wrapAs("Roles")
		case first["Arn"] != nil && first["ValidUntil"] != nil:
			return wrapAs("SAMLProviderList")
		case first["eventName"] != nil || first["CloudTrailEvent"] != nil:
			return e.takeTrail(data, o)
		}
	}
	if o.flag == Users {
		return e.takeUserText(data, o)
	}
	if len(rows) == 0 && o.flag == Providers {
		return wrapAs("SAMLProviderList")
	}
	if o.flag == Folder {
		return note("it holds no answer of AWS that is known here")
	}
	return wrong("wrong-kind", "it holds a JSON array, and %s takes %s", o.flag, takes(o.flag))
}

func (e *Evidence) malformed(err error, o origin) *Problem {
	p := wrong("malformed", "it is not JSON: %v", err)
	if se := new(json.SyntaxError); errors.As(err, &se) {
		p.Offset = int(se.Offset)
		p.Message = oneLine(fmt.Sprintf("it is not JSON: %v at byte %d", err, se.Offset))
	}
	p.Note = o.flag == Folder && !strings.HasSuffix(strings.ToLower(o.file), ".json")
	return p
}

// ndjson reports whether text is several JSON objects, one after the other.
func ndjson(text []byte) bool {
	d := json.NewDecoder(bytes.NewReader(text))
	for range 2 {
		var v json.RawMessage
		if d.Decode(&v) != nil {
			return false
		}
	}
	return true
}

// looksXML reports whether a file is XML, in whatever encoding.
func looksXML(data, trimmed []byte) bool {
	return trimmed[0] == '<' || bytes.HasPrefix(bytes.TrimLeft(data, "\xEF\xBB\xBF\xFF\xFE \r\n\t\x00"), []byte("<"))
}

// isUserList goes by the name where content cannot tell: a list of names in a
// folder is one of users only if it is called so.
func isUserList(file string) bool {
	return strings.Contains(strings.ToLower(filepath.Base(file)), "user")
}

func wrong(kind, format string, a ...any) *Problem {
	return &Problem{Kind: kind, Message: oneLine(fmt.Sprintf(format, a...)), Offset: -1}
}

// oneLine takes line ends and control characters out of another package's text.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)
}

func note(message string) *Problem {
	return &Problem{Kind: "unrecognised", Message: message, Offset: -1, Note: true}
}
