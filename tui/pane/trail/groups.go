package trail

import (
	"cmp"
	"maps"
	"slices"

	"example.com/samlens/diag/trail"
)

// groups counts events by one of their traits, without copying them.
type groups struct {
	by trail.By
	m  map[string]*tallied
}

type tallied struct {
	trail.Count
	users map[string]struct{}
}

func newGroups(by trail.By) *groups { return &groups{by, map[string]*tallied{}} }

func (g *groups) add(e *event) {
	if g.by == "" || g.by == trail.ByError && !e.Failed {
		return
	}
	k := trail.Key(*e, g.by)
	t := g.m[k]
	if t == nil {
		t = &tallied{Count: trail.Count{Key: k, First: e.Time, Last: e.Time}, users: map[string]struct{}{}}
		g.m[k] = t
	}
	t.All++
	if e.Failed {
		t.Failed++
	}
	t.users[trail.User(*e)] = struct{}{}
	if e.Time.Before(t.First) {
		t.First = e.Time
	}
	if e.Time.After(t.Last) {
		t.Last = e.Time
	}
}

// sorted returns the groups, those with most failures first.
func (g *groups) sorted() []trail.Count {
	out := make([]trail.Count, 0, len(g.m))
	for t := range maps.Values(g.m) {
		t.Users = len(t.users)
		out = append(out, t.Count)
	}
	slices.SortFunc(out, func(a, b trail.Count) int {
		return cmp.Or(cmp.Compare(b.Failed, a.Failed), cmp.Compare(b.All, a.All), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// next is the grouping that follows by; "" is one by one.
func next(by trail.By) trail.By {
	all := trail.Groupings()
	if by == "" {
		return all[0]
	}
	if i := slices.Index(all, by); i >= 0 && i+1 < len(all) {
		return all[i+1]
	}
	return ""
}
