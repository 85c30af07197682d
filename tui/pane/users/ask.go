package users

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/pane"
)

// open shows the user under the cursor in full, and asks AWS for what the list
// does not tell.
func (p *Pane) open() tea.Cmd {
	r, ok := p.rows.at(p.roll.index)
	if !ok {
		return nil
	}
	p.about = &about{user: r.User}
	var cmd tea.Cmd
	u := p.known(r.User)
	if had, asked := p.told[u.ID]; u.ID != "" && bare(u) && (!asked || had.Err != nil) {
		p.asking = u.ID
		cmd = pane.Ask(pane.About{User: u})
	}
	p.about.fill(p)
	return cmd
}

// remember is how many users' answers are kept.
const remember = 500

// learn takes what AWS said of a user. A late answer fills that user's page,
// whichever is on screen by then.
func (p *Pane) learn(t pane.Told) {
	if len(p.told) >= remember {
		clear(p.told)
	}
	p.told[t.ID] = t
	if p.asking == t.ID {
		p.asking = ""
	}
	p.beside = "\x00"
	p.aside()
	if p.about != nil {
		p.about.fill(p)
	}
}

// bare reports whether only what a list tells is known of a user.
func bare(u evidence.User) bool { return u.RoutingProfile == "" && len(u.SecurityProfiles) == 0 }

// known fills a user of the list with what was found under its ID by name, or
// was asked for.
func (p *Pane) known(u evidence.User) evidence.User {
	if t, ok := p.told[u.ID]; ok && t.Err == nil && u.ID != "" && bare(u) {
		return t.User
	}
	for _, x := range p.c.Live.Exact.Value {
		if x.ID == u.ID && u.ID != "" && u.RoutingProfile == "" {
			return x.Or(u)
		}
	}
	return u
}

// describe is the call that tells the rest about a user.
func describe(c evidence.Case, u evidence.User) rule.Command {
	id := u.Instance
	if id == "" {
		id = admission.Instance(c)
	}
	if id == "" {
		id = "INSTANCE"
	}
	who := u.ID
	if who == "" {
		who = "USER"
	}
	return rule.AWS("connect", "describe-user", "--instance-id", id, "--user-id", who)
}
