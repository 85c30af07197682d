package keys

import (
	"strings"
	"testing"
)

func TestTableIsWhole(t *testing.T) {
	if _, err := NewMap(nil); err != nil {
		t.Error(err)
	}
	for _, b := range Table() {
		if b.Action == "" || b.Help == "" || b.Scope == "" || len(b.Keys) == 0 {
			t.Errorf("%+v lacks something", b)
		}
		if strings.HasSuffix(b.Help, ".") || strings.ToLower(b.Help[:1]) != b.Help[:1] {
			t.Errorf("%s: %q is no clause", b.Action, b.Help)
		}
		if strings.ContainsAny(string(b.Action), " _") || strings.ToLower(string(b.Action)) != string(b.Action) {
			t.Errorf("%q is no name", b.Action)
		}
	}
}

func TestEscAndBackspaceNeverQuit(t *testing.T) {
	for _, b := range Table() {
		for _, k := range b.Keys {
			if b.Action == Quit && (k == "esc" || k == "backspace" || k == "enter") {
				t.Errorf("%s quits", k)
			}
		}
	}
}

func TestOwnKeys(t *testing.T) {
	m, err := NewMap(map[string][]string{"zoom": {"z"}})
	if err != nil {
		t.Fatal(err)
	}
	if b, ok := m.Find("z", Global); !ok || b.Action != Zoom {
		t.Errorf("z is %v", b.Action)
	}
	if _, ok := m.Find("\\", Global); ok {
		t.Error("the key that was replaced still acts")
	}
	_, err = NewMap(map[string][]string{"no-such-thing": {"z"}, "zoom": {"q"}})
	for _, want := range []string{`no action is called "no-such-thing"`, `"q" is given to both`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not tell %s", err, want)
		}
	}
}

func TestInnerScopesComeFirst(t *testing.T) {
	m, err := NewMap(nil)
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := m.Find("e", "assertion", Tree, Move, Global); b.Action != UnfoldAll {
		t.Errorf("e is %s in a tree", b.Action)
	}
	if b, _ := m.Find("e", "verdict", Move, Global); b.Action != Pager {
		t.Errorf("e is %s elsewhere", b.Action)
	}
	for _, b := range m.In("assertion", Tree, Move, Global) {
		if b.Action == Pager && b.Keys[0] != "o" {
			t.Errorf("the pager is shown on %s, which unfolds", b.Keys[0])
		}
	}
	if !m.Leads("y", "assertion", Tree, Move, Global) || m.Leads("y", "verdict", Move, Global) {
		t.Error("y leads where it should not, or does not where it should")
	}
	if b, ok := m.Find("yv", "assertion"); !ok || b.Action != YankValue {
		t.Errorf("yv is %s", b.Action)
	}
}

func TestActionsCarryAnArgument(t *testing.T) {
	if n, arg := Action("unfold-to-depth 3").Cut(); n != Depth || arg != "3" {
		t.Errorf("%s, %s", n, arg)
	}
}

func TestBindingsSayWhyTheyAreOff(t *testing.T) {
	m, _ := NewMap(nil)
	b, _ := m.Named(NextSignIn, Global)
	if b.Why(State{Sessions: 1}) == "" || b.Why(State{Sessions: 2}) != "" {
		t.Error("the next sign-in is on with one, or off with two")
	}
	if why := b.Why(State{Sessions: 2, Pane: func(Action) string { return "not here" }}); why != "not here" {
		t.Errorf("the pane's word does not count: %q", why)
	}
}
