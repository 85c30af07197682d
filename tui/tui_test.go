package tui_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/terminal"
	"example.com/samlens/tui/tuitest"
)

func start(t testing.TB, o tui.Options, w, h int) *tui.Model {
	t.Helper()
	o.Still = true
	if o.Rediagnose == nil {
		o.Rediagnose = func(d diag.Diagnosis, l evidence.Live, _ evidence.Need) diag.Diagnosis {
			d.Case = d.Case.With(l)
			return d
		}
	}
	m, err := tui.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	tuitest.Drive(m, tea.WindowSizeMsg{Width: w, Height: h})
	return m
}

func one(d diag.Diagnosis) tui.Options {
	return tui.Options{Sessions: []tui.Session{{Diagnosis: d}}, WhyNoAWS: "no AWS credentials"}
}

var sizes = [][2]int{{60, 20}, {80, 24}, {120, 36}, {200, 60}}

// TestFrames holds every pane, at every size that people have, to the picture
// of it that was looked at. To accept one pane's: -run TestFrames/users -update.
func TestFrames(t *testing.T) {
	d := tuitest.Rotated(t)
	for _, spec := range tui.Panes() {
		t.Run(spec.ID, func(t *testing.T) {
			for _, size := range sizes {
				m := start(t, one(d), size[0], size[1])
				if spec.Inner {
					send(m, "enter")
				} else {
					send(m, ":", "show-"+spec.ID, "enter")
				}
				tuitest.Fits(t, m.View(), size[0], size[1])
				tuitest.Golden(t, fmt.Sprintf("%s-%dx%d", spec.ID, size[0], size[1]), m.View())
			}
		})
	}
}

func TestFramesOfOtherVerdicts(t *testing.T) {
	for name, d := range map[string]diag.Diagnosis{"healthy": tuitest.Healthy(t), "unknown": tuitest.Unknown(t), "hostile": tuitest.Hostile(t), "nothing": {}} {
		for _, size := range sizes[:3] {
			m := start(t, one(d), size[0], size[1])
			tuitest.Fits(t, m.View(), size[0], size[1])
			tuitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), m.View())
		}
	}
}

func TestFramesOverPanes(t *testing.T) {
	d := tuitest.Rotated(t)
	for name, ks := range map[string][]string{
		"help":         {"2", "?"},
		"palette":      {":", "show"},
		"search":       {"2", "/", "jdoe"},
		"yank-leader":  {"2", "y"},
		"raw":          {"2", "t"},
		"folded":       {"2", "E"},
		"hop":          {"l", "l"},
		"off":          {"]"},
		"after-follow": {"enter", "enter"},
	} {
		m := start(t, one(d), 100, 30)
		send(m, ks...)
		tuitest.Fits(t, m.View(), 100, 30)
		tuitest.Golden(t, "over-"+name, m.View())
	}
}

func send(m *tui.Model, names ...string) bool {
	for _, n := range names {
		if tuitest.Send(m, tuitest.Key(n)) {
			return true
		}
	}
	return false
}

// TestEveryWidth holds every pane to its cells at every width there is.
func TestEveryWidth(t *testing.T) {
	for name, d := range map[string]diag.Diagnosis{"rotated": tuitest.Rotated(t), "hostile": tuitest.Hostile(t)} {
		m := start(t, one(d), 80, 24)
		for _, spec := range tui.Panes() {
			send(m, ":", "show-"+spec.ID, "enter")
			for w := 1; w <= 200; w++ {
				h := []int{24, 11, 50}[w%3]
				tuitest.Send(m, tea.WindowSizeMsg{Width: w, Height: h})
				tuitest.Fits(t, m.View(), w, h)
			}
		}
		_ = name
	}
}

// TestAnyKeysAtAnySize presses keys at random, at sizes at random: nothing may
// panic, overflow its cells or let a control character through. SAMLENS_MONKEY
// is how many steps to take.
func TestAnyKeysAtAnySize(t *testing.T) {
	steps := 100_000
	if testing.Short() || race {
		steps = 5_000
	}
	if s := os.Getenv("SAMLENS_MONKEY"); s != "" {
		steps, _ = strconv.Atoi(s)
	}
	rnd := rand.New(rand.NewPCG(7, 11))
	var all []string
	for _, b := range keys.Table() {
		for _, k := range b.Keys {
			if b.Action != keys.Quit && b.Action != keys.Save && b.Action != keys.Pager && b.Action != keys.Suspend {
				all = append(all, k)
			}
		}
	}
	all = append(all, "a", "0", "é", "日", "\u202e", "enter", "esc", "tab", "backspace", "x")
	rotated := tuitest.Rotated(t)
	rotated.Case.Live.Users.Value = tuitest.Users(200)
	sessions := []tui.Session{{Diagnosis: rotated}, {Diagnosis: tuitest.Healthy(t)}, {Diagnosis: tuitest.Unknown(t)}, {Diagnosis: tuitest.Hostile(t)}, {}}
	o := tui.Options{Sessions: sessions, Mouse: true, Explain: func(q string) string { return "about " + q + "\n  \x1b[2J more" }, Dir: t.TempDir(),
		Paste: func([]byte) ([]diag.Diagnosis, error) { return nil, fmt.Errorf("\x1b[2Jno") }}
	m := start(t, o, 100, 30)
	w, h := 100, 30
	for i := range steps {
		switch n := rnd.IntN(100); {
		case n < 3:
			w, h = 1+rnd.IntN(210), 1+rnd.IntN(70)
			tuitest.Send(m, tea.WindowSizeMsg{Width: w, Height: h})
		case n < 8:
			tuitest.Send(m, tea.MouseMsg{X: rnd.IntN(w), Y: rnd.IntN(h), Button: []tea.MouseButton{tea.MouseButtonLeft, tea.MouseButtonWheelDown, tea.MouseButtonWheelUp}[rnd.IntN(3)], Action: tea.MouseActionPress})
		default:
			if send(m, all[rnd.IntN(len(all))]) {
				m = start(t, o, w, h)
			}
		}
		if i%11 == 0 {
			tuitest.Fits(t, m.View(), w, h)
		}
	}
}

func lookup(name string, n evidence.Need) *awsx.Lookup { return &awsx.Lookup{Name: name, Gives: n} }

func TestAnswersSharpenTheScreenAndQuitEndsThem(t *testing.T) {
	d := tuitest.Rotated(t)
	d.Case.Live.Users, d.Case.Live.Trail = evidence.Fact[[]evidence.User]{}, evidence.Fact[[]evidence.TrailEvent]{}
	ended := make(chan struct{})
	o := one(d)
	users := lookup("connect:ListUsers", evidence.NeedUsers)
	o.Gather = func(ctx context.Context, _ evidence.Case) <-chan awsx.Event {
		out := make(chan awsx.Event, 4)
		out <- awsx.Event{Lookup: users, Phase: awsx.Started}
		out <- awsx.Event{Lookup: users, Phase: awsx.Paged, Live: evidence.Live{Users: evidence.Fact[[]evidence.User]{Value: tuitest.Users(300), State: evidence.Partial}}}
		out <- awsx.Event{Lookup: users, Phase: awsx.Done, Live: evidence.Live{Users: evidence.Have(tuitest.Users(600), "x")}}
		go func() {
			<-ctx.Done()
			close(out)
			close(ended)
		}()
		return out
	}
	m, first := opened(t, o, 100, 30)
	before := m.View()
	waiting := pump(m, first, 3)
	after := m.View()
	if !strings.Contains(after, "600 Connect users") {
		t.Errorf("the users that came are not told of:\n%s", after)
	}
	if moved := firstDifference(before, after); moved < 24 {
		t.Errorf("row %d moved when the answer came:\n%s\n%s", moved, before, after)
	}
	if !send(m, "q") {
		t.Error("q does not quit")
	}
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Error("the questions go on after quitting")
	}
	for _, cmd := range waiting { // what was still waiting comes to its end
		cmd()
	}
}

// pump runs commands until n batches of answers were taken, and returns the
// commands that would wait for more.
func pump(m *tui.Model, cmd tea.Cmd, n int) (waiting []tea.Cmd) {
	queue := []tea.Cmd{cmd}
	for len(queue) > 0 {
		cmd, queue = queue[0], queue[1:]
		if cmd == nil {
			continue
		}
		msgs := make(chan tea.Msg, 1)
		ask := cmd
		go func() { msgs <- ask() }()
		select {
		case msg := <-msgs:
			if b, ok := msg.(tea.BatchMsg); ok {
				queue = append(queue, b...)
				continue
			}
			_, next := m.Update(msg)
			queue = append(queue, next)
		case <-time.After(200 * time.Millisecond):
			waiting = append(waiting, func() tea.Msg { return <-msgs })
		}
	}
	return waiting
}

func firstDifference(a, b string) int {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			return i
		}
	}
	return len(x)
}

func TestEnterLeadsToTheProofAndBackspaceReturns(t *testing.T) {
	m := start(t, one(tuitest.Rotated(t)), 120, 36)
	send(m, "enter")
	if v := m.View(); !strings.Contains(v, "Verdict › Finding › certificate-rotated") {
		t.Fatalf("enter does not open the finding:\n%s", v)
	}
	send(m, "enter")
	if v := m.View(); !strings.Contains(v, "Finding › Assertion › ") || !strings.Contains(v, "X509Certificate") {
		t.Fatalf("enter does not lead to the place:\n%s", v)
	}
	send(m, "4")
	if v := m.View(); !strings.Contains(v, "▸ ASSERTION") {
		t.Errorf("the certificates did not go along:\n%s", v)
	}
	send(m, "1", "enter", "enter", "backspace", "backspace")
	if v := m.View(); !strings.Contains(v, "CAUSE") {
		t.Errorf("backspace does not return:\n%s", v)
	}
	if send(m, "esc", "esc", "esc") {
		t.Error("esc quits")
	}
}

func TestCopyTakesTheCommandsWhole(t *testing.T) {
	var got string
	o := one(tuitest.Rotated(t))
	o.Clipboard = terminal.Clipboard{Write: func(s string) error { got = s; return nil }}
	m := start(t, o, 60, 20)
	send(m, "y")
	want := "aws iam get-saml-provider --saml-provider-arn arn:aws:iam::123456789012:saml-provider/Okta --query SAMLMetadataDocument --output text > backup.xml\n" +
		"cat > metadata.xml <<'EOF'\n<a>\n  <b>new</b>\n</a>\nEOF\n" +
		"aws iam update-saml-provider --saml-provider-arn arn:aws:iam::123456789012:saml-provider/Okta --saml-metadata-document file://metadata.xml"
	if got != want {
		t.Errorf("copied %q", got)
	}
	if v := m.View(); !strings.Contains(v, fmt.Sprintf("copied %d bytes (clipboard)", len(want))) {
		t.Errorf("it is not told:\n%s", v)
	}
	send(m, "u")
	if !strings.Contains(got, "file://backup.xml") {
		t.Errorf("the way back is not copied: %q", got)
	}
}

func TestSaveWritesThePaneForItsOwnerAlone(t *testing.T) {
	o := one(tuitest.Rotated(t))
	o.Dir = t.TempDir()
	o.Clock = func() time.Time { return tuitest.Monday }
	m := start(t, o, 80, 24)
	send(m, "2", "ctrl+s")
	file := filepath.Join(o.Dir, "samlens-assertion-20261123-080211.txt")
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v\n%s", info, err, m.View())
	}
	send(m, "ctrl+s")
	if v := m.View(); !strings.Contains(v, "not saved") {
		t.Errorf("a file was written over:\n%s", v)
	}
}

func TestKeysTypedFasterThanReadAreSingleKeys(t *testing.T) {
	m := start(t, one(tuitest.Rotated(t)), 120, 36)
	tuitest.Send(m, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("2E")})
	if v := m.View(); !strings.Contains(v, "▸ saml2:Assertion") {
		t.Errorf("2 and E were not carried out:\n%s", v)
	}
}

func TestPastedCaptureBecomesASignIn(t *testing.T) {
	o := one(tuitest.Rotated(t))
	o.Paste = func(b []byte) ([]diag.Diagnosis, error) {
		if string(b) != "PHNhbWw+" {
			return nil, fmt.Errorf("got %q", b)
		}
		return []diag.Diagnosis{tuitest.Healthy(t)}, nil
	}
	m := start(t, o, 100, 30)
	tuitest.Send(m, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("PHNhbWw+"), Paste: true})
	if v := m.View(); !strings.Contains(v, "HEALTHY") || !strings.Contains(v, "sign-in 2 of 2") {
		t.Fatalf("it is not shown:\n%s", v)
	}
	send(m, "[")
	if v := m.View(); !strings.Contains(v, "BROKEN") {
		t.Errorf("[ does not go back:\n%s", v)
	}
}

func TestColoursAndTheirAbsenceShowTheSameText(t *testing.T) {
	d := tuitest.Hostile(t)
	plain := start(t, one(d), 120, 36).View()
	for _, name := range style.Names() {
		o := one(d)
		o.Theme = style.For(style.Options{Name: name})
		v := start(t, o, 120, 36).View()
		tuitest.Fits(t, v, 120, 36)
		if stripped := strip(v); stripped != plain {
			t.Errorf("%s shows other text", name)
		}
	}
}

func strip(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == 0x1b {
			i += strings.IndexByte(s[i:], 'm')
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func TestASCIITerminalGetsASCII(t *testing.T) {
	o := one(tuitest.Hostile(t))
	o.Theme = style.For(style.Options{Name: "plain", ASCII: true})
	m := start(t, o, 120, 36)
	for _, k := range []string{"1", "2", "3", "4", "5", "6", "?"} {
		send(m, k)
		v := m.View()
		tuitest.Fits(t, v, 120, 36)
		for _, r := range v {
			if r > 0x7e {
				t.Fatalf("%q on an ASCII terminal:\n%s", r, v)
			}
		}
	}
}

func BenchmarkView(b *testing.B) {
	m := start(b, one(tuitest.Rotated(b)), 200, 60)
	for _, pane := range []string{"1", "2", "3", "4", "5", "6"} {
		send(m, pane)
		b.Run(pane, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.View()
			}
		})
	}
}

func BenchmarkUpdate(b *testing.B) {
	d := tuitest.Rotated(b)
	d.Case.Live.Users.Value = tuitest.Users(100_000)
	d.Case.Live.Trail.Value = tuitest.Trail(100_000)
	m := start(b, one(d), 200, 60)
	for _, pane := range []string{"1", "2", "3", "4", "5", "6"} {
		send(m, pane)
		b.Run(pane, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				send(m, "down")
			}
		})
	}
}

// TestPanesOfferWhatTheyHave: a pane whose method has the name of an optional
// one, but another form, would silently not offer it.
func TestPanesOfferWhatTheyHave(t *testing.T) {
	offers := map[string]reflect.Type{
		"Find": reflect.TypeFor[pane.Finder](), "Filter": reflect.TypeFor[pane.Filterer](), "Point": reflect.TypeFor[pane.Pointer](),
		"Mark": reflect.TypeFor[pane.Marker](), "Spot": reflect.TypeFor[pane.Spotter](), "Pick": reflect.TypeFor[pane.Picker](),
		"Copy": reflect.TypeFor[pane.Copier](), "Text": reflect.TypeFor[pane.Texter](), "Count": reflect.TypeFor[pane.Counter](),
		"Typing": reflect.TypeFor[pane.Typist](), "Why": reflect.TypeFor[pane.Guard](), "Status": reflect.TypeFor[pane.Liner](),
		"Watch": reflect.TypeFor[pane.Watcher](), "Busy": reflect.TypeFor[pane.Busy](), "More": reflect.TypeFor[pane.Window](),
	}
	for _, spec := range tui.Panes() {
		p := reflect.TypeOf(spec.New())
		for name, offer := range offers {
			if _, has := p.MethodByName(name); has && !p.Implements(offer) {
				t.Errorf("%s: %s has not the form of %s", spec.ID, name, offer)
			}
		}
	}
}

// TestASummaryIsCopiedForTheTicket, and where none can be written Y says so.
func TestASummaryIsCopiedForTheTicket(t *testing.T) {
	var got string
	o := one(tuitest.Rotated(t))
	o.Clipboard = terminal.Clipboard{Write: func(s string) error { got = s; return nil }}
	m := start(t, o, 100, 30)
	send(m, "Y")
	if v := m.View(); got != "" || !strings.Contains(v, "no summary can be written here") {
		t.Errorf("copied %q:\n%s", got, v)
	}
	o.Digest = func(d diag.Diagnosis) (string, error) { return "## " + d.Verdict.Rule, nil }
	m = start(t, o, 100, 30)
	send(m, "Y")
	if v := m.View(); got != "## certificate-rotated" || !strings.Contains(v, "a summary for the ticket") {
		t.Errorf("copied %q:\n%s", got, v)
	}
}
