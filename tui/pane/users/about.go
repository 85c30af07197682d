package users

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/page"
)

// about is one user in full.
type about struct {
	user evidence.User
	page page.Page[part.Ref]
}

func (a *about) fill(p *Pane) {
	a.page.Resize(p.w, p.h)
	r := part.Rows{W: max(1, a.page.Width()), Indent: 2}
	p.tell(&r, a.user, true)
	a.page.Set(r.All)
}

// aside lays out the user under the cursor beside the list, where there is
// room for it.
func (p *Pane) aside() {
	w := p.sideW()
	row, ok := p.rows.at(p.roll.index)
	if w == 0 || !ok {
		p.beside = ""
		p.side.Set(nil)
		return
	}
	id := fmt.Sprint(row.N, row.User.Username)
	if id == p.beside {
		return
	}
	p.beside = id
	p.side.Blur = true
	p.side.Resize(w, max(0, p.h-p.chrome()+1))
	r := part.Rows{W: max(1, p.side.Width()), Indent: 1}
	p.tell(&r, row.User, false)
	for i := range r.All {
		r.All[i].ID = "" // it is looked at, not moved in
	}
	p.side.Set(r.All)
}

// tell writes a user: how it stands to the session name, and every field.
func (p *Pane) tell(r *part.Rows, u evidence.User, full bool) {
	u = p.known(u)
	pad := style.Blank(r.Indent)
	if full {
		r.Put(style.New(style.Plain.Of(pad)).Show(style.Strong, u.Username))
		r.Gap()
	}
	if p.name != "" {
		sent, has := pair(p.name, u.Username)
		r.Stop("sent", style.New(style.Plain.Of(pad), style.Quiet.Of("sent  ")).Join(sent), r.Indent+6, part.Ref{Text: p.name, What: "role session name"})
		r.Stop("has", style.New(style.Plain.Of(pad), style.Quiet.Of("user  ")).Join(has), r.Indent+6, part.Ref{Text: u.Username, What: "user name"})
		kind, why, ok := roster.Relate(p.name, u.Username)
		switch {
		case ok && kind == roster.Exact:
			r.Put(style.New(style.Plain.Of(pad+"      "), style.Good.Of("✓ the same, byte for byte")))
		case ok:
			r.Stop("why", style.New(style.Plain.Of(pad+"      "), style.Warn.Of("≈ "+label(kind)), style.Quiet.Of(tidy(why))), r.Indent+8, part.Ref{Text: why, What: "how they differ"})
		default:
			r.Put(style.New(style.Plain.Of(pad+"      "), style.Quiet.Of("nothing in common with the name sent")))
		}
		r.Gap()
	}
	col := 18
	if !full {
		col = 12
	}
	field := func(name, value string) {
		if value == "" {
			return
		}
		l := style.New(style.Plain.Of(pad), style.Quiet.Of(style.Pad(name, col))).Show(style.Plain, value)
		r.Stop(name, l, r.Indent+col, part.Ref{Text: value, What: name, Spot: evidence.Spot{In: evidence.InUsers, Path: u.Username}})
	}
	profiles, routing := "security profiles", "routing profile"
	if !full {
		profiles, routing = "security", "routing"
	}
	field("name", strings.TrimSpace(u.FirstName+" "+u.LastName))
	field("e-mail", u.Email)
	field(profiles, strings.Join(u.SecurityProfiles, ", "))
	field(routing, u.RoutingProfile)
	field("hierarchy", u.Hierarchy)
	if !u.LastModified.IsZero() {
		changed := pane.Clock(u.LastModified)
		if u.LastRegion != "" {
			changed += ", in " + u.LastRegion
		}
		field("last change", changed)
	}
	field("user ID", u.ID)
	inst := u.Instance
	if alias := p.called(inst); alias != "" && !strings.HasSuffix(alias, "…") {
		if inst = alias; full {
			inst += "  " + u.Instance
		}
	}
	field("instance", inst)
	if full {
		field("ARN", u.ARN)
	}
	switch t := p.told[u.ID]; {
	case !bare(u):
	case p.asking == u.ID && u.ID != "":
		r.Gap()
		r.Text(style.Quiet, "AWS is being asked for profiles, hierarchy and e-mail …")
	default:
		r.Gap()
		if t.Err != nil && t.Err.Error() != "" && full {
			r.Text(style.Warn, "AWS did not tell more: "+t.Err.Error())
		}
		r.Text(style.Quiet, "The list tells names and IDs alone. Profiles, hierarchy and e-mail:")
		r.Commands("describe", []rule.Command{describe(p.c, u)}, part.Sh, 0)
	}
	if full {
		p.beyond(r, u)
	}
}

// beyond adds what takes a walk over all users or events.
func (p *Pane) beyond(r *part.Rows, u evidence.User) {
	if same := p.roll.index.Duplicates(u.Username); len(same) > 1 {
		r.Gap()
		r.Put(style.New(style.Plain.Of("  "), style.Head.Of("TAKEN FOR THE SAME USER")))
		for _, d := range same {
			if d.ID == u.ID && d.Username == u.Username {
				continue
			}
			l := style.New(style.Plain.Of("  ")).Join(named(u.Username, d.Username, roster.Case)).Add(style.Quiet, "  "+d.ID)
			r.Stop("same/"+d.Username+d.ID, l, 4, part.Ref{Text: d.Username, What: "user name", Spot: evidence.Spot{In: evidence.InUsers, Path: d.Username}})
		}
	}
	events := p.c.Live.Trail
	if len(events.Value) == 0 {
		return
	}
	all, failed, last := 0, 0, evidence.TrailEvent{}
	for _, e := range events.Value {
		if trail.SignIn(e) && trail.User(e) == u.Username {
			if all++; e.Failed {
				failed++
			}
			if e.Time.After(last.Time) {
				last = e
			}
		}
	}
	r.Gap()
	r.Put(style.New(style.Plain.Of("  "), style.Head.Of("IN CLOUDTRAIL")))
	if all == 0 {
		r.Text(style.Plain, "no sign-in under this name among the events read")
		return
	}
	l := style.New(style.Plain.Of("  "), style.Plain.Of(fmt.Sprintf("%s sign-ins, ", pane.Number(all))))
	if failed > 0 {
		l = l.Add(style.Bad, "✗ "+pane.Number(failed)+" failed")
	} else {
		l = l.Add(style.Good, "✓ none failed")
	}
	l = l.Add(style.Quiet, "; the last "+pane.Clock(last.Time))
	r.Stop("events", l, 4, part.Ref{Text: u.Username, What: "user name"})
	r.Put(style.New(style.Plain.Of("  "), style.Key.Of("t"), style.Quiet.Of(" shows them")))
}
