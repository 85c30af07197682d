package folder

import (
	"bytes"
	"unicode/utf8"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
)

// takeUserText takes a list of users that is not one JSON answer: CSV, a name
// a line, an array of names, or several answers one after another.
func (e *Evidence) takeUserText(data []byte, o origin) *Problem {
	text := plain(data)
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return wrong("malformed", "it is not text in UTF-8 or UTF-16")
	}
	if t := bytes.TrimSpace(text); bytes.HasPrefix(t, []byte("<")) || bytes.HasPrefix(t, []byte("-----BEGIN")) {
		return wrong("wrong-kind", "it holds %s, and %s takes %s", looks(t), o.flag, takes(o.flag))
	}
	us, more, err := roster.Read(bytes.NewReader(text))
	if err != nil {
		return wrong("malformed", "it cannot be read as a list of users: %s", oneLine(err.Error()))
	}
	for i := range us {
		if us[i].Instance == "" {
			us[i].Instance = o.args["instance-id"]
		}
	}
	add(&e.users, partial[evidence.User]{rows: us, more: more}, o)
	return nil
}
