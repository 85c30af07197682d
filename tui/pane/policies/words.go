package policies

import (
	"fmt"

	"example.com/samlens/diag/policy"
	"example.com/samlens/tui/style"
)

var classes = map[policy.Class]string{
	policy.ClassPrincipal: "it names another provider", policy.ClassAction: "the action is not among those it allows",
	policy.ClassTagSession: "sts:TagSession is not allowed, and the assertion carries session tags", policy.ClassSourceIdentity: "sts:SetSourceIdentity is not allowed",
	policy.ClassCondition: "its condition does not hold", policy.ClassImpossible: "its condition asks for a key that this call never carries",
	policy.ClassDenied: "it denies", policy.ClassCrossAccount: "the provider is of another account", policy.ClassBroad: "it allows more than it needs to",
	policy.ClassPermission: "no policy of the role allows the action", policy.ClassResource: "it is for another resource",
	policy.ClassVersion: "a variable in a document that is not of version 2012-10-17", policy.ClassRefused: "AWS does not take such a document",
}

// reason is a cause in a sentence.
func reason(c policy.Cause) style.Line {
	var l style.Line
	if c.Place != nil {
		l = l.Add(style.Plain, called(*c.Place)+": ")
	}
	text := classes[c.Class]
	if c.By == policy.ByBoundary || c.By == policy.BySCP || c.By == policy.ByRCP {
		text = c.By + ": " + text
	}
	l = l.Add(style.Plain, text)
	if c.Miss.Key != "" {
		l = l.Add(style.Plain, " · ").Show(style.Strong, c.Miss.Key)
	}
	if c.Why != "" {
		l = l.Add(style.Quiet, "; "+c.Why)
	}
	if c.Uncertain {
		l = l.Add(style.Note, "  ≈ not certain")
	}
	return l
}

// called names a statement: by its Sid, else by its number.
func called(at policy.Place) string {
	if at.Sid != "" {
		return "statement " + style.Clean(at.Sid)
	}
	return fmt.Sprintf("statement %d", at.Statement+1)
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
