package tui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/stream"
	"example.com/samlens/tui/style"
)

// Model is the program. It is a [tea.Model]; make one by New.
type Model struct {
	ctx      context.Context //nolint:containedctx // Bubble Tea gives Update no context
	end      context.CancelFunc
	o        Options
	theme    *style.Theme
	keys     *keys.Map
	actions  map[keys.Action]func() tea.Cmd
	specs    []pane.Spec
	sessions []*session
	now      int // index of the session on screen
	feeds    int // how many feeds were begun

	w, h     int
	boxes    []box
	zoomed   bool
	mouse    bool
	lead     string // the first key of a sequence that is waiting for its second
	said     string // a sentence in the status row, until the next key
	clicked  click
	input    input
	sheet    *sheet
	beating  bool
	beats    int
	quitting bool
}

// beatMsg moves the spinners on.
type beatMsg struct{}

// New returns a program. The error tells of keys that cannot be.
func New(ctx context.Context, o Options) (*Model, error) {
	m := &Model{o: o, theme: o.Theme, specs: o.Panes, mouse: o.Mouse, said: o.Hint}
	m.ctx, m.end = context.WithCancel(ctx)
	if m.theme == nil {
		m.theme = style.Bare()
	}
	if m.specs == nil {
		m.specs = Panes()
	}
	var err error
	m.actions = m.own()
	if m.keys, err = keys.NewMap(o.Keys); err != nil {
		return nil, err
	}
	for _, s := range o.Sessions {
		m.add(s)
	}
	if len(m.sessions) == 0 {
		m.add(Session{})
	}
	if m.now = len(m.sessions) - 1; m.now > 1 && m.said == "" {
		m.said = fmt.Sprintf("%d sign-ins, the last one shown: s lists them", len(m.sessions))
	}
	return m, nil
}

func (m *Model) add(s Session) {
	m.sessions = append(m.sessions, &session{Session: s, panes: map[string]pane.Pane{}, at: m.specs[0].ID})
}

// Init shows the last sign-in and begins to ask AWS.
func (m *Model) Init() tea.Cmd { return m.enter(m.now) }

// Update handles one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		m.resize()
		return m, nil
	case tea.KeyMsg:
		return m, m.key(msg)
	case tea.MouseMsg:
		return m, m.pointer(msg)
	case stream.Batch[awsx.Event]:
		return m, m.hear(msg)
	case concluded:
		return m, m.conclude(msg)
	case beatMsg:
		return m, m.beaten()
	}
	return m, m.asked(msg)
}

// cur is the session on screen.
func (m *Model) cur() *session { return m.sessions[m.now] }

// focus is the pane that has the focus.
func (m *Model) focus() pane.Pane { return m.pane(m.cur(), m.cur().at) }

func (m *Model) spec(id string) (pane.Spec, bool) {
	for _, s := range m.specs {
		if s.ID == id {
			return s, true
		}
	}
	return pane.Spec{}, false
}

// beat sets the spinners going, where something is under way.
func (m *Model) beat() tea.Cmd {
	if m.o.Still || m.beating || m.quitting {
		return nil
	}
	m.beating = true
	return tea.Tick(120*time.Millisecond, func(time.Time) tea.Msg { return beatMsg{} })
}

func (m *Model) beaten() tea.Cmd {
	m.beating = false
	m.beats++
	if !m.cur().busy() {
		return nil
	}
	return m.beat()
}

// quit ends every question that is still open.
func (m *Model) quit() tea.Cmd {
	m.quitting = true
	m.end()
	for _, s := range m.sessions {
		for _, f := range s.feeds {
			f.Stop()
		}
	}
	return tea.Quit
}

// addressed hands the message of a pane's own command back to that pane,
// wherever the focus is by then. Requests go to the program.
func (m *Model) addressed(id string, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	of := m.now
	return func() tea.Msg { return private{of, id, cmd()} }
}

// private is a message that the command of a pane of session of yielded.
type private struct {
	of  int
	id  string
	msg tea.Msg
}
