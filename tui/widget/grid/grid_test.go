package grid

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/style"
)

func text(s string) func(string, int) style.Line {
	return func(r string, _ int) style.Line { return style.New(style.Plain.Of(r + s)) }
}

func sample(n int) *Grid[string] {
	id := func(s string) string { return s }
	g := New(id, id,
		Column[string]{Title: "name", Min: 10, Weight: 1, Cell: text("")},
		Column[string]{Title: "n", Min: 4, Right: true, Cell: text("")},
		Column[string]{Title: "note", Min: 20, Weight: 1, Max: 24, Rank: 1, Cell: text(" 日本語 and more than fits")},
	)
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf("r%d", i)
	}
	g.Set(rows)
	return g
}

func TestCellsStandInTheirColumns(t *testing.T) {
	for w := 1; w < 120; w++ {
		g := sample(3)
		g.Resize(w, 4)
		for i, l := range g.View() {
			if n := l.Width(); n > w+2 && w > 12 {
				t.Fatalf("at %d cells row %d has %d: %q", w, i, n, l.Text())
			}
		}
	}
	g := sample(3)
	g.Resize(60, 4)
	v := g.View()
	if got := v[0].Text(); !strings.HasPrefix(got, " name") || !strings.Contains(got, "   n  note") {
		t.Errorf("titles: %q", got)
	}
	if got := v[1].Text(); !strings.Contains(got, "  r0  r0 日本語") {
		t.Errorf("row: %q", got)
	}
	g.Resize(30, 4)
	if got := g.View()[0].Text(); strings.Contains(got, "note") {
		t.Errorf("a column that has no room is shown: %q", got)
	}
}

func TestCursorStaysOnItsRow(t *testing.T) {
	g := sample(100)
	g.Resize(40, 11)
	g.Select("r42")
	rows := slices.Clone(g.Rows())
	slices.Reverse(rows)
	g.Set(rows)
	if r, _ := g.At(); r != "r42" {
		t.Errorf("the cursor went to %s", r)
	}
	g.Set(rows[:3])
	if r, _ := g.At(); r != "r97" {
		t.Errorf("without its row the cursor went to %s", r)
	}
	g.Set(nil)
	if _, ok := g.At(); ok {
		t.Error("an empty grid has a cursor")
	}
	g.Do(keys.Down)
	g.Find("x")
	g.View()
}

func TestMoving(t *testing.T) {
	g := sample(100)
	g.Resize(40, 11)
	for _, c := range []struct {
		a    keys.Action
		want string
	}{{keys.Down, "r1"}, {keys.PageDown, "r6"}, {keys.Bottom, "r99"}, {keys.Down, "r99"}, {keys.PageUp, "r94"}, {keys.Top, "r0"}, {keys.Up, "r0"}} {
		g.Do(c.a)
		if r, _ := g.At(); r != c.want {
			t.Errorf("%s leads to %s, want %s", c.a, r, c.want)
		}
	}
	if g.Do("no-such-thing") {
		t.Error("what is no movement moves")
	}
	if !g.Click(3) {
		t.Error("a click on a row is none")
	}
	if r, _ := g.At(); r != "r2" {
		t.Errorf("a click leads to %s", r)
	}
}

func TestAFrameCostsTheSameForAnySize(t *testing.T) {
	cost := func(n int) float64 {
		g := sample(n)
		g.Resize(120, 40)
		return testing.AllocsPerRun(10, func() { g.View() })
	}
	if a, b := cost(100), cost(100_000); b > a*1.2 {
		t.Errorf("a frame of 100 rows takes %v allocations, of 100,000 %v", a, b)
	}
}
