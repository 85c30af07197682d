package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/claims"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/widget/page"
)

// signIns lists all sign-ins, those that broke in the same way together and the
// largest group first: twelve agents send their captures, and two faults are at
// work.
func (m *Model) signIns() {
	m.sheet = &sheet{title: "sign-ins", fill: m.signInRows, pick: m.enter}
	m.resize()
	m.sheet.page.Select(fmt.Sprint(m.now))
}

// A kin is the sign-ins that ended alike.
type kin struct {
	verdict chain.Verdict
	of      []int // indices of sessions, in order
}

// kindred groups the sign-ins by where they broke and why, what is broken first.
func (m *Model) kindred() []kin {
	var out []kin
	for i, s := range m.sessions {
		v := s.Diagnosis.Verdict
		j := slices.IndexFunc(out, func(k kin) bool {
			return k.verdict.State == v.State && k.verdict.Hop == v.Hop && k.verdict.Rule == v.Rule
		})
		if j < 0 {
			j, out = len(out), append(out, kin{verdict: v})
		}
		out[j].of = append(out[j].of, i)
	}
	worse := []chain.Overall{chain.Broken, chain.Unknown, chain.Healthy}
	slices.SortStableFunc(out, func(a, b kin) int {
		return cmp.Or(cmp.Compare(slices.Index(worse, a.verdict.State), slices.Index(worse, b.verdict.State)), cmp.Compare(len(b.of), len(a.of)))
	})
	return out
}

func (m *Model) signInRows(w int) []page.Row[int] {
	var rows []page.Row[int]
	put := func(l style.Line) { rows = append(rows, page.Row[int]{Line: l.Cut(w)}) }
	all := m.kindred()
	put(style.New(style.Strong.Of(fmt.Sprintf(" %d sign-ins", len(m.sessions))), style.Quiet.Of(fmt.Sprintf(" that ended in %s", ways(len(all))))))
	for _, k := range all {
		put(style.Line{})
		head := style.New(style.Plain.Of(" "), pane.Seal(k.verdict))
		switch k.verdict.State {
		case chain.Broken:
			head = head.Add(style.Strong, "  "+k.verdict.Rule).Add(style.Quiet, "  at "+pane.At(k.verdict.Hop))
		case chain.Healthy:
			head = head.Add(style.Strong, "  nothing stands in the way")
		case chain.Unknown:
			head = head.Add(style.Strong, "  not all could be judged")
		}
		put(head.Add(style.Quiet, fmt.Sprintf("  ×%d", len(k.of))))
		for _, i := range k.of {
			l := style.New(style.Key.Of(style.PadLeft(fmt.Sprint(i+1), 5)), style.Plain.Of("  ")).Join(m.entry(i))
			rows = append(rows, page.Row[int]{Line: l.Cut(w), ID: fmt.Sprint(i), Ref: i})
		}
	}
	return rows
}

func ways(n int) string {
	if n == 1 {
		return "one way"
	}
	return fmt.Sprintf("%d ways", n)
}

// entry is a sign-in in one line: who, and from which capture.
func (m *Model) entry(i int) style.Line {
	s := m.sessions[i]
	var l style.Line
	if c, _, ok := claims.Read(s.Diagnosis.Case); ok {
		l = l.Show(style.Plain, c.NameIn(s.Diagnosis.Case)).Add(style.Plain, "  ")
	}
	about := m.about(s)
	if len(m.sessions) > 1 {
		about = about[1:] // which of how many stands before it
	}
	return l.To(34).Add(style.Quiet, strings.Join(about, " · "))
}
