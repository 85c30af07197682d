package tui

import (
	"context"
	"io"
	"time"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
	"example.com/samlens/tui/pane"
	"example.com/samlens/tui/style"
	"example.com/samlens/tui/terminal"
)

// Options are what the program works on and what it may use.
type Options struct {
	// Sessions are the sign-ins, in order of time; the last is shown first.
	Sessions []Session
	// Rediagnose concludes afresh once AWS has said more, which is where a
	// bit of changed is set. Nil stands for [diag.Diagnosis.Update].
	Rediagnose func(d diag.Diagnosis, said evidence.Live, changed evidence.Need) diag.Diagnosis
	// Gather asks AWS for what a case lacks, until the context ends. Nil
	// where AWS cannot be asked; WhyNoAWS then says why, in a clause.
	Gather   func(context.Context, evidence.Case) <-chan awsx.Event
	WhyNoAWS string
	// Redo asks one lookup again, whatever is known. Nil where it cannot be.
	Redo func(context.Context, evidence.Case, *awsx.Lookup) <-chan awsx.Event
	// About asks what is to be known of one user. Nil where it cannot be.
	About func(context.Context, evidence.Case, evidence.User) (evidence.User, error)
	// Follow looks at CloudTrail again and again until the context ends. Nil
	// where it cannot be asked.
	Follow func(context.Context, evidence.Case) <-chan awsx.Event
	// Paste reads a capture that was pasted. Nil where it cannot be.
	Paste func([]byte) ([]diag.Diagnosis, error)
	// Explain returns the page about a rule, a topic or an error text, ""
	// where there is none. Nil where there are no pages.
	Explain func(query string) string

	// Digest writes a sign-in up for a ticket. Nil where it cannot be.
	Digest func(diag.Diagnosis) (string, error)

	// WhatIf says what would become of a sign-in if one fix of a finding
	// were made; false where that cannot be told. Nil where nothing can.
	WhatIf func(diag.Diagnosis, rule.Finding, rule.Fix) (text string, ok bool)

	// Theme is the look; nil chooses one for the terminal.
	Theme *style.Theme
	// ThemeName chooses among [style.Names]; "" and "auto" leave it to the
	// terminal.
	ThemeName string
	// Mouse starts with the mouse on.
	Mouse bool
	// Keys are the person's own keys, by action.
	Keys map[string][]string
	// Hint stays in the status row until the first key: what a demo wants
	// found.
	Hint string

	// Input and Output are the terminal; nil stands for standard input and
	// output. Env reads the environment; nil stands for an empty one.
	Input  io.Reader
	Output io.Writer
	Env    func(string) string
	// Clock tells the time, for spinners and file names; nil stands still.
	Clock func() time.Time
	// Dir is where views are saved; "" is the working directory.
	Dir string
	// Clipboard is where text is copied to; the zero one has no terminal.
	Clipboard terminal.Clipboard
	// Panes are the panes; nil stands for [Panes].
	Panes []pane.Spec
	// Still leaves out everything that moves by itself.
	Still bool
}

// A Session is one sign-in.
type Session struct {
	Diagnosis diag.Diagnosis
	// Name is shown instead of the source's, where set: an incident's title.
	Name string
}

func (o Options) env(k string) string {
	if o.Env == nil {
		return ""
	}
	return o.Env(k)
}

func (o Options) now() time.Time {
	if o.Clock == nil {
		return time.Time{}
	}
	return o.Clock()
}

func (o Options) rediagnose(d diag.Diagnosis, l evidence.Live, n evidence.Need) diag.Diagnosis {
	if o.Rediagnose != nil {
		return o.Rediagnose(d, l, n)
	}
	return d.Update(l, n)
}
