// Package emulator is an AWS of our own on a loopback address: the operations
// that the lookups of this program use, in AWS's own protocols, over a world
// that is plain data. The SDK's clients and the AWS CLI can talk to it through
// an endpoint URL, a browser can sign in to it at /saml.
//
// Where the diagnosis leans on AWS it behaves as AWS is documented to: lists
// page, policy documents are URL-encoded, CloudTrail lags and lives in regions,
// quotas throttle, and AssumeRoleWithSAML really verifies what it is given and
// leaves an event behind. It does so by other means than the diagnosis: the two
// are each other's check, so it must not import it. It is no general AWS: what
// nobody here asks for is not there, and nothing is stored.
package emulator

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"example.com/samlens/awsx/emulator/wire"
)

// Options say how a Server runs. The zero Options are fine.
type Options struct {
	// Addr is where to listen; "127.0.0.1:0" where empty.
	Addr string
	// Clock overrides the world's Now and the wall's clock.
	Clock func() time.Time
}

// A Server is a running world.
type Server struct {
	url  string
	http *http.Server
	done chan struct{}

	mux    *wire.Mux
	clock  func() time.Time
	quotas *quotas

	mu       sync.Mutex // guards all below
	world    World
	trail    *trail
	sessions map[string]session
	calls    []Recorded
	met      map[Fault]int // calls that each fault met
}

// A Recorded call is one that reached the server, in order of arrival. Input
// is the SDK's input, a pointer; it is not to be changed.
type Recorded struct {
	Op     string // "iam:GetRole"
	Region string
	Input  any
	At     time.Time
	Code   string // the code of the fault, quota or denial that met it, if any
}

// Start serves a world until ctx ends or Close is called.
func Start(ctx context.Context, w World, o Options) (*Server, error) {
	if err := w.check(); err != nil {
		return nil, fmt.Errorf("starting the emulator: %w", err)
	}
	addr := o.Addr
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("starting the emulator: %w", err)
	}
	s := newServer(w, o)
	s.url = "http://" + l.Addr().String()
	s.http = &http.Server{Handler: s.mux, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	s.done = make(chan struct{})
	go func() {
		defer close(s.done)
		_ = s.http.Serve(l) // ends with ErrServerClosed
	}()
	stop := context.AfterFunc(ctx, func() { _ = s.http.Close() })
	s.http.RegisterOnShutdown(func() { stop() })
	return s, nil
}

func newServer(w World, o Options) *Server {
	w.defaults()
	s := &Server{world: w, sessions: map[string]session{}, met: map[Fault]int{}}
	s.trail = newTrail(&w)
	s.clock = o.Clock
	if s.clock == nil {
		s.clock = func() time.Time {
			if !s.world.Now.IsZero() {
				return s.world.Now
			}
			return time.Now()
		}
	}
	s.quotas = newQuotas()
	s.mux = wire.NewMux(s.before)
	s.routes()
	return s
}

// Handler serves the world without a listener.
func (s *Server) Handler() http.Handler { return s.mux }

// URL is the endpoint for clients and the address for browsers, without a
// slash at its end.
func (s *Server) URL() string { return s.url }

// Close ends the server and every answer that is on its way.
func (s *Server) Close() error {
	err := s.http.Close()
	<-s.done
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("closing the emulator: %w", err)
	}
	return nil
}

// Update changes the world between two calls. Fields that were defaulted hold
// their defaults, and those left empty by f are filled again.
func (s *Server) Update(f func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.world)
	s.world.defaults()
	s.trail = newTrail(&s.world)
}

// World returns the world as it is now. It shares no list that the server
// writes to.
func (s *Server) World() World {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.world
	w.defaults()
	w.Trail = slices.Clone(w.Trail)
	return w
}

// Calls returns what was called so far.
func (s *Server) Calls() []Recorded {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// now is the world's time, with the lock held or not.
func (s *Server) now() time.Time { return s.clock().UTC() }

// op makes an operation that reads or writes the world with the lock held.
func op[In, Out any](s *Server, name string, f func(context.Context, *In) (*Out, error)) wire.Operation {
	return wire.Op(name, func(ctx context.Context, in *In) (*Out, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return f(ctx, in)
	})
}
