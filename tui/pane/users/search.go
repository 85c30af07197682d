package users

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/roster"
)

// inline is up to how many users are searched between two frames. Among more,
// names that are all alike can take longer than a frame; they are searched
// beside the screen, one search at a time, and no user is added meanwhile.
const inline = 20_000

// A result is what a search beside the screen found.
type result struct {
	index *roster.Index
	size  int // users in it at that time
	query string
	limit int
	found []roster.Row
}

// nearest is how the nearest user stands to the session name, and of which
// list: looking for it goes through all users.
type nearest struct {
	index *roster.Index
	users int
	name  string
	any   bool
	kind  roster.Kind
}

// search looks for what stands in the prompt.
func (p *Pane) search() tea.Cmd {
	x, q := p.roll.index, p.look.Text()
	limit := p.rows.reach(q)
	var cmd tea.Cmd
	switch {
	case q == "":
		cmd = p.rows.put(x, q, nil, limit)
	case x.Len() <= inline:
		cmd = p.rows.put(x, q, x.Search(q, limit), limit)
	case p.searching: // seen to when that one is back
		return nil
	default:
		n := x.Len()
		if q == p.rows.query && p.sought > 0 && p.few(p.sought) && limit <= len(p.rows.found) {
			return p.rows.recount(x)
		}
		p.searching, p.sought = true, n
		p.roll.reads++
		return func() tea.Msg { return result{x, n, q, limit, x.Search(q, limit)} }
	}
	p.shown()
	return cmd
}

// jump shows the users of a name at once; those like it, in a long list, once
// the pane has the focus.
func (p *Pane) jump(name string) {
	x := p.roll.index
	if x.Len() <= inline {
		p.search()
		return
	}
	var rows []roster.Row
	for _, r := range x.Find(name) {
		rows = append(rows, roster.Row{User: r, Kind: roster.Exact})
	}
	p.rows.put(x, name, rows, max(first, len(rows)))
	p.shown()
	p.later = true
}

// few reports whether too few users have come for another search to be worth
// its while: of a long list that is still coming.
func (p *Pane) few(size int) bool {
	n := p.roll.index.Len()
	return n > inline && n >= size && n-size < size/16 && p.c.Live.Users.State == evidence.Partial
}

// found takes what a search found, and searches again where something else is
// looked for by now, or in a longer list.
func (p *Pane) found(r result) tea.Cmd {
	p.searching = false
	grow := p.roll.read()
	var cmd tea.Cmd
	if r.index == p.roll.index {
		cmd = p.rows.put(r.index, r.query, r.found, r.limit)
		p.shown()
	}
	if grow != nil {
		cmd = tea.Batch(cmd, grow)
	}
	if r.index != p.roll.index || !p.few(r.size) && r.size != p.roll.index.Len() || r.query != p.look.Text() || p.rows.reach(r.query) > r.limit {
		cmd = tea.Batch(cmd, p.search())
	}
	return cmd
}

// shown brings what stands beside the rows up to date.
func (p *Pane) shown() {
	p.aside()
	if p.about != nil {
		p.about.fill(p)
	}
}

// seekNearest looks for the user that the session name may have been meant
// for, unless that is known.
func (p *Pane) seekNearest() tea.Cmd {
	x, name := p.roll.index, p.name
	n := x.Len()
	if name == "" || n == 0 || n > inline && p.c.Live.Users.State == evidence.Partial || p.near.index == x && p.near.users == n && p.near.name == name {
		return nil
	}
	p.near = nearest{index: x, users: n, name: name}
	look := func() nearest {
		out := nearest{index: x, users: n, name: name}
		if near := x.Near(name); len(near) > 0 {
			out.any, out.kind = true, near[0].Kind
		}
		return out
	}
	if n <= inline {
		p.near = look()
		return nil
	}
	p.near.any, p.near.kind = true, roster.Any // until it is known, nothing is said
	p.roll.reads++
	return func() tea.Msg { return look() }
}
