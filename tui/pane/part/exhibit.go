package part

import (
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/diff"
)

// most is how much of one value is shown: whole documents have panes of their
// own.
const most = 600

// Exhibit adds one piece of proof: what it is, what was seen and what is
// wanted, below each other so that they can be compared letter by letter. what
// is the width of the first column; 0 puts it on a line of its own.
func (r *Rows) Exhibit(id string, x rule.Exhibit, what int) {
	ref := Ref{Text: x.Saw, What: x.What, Spot: x.At}
	lead := style.New(style.Plain.Of(style.Blank(r.Indent)))
	name := style.Clean(x.What)
	if what == 0 || style.Width(name) > what {
		r.Stop(id, lead.Add(style.Quiet, name), r.Indent, ref)
		lead = lead.Add(style.Plain, "  ")
	} else {
		lead = lead.Add(style.Quiet, style.Pad(name, what)).Add(style.Plain, "  ")
	}
	next := style.New(style.Plain.Of(style.Blank(lead.Width())))
	saw, want := short(x.Saw), short(x.Want)
	switch {
	case want == "" && saw == "":
		if next.Width() != r.Indent+2 {
			r.Stop(id, lead, r.Indent, ref)
		}
	case want == "":
		r.value(id, lead, style.Differ, saw, ref)
	case saw == "":
		r.value(id, lead.Add(style.Bad, "saw   "), style.Bad, "nothing", ref)
		r.value(id, next.Add(style.Good, "want  "), style.Plain, want, ref)
	default:
		if r.Brief {
			saw, want = near(saw, want, r.W-lead.Width()-6)
		}
		a, b := diff.Pair(saw, want)
		r.line(id, lead.Add(style.Bad, "saw   "), a, ref)
		r.line(id, next.Add(style.Good, "want  "), b, ref)
	}
}

// value adds a value behind lead; without a counterpart nothing is marked as
// different.
func (r *Rows) value(id string, lead style.Line, ink style.Ink, v string, ref Ref) {
	if ink == style.Differ {
		ink = style.Strong
	}
	r.line(id, lead, style.Line{}.Show(ink, v), ref)
}

func (r *Rows) line(id string, lead, v style.Line, ref Ref) {
	if r.Brief {
		r.Stop(id, lead.Join(v).Cut(r.W), 0, ref)
		return
	}
	r.Stop(id, lead.Join(v), min(lead.Width(), r.W/2), ref)
}

// near shortens two values that do not fit into w cells to where they begin to
// differ.
func near(a, b string, w int) (string, string) {
	if style.Width(a) <= w && style.Width(b) <= w {
		return a, b
	}
	const before = 8 // characters of what they share
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	if n <= w/2 {
		return a, b
	}
	return "…" + string(x[n-before:]), "…" + string(y[n-before:])
}

func short(s string) string {
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xc0 == 0x80 { // not inside a character
		cut--
	}
	return s[:cut] + " …"
}

// Place writes a spot for people: the document, and where in it.
func Place(s evidence.Spot) string {
	names := map[evidence.Doc]string{
		evidence.InHAR: "capture", evidence.InResponse: "assertion", evidence.InMetadata: "IAM metadata",
		evidence.InIdPMetadata: "IdP metadata", evidence.InTrust: "trust policy", evidence.InPermissions: "permissions",
		evidence.InInstance: "Connect instance", evidence.InUsers: "Connect users", evidence.InTrail: "CloudTrail",
		evidence.InGuardrails: "SCPs and RCPs", evidence.InPage: "AWS's page",
	}
	n := names[s.In]
	if n == "" {
		n = string(s.In)
	}
	if s.Path == "" {
		return n
	}
	return n + " " + s.Path
}

// At adds where an exhibit is.
func (r *Rows) At(s evidence.Spot) {
	// The end of a path says most, so its beginning gives way.
	doc, path := Place(evidence.Spot{In: s.In}), s.Path
	if path != "" {
		path = " " + style.CutLeft(style.Clean(path), max(12, r.W-r.Indent-6-style.Width(doc)))
	}
	r.Put(style.New(style.Plain.Of(style.Blank(r.Indent+2)), style.Quiet.Of("in "), style.Link.Of(doc+path)))
}
