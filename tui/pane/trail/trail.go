// Package trail shows CloudTrail's events around a sign-in as they stream in:
// what succeeded and failed over time, what was changed in between, and which
// event is this capture's own.
//
// The events are laid into one list and walked through beside the screen
// where there are many; a frame draws what is on screen alone.
package trail

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/trail"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/pane/part"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/grid"
	"example.com/samlens/tui/widget/page"
	"example.com/samlens/tui/widget/seek"
)

// atOnce is how many events are walked through between two frames; more are
// walked through beside the screen.
const atOnce = 10_000

// Pane is the list of events.
type Pane struct {
	w, h   int
	on     bool
	c      evidence.Case
	moment time.Time // when this sign-in was
	book   *ledger
	dig    *digest
	view   view
	gen    int // of what is under way beside the screen
	busy   bool
	stale  bool   // the ledger lacks events that have come
	want   string // the event to come to once it is there
	follow bool
	mark   string
	events *grid.Grid[*event]
	groups *grid.Grid[trail.Count]
	raw    *event // shown in full; nil for none
	page   page.Page[part.Ref]
	side   page.Page[part.Ref]
	beside *event
	calls  []pane.Lookup
	// windows are the questions that CloudTrail is asked about this sign-in.
	windows []awsx.Window
	drawn   []style.Line // the chart, which changes with the digest alone
}

// digested is a ledger or digest that was made beside the screen.
type digested struct {
	gen  int
	view view
	book *ledger
	dig  *digest
}

// New returns the pane.
func New() pane.Pane {
	p := &Pane{book: &ledger{}, dig: &digest{}, follow: true}
	p.events = grid.New(func(e *event) string { return e.ID }, said, p.columns()...)
	p.groups = grid.New(func(c trail.Count) string { return c.Key }, func(c trail.Count) string { return c.Key }, p.counts()...)
	return p
}

// Show takes a diagnosis.
func (p *Pane) Show(d diag.Diagnosis) tea.Cmd {
	old := p.c.Live
	p.c = d.Case
	p.moment = moment(d.Case)
	p.windows = awsx.Windows(awsx.SubjectOf(d.Case))
	l := d.Case.Live
	if alike(old.Trail.Value, l.Trail.Value) && alike(old.Changes.Value, l.Changes.Value) && p.dig.regions != nil {
		return nil
	}
	return p.rework(true)
}

// alike reports whether two lists are the very same.
func alike(a, b []event) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] && a[len(a)-1].ID == b[len(b)-1].ID)
}

// moment is when the sign-in was, as the capture tells it.
func moment(c evidence.Case) time.Time {
	if p := c.Capture.Value.Posted; p != nil && !p.SentAt.IsZero() {
		return p.SentAt
	}
	if c.AsOf.Source != evidence.AsOfNow {
		return c.AsOf.At
	}
	return time.Time{}
}

// ids are what CloudTrail may name this sign-in's assertion by.
func ids(c evidence.Case) []string {
	r, ok := c.Response.Get()
	if !ok {
		return nil
	}
	var out []string
	if a, ok := r.First(); ok && a.ID.Value != "" {
		out = append(out, a.ID.Value)
	}
	if r.ID.Value != "" {
		out = append(out, r.ID.Value)
	}
	return out
}

// rework makes the digest anew, and before it, where events have come, the
// ledger. Of what is under way beside the screen only the last is taken.
func (p *Pane) rework(afresh bool) tea.Cmd {
	p.stale = p.stale || afresh
	p.gen++
	c, v, book, moment, gen, stale := p.c, p.view, p.book, p.moment, p.gen, p.stale
	work := func() digested {
		if stale {
			book = booked(c)
		}
		return digested{gen, v, book, book.sieve(v, moment)}
	}
	if len(c.Live.Trail.Value)+len(c.Live.Changes.Value) <= atOnce {
		p.settle(work())
		return nil
	}
	p.busy = true
	return func() tea.Msg { return work() }
}

// resieve makes the digest at once, of the ledger that is there: for what
// cannot wait. What is under way is sieved again when it comes.
func (p *Pane) resieve() {
	p.put(p.book.sieve(p.view, p.moment))
}

func booked(c evidence.Case) *ledger {
	return book(c.Live.Trail.Value, c.Live.Changes.Value, ids(c)...)
}

// settle takes what was made; what is older than the last wish is dropped.
func (p *Pane) settle(d digested) {
	if d.gen != p.gen {
		return
	}
	p.book, p.busy, p.stale = d.book, false, false
	if d.view != p.view {
		d.dig = d.book.sieve(p.view, p.moment)
	}
	p.put(d.dig)
}

func (p *Pane) put(d *digest) {
	p.dig = d
	p.drawn = p.chart()
	p.events.Set(d.rows)
	p.groups.Set(d.groups)
	if p.want != "" && p.events.Select(p.want) {
		p.follow, p.want = false, ""
	}
	if p.follow {
		p.events.Do(keys.Top)
	}
	p.aside()
}

// Resize sets the cells.
func (p *Pane) Resize(w, h int) {
	p.w, p.h = w, h
	body := max(0, h-p.above()-p.below())
	p.events.Resize(p.listW(), body)
	p.groups.Resize(w, body)
	p.beside = nil
	p.drawn = p.chart()
	p.aside()
	p.fill()
}

// Update takes an action, or what was made beside the screen.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Focused:
		p.on = msg.On
		p.events.Blur, p.groups.Blur, p.page.Blur = !msg.On, !msg.On, !msg.On
	case digested:
		p.settle(msg)
	case pane.Sift:
		p.raw = nil
		p.view = view{sift: msg.Query}
		return p.rework(false)
	case pane.Click:
		return p.click(msg)
	case keys.Action:
		return p.act(msg)
	}
	return nil
}

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
		if p.follow = !p.follow; p.follow {
			p.events.Do(keys.Top)
			return pane.Ask(pane.Say{Text: "staying with the newest event"})
		}
		return pane.Ask(pane.Say{Text: "no longer staying with the newest event"})
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
	if len(p.book.own) == 0 {
		return pane.Ask(pane.Say{Text: "none of these events names this capture's assertion; that is no sign of health"})
	}
	p.goTo(p.book.own[0].ID)
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

// grouped reports whether groups stand in the place of events.
func (p *Pane) grouped() bool { return p.view.by != "" && !p.view.inside }

// at is the event under the cursor.
func (p *Pane) at() (*event, bool) {
	if p.raw != nil {
		return p.raw, true
	}
	if p.grouped() {
		return nil, false
	}
	return p.events.At()
}

func (p *Pane) isOwn(e *event) bool {
	for _, o := range p.book.own {
		if o == e {
			return true
		}
	}
	return false
}

// Why tells why an action cannot act.
func (p *Pane) Why(a keys.Action) string {
	e, ok := p.at()
	switch a {
	case keys.Open:
		if len(p.dig.rows)+len(p.dig.groups) == 0 {
			return "there is no event"
		}
	case keys.UserOf:
		if !ok || trail.User(*e) == "" {
			return "no event is chosen that names a user"
		}
	case keys.ToOwn:
		if len(p.book.own) == 0 {
			return "none of these events names this capture's assertion"
		}
	case keys.Failures, keys.GroupBy, keys.Span, keys.Follow:
		if len(p.book.all) == 0 {
			return "there are no events"
		}
	}
	return ""
}

// Copy is the field under the cursor, the event's JSON, or the group's key.
func (p *Pane) Copy() (text, what string) {
	if p.raw != nil {
		if ref, ok := p.page.At(); ok && ref.Text != "" {
			return ref.Text, ref.What
		}
	}
	if p.grouped() {
		c, _ := p.groups.At()
		return c.Key, string(p.view.by)
	}
	e, ok := p.at()
	if !ok {
		return "", ""
	}
	if text := pretty(e.Raw); text != "" {
		return text, "event"
	}
	return e.ID, "event ID"
}

// Spot is the event under the cursor.
func (p *Pane) Spot() evidence.Spot {
	e, ok := p.at()
	if !ok {
		return evidence.Spot{}
	}
	return evidence.Spot{In: evidence.InTrail, Path: e.ID}
}

// Point puts the cursor on an event, by its ID.
func (p *Pane) Point(s evidence.Spot) bool {
	if s.In != evidence.InTrail {
		return false
	}
	if s.Path == "" {
		return true
	}
	for _, e := range p.book.all {
		if e.ID == s.Path {
			p.goTo(s.Path)
			return true
		}
	}
	return len(p.book.all) > 0
}

// Mark marks the event that another pane's cursor is on.
func (p *Pane) Mark(s evidence.Spot) {
	p.mark = ""
	if s.In == evidence.InTrail {
		p.mark = s.Path
	}
	p.events.Mark(p.mark)
}

// Watch follows the lookups that bring events.
func (p *Pane) Watch(all []pane.Lookup) {
	p.calls = p.calls[:0:0]
	for _, l := range all {
		if l.Lookup != nil && l.Gives&(evidence.NeedTrail|evidence.NeedChanges) != 0 {
			p.calls = append(p.calls, l)
		}
	}
}

// Busy reports whether events are still coming in.
func (p *Pane) Busy() bool { return p.busy || p.running() }

func (p *Pane) running() bool {
	for _, l := range p.calls {
		if l.State == pane.Running || l.State == pane.Waiting {
			return true
		}
	}
	return false
}

// Count is the number of failures.
func (p *Pane) Count() string {
	switch {
	case len(p.book.all) == 0:
		return ""
	case p.dig.failed > 0:
		return "✗" + pane.Number(p.dig.failed)
	}
	return pane.Number(p.dig.ok)
}

// Find searches the events, or the groups.
func (p *Pane) Find(q string) seek.Hits {
	switch {
	case p.raw != nil:
		return p.page.Find(q)
	case p.grouped():
		return p.groups.Find(q)
	}
	h := p.events.Find(q)
	p.aside()
	return h
}

// Step goes to another match.
func (p *Pane) Step(by int) seek.Hits {
	switch {
	case p.raw != nil:
		return p.page.Step(by)
	case p.grouped():
		return p.groups.Step(by)
	}
	h := p.events.Step(by)
	p.aside()
	return h
}

// Filter leaves out the events that have nothing to do with what was typed.
func (p *Pane) Filter(q string) seek.Hits {
	p.raw, p.view.sift = nil, q
	p.resieve()
	return seek.Hits{Of: len(p.dig.rows)}
}

// Status is the event that is shown in full, by its ID.
func (p *Pane) Status() (l style.Line) {
	if p.raw != nil {
		l = l.Show(style.Quiet, "event "+p.raw.ID)
	}
	return l
}

// Text is the event in full, or the list.
func (p *Pane) Text() string {
	if p.raw != nil {
		return p.page.Text()
	}
	out := ""
	for _, e := range p.dig.rows[:min(len(p.dig.rows), 5000)] {
		out += fmt.Sprintf("%s\t%s\n", pane.Clock(e.Time), said(e))
	}
	return out
}
