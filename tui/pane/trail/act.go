package trail

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/widget/page"
)

func (p *Pane) act(a keys.Action) tea.Cmd {
	if p.raw != nil && p.page.Do(a) {
		return nil
	}
	switch a {
	case keys.Open:
		return p.open()
	case keys.Cancel, keys.Back:
		return p.leave(a)
	case keys.Failures:
		p.raw, p.view.failures = nil, !p.view.failures
		return p.rework(false)
	case keys.GroupBy:
		p.raw = nil
		if p.view.inside {
			p.view.inside, p.view.only = false, ""
		} else {
			p.view.by = next(p.view.by)
		}
		return p.rework(false)
	case keys.Span:
		p.raw, p.view.window = nil, wider(p.view.window)
		return p.rework(false)
	case keys.ToOwn:
		return p.toOwn()
	case keys.UserOf:
		e, ok := p.at()
		if !ok {
			return nil
		}
		return pane.Ask(pane.Goto{Spot: evidence.Spot{In: evidence.InUsers, Path: trail.User(*e)}, What: "event"})
	case keys.Follow:
		if p.looking = !p.looking; p.looking {
			p.raw, p.follow = nil, true
			p.events.Do(keys.Top)
			p.aside()
		}
		return pane.Ask(pane.Follow{On: p.looking})
	}
	if p.grouped() {
		p.groups.Do(a)
	} else if p.events.Do(a) {
		p.follow = p.events.Index() == 0 && p.follow
		p.aside()
	}
	return nil
}

// leave closes what was opened last: the event, the group, what was sifted.
func (p *Pane) leave(a keys.Action) tea.Cmd {
	switch {
	case p.raw != nil:
		p.raw = nil
		return nil
	case p.view.inside:
		p.view.inside, p.view.only = false, ""
		return p.rework(false)
	case p.view.sift != "":
		p.view.sift = ""
		return p.rework(false)
	case p.view.by != "":
		p.view.by = ""
		return p.rework(false)
	}
	return pane.Ask(pane.Pass{Action: a})
}

// windows are how far back one can look.
var windows = []time.Duration{0, time.Hour, 6 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour}

func wider(d time.Duration) time.Duration {
	for i, w := range windows {
		if w == d {
			return windows[(i+1)%len(windows)]
		}
	}
	return 0
}

// open shows the event in full, or the events of the group. In an event it
// follows the field under the cursor.
func (p *Pane) open() tea.Cmd {
	switch {
	case p.raw != nil:
		if ref, ok := p.page.At(); ok && ref.Spot.Known() {
			return pane.Ask(pane.Goto{Spot: ref.Spot, What: "event"})
		}
	case p.grouped():
		c, ok := p.groups.At()
		if !ok {
			return nil
		}
		p.view.only, p.view.inside = c.Key, true
		return p.rework(false)
	default:
		if e, ok := p.events.At(); ok {
			p.raw = e
			p.page = page.Page[part.Ref]{Blur: !p.on}
			p.fill()
		}
	}
	return nil
}

// toOwn goes to this sign-in's own event, whatever hides it.
func (p *Pane) toOwn() tea.Cmd {
	switch {
	case len(p.book.own) > 0:
		p.goTo(p.book.own[0].ID)
	case p.book.likely != nil:
		p.goTo(p.book.likely.ID)
		return pane.Ask(pane.Say{Text: "likely this sign-in's: no event names its assertion, this one fits it"})
	default:
		return pane.Ask(pane.Say{Text: "none of these events names this capture's assertion; that is no sign of health"})
	}
	return nil
}

// goTo puts the cursor on an event, and lifts whatever hides it.
func (p *Pane) goTo(id string) {
	p.raw, p.want = nil, id
	if !p.grouped() && p.events.Select(id) {
		p.want, p.follow = "", false
		p.aside()
		return
	}
	p.view = view{}
	p.resieve()
}

func (p *Pane) click(c pane.Click) tea.Cmd {
	switch {
	case p.raw != nil:
		p.page.Click(c.Y)
		return nil
	case p.grouped():
		if p.groups.Click(c.Y-p.above()) && c.Double {
			return p.open()
		}
	case p.events.Click(c.Y - p.above()):
		p.follow = false
		p.aside()
		if c.Double {
			return p.open()
		}
	}
	return nil
}
