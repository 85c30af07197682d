package policy

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// Diff returns the unified diff between two documents; "" where they are the
// same. Every line keeps its own white space.
func Diff(oldName, newName, before, after string) string {
	end := func(s string) string {
		if s != "" && !strings.HasSuffix(s, "\n") {
			return s + "\n"
		}
		return s
	}
	return udiff.Unified(oldName, newName, end(before), end(after))
}

// The proposals below change a document's text and keep the rest of it as it
// was laid out. Each returns the whole new document, decoded if the old one
// was URL-encoded. The error is that of Parse, or says what is not there.

// AddAction adds an action to the Action element of a statement.
func AddAction(doc string, statement int, action string) (string, error) {
	return edit(doc, statement, "Action", action)
}

// AddResource adds a resource to the Resource element of a statement.
func AddResource(doc string, statement int, resource string) (string, error) {
	return edit(doc, statement, "Resource", resource)
}

// AddPrincipal adds a SAML provider to the federated principals of a
// statement.
func AddPrincipal(doc string, statement int, provider string) (string, error) {
	return edit(doc, statement, "Principal", "", step{"Federated", provider})
}

// AddConditionValue adds a value to a condition of a statement. Operator and
// key are as written there.
func AddConditionValue(doc string, statement int, operator, key, value string) (string, error) {
	return edit(doc, statement, "Condition", "", step{operator, ""}, step{key, value})
}

// ReplaceResource puts one resource of a statement in the place of another.
func ReplaceResource(doc string, statement int, was, becomes string) (string, error) {
	return replace(doc, statement, "Resource", was, becomes)
}

// ReplaceConditionValue puts one value of a condition in the place of
// another.
func ReplaceConditionValue(doc string, statement int, operator, key, was, becomes string) (string, error) {
	return replace(doc, statement, "Condition", was, becomes, operator, key)
}

// ReplacePrincipal puts one federated provider of a statement in the place of
// another.
func ReplacePrincipal(doc string, statement int, was, becomes string) (string, error) {
	return replace(doc, statement, "Principal", was, becomes, "Federated")
}

// SetVersion makes the document one of version 2012-10-17.
func SetVersion(doc string) (string, error) {
	p, root, err := open(doc)
	if err != nil {
		return doc, err
	}
	if m, ok := root.find("Version"); ok {
		return splice(p.Text, m.value.at, `"`+Version2012+`"`), nil
	}
	first := root.members[0].nameAt.Start
	gap := p.Text[root.at.Start+1 : first]
	return splice(p.Text, Span{first, first}, `"Version": "`+Version2012+`",`+gap), nil
}

// AddStatement adds a statement, given as JSON, behind the last one.
func AddStatement(doc, statement string) (string, error) {
	p, root, err := open(doc)
	if err != nil {
		return doc, err
	}
	if !json.Valid([]byte(statement)) {
		return doc, fmt.Errorf("add a statement: it is not JSON")
	}
	m, ok := root.find("Statement")
	if !ok {
		return doc, fmt.Errorf("add a statement: the document has no Statement")
	}
	return checked(appended(p.Text, m.value, statement))
}

type step struct{ name, value string }

// edit adds a string to the list at the end of a path of a statement.
func edit(doc string, statement int, element, value string, path ...step) (string, error) {
	p, root, err := open(doc)
	if err != nil {
		return doc, err
	}
	names := []string{element}
	for _, s := range path {
		names = append(names, s.name)
		value = s.value
	}
	at, err := find(root, statement, names)
	if err != nil {
		return doc, err
	}
	for _, n := range at.list() {
		if n.text == value {
			return p.Text, nil
		}
	}
	return checked(appended(p.Text, at, marshal(value)))
}

func replace(doc string, statement int, element, was, becomes string, path ...string) (string, error) {
	p, root, err := open(doc)
	if err != nil {
		return doc, err
	}
	at, err := find(root, statement, append([]string{element}, path...))
	if err != nil {
		return doc, err
	}
	for _, n := range at.list() {
		if n.text == was {
			return checked(splice(p.Text, n.at, marshal(becomes)))
		}
	}
	return doc, fmt.Errorf("replace in statement %d: no value %s", statement, quote(was))
}

func open(doc string) (Policy, node, error) {
	p, err := Parse(doc)
	if err != nil {
		return p, node{}, err
	}
	root, e := readTree(p.Text, len(p.Text)-len(strings.TrimPrefix(p.Text, "\ufeff")))
	if e != nil {
		return p, node{}, e
	}
	return p, root, nil
}

func find(root node, statement int, names []string) (node, error) {
	m, _ := root.find("Statement")
	list := m.value.list()
	if statement < 0 || statement >= len(list) {
		return node{}, fmt.Errorf("change a policy: there is no statement %d", statement)
	}
	at := list[statement]
	for _, n := range names {
		i := slices.IndexFunc(at.members, func(m member) bool { return strings.EqualFold(m.name, n) })
		if i < 0 {
			return node{}, fmt.Errorf("change statement %d: it has no %s", statement, quote(n))
		}
		at = at.members[i].value
	}
	return at, nil
}

func marshal(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func splice(text string, at Span, with string) string {
	return text[:at.Start] + with + text[at.End:]
}

// appended adds value to a list, or makes a list of a lone value.
func appended(text string, at node, value string) string {
	if at.kind != '[' {
		return splice(text, at.at, "["+text[at.at.Start:at.at.End]+", "+value+"]")
	}
	if len(at.items) == 0 {
		return splice(text, at.at, "["+value+"]")
	}
	last := at.items[len(at.items)-1]
	// What stands before the last item is what stands between items.
	from := at.at.Start + 1
	if len(at.items) > 1 {
		from = at.items[len(at.items)-2].at.End
	}
	gap := strings.Replace(text[from:last.at.Start], ",", "", 1)
	if gap == "" && len(at.items) == 1 {
		gap = " "
	}
	if i := strings.LastIndexByte(gap, '\n'); i >= 0 && strings.Contains(value, "\n") {
		value = strings.ReplaceAll(value, "\n", "\n"+gap[i+1:])
	}
	return splice(text, Span{last.at.End, last.at.End}, ","+gap+value)
}

// checked refuses to propose what is no policy any more.
func checked(doc string) (string, error) {
	if _, err := Parse(doc); err != nil {
		return doc, fmt.Errorf("change a policy: %w", err)
	}
	return doc, nil
}
