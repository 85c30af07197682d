package folder

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"strings"

	"example.com/samlens/diag/trail"
)

// takeTrailJSON takes events that came as one JSON value.
func (e *Evidence) takeTrailJSON(b json.RawMessage, o origin) *Problem { return e.takeTrail(b, o) }

// takeTrail takes a file of CloudTrail events, in whatever shape.
func (e *Evidence) takeTrail(data []byte, o origin) *Problem {
	events, _, err := trail.Read(bytes.NewReader(plain(data)), "")
	answer := bytes.Contains(data, []byte(`"CloudTrailEvent"`)) || bytes.Contains(data, []byte(`"Events"`))
	if err != nil {
		if !errors.Is(err, trail.ErrNoEvents) {
			return wrong("malformed", "its events cannot be read: %v", err)
		}
		if !emptyTrail(data) {
			if o.flag == Folder {
				return note("it holds no CloudTrail events")
			}
			return wrong("wrong-kind", "it holds no CloudTrail events, and %s takes %s", o.flag, takes(o.flag))
		}
	}
	// Inside the events' own JSON quotes are escaped: this key is the list's.
	more := answer && bytes.Contains(data, []byte(`"NextToken"`))
	add(&e.trail, trailFile{events: events, more: more, whole: !answer}, o)
	return nil
}

// emptyTrail reports whether data is an answer with no events in it, which is
// one as well.
func emptyTrail(data []byte) bool {
	var v struct{ Events, Records *[]json.RawMessage }
	if json.Unmarshal(plain(data), &v) != nil {
		return false
	}
	return v.Events != nil && len(*v.Events) == 0 || v.Records != nil && len(*v.Records) == 0
}

// takeTree takes a folder of log files, as CloudTrail lays them out in S3.
func (e *Evidence) takeTree(tree fs.FS, o origin) *Problem {
	events, notes, err := trail.Folder(context.Background(), tree, ".")
	if err != nil {
		return wrong("unrecognised", "no CloudTrail events were found in it: %v", err)
	}
	add(&e.trail, trailFile{events: events, whole: true}, o)
	if len(notes) > 0 {
		p := note(strings.Join(notes[:min(3, len(notes))], "; "))
		p.Kind = "malformed"
		return p
	}
	return nil
}

// takeOpen takes one file of events that may be too large to be held.
func (e *Evidence) takeOpen(f File, o origin) *Problem {
	r, err := f.Open()
	if err != nil {
		p := unreadable(f.Name, err)
		return &p
	}
	defer r.Close()
	events, _, err := trail.Read(r, "")
	if err != nil {
		return wrong("wrong-kind", "its events cannot be read: %v", err)
	}
	add(&e.trail, trailFile{events: events, whole: true}, o)
	return nil
}
