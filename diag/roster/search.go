package roster

import (
	"bytes"
	"cmp"
	"runtime"
	"slices"
	"sync"
	"unicode/utf8"

	"example.com/samlens/diag/evidence"
	"github.com/sahilm/fuzzy"
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
	for _, n := range x.holding(q, limit) {
		k := Substring
		if bytes.HasPrefix(x.skel(n), []byte(q)) {
			k = Prefix
		}
		add(n, k, "")
	}
	if len(rows) < limit && utf8.RuneCountInString(q) >= 4 {
		for _, r := range x.typos(query, q) {
			add(r.N, r.Kind, r.Why)
		}
	}
	if len(rows) < limit && len(q) > 1 {
		for _, n := range x.fuzzy(q, limit) {
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

// holding returns up to limit rows that begin with q, and up to limit more
// that hold it, in this order.
func (x *Index) holding(q string, limit int) []int {
	type hit struct {
		n      int
		prefix bool
	}
	m, needle := maskOf(q), []byte(q)
	// A lone character with a bit of its own is found by the masks alone.
	sure := len(q) == 1 && own(q[0])
	hits := shards(x.Len(), func(from, to int) []hit {
		var out []hit
		prefixes, others := 0, 0
		for n, mask := range x.masks[from:to] {
			if mask&m != m {
				continue
			}
			s := x.skel(from + n)
			switch {
			case bytes.HasPrefix(s, needle):
				out = append(out, hit{from + n, true})
				if prefixes++; prefixes >= limit {
					return out
				}
			case others < limit && (sure || bytes.Contains(s, needle)):
				out = append(out, hit{from + n, false})
				others++
			}
		}
		return out
	})
	out := make([]int, 0, min(len(hits), 2*limit))
	for _, want := range []bool{true, false} {
		taken := 0
		for _, h := range hits {
			if h.prefix == want && taken < limit {
				out = append(out, h.n)
				taken++
			}
		}
	}
	return out
}

// typos returns the rows within maxTypo edits of q, the skeleton of name,
// nearest first.
func (x *Index) typos(name, q string) []Row {
	type hit struct{ n, d int }
	t := newTypo(q)
	short := len(q) <= maxPattern && ascii([]byte(q))
	hits := shards(x.Len(), func(from, to int) []hit {
		var out []hit
		for n := from; n < to && len(out) < maxAlike; n++ {
			// The byte lengths of names with other than ASCII characters
			// say less, so only the masks rule them out.
			length := int(x.rows[n].skelLen)
			const rest = uint64(0xffff) << 44
			if wide := (x.masks[n]|t.mask)&rest != 0; wide {
				length = t.n
			}
			if !t.possible(length, x.masks[n]) {
				continue
			}
			s := x.skel(n)
			d := 0
			if short && ascii(s) {
				d = t.distance(s)
			} else {
				d = distance(q, string(s))
			}
			if d <= maxTypo {
				out = append(out, hit{n, d})
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

// fuzzy returns the rows that hold the characters of q in order, those that
// hold them closest together first.
func (x *Index) fuzzy(q string, limit int) []int {
	m, needle := maskOf(q), []byte(q)
	ns := shards(x.Len(), func(from, to int) []int {
		var out []int
		for n, mask := range x.masks[from:to] {
			if mask&m == m && subsequence(x.skel(from+n), needle) {
				if out = append(out, from+n); len(out) >= maxScored/2 {
					break
				}
			}
		}
		return out
	})
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
