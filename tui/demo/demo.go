// Package demo holds incidents to practise on: sign-ins of a made-up contact
// centre that broke, each in its own way.
//
// Nothing about them is staged. An incident is a description of what is wrong
// at the identity provider, in AWS or in between; the response is really
// signed, the built-in AWS really judges it, the capture records what it
// answered, and the diagnosis comes from the same code that reads a real one.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"example.com/samlens/awsx"
	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/emulator/idp"
	"example.com/samlens/awsx/live"
)

// An Incident is one broken sign-in.
type Incident struct {
	ID, Title string
	// Story is what the person on call is told.
	Story string
	// Hint points the way without giving it away.
	Hint string
	// Rule is the cause that the diagnosis has to find; "" where nothing is
	// wrong. Answer says it in a sentence.
	Rule, Answer string
	// Case is the case study that it tells; 0 for none.
	Case  int
	build func(*scene)
}

// Find returns the incident of that ID.
func Find(id string) (Incident, bool) {
	for _, i := range Incidents() {
		if i.ID == id {
			return i, true
		}
	}
	return Incident{}, false
}

// Running is an incident with its AWS.
type Running struct {
	Incident
	// Capture is the HAR that the agent sent.
	Capture []byte
	Server  *emulator.Server
	// Now is when the incident plays.
	Now time.Time
}

// latency is how long the built-in AWS takes to answer where somebody looks
// on, so that pages come in one by one as they do from AWS itself.
const latency = 90 * time.Millisecond

// Slowly makes the incident's AWS answer in the time that AWS takes.
func (r *Running) Slowly() {
	r.Server.Update(func(w *emulator.World) {
		for _, op := range []string{"cloudtrail:LookupEvents", "connect:ListUsers", "iam:GetRole", "iam:GetSAMLProvider", "organizations:ListPoliciesForTarget"} {
			w.Faults = append(w.Faults, emulator.Fault{Op: op, Times: -1, Delay: emulator.Duration(latency)})
		}
	})
}

// Start makes an incident: it begins its AWS, signs in as the agent did, and
// records what the browser saw. keys holds the identity provider's keys.
func (i Incident) Start(ctx context.Context, keys fs.FS) (*Running, error) {
	s, err := newScene(keys)
	if err != nil {
		return nil, fmt.Errorf("set the scene of %s: %w", i.ID, err)
	}
	i.build(s)
	s.settle()
	s.history()
	s.world.Now = s.at // the agent signs in first, somebody looks afterwards
	srv, err := emulator.Start(ctx, s.world, emulator.Options{})
	if err != nil {
		return nil, fmt.Errorf("start the built-in AWS: %w", err)
	}
	har, err := s.record(ctx, srv)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sign in as the agent of %s did: %w", i.ID, err), srv.Close())
	}
	srv.Update(func(w *emulator.World) { w.Now = s.now })
	return &Running{Incident: i, Capture: har, Server: srv, Now: s.now}, nil
}

// AWS is the way to the incident's AWS: the real clients, over loopback.
func (r *Running) AWS(ctx context.Context) (awsx.API, error) {
	return live.Open(ctx, live.Options{Endpoint: r.Server.URL(), Region: region, BuiltIn: true})
}

// readKey reads one of the identity provider's keys.
func readKey(keys fs.FS, name string) (idp.Key, error) {
	k, err := fs.ReadFile(keys, "testdata/keys/"+name+".key")
	if err != nil {
		return idp.Key{}, fmt.Errorf("read the key %s: %w", name, err)
	}
	c, err := fs.ReadFile(keys, "testdata/keys/"+name+".crt")
	if err != nil {
		return idp.Key{}, fmt.Errorf("read the certificate %s: %w", name, err)
	}
	return idp.ReadKey(k, c)
}
