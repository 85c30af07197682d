package trail

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/listing"
)

// secret are the keys whose values never come onto the screen, in lower case.
// The reader of files and lookups takes most of them out already.
var secret = map[string]bool{
	"accesskeyid": true, "sessiontoken": true, "secretaccesskey": true, "accesstoken": true, "refreshtoken": true,
	"signintoken": true, "samlassertion": true, "password": true, "secret": true, "token": true, "authorization": true,
}

// cutOut is what stands in a secret's place.
const cutOut = "(cut out)"

// pretty lays an event's JSON out, with secrets cut out of it. What is no JSON
// is told of and not shown.
func pretty(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	var b strings.Builder
	d := jsontext.NewDecoder(strings.NewReader(string(raw)), jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	e := jsontext.NewEncoder(&b, jsontext.WithIndent("  "), jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	hide := false
	for {
		name := false
		if kind, n := d.StackIndex(d.StackDepth()); kind == '{' && n%2 == 0 {
			name = true
		}
		t, err := d.ReadToken()
		if err != nil {
			break
		}
		switch {
		case name && t.Kind() == '"':
			hide = secret[strings.ToLower(t.String())]
		case hide && t.Kind() == '"':
			t, hide = jsontext.String(cutOut), false
		case hide && (t.Kind() == '{' || t.Kind() == '['):
			if skip(d) != nil {
				return b.String()
			}
			t, hide = jsontext.String(cutOut), false
		default:
			hide = false
		}
		if e.WriteToken(t) != nil {
			break
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// skip reads to the end of the object or list that has just begun.
func skip(d *jsontext.Decoder) error {
	for depth := d.StackDepth(); d.StackDepth() >= depth; {
		if _, err := d.ReadToken(); err != nil {
			return fmt.Errorf("the event's JSON: %w", err)
		}
	}
	return nil
}

// tell writes an event: what it says in words, then the whole of it.
func (p *Pane) tell(r *part.Rows, e *event) {
	pad := style.Blank(r.Indent)
	r.Stop("what", style.New(style.Plain.Of(pad)).Join(p.outcome(e)), r.Indent+2, part.Ref{Text: e.ErrorCode + " " + e.ErrorMessage, What: "outcome"})
	if p.isOwn(e) {
		r.Put(style.New(style.Plain.Of(pad), style.Note.Of("● this sign-in's own event: CloudTrail names the assertion of this capture")))
	}
	if e == p.book.likely {
		r.Text(style.Note, "≈ likely this sign-in's own event: CloudTrail does not name its assertion, but time, role, provider and error are this capture's and no other event's")
	}
	if c, ok := p.book.changes[e]; ok {
		l := style.New(style.Plain.Of(pad), style.Warn.Of("▲ ")).Show(style.Plain, e.Actor).Add(style.Plain, " "+c.What+" ").Show(style.Strong, c.Target)
		r.Stop("change", l, r.Indent+2, part.Ref{Text: e.Actor, What: "who changed it"})
	}
	r.Gap()
	field := func(name, value string, to evidence.Spot) {
		if value != "" {
			l := style.New(style.Plain.Of(pad), style.Quiet.Of(style.Pad(name, 14))).Show(style.Plain, value)
			r.Stop(name, l, r.Indent+14, part.Ref{Text: value, What: name, Spot: to})
		}
	}
	none := evidence.Spot{}
	field("time", pane.Clock(e.Time), none)
	field("error", e.ErrorCode, none)
	field("said", e.ErrorMessage, none)
	field("session name", e.SessionName, evidence.Spot{In: evidence.InUsers, Path: e.SessionName})
	field("NameID", e.NameID, none)
	field("role", e.RoleARN, evidence.Spot{In: evidence.InTrust})
	field("provider", e.ProviderARN, evidence.Spot{In: evidence.InMetadata})
	field("issuer", e.Issuer, none)
	field("audience", e.Audience, none)
	field("address", e.SourceIP, none)
	field("agent", e.UserAgent, none)
	field("region", e.Region, none)
	field("endpoint", e.EndpointURL, none)
	field("assertion ID", e.AssertionID, none)
	field("event ID", e.ID, none)
	r.Gap()
	text := pretty(e.Raw)
	if text == "" {
		r.Text(style.Quiet, "The event's JSON is not at hand.")
		return
	}
	r.Put(style.New(style.Plain.Of(pad), style.Head.Of("AS CLOUDTRAIL WROTE IT"), style.Quiet.Of("  secrets cut out")))
	for i, l := range listing.Lines(text) {
		line := style.New(style.Plain.Of(pad)).Join(l.Line)
		value := text[l.Start:l.End]
		hang := r.Indent + len(value) - len(strings.TrimLeft(value, " ")) + 2
		r.Stop(fmt.Sprintf("raw/%d", i), line, min(hang, r.W/2), part.Ref{Text: bare(value), What: "line"})
	}
}

// bare is the value of a line of JSON, without its key and quotes.
func bare(line string) string {
	s := strings.TrimSuffix(strings.TrimSpace(line), ",")
	if _, v, ok := strings.Cut(s, `": `); ok && strings.HasPrefix(s, `"`) {
		s = v
	}
	if u, err := jsontext.AppendUnquote(nil, s); err == nil && utf8.Valid(u) {
		return string(u)
	}
	return s
}
