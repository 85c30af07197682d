// Package cli is the command line: it reads what was asked, gathers evidence
// and hands the diagnosis to the investigator or to a report.
//
// It decides nothing about a sign-in. What scripts hold on to, commands, flags
// and exit codes, is settled here and nowhere else.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/samlens/diag/visible"
	"example.com/samlens/tui/settings"
)

// The exit codes of check, diff, preflight, users, trail, certs and of samlens
// FILE without a terminal.
const (
	ExitHealthy     = 0   // nothing is broken
	ExitBroken      = 1   // something is
	ExitUnusable    = 2   // an input could not be used, or the command line is wrong
	ExitUnknown     = 3   // nothing broken was found, but part could not be judged
	ExitInterrupted = 130 // ctrl-c
)

// A World is what the program runs in. Tests give their own.
type World struct {
	Args     []string // without the program's name
	In       io.Reader
	Out, Err io.Writer
	// Terminal reports whether Out is one that can be drawn on.
	Terminal bool
	// ErrTerminal reports whether Err is one, for progress.
	ErrTerminal bool
	// Answers reports whether In and Err are ones on which a question can be
	// asked and answered.
	Answers bool
	Env     func(string) string
	Now     func() time.Time
	// Data is testdata as it is built in: the demo's captures and worlds.
	Data fs.FS
}

// Main runs the program in the process's own world and returns its exit code.
func Main(data fs.FS) int {
	spareCollections(os.Getenv)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return Run(ctx, World{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Terminal: drawable(os.Stdout, os.Getenv("TERM")), ErrTerminal: drawable(os.Stderr, os.Getenv("TERM")), Answers: answers(),
		Env: os.Getenv, Now: time.Now, Data: data,
	})
}

// Run runs the program in w and returns its exit code.
func Run(ctx context.Context, w World) int {
	p := &program{World: w}
	root := p.root()
	root.SetArgs(w.Args)
	root.SetIn(w.In)
	root.SetOut(w.Out)
	root.SetErr(w.Err)
	code := p.ended(ctx, root.ExecuteContext(ctx))
	p.closeLog(code)
	return code
}

// ended tells what went wrong and returns the exit code.
func (p *program) ended(ctx context.Context, err error) int {
	if ctx.Err() != nil {
		return ExitInterrupted
	}
	if err == nil {
		return p.code
	}
	if _, ok := errors.AsType[toldError](err); !ok {
		fmt.Fprintln(p.Err, "samlens: "+visible.Line(err.Error()))
	}
	if p.code != ExitHealthy {
		return p.code
	}
	return ExitUnusable
}

// program carries one run.
type program struct {
	World
	code int
	opts options
	// settings are the configuration file's; origin says of each setting
	// where it comes from.
	settings settings.Settings
	origin   map[string]string
	logger   *slog.Logger
	logTo    io.Closer
}

// toldError ends a command whose trouble was told already.
type toldError struct{}

func (toldError) Error() string { return "told already" }
