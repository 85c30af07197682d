package tree

import (
	"fmt"
	"strings"
	"testing"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/style"
)

// outline is a source written as indented lines.
type outline []string

func (o outline) Len() int        { return len(o) }
func (o outline) Depth(i int) int { return len(o[i]) - len(strings.TrimLeft(o[i], " ")) }
func (o outline) End(i int) int {
	for j := i + 1; j < len(o); j++ {
		if o.Depth(j) <= o.Depth(i) {
			return j
		}
	}
	return len(o)
}
func (o outline) Line(i int, _ bool, _ int) style.Line { return style.New(style.Plain.Of(o.Text(i))) }
func (o outline) Text(i int) string                    { return strings.TrimLeft(o[i], " ") }

func sample() *Tree {
	var t Tree
	t.Resize(40, 20)
	t.Set(outline{"a", " b", "  c", "  d", " e", "  f", "g"})
	return &t
}

func shown(t *Tree) string {
	var out []string
	for _, l := range t.View() {
		out = append(out, strings.Trim(l.Text(), " ▌▾▸"))
	}
	return strings.Join(out, "")
}

func TestFolding(t *testing.T) {
	for _, c := range []struct {
		keys []keys.Action
		want string
		at   int
	}{
		{nil, "abcdefg", 0},
		{[]keys.Action{keys.Left}, "ag", 0},
		{[]keys.Action{keys.Left, keys.Right}, "abcdefg", 0},
		{[]keys.Action{keys.Right, keys.Right}, "abcdefg", 2},
		{[]keys.Action{keys.Right, keys.Right, keys.Left}, "abcdefg", 1},
		{[]keys.Action{keys.FoldAll}, "abeg", 0},
		{[]keys.Action{keys.Bottom, keys.Up, keys.FoldAll}, "abeg", 4},
		{[]keys.Action{keys.FoldDeep, keys.Right}, "abeg", 0},
		{[]keys.Action{keys.FoldDeep, keys.OpenDeep}, "abcdefg", 0},
		{[]keys.Action{keys.FoldAll, keys.UnfoldAll}, "abcdefg", 0},
	} {
		tr := sample()
		for _, a := range c.keys {
			tr.Do(a)
		}
		if got := shown(tr); got != c.want || tr.Node() != c.at {
			t.Errorf("%v shows %s at %d, want %s at %d", c.keys, got, tr.Node(), c.want, c.at)
		}
	}
}

func TestDepth(t *testing.T) {
	for d, want := range map[int]string{0: "ag", 1: "abeg", 2: "abcdefg"} {
		tr := sample()
		tr.Depth(d)
		if got := shown(tr); got != want {
			t.Errorf("depth %d shows %s", d, got)
		}
	}
}

func TestShowUnfoldsWhatANodeLiesIn(t *testing.T) {
	tr := sample()
	tr.Do(keys.FoldAll)
	tr.Show(5)
	if got := shown(tr); got != "abefg" && got != "abcdefg" {
		t.Errorf("shows %s", got)
	}
	if tr.Node() != 5 {
		t.Errorf("the cursor is on %d", tr.Node())
	}
	tr.Show(-1)
	tr.Show(99)
}

func TestSearchFindsWhatIsFoldedAway(t *testing.T) {
	tr := sample()
	tr.Do(keys.FoldAll)
	if h := tr.Find("F"); h.Of != 1 || tr.Node() != 5 {
		t.Errorf("%+v at %d", h, tr.Node())
	}
}

func TestAFrameCostsTheSameForAnySize(t *testing.T) {
	cost := func(n int) float64 {
		o := make(outline, n)
		for i := range o {
			o[i] = fmt.Sprintf("%*s", 1+i%3, "x")
		}
		var tr Tree
		tr.Resize(80, 40)
		tr.Set(flat(o))
		return testing.AllocsPerRun(10, func() { tr.View() })
	}
	if a, b := cost(100), cost(100_000); b > a*1.2 {
		t.Errorf("a frame of 100 nodes takes %v allocations, of 100,000 %v", a, b)
	}
}

// flat is an outline without branches, whose End is quick.
type flat outline

func (f flat) Len() int                             { return len(f) }
func (f flat) Depth(int) int                        { return 0 }
func (f flat) End(i int) int                        { return i + 1 }
func (f flat) Line(i int, _ bool, _ int) style.Line { return style.New(style.Plain.Of(f[i])) }
func (f flat) Text(i int) string                    { return f[i] }

func TestEmptyTree(t *testing.T) {
	var tr Tree
	tr.Resize(10, 5)
	tr.Do(keys.Down)
	tr.Find("x")
	if tr.Node() != -1 || len(tr.View()) != 0 {
		t.Error("an empty tree shows something")
	}
}
