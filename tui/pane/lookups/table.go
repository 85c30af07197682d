package lookups

import (
	"errors"
	"strings"
	"time"

	"example.com/samlens/awsx"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/tui/pane"
)

// A state is how far a piece of evidence is.
type state uint8

const (
	unasked state = iota
	waiting
	running
	partial
	known
	absent
	denied
	failed
	skipped
)

// A row is one piece of evidence: the lookup that brings it, or the file that
// brought it, and how far that is.
type row struct {
	want   evidence.Want
	lookup *awsx.Lookup // nil where no call brings it
	state  state
	call   pane.Lookup // of the lookup under way or done; its Lookup is nil for none
	fact   fact
	after  []string // what a waiting lookup reads first
}

// A fact is what the rows show of an evidence.Fact.
type fact struct {
	state       evidence.State
	source, why string
	at          time.Time
	inferred    bool
}

func factOf[T any](f evidence.Fact[T]) fact {
	return fact{f.State, f.Source, f.Why, f.At, f.Inferred}
}

// factFor is what is known of a need.
func factFor(l *evidence.Live, n evidence.Need) (fact, bool) {
	switch n {
	case evidence.NeedIdentity:
		return factOf(l.Identity), true
	case evidence.NeedProvider:
		return factOf(l.Provider), true
	case evidence.NeedProviders:
		return factOf(l.Providers), true
	case evidence.NeedIdPMetadata:
		return factOf(l.IdPMetadata), true
	case evidence.NeedRoles:
		return factOf(l.Roles), true
	case evidence.NeedPermissions:
		return factOf(l.Permissions), true
	case evidence.NeedInstance:
		return factOf(l.Instance), true
	case evidence.NeedInstances:
		return factOf(l.Instances), true
	case evidence.NeedExact:
		return factOf(l.Exact), true
	case evidence.NeedUsers:
		return factOf(l.Users), true
	case evidence.NeedAuthProfiles:
		return factOf(l.AuthProfiles), true
	case evidence.NeedTrail:
		return factOf(l.Trail), true
	case evidence.NeedChanges:
		return factOf(l.Changes), true
	case evidence.NeedGuardrails:
		return factOf(l.Guardrails), true
	case evidence.NeedRegions:
		return factOf(l.Regions), true
	case evidence.NeedExternal:
		return factOf(l.External), true
	case evidence.NeedCenter:
		return factOf(l.Center), true
	case evidence.NeedSimulated:
		return factOf(l.Simulated), true
	default: // the capture's own
		return fact{}, false
	}
}

// table lists all evidence from outside the capture.
func table(c evidence.Case, calls []pane.Lookup) []row {
	var out []row
	for _, w := range evidence.Wants() {
		f, ok := factFor(&c.Live, w.Need)
		if !ok {
			continue
		}
		r := row{want: w, lookup: awsx.Find(w.Need), fact: f}
		for _, l := range calls {
			if l.Lookup != nil && l.Gives == w.Need {
				r.call, r.lookup = l, l.Lookup
			}
		}
		r.state = r.judge()
		if r.state == waiting {
			for _, n := range (r.lookup.After &^ c.Settled()).Each() {
				if l := awsx.Find(n); l != nil {
					r.after = append(r.after, l.Name)
				}
			}
		}
		out = append(out, r)
	}
	return out
}

// judge says how far a row is: by its lookup while that is under way, then by
// the evidence.
func (r *row) judge() state {
	if r.call.Lookup != nil {
		switch r.call.State {
		case pane.Waiting:
			return waiting
		case pane.Running:
			return running
		case pane.Skipped:
			return skipped
		case pane.Denied:
			return denied
		case pane.Failed:
			if r.fact.state != evidence.Partial {
				return failed
			}
		case pane.Done:
		}
	}
	switch r.fact.state {
	case evidence.Partial:
		return partial
	case evidence.Known:
		return known
	case evidence.Absent:
		return absent
	case evidence.Denied:
		return denied
	case evidence.Failed:
		return failed
	case evidence.Unasked:
	}
	return unasked
}

// refused is AWS's error; nil for none.
func (r *row) refused() *awsx.Error {
	var e *awsx.Error
	if r.call.Err != nil && errors.As(r.call.Err, &e) {
		return e
	}
	return nil
}

// why is the reason for a state in one line.
func (r *row) why() string {
	if e := r.refused(); e != nil {
		switch {
		case e.Permission != "":
			return e.Permission + " would open it"
		case e.Code != "":
			return e.Code + ": " + e.Message
		}
		return e.Message
	}
	var skip *awsx.Skip
	switch {
	case r.call.Err != nil && errors.As(r.call.Err, &skip):
		return skip.Why
	case r.call.Err != nil:
		return r.call.Err.Error()
	case r.state == waiting && len(r.after) > 0:
		_, name, _ := strings.Cut(r.after[0], ":")
		return "after " + name
	case r.state == known || r.state == absent:
		return ""
	case r.state == unasked && r.want.Flag != "" && r.lookup != nil:
		return "or give it with " + r.want.Flag
	}
	return r.fact.why
}
