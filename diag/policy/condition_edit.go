package policy

import (
	"fmt"
	"strings"
)

// RemoveCondition takes a key out of a statement's condition, and the
// operator or the whole element where nothing is left of it. Operator and key
// are as written there.
func RemoveCondition(doc string, statement int, operator, key string) (string, error) {
	p, root, err := open(doc)
	if err != nil {
		return doc, err
	}
	at, err := find(root, statement, nil)
	if err != nil {
		return doc, err
	}
	// The outermost object of which the key is all there is goes with it.
	for _, name := range []string{"Condition", operator, key} {
		i := at.index(name)
		if i < 0 {
			return doc, fmt.Errorf("change statement %d: it has no %s", statement, quote(name))
		}
		if name == key || alone(at.members[i].value, operator, key) {
			return checked(without(p.Text, at, i))
		}
		at = at.members[i].value
	}
	return doc, nil
}

// AddCondition gives a statement a further condition.
func AddCondition(doc string, statement int, operator, key, value string) (string, error) {
	p, root, err := open(doc)
	if err != nil {
		return doc, err
	}
	at, err := find(root, statement, nil)
	if err != nil {
		return doc, err
	}
	what := marshal(value)
	names := []string{"Condition", operator, key}
	for i, name := range names {
		k := at.index(name)
		if k >= 0 && i == len(names)-1 {
			return doc, fmt.Errorf("change statement %d: it has a condition on %s already", statement, quote(key))
		}
		if k >= 0 {
			at = at.members[k].value
			continue
		}
		for j := len(names) - 1; j > i; j-- {
			what = "{" + marshal(names[j]) + ": " + what + "}"
		}
		return checked(with(p.Text, at, marshal(name)+": "+what))
	}
	return doc, nil
}

// index is that of the member of a name, without regard to case as IAM reads
// names; -1 for none.
func (n node) index(name string) int {
	for i, m := range n.members {
		if strings.EqualFold(m.name, name) {
			return i
		}
	}
	return -1
}

// alone reports whether all that an object holds, in the end, is key under
// operator.
func alone(n node, operator, key string) bool {
	if len(n.members) != 1 {
		return false
	}
	m := n.members[0]
	if strings.EqualFold(m.name, key) {
		return true
	}
	return strings.EqualFold(m.name, operator) && alone(m.value, operator, key)
}

// without cuts a member out of an object, with the comma that parts it from
// its neighbour.
func without(text string, n node, i int) string {
	from, to := n.members[i].nameAt.Start, n.members[i].value.at.End
	switch {
	case i > 0:
		from = n.members[i-1].value.at.End
	case len(n.members) > 1:
		to = n.members[1].nameAt.Start
	}
	return splice(text, Span{from, to}, "")
}

// with adds a member behind the last one of an object, laid out as that is.
func with(text string, n node, member string) string {
	if len(n.members) == 0 {
		return splice(text, n.at, "{"+member+"}")
	}
	last := len(n.members) - 1
	from := n.at.Start + 1
	if last > 0 {
		from = n.members[last-1].value.at.End
	}
	gap := strings.Replace(text[from:n.members[last].nameAt.Start], ",", "", 1)
	if gap == "" && last == 0 {
		gap = " "
	}
	end := n.members[last].value.at.End
	return splice(text, Span{end, end}, ","+gap+member)
}
