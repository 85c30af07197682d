package roster

import (
	"cmp"
	"slices"

	"example.com/samlens/diag/evidence"
)

// A Near is a user whose name is like the one sought.
type Near struct {
	User evidence.User
	Kind Kind
	Why  string // one clause
}

// maxNear bounds how many near names are returned.
const maxNear = 20

// Near returns the users that the name could have been meant for, likeliest
// first: an exact match alone of its kind, those that look the same, those
// that share the part before the @, those whose e-mail address it is, and
// typing errors. Where there is none of these, names that hold it or that it
// holds the beginning of.
func (x *Index) Near(name string) []Near {
	q := skeleton(name)
	if q == "" {
		return nil
	}
	rows := x.related(name, x.alike(q))
	for n, u := range x.more {
		if u.Email != "" && skeleton(u.Email) == q {
			rows = append(rows, Row{N: int(n), Kind: Email, Why: "the user's e-mail address is " + u.Email})
		}
	}
	if len(q) > 2 {
		rows = append(rows, x.typos(name, q, 0)...)
		// Of an e-mail address, a name may be a typing error of the part
		// before the @.
		if l, _, ok := local(q); ok && len(l) > 3 {
			for _, r := range x.typos(l, l, asciiBit['@']) {
				if r.Kind == Typo {
					r.Why = "before the @, " + r.Why
					rows = append(rows, r)
				}
			}
		}
	}
	if len(rows) == 0 {
		l, _, _ := local(q)
		h := x.scan(l, 5, false)
		for _, n := range append(h.prefix, h.inside...) {
			rows = append(rows, Row{N: n, Kind: Substring, Why: "holds " + quoted([]rune(l))})
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.N, b.N))
	})
	var out []Near
	seen := map[int]bool{}
	for _, r := range rows {
		if !seen[r.N] && len(out) < maxNear {
			seen[r.N] = true
			out = append(out, Near{x.User(r.N), r.Kind, r.Why})
		}
	}
	return out
}

// Find returns the users of exactly that name. There can be more than one
// where several instances are in the index.
func (x *Index) Find(name string) []evidence.User {
	var out []evidence.User
	for _, n := range x.alike(skeleton(name)) {
		if x.name(n) == name {
			out = append(out, x.User(n))
		}
	}
	return out
}

// Duplicates returns the users that a person takes for the user of that name:
// their names look the same, or they have the same e-mail address. The user
// itself is among them; fewer than two means that there are none.
func (x *Index) Duplicates(name string) []evidence.User {
	q := skeleton(name)
	var ns []int
	mails := map[string]bool{}
	for _, n := range x.alike(q) {
		if string(x.skel(n)) == q {
			ns = append(ns, n)
			if u, ok := x.more[uint32(n)]; ok && u.Email != "" {
				mails[skeleton(u.Email)] = true
			}
		}
	}
	if len(mails) > 0 {
		for n, u := range x.more {
			if u.Email != "" && mails[skeleton(u.Email)] && !slices.Contains(ns, int(n)) {
				ns = append(ns, int(n))
			}
		}
	}
	slices.Sort(ns)
	var out []evidence.User
	for _, n := range ns {
		out = append(out, x.User(n))
	}
	return out
}
