package page

import (
	"fmt"
	"strings"
	"testing"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/style"
)

// rows makes rows of "text" or "id:text"; equal IDs that follow each other
// are one stop.
func rows(specs ...string) []Row[string] {
	out := make([]Row[string], len(specs))
	for i, s := range specs {
		id, text, ok := strings.Cut(s, ":")
		if !ok {
			id, text = "", s
		}
		out[i] = Row[string]{Line: style.New(style.Plain.Of(text)), ID: id, Ref: id}
	}
	return out
}

func many(n, every int) []Row[string] {
	out := make([]string, n)
	for i := range out {
		if out[i] = fmt.Sprintf("row %d", i); i%every == 0 {
			out[i] = fmt.Sprintf("s%d:row %d", i, i)
		}
	}
	return rows(out...)
}

func do(p *Page[string], as ...keys.Action) {
	for _, a := range as {
		p.Do(a)
	}
}

func TestCursorSkipsWhatIsNoStopAndTakesWrappedRowsAsOne(t *testing.T) {
	var p Page[string]
	p.Resize(20, 10)
	p.Set(rows("title", "a:first", "a:rest of it", "text", "b:second"))
	if p.ID() != "a" {
		t.Fatalf("the cursor is on %q", p.ID())
	}
	do(&p, keys.Down)
	if p.ID() != "b" {
		t.Errorf("down leads to %q", p.ID())
	}
	do(&p, keys.Up)
	if p.ID() != "a" || p.cursor != 1 {
		t.Errorf("up leads to %q, row %d", p.ID(), p.cursor)
	}
}

func TestCursorStaysOnItsRowWhenRowsCome(t *testing.T) {
	var p Page[string]
	p.Resize(20, 3)
	p.Set(rows("a:1", "b:2", "c:3", "d:4", "e:5"))
	do(&p, keys.Down, keys.Down, keys.Down)
	p.Set(rows("z:0", "y:0", "a:1", "b:2", "c:3", "d:4", "e:5"))
	if p.ID() != "d" {
		t.Errorf("the cursor went to %q", p.ID())
	}
	p.Set(rows("a:1", "b:2", "c:3"))
	if p.ID() != "c" {
		t.Errorf("without its row, the cursor went to %q", p.ID())
	}
	p.Set(nil)
	if p.ID() != "" || len(p.View()) != 0 {
		t.Error("an empty page has a cursor")
	}
}

func TestTextBetweenStopsCanBeRead(t *testing.T) {
	var p Page[string]
	p.Resize(20, 10)
	p.Set(many(101, 50))
	seen := map[string]bool{}
	for range 60 {
		for _, l := range p.View() {
			seen[strings.TrimLeft(l.Text(), "▌ ")] = true
		}
		do(&p, keys.Down)
	}
	if len(seen) != 101 || p.ID() != "s100" {
		t.Errorf("%d of 101 rows were seen, the cursor is on %q", len(seen), p.ID())
	}
	do(&p, keys.Top)
	if p.ID() != "s0" || p.top != 0 {
		t.Errorf("top leads to %q", p.ID())
	}
	do(&p, keys.Bottom)
	if above, below := p.More(); above != 91 || below != 0 {
		t.Errorf("at the bottom %d are above and %d below", above, below)
	}
}

func TestSearchGoesAroundTheEnd(t *testing.T) {
	var p Page[string]
	p.Resize(20, 5)
	p.Set(many(100, 10))
	if h := p.Find("ROW 9"); h.Of != 11 || h.At != 1 {
		t.Errorf("%+v", h)
	}
	if h := p.Step(-1); h.At != 11 {
		t.Errorf("%+v", h)
	}
	if h := p.Step(1); h.At != 1 {
		t.Errorf("%+v", h)
	}
	if h := p.Find(""); h.Of != 0 {
		t.Errorf("%+v", h)
	}
}

func TestRowsThatWereWrappedForOtherWidthsLoseNoPlace(t *testing.T) {
	var p Page[string]
	p.Resize(1, 5)
	p.Set(many(5000, 7))
	p.Resize(80, 5)
	p.Set(many(30, 7))
	if p.top != 0 || p.ID() != "s0" {
		t.Errorf("the page begins at row %d, on %q", p.top, p.ID())
	}
}
