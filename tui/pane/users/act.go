package users

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
)

// Update takes an action, text, or a step of the pane's own work.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		return p.focused(msg.On)
	case tally:
		return p.rows.count(msg)
	case built:
		p.rows.reset()
		return tea.Batch(p.roll.got(msg), p.refresh())
	case result:
		return p.found(msg)
	case nearest:
		if msg.index == p.roll.index && msg.name == p.name {
			p.near = msg
		}
		grow := p.roll.read()
		return tea.Batch(grow, p.refresh())
	case pane.Told:
		p.learn(msg)
	case pane.Sift:
		p.look.Set(msg.Query)
		return p.search()
	case pane.Click:
		return p.click(msg)
	case tea.KeyMsg:
		return p.typed(msg)
	case keys.Action:
		return p.act(msg)
	}
	return nil
}

func (p *Pane) focused(on bool) tea.Cmd {
	p.on = on
	p.mode = listed
	var cmd tea.Cmd
	if on && p.later {
		p.later = false
		cmd = p.search()
	}
	if on && p.about == nil {
		p.mode, p.picked = armed, true
	}
	if p.about != nil {
		p.about.page.Blur = !on
	}
	return cmd
}

// act carries out an action.
func (p *Pane) act(a keys.Action) tea.Cmd {
	switch a {
	case keys.Narrow:
		p.about, p.mode, p.picked = nil, live, true
		return nil
	case keys.Cancel, keys.Back:
		if p.about != nil {
			p.about = nil
			return nil
		}
		return pane.Ask(pane.Pass{Action: a})
	case keys.ToOwn:
		p.about, p.mode = nil, listed
		p.look.Set(p.name)
		return p.search()
	case keys.Open:
		return p.open()
	case keys.Copy, keys.CopyARN:
		return p.copy(a)
	case keys.Events:
		u, ok := p.user()
		if !ok {
			return nil
		}
		return tea.Batch(pane.Ask(pane.To{ID: "trail", Msg: pane.Sift{Query: u.Username}}), pane.Ask(pane.Focus{ID: "trail"}))
	}
	if p.about != nil {
		p.about.page.Do(a)
		return nil
	}
	moved, more := p.rows.do(p.roll.index, a)
	if moved {
		p.mode = listed
		p.aside()
	}
	if more {
		return p.search()
	}
	return nil
}

// click puts the cursor on a row; a click on the prompt begins to type.
func (p *Pane) click(c pane.Click) tea.Cmd {
	if p.about != nil {
		p.about.page.Click(c.Y)
		return nil
	}
	i := p.rows.top + c.Y - p.chrome()
	switch {
	case c.Y == p.promptRow():
		p.mode, p.picked = live, true
	case c.Y >= p.chrome() && i < p.rows.len(p.roll.index):
		p.mode = listed
		p.rows.cursor = i
		p.rows.follow(p.roll.index)
		p.aside()
		if c.Double {
			return p.open()
		}
	}
	return nil
}

// user is the one under the cursor, or shown in full.
func (p *Pane) user() (evidence.User, bool) {
	if p.about != nil {
		return p.about.user, true
	}
	r, ok := p.rows.at(p.roll.index)
	return r.User, ok
}

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	u, ok := p.user()
	switch a {
	case keys.Open, keys.Events, keys.Copy:
		if !ok {
			return "there is no user here"
		}
	case keys.CopyARN:
		if !ok || u.ARN == "" {
			return "the list tells no ARN of this user"
		}
	case keys.ToOwn:
		if p.name == "" {
			return "this capture tells no role session name"
		}
	}
	return ""
}

func (p *Pane) copy(a keys.Action) tea.Cmd {
	text, what := p.Copy()
	if u, ok := p.user(); ok && a == keys.CopyARN {
		text, what = u.ARN, "ARN"
	}
	return pane.Ask(pane.Copy{Text: text, What: what})
}
