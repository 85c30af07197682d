package users

import (
	"fmt"
	"testing"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/tuitest"
)

func many(b *testing.B, n int) *Pane {
	d := tuitest.Rotated(b)
	d.Case.Live.Users = evidence.Have(tuitest.Users(n), "file")
	p := New().(*Pane)
	p.Resize(200, 60)
	tuitest.Show(p, d)
	tuitest.Tell(p, pane.Focused{On: true})
	return p
}

var counts = []int{1_000, 100_000, 1_000_000}

func BenchmarkView(b *testing.B) {
	theme := style.For(style.Options{Name: "dark"})
	for _, n := range counts {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := many(b, n)
			tuitest.Tell(p, tuitest.Keys("a", "g")...)
			b.ReportAllocs()
			for b.Loop() {
				theme.Frame(p.View(), 200, 60)
			}
		})
	}
}

func BenchmarkMove(b *testing.B) {
	for _, n := range counts {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := many(b, n)
			tuitest.Tell(p, tuitest.Keys("a", "g", "esc")...)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%200 < 100 {
					p.Update(keys.Down)
				} else {
					p.Update(keys.Up)
				}
			}
		})
	}
}

// BenchmarkKey is what one typed letter costs before the next frame. Of a long
// list, the search itself is beside the screen.
func BenchmarkKey(b *testing.B) {
	for _, n := range counts {
		for _, word := range []string{"jdoe@northwind.exampel", "agent0", "zq"} {
			b.Run(fmt.Sprintf("%d/%s", n, word), func(b *testing.B) {
				p := many(b, n)
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if i%2 == 0 {
						p.look.Set(word)
					} else {
						p.look.Set(word[:len(word)-1])
					}
					p.search()
				}
			})
		}
	}
}

// BenchmarkAnswer is how long the rows of a typed letter take, counted to the
// end.
func BenchmarkAnswer(b *testing.B) {
	for _, n := range counts {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := many(b, n)
			for i := 0; b.Loop(); i++ {
				p.look.Set("agent012"[:4+i%5])
				tuitest.Settle(p, p.search())
			}
		})
	}
}

// BenchmarkPage is what a page of a thousand users costs.
func BenchmarkPage(b *testing.B) {
	all := tuitest.Users(1_000_000)
	d := tuitest.Rotated(b)
	p := New().(*Pane)
	p.Resize(200, 60)
	n := 100_000
	for b.Loop() {
		if n += 1000; n > len(all) {
			n = 100_000
		}
		d.Case.Live.Users = evidence.Fact[[]evidence.User]{Value: all[:n], State: evidence.Partial}
		p.Show(d)
	}
}
