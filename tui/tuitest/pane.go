package tuitest

import (
	"math/rand/v2"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
)

// Show shows a diagnosis to a pane that stands alone, to the end of what
// follows from it.
func Show(p pane.Pane, d diag.Diagnosis) []tea.Msg { return Settle(p, p.Show(d)) }

// Tell sends a pane messages, each with all that follows from it, and returns
// what the pane asked of the program.
func Tell(p pane.Pane, msgs ...tea.Msg) []tea.Msg {
	var asked []tea.Msg
	for _, m := range msgs {
		asked = append(asked, Settle(p, p.Update(m))...)
	}
	return asked
}

// Settle runs a pane's command, and those that follow from it.
func Settle(p pane.Pane, cmd tea.Cmd) []tea.Msg {
	var asked []tea.Msg
	for queue := []tea.Cmd{cmd}; len(queue) > 0; {
		cmd, queue = queue[0], queue[1:]
		if cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			queue = append(queue, msg...)
		case pane.To, pane.Goto, pane.Picked, pane.Focus, pane.Copy, pane.Say, pane.Explain, pane.Page, pane.About, pane.Redo, pane.Follow, pane.Pass, pane.Press:
			asked = append(asked, msg)
		default:
			queue = append(queue, p.Update(msg))
		}
	}
	return asked
}

// Draw draws a pane in w by h cells, and fails the test where it does not fit
// or lets something through.
func Draw(t testing.TB, p pane.Pane, w, h int) string {
	t.Helper()
	p.Resize(w, h)
	lines := p.View()
	if len(lines) > h {
		t.Fatalf("%d x %d: %d lines", w, h, len(lines))
	}
	if h == 0 {
		return ""
	}
	out := style.Bare().Frame(lines, w, h)
	Fits(t, out, w, h)
	return out
}

// Sizes are the sizes that frames are held to.
var Sizes = [][2]int{{60, 15}, {80, 19}, {120, 31}, {200, 55}}

// Sweep draws a pane at every width, and at a few odd heights.
func Sweep(t testing.TB, p pane.Pane) {
	t.Helper()
	for w := range 161 {
		Draw(t, p, w, 24)
	}
	for h := range 40 {
		Draw(t, p, 97, h)
	}
	Draw(t, p, 0, 0)
}

// Wander sends a pane n actions at random, typed text and clicks among them,
// and draws it at sizes at random.
func Wander(t testing.TB, p pane.Pane, n int, seed uint64) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	var all []keys.Action
	for _, b := range keys.Table() {
		all = append(all, b.Action)
	}
	texts := []string{"a", "J", "0", "@", " ", "日", "e\u0301", "\u202e", "esc", "enter", "backspace", "left", "home", "ctrl+u"}
	spots := []evidence.Spot{
		{}, {In: evidence.InUsers, Path: "jdoe"}, {In: evidence.InUsers}, {In: evidence.InTrail, Path: "e-3"}, {In: evidence.InTrail, Path: "none"},
		{In: evidence.InHAR, Path: "/log/entries/41/request"}, {In: evidence.InPage}, {In: evidence.InTrust, Start: 40, End: 60}, {In: evidence.InTrust, Start: 1 << 20, End: 1<<20 + 1},
		{In: evidence.InPermissions, Path: "none"}, {In: evidence.InGuardrails}, {In: evidence.InInstance},
	}
	w, h := 80, 24
	for range n {
		switch r.IntN(12) {
		case 0:
			w, h = r.IntN(210), r.IntN(62)
		case 1:
			Tell(p, pane.Click{X: r.IntN(w + 1), Y: r.IntN(h + 1), Double: r.IntN(2) == 0})
		case 2:
			Tell(p, pane.Focused{On: r.IntN(4) > 0})
		case 3:
			spot := spots[r.IntN(len(spots))]
			if q, ok := p.(pane.Pointer); ok {
				q.Point(spot)
			}
			if q, ok := p.(pane.Marker); ok {
				q.Mark(spot)
			}
		case 4:
			if q, ok := p.(pane.Finder); ok {
				q.Find(texts[r.IntN(len(texts))])
				q.Step(1 - 2*r.IntN(2))
			}
			if q, ok := p.(pane.Filterer); ok && r.IntN(3) == 0 {
				q.Filter(texts[r.IntN(3)])
			}
		case 5:
			if q, ok := p.(pane.Copier); ok {
				q.Copy()
			}
			if q, ok := p.(pane.Texter); ok {
				q.Text()
			}
			if q, ok := p.(pane.Counter); ok {
				q.Count()
			}
			if q, ok := p.(pane.Spotter); ok {
				q.Spot()
			}
		default:
			if q, ok := p.(pane.Typist); ok && q.Typing() {
				Tell(p, Key(texts[r.IntN(len(texts))]))
			} else {
				a := all[r.IntN(len(all))]
				if q, ok := p.(pane.Guard); ok {
					q.Why(a)
				}
				Tell(p, a)
			}
		}
		Draw(t, p, w, h)
	}
}
