package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx"
)

// withLog adds --log.
func (p *program) withLog(c *cobra.Command) {
	c.PersistentFlags().StringVar(&p.opts.log, "log", "", "write what is done to `FILE`, a JSON object a line; it holds no secrets")
}

// openLog begins the log. It appends, as logs do, to a file that is its
// owner's alone.
func (p *program) openLog(name string) error {
	if p.opts.log == "" {
		return nil
	}
	f, err := os.OpenFile(p.opts.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	p.logTo = f
	p.logger = slog.New(slog.NewJSONHandler(f, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			a.Value = slog.StringValue(p.Now().UTC().Format(time.RFC3339Nano))
		}
		return a
	}}))
	p.logger.Info("begin", "command", name, "version", Version)
	return nil
}

// closeLog ends the log with the exit code.
func (p *program) closeLog(code int) {
	if p.logTo == nil {
		return
	}
	p.logger.Info("end", "exit", code)
	_ = p.logTo.Close()
}

// note writes a line to the log, where there is one. Nothing but names, counts
// and codes may be given to it: never a document, an error's text or a value
// of the sign-in.
func (p *program) note(what string, args ...any) {
	if p.logger != nil {
		p.logger.Info(what, args...)
	}
}

// logEvent writes down how a lookup went.
func (p *program) logEvent(e awsx.Event) {
	if p.logger == nil || e.Phase == awsx.Paged {
		return
	}
	if e.Phase == awsx.Started {
		p.note("ask", "op", e.Lookup.Name)
		return
	}
	if _, ok := errors.AsType[*awsx.Skip](e.Err); ok {
		p.note("skipped", "op", e.Lookup.Name)
		return
	}
	p.logCall(e.Lookup.Name, e.Took, e.Err, "pages", e.Progress.Pages, "rows", e.Progress.Rows)
}

// logCall writes down how one call went: its time, and the class of its error.
func (p *program) logCall(op string, took time.Duration, err error, more ...any) {
	args := append([]any{"op", op, "took_ms", took.Milliseconds()}, more...)
	var e *awsx.Error
	switch {
	case err == nil:
	case errors.As(err, &e):
		args = append(args, "state", e.State.String(), "code", e.Code)
		if e.RequestID != "" {
			args = append(args, "request_id", e.RequestID)
		}
	default:
		args = append(args, "state", "failed")
	}
	p.note("answer", args...)
}

// logged passes on what a gathering says, and writes it down.
func (p *program) logged(ctx context.Context, in <-chan awsx.Event) <-chan awsx.Event {
	if p.logger == nil {
		return in
	}
	out := make(chan awsx.Event)
	go func() {
		defer close(out)
		for e := range in {
			p.logEvent(e)
			select {
			case out <- e:
			case <-ctx.Done():
			}
		}
	}()
	return out
}
