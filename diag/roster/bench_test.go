//go:build unix

package roster

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/agnivade/levenshtein"
	"github.com/sahilm/fuzzy"
)

// The goals are ratios to the naive ways on the same machine; run
//
//	go test ./diag/roster -run '^$' -bench . -benchtime 20x
var million = sync.OnceValue(func() *Index { return New(population(1_000_000)) })
var thousands = sync.OnceValue(func() *Index { return New(population(100_000)) })

// Queries that find much, little and nothing, as they are typed.
var queries = []string{"a", "s", "m", "an", "smi", "er", "anna.smith", "anna.smith99@example.com", "@example.com", "example", "zoe.campbell", "zz", "qqq",
	"thompson12", "xenia.torres999", "0", "99", "jdoe", "christopher.anderson", "annasmith", "frdsmth", "micheal.smith1"}

func sizes(b *testing.B, f func(b *testing.B, x *Index)) {
	b.Run("100k", func(b *testing.B) { f(b, thousands()) })
	b.Run("1M", func(b *testing.B) { f(b, million()) })
}

// loop runs f and tells the processor time it takes as well: on a busy machine
// that is what can be compared.
func loop(b *testing.B, f func()) {
	cpu := func() time.Duration {
		var u syscall.Rusage
		if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
			return 0
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	runtime.GC()
	start := cpu()
	for b.Loop() {
		f()
	}
	b.ReportMetric(float64(cpu()-start)/float64(b.N)/1e6, "cpu-ms/op")
}

func names(x *Index) []string {
	out := make([]string, x.Len())
	for i := range out {
		out[i] = x.name(i)
	}
	return out
}

// BenchmarkSearch is the first screen of rows, for every query; the goal is
// 16 ms for each at a million.
func BenchmarkSearch(b *testing.B) {
	sizes(b, func(b *testing.B, x *Index) {
		for _, q := range queries {
			b.Run(q, func(b *testing.B) {
				loop(b, func() { x.Search(q, 200) })
			})
		}
	})
}

// BenchmarkCount is the complete count.
func BenchmarkCount(b *testing.B) {
	sizes(b, func(b *testing.B, x *Index) {
		for _, q := range []string{"a", "er", "smith", "example.com", "zoe.campbell9"} {
			b.Run(q, func(b *testing.B) {
				loop(b, func() { x.Count(q) })
			})
		}
	})
}

// BenchmarkNaive is what the same questions cost without an index.
func BenchmarkNaive(b *testing.B) {
	sizes(b, func(b *testing.B, x *Index) {
		ns := names(x)
		b.Run("substring", func(b *testing.B) {
			loop(b, func() {
				n := 0
				for _, s := range ns {
					if strings.Contains(strings.ToLower(s), "zoe.campbell9") {
						n++
					}
				}
			})
		})
		b.Run("sahilm", func(b *testing.B) {
			loop(b, func() { fuzzy.Find("frdsmth", ns) })
		})
		b.Run("levenshtein", func(b *testing.B) {
			loop(b, func() {
				n := 0
				for _, s := range ns {
					if levenshtein.ComputeDistance("micheal.smith1@example.com", s) <= 2 {
						n++
					}
				}
			})
		})
	})
}

// BenchmarkNear is did-you-mean; the goal is 5 ms at a million.
func BenchmarkNear(b *testing.B) {
	sizes(b, func(b *testing.B, x *Index) {
		for _, q := range []string{"micheal.smith1@example.com", "anna.smith@example.com", "Jdoe"} {
			b.Run(q, func(b *testing.B) {
				loop(b, func() { x.Near(q) })
			})
		}
	})
}

// BenchmarkAmong is one question without an index.
func BenchmarkAmong(b *testing.B) {
	us := population(100_000)
	loop(b, func() { NearAmong(us, "micheal.smith1@example.com") })
}

// BenchmarkBuild also tells the bytes that a user takes; the goal is 120.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		us := population(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var x *Index
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			for b.Loop() {
				x = nil
				x = New(us)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(x.Len()), "B/user")
		})
	}
}
