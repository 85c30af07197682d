// Package topic holds the pages that explain more than one rule or one error
// text: the questions people ask, how to set up and rotate things, how to
// capture a sign-in, what other guides get wrong.
//
// The pages are plain text files beside the code, each with a head of
// "key: value" lines. A line that is indented by four spaces and begins with
// "$ " (sh) or "PS> " (PowerShell) is a command.
package topic

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed text/*.txt
var files embed.FS

// A Topic is one page.
type Topic struct {
	ID    string
	Title string
	// Asks are the questions and other names under which it is found.
	Asks []string
	// Body is paragraphs, lists and commands, parted by empty lines.
	Body string
	// Rules are the IDs of the rules that it is about.
	Rules []string
	// Sources are the pages that it rests on.
	Sources []string
}

// order is the order in which topics are listed.
const order = `
workflow step-1 step-2 step-3 step-4 step-5
capture capture-chrome capture-edge capture-firefox capture-safari capture-saml-tracer capture-portal decode
audience direct-sign-in session-length some-users not-authorized certificate-update identity-center-or-iam twelve-hours trail-events
metadata-upload several-roles another-region signature-prevention testing
identity-center-setup identity-center-email mfa-device-clock encryption-rotation certificate-rotation regional-acs prevention security seed-errata
case-certificate case-capitals case-region`

var loaded = sync.OnceValues(func() ([]Topic, error) {
	var out []Topic
	for id := range strings.FieldsSeq(order) {
		raw, err := files.ReadFile("text/" + id + ".txt")
		if err != nil {
			return nil, fmt.Errorf("topic %s: %w", id, err)
		}
		t, err := parse(id, string(raw))
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
})

// All returns every topic in the order of the list.
func All() []Topic {
	topics, err := loaded()
	if err != nil {
		panic(err) // the files are part of the program; a test reads them all
	}
	return slices.Clone(topics)
}

// Get returns the topic of that ID.
func Get(id string) (Topic, bool) {
	for _, t := range All() {
		if t.ID == id {
			return t, true
		}
	}
	return Topic{}, false
}

// Of returns the topics that are about a rule.
func Of(rule string) []Topic {
	var out []Topic
	for _, t := range All() {
		if slices.Contains(t.Rules, rule) {
			out = append(out, t)
		}
	}
	return out
}

// Commands returns the commands of the body, without prompt.
func (t Topic) Commands() []string {
	var out []string
	for line := range strings.Lines(t.Body) {
		for _, prompt := range []string{"    $ ", "    PS> "} {
			if c, ok := strings.CutPrefix(line, prompt); ok {
				out = append(out, strings.TrimSpace(c))
			}
		}
	}
	return out
}

// parse reads one file.
func parse(id, raw string) (Topic, error) {
	head, body, ok := strings.Cut(raw, "\n\n")
	if !ok {
		return Topic{}, fmt.Errorf("topic %s: no empty line behind the head", id)
	}
	t := Topic{ID: id, Body: strings.TrimSpace(body)}
	for line := range strings.Lines(head) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			return Topic{}, fmt.Errorf("topic %s: head line %q is not key: value", id, line)
		}
		switch key {
		case "title":
			t.Title = value
		case "ask":
			t.Asks = append(t.Asks, value)
		case "rules":
			t.Rules = strings.Fields(value)
		case "source":
			t.Sources = append(t.Sources, value)
		default:
			return Topic{}, fmt.Errorf("topic %s: unknown head line %q", id, key)
		}
	}
	return t, nil
}
