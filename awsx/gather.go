package awsx

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/samlens/diag/evidence"
)

// Phase is how far a lookup is.
type Phase uint8

// The phases of a lookup.
const (
	Started Phase = iota
	Paged         // a page has come; Live holds what there is so far
	Done          // Live holds the last word
)

// An Event is one step of a lookup. The steps of one lookup come in order.
type Event struct {
	Lookup   *Lookup
	Phase    Phase
	Live     evidence.Live // what it adds to the case
	Progress Progress
	Took     time.Duration // since it began
	// Err is, on Done, why it failed: an *Error, or a *Skip where there was
	// nothing to ask about.
	Err error
}

const (
	atOnce = 4                // lookups that run side by side
	idle   = 30 * time.Second // without a page, after which one is given up
)

// Gather runs the lookups whose answer c does not have yet, each as soon as
// what it reads first is settled, four at a time. The channel is closed once
// none is left or ctx ends. Each lookup fails on its own; nothing that was
// learned before is lost.
//
// Where the credentials turn out to be of another account than the sign-in's,
// nothing further is asked: its answers would be about other things of the
// same name. That, and that there are no credentials, is one lookup's *Error;
// the others end with a *Skip and a fact that has failed.
func Gather(ctx context.Context, api API, c evidence.Case, todo []*Lookup) <-chan Event {
	return run(ctx, api, c, Due(c, todo))
}

// Redo runs one lookup again, whatever is known already.
func Redo(ctx context.Context, api API, c evidence.Case, l *Lookup) <-chan Event {
	return run(ctx, api, c, []*Lookup{l})
}

func run(ctx context.Context, api API, c evidence.Case, todo []*Lookup) <-chan Event {
	out := make(chan Event)
	go func() {
		defer close(out)
		g := gather{api: api, c: c, wait: slices.Clone(todo), in: make(chan Event)}
		g.loop(ctx, out)
	}()
	return out
}

// gather is the state of one run. Only its loop touches it.
type gather struct {
	api     API
	c       evidence.Case
	wait    []*Lookup
	running []*Lookup
	in      chan Event
	// stop is why nothing further is asked; nil while all is well.
	stop *Error
}

func (g *gather) loop(ctx context.Context, out chan<- Event) {
	ctx, cancel := context.WithCancel(ctx)
	defer g.drain()
	defer cancel()
	send := func(e Event) bool {
		g.c = g.c.With(e.Live)
		select {
		case out <- e:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for len(g.wait)+len(g.running) > 0 {
		for l := g.next(); l != nil; l = g.next() {
			if why := g.bars(l); why != nil {
				e := Event{Lookup: l, Phase: Done, Live: Unanswered(l.Gives, why.State, l.Name, why.Message), Err: &Skip{why.Message}}
				if g.stop == nil { // told as a failure once
					g.stop, e.Err = why, why
				}
				if !send(e) {
					return
				}
				continue
			}
			g.running = append(g.running, l)
			go g.work(ctx, l, g.c)
			if !send(Event{Lookup: l, Phase: Started}) {
				return
			}
		}
		if len(g.running) == 0 {
			continue
		}
		select {
		case e := <-g.in:
			if e.Phase == Done {
				g.running = slices.DeleteFunc(g.running, func(l *Lookup) bool { return l == e.Lookup })
				g.judge(e)
			}
			if ctx.Err() != nil || !send(e) {
				return
			}
			if e, ok := g.told(e); ok && !send(e) {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// drain waits for the workers; ctx has ended, so that they do.
func (g *gather) drain() {
	for len(g.running) > 0 {
		if e := <-g.in; e.Phase == Done {
			g.running = slices.DeleteFunc(g.running, func(l *Lookup) bool { return l == e.Lookup })
		}
	}
}

// next takes the first lookup that may begin; nil for none.
func (g *gather) next() *Lookup {
	if len(g.running) >= atOnce {
		return nil
	}
	var open evidence.Need // what is still to come
	for _, l := range append(slices.Clone(g.wait), g.running...) {
		open |= l.Gives
	}
	s := SubjectOf(g.c)
	for i, l := range g.wait {
		after := l.After
		if l.AtOnce != nil && l.AtOnce(s) {
			after &= evidence.NeedIdentity
		}
		if after&open&^l.Gives == 0 {
			g.wait = slices.Delete(g.wait, i, i+1)
			return l
		}
	}
	if len(g.running) == 0 && len(g.wait) > 0 {
		// They wait for each other, which the table's test rules out.
		l := g.wait[0]
		g.wait = g.wait[1:]
		return l
	}
	return nil
}

// bars says why a lookup is not to run; nil where it is.
func (g *gather) bars(l *Lookup) *Error {
	if l.Gives.Has(evidence.NeedIdentity) {
		return nil
	}
	if g.stop != nil {
		return g.stop
	}
	return Mismatch(g.c)
}

// judge notes what a finished lookup means for the others: without
// credentials, or with credentials that are no longer taken, none can answer.
func (g *gather) judge(e Event) {
	var err *Error
	if errors.As(e.Err, &err) && err.NoCredentials() && g.stop == nil {
		g.stop = &Error{State: evidence.Failed, Code: err.Code, Message: err.Message, Hint: err.Hint}
	}
}

// told is what a list of all users tells in place of a search that was refused:
// whether there is one of just that name. It comes as the search's own event.
func (g *gather) told(e Event) (Event, bool) {
	if e.Phase != Done || !e.Lookup.Gives.Has(evidence.NeedUsers) || g.c.Live.Exact.State.Seen() {
		return e, false
	}
	f := ExactOf(SubjectOf(g.c), g.c.Live.Users)
	return Event{Lookup: Find(evidence.NeedExact), Phase: Done, Live: evidence.Live{Exact: f}, Took: e.Took}, f.State != evidence.Unasked
}

// Mismatch says that the credentials are of another account than the sign-in's
// roles; nil where they are not, or where either is unknown.
func Mismatch(c evidence.Case) *Error {
	id, ok := c.Live.Identity.Get()
	s := SubjectOf(c)
	if !ok || id.Account == "" || s.Account == "" {
		return nil
	}
	if id.Account == s.Account && (id.Partition == "" || id.Partition == string(s.Partition)) {
		return nil
	}
	return &Error{State: evidence.Failed, Code: "OtherAccount",
		Message: fmt.Sprintf("the AWS credentials are of account %s, and the sign-in is to account %s", id.Account, s.Account),
		Hint:    fmt.Sprintf("they are %s; choose a profile of the other account with --profile", id.ARN)}
}
