package roster

import (
	"bytes"
	"cmp"
	"runtime"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"example.com/samlens/diag/evidence"
)

// A Row is one user that a search found.
type Row struct {
	N    int // the user's number in the index
	User evidence.User
	Kind Kind
	// Why says in one clause what differs; "" where Kind says it all.
	Why string
}

// Search returns up to limit users for what was typed, the likeliest first:
// the same name and those that only look the same, then names that begin with
// it, hold it, are a typing error away, or hold its characters in order.
// Within a kind the order is that of the index.
func (x *Index) Search(query string, limit int) []Row {
	if limit <= 0 {
		return nil
	}
	q := skeleton(query)
	if q == "" {
		return x.first(limit)
	}
	var rows []Row
	seen := map[int]bool{}
	add := func(n int, k Kind, why string) {
		if !seen[n] && len(rows) < limit {
			seen[n] = true
			rows = append(rows, Row{N: n, User: x.User(n), Kind: k, Why: why})
		}
	}
	for _, r := range x.related(query, x.alike(q)) {
		add(r.N, r.Kind, r.Why)
	}
	hits := x.scan(q, limit, len(q) > 1)
	for _, n := range hits.prefix {
		add(n, Prefix, "")
	}
	for _, n := range hits.inside {
		add(n, Substring, "")
	}
	if len(rows) < limit && utf8.RuneCountInString(q) >= 4 {
		for _, r := range x.typos(query, q, 0) {
			add(r.N, r.Kind, r.Why)
		}
	}
	if len(rows) < limit {
		for _, n := range x.scored(q, hits.spread, limit) {
			add(n, Fuzzy, "")
		}
	}
	return rows
}

func (x *Index) first(limit int) []Row {
	rows := make([]Row, min(limit, x.Len()))
	for n := range rows {
		rows[n] = Row{N: n, User: x.User(n), Kind: Any}
	}
	return rows
}

// related labels rows by how they stand to name, nearest first, and leaves
// out those that do not.
func (x *Index) related(name string, ns []int) []Row {
	var out []Row
	for _, n := range ns {
		if k, why, ok := Relate(name, x.name(n)); ok {
			out = append(out, Row{N: n, Kind: k, Why: why})
		}
	}
	slices.SortStableFunc(out, func(a, b Row) int { return cmp.Compare(a.Kind, b.Kind) })
	return out
}

// shards calls f for as many ranges of rows as there are processors, side by
// side, and returns what they return, in order.
func shards[T any](n int, f func(from, to int) []T) []T {
	const least = 4096 // rows for which another goroutine pays
	k := min(runtime.GOMAXPROCS(0), n/least)
	if k <= 1 {
		return f(0, n)
	}
	parts := make([][]T, k)
	var wg sync.WaitGroup
	for i := range k {
		wg.Go(func() { parts[i] = f(i*n/k, (i+1)*n/k) })
	}
	wg.Wait()
	return slices.Concat(parts...)
}

// hits are the rows that a scan found, in the order of the index.
type hits struct {
	prefix []int // begin with what was typed
	inside []int // hold it farther on
	spread []int // hold its characters in order
}

// scan finds up to limit rows of the first two kinds, and where asked, some
// of the third.
func (x *Index) scan(q string, limit int, spread bool) hits {
	m, needle := maskOf(q), []byte(q)
	// A lone character with a bit of its own is found by the masks alone.
	sure := len(q) == 1 && own(q[0])
	parts := shards(x.Len(), func(from, to int) []hits {
		var h hits
		for n, mask := range x.masks[from:to] {
			if mask&m != m {
				continue
			}
			n += from
			s := x.skel(n)
			full := len(h.inside) >= limit
			switch {
			case bytes.HasPrefix(s, needle):
				if h.prefix = append(h.prefix, n); len(h.prefix) >= limit {
					return []hits{h}
				}
			case full:
			case sure:
				h.inside = append(h.inside, n)
			case spread && !subsequence(s, needle):
				// What does not hold the characters in order does not hold
				// them side by side either.
			case bytes.Contains(s, needle):
				h.inside = append(h.inside, n)
			case spread && len(h.spread) < maxScored/2:
				h.spread = append(h.spread, n)
			}
		}
		return []hits{h}
	})
	var all hits
	for _, h := range parts {
		all.prefix = append(all.prefix, h.prefix...)
		all.inside = append(all.inside, h.inside...)
		all.spread = append(all.spread, h.spread...)
	}
	all.prefix = all.prefix[:min(limit, len(all.prefix))]
	all.inside = all.inside[:min(limit, len(all.inside))]
	return all
}

// typos returns the rows within maxTypo edits of q, the skeleton of name,
// nearest first. Names with one of the characters of the mask without are left
// out.
func (x *Index) typos(name, q string, without uint64) []Row {
	type hit struct{ n, d int }
	t := newTypo(q)
	mask := t.mask
	short := len(q) <= maxPattern && mask&wide == 0
	hits := shards(x.Len(), func(from, to int) []hit {
		var out []hit
		for n := t.next(x.masks[:to], from, without); n < to; n = t.next(x.masks[:to], n+1, without) {
			m, d := x.masks[n], 0
			switch {
			case (m|mask)&wide != 0:
				// The byte lengths of names with other than ASCII characters
				// say less, so only the masks rule them out.
				d = distance(q, string(x.skel(n)))
			case !t.near(int(x.at[n+1] - x.at[n])):
				continue
			case short:
				d = t.distance(x.skel(n))
			default:
				d = distance(q, string(x.skel(n)))
			}
			if d > maxTypo {
				continue
			}
			if out = append(out, hit{n, d}); len(out) == maxAlike {
				break
			}
		}
		return out
	})
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.d, b.d) })
	var ns []int
	for _, h := range hits[:min(len(hits), 200)] {
		ns = append(ns, h.n)
	}
	return x.related(name, ns)
}

func ascii(s []byte) bool {
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// maxScored is how many fuzzy matches are scored against each other.
const maxScored = 2000

// scored returns up to limit of the rows, those first that hold the
// characters of q closest together.
func (x *Index) scored(q string, ns []int, limit int) []int {
	found := fuzzy.FindFrom(q, source{x, ns})
	out := make([]int, 0, min(limit, len(found)))
	for _, f := range found[:min(limit, len(found))] {
		out = append(out, ns[f.Index])
	}
	return out
}

// source shows some rows to the scorer.
type source struct {
	x  *Index
	ns []int
}

func (s source) String(i int) string { return string(s.x.skel(s.ns[i])) }
func (s source) Len() int            { return len(s.ns) }

// subsequence reports whether s holds the bytes of q in order. Bytes do for
// characters here: what is found by chance is scored last.
func subsequence(s, q []byte) bool {
	i := 0
	for _, c := range s {
		if c == q[i] {
			if i++; i == len(q) {
				return true
			}
		}
	}
	return false
}
