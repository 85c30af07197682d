package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/report"
	"example.com/samlens/diag/trail"
	"example.com/samlens/diag/visible"
)

// watchCommand re-checks until a sign-in works.
func (p *program) watchCommand() *cobra.Command {
	var every, limit time.Duration
	c := &cobra.Command{
		Use:   "watch FILE",
		Short: "Look again and again until a sign-in works",
		Long: `watch asks AWS about the sign-in of a capture every so often and says what changes: the
verdict, the certificates that IAM holds, new sign-ins through the same role. It ends
with exit code 0 at the first sign-in that CloudTrail shows to have worked, which it
does minutes after the fact. Only that proves anything: a mended configuration has not
been tried yet, and a failure by somebody else may be another fault.

Exit code 1: the time is over and nothing worked. 130: interrupted.`,
		Example: `  samlens watch login.har
  samlens watch login.har --every 1m --for 2h`,
		Args: takes(1, 1, "one capture"),
		RunE: func(c *cobra.Command, args []string) error {
			if every <= 0 || limit <= 0 {
				return errors.New("--every and --for want a time such as 30s or 2h")
			}
			return p.watch(c.Context(), args[0], every, limit)
		},
	}
	p.withEvidence(c)
	p.withAWS(c)
	c.Flags().DurationVar(&every, "every", 30*time.Second, "look again after this `TIME`")
	c.Flags().DurationVar(&limit, "for", 30*time.Minute, "give up after this `TIME`")
	return c
}

func (p *program) watch(ctx context.Context, path string, every, limit time.Duration) error {
	if p.opts.offline {
		return errors.New("watch asks AWS, which --offline forbids")
	}
	in, err := p.read([]string{path})
	if err != nil {
		return err
	}
	p.tell(in.problems)
	if len(in.diagnoses) == 0 {
		return toldError{}
	}
	d := in.diagnoses[len(in.diagnoses)-1]
	api, err := p.aws(ctx, d.Case)
	if err != nil {
		return err
	}
	p.opts.live = true
	w := watcher{p: p, api: api, asked: d, bad: map[string]bool{}}
	return w.run(ctx, w.since(), every, limit)
}

// A watcher tells what changes between one look and the next.
type watcher struct {
	p     *program
	api   awsx.API
	asked diag.Diagnosis // the capture with what was given beside it
	last  string         // the verdict told last
	cause string         // the rule of the first
	// blocked tells that the sign-in of the capture would still fail.
	blocked bool
	certs   string
	bad     map[string]bool // failed lookups that were told
}

// since is the sign-in of the capture: what worked after it counts.
func (w *watcher) since() time.Time {
	now := w.p.Now()
	if at := w.asked.Case.AsOf; at.Known() && at.At.Before(now) {
		return at.At
	}
	return now
}

func (w *watcher) run(ctx context.Context, since time.Time, every, limit time.Duration) error {
	ctx, stop := context.WithTimeoutCause(ctx, limit, errOver)
	defer stop()
	for from := since; ctx.Err() == nil; {
		worked := w.until(ctx, from, every)
		if worked == nil {
			break
		}
		if who := awsx.SubjectOf(w.asked.Case).Session; !w.blocked || who == "" || trail.User(*worked) == who {
			w.say("✓ it works: %s signed in at %s", visible.Line(trail.User(*worked)), report.Stamp(worked.Time))
			return nil
		}
		w.say("that was somebody else, and the sign-in of the capture would still fail; looking on")
		from = worked.Time
	}
	if errors.Is(context.Cause(ctx), errOver) {
		w.p.code = ExitBroken
		w.say("gave up after %s: no sign-in has worked since %s", limit, report.Stamp(since))
	}
	return nil
}

// until looks until a sign-in works, and returns it; nil where none did.
func (w *watcher) until(ctx context.Context, since time.Time, every time.Duration) (worked *evidence.TrailEvent) {
	for look := range awsx.Watch(ctx, w.api, w.asked.Case, since, every) {
		for _, e := range look.New {
			w.say("sign-in by %s at %s: %s", visible.Line(trail.User(e)), report.Stamp(e.Time), result(e))
		}
		w.problem(look.Err)
		w.check(ctx)
		worked = look.Success
	}
	return worked
}

var errOver = errors.New("the time is over")

// check asks everything anew and says what is otherwise than last time.
func (w *watcher) check(ctx context.Context) {
	d := w.asked
	for e := range awsx.Gather(ctx, w.api, d.Case, withoutTrail()) {
		var changed evidence.Need
		if e.Phase != awsx.Started {
			changed = e.Lookup.Gives
		}
		d = d.Update(e.Live, changed)
		if err, lost := failure(e); lost {
			w.problem(err)
		}
	}
	if ctx.Err() != nil {
		return
	}
	v := d.Verdict
	// The capture keeps AWS's refusal for ever: once nothing explains it any
	// more, what did was mended.
	mended := v.Rule == "answer-refused" && w.last != "" && w.cause != v.Rule
	w.blocked = v.State == chain.Broken && !mended
	if w.last == "" {
		w.cause = v.Rule
	}
	if now := report.Sentence(v); now != w.last {
		w.last = now
		if !mended {
			w.say("%s", now)
		}
		if !w.blocked {
			w.say("nothing is in the way any more; waiting for a sign-in that works")
		}
	}
	if pr, ok := d.Case.Live.Provider.Get(); ok {
		var held strings.Builder
		for _, c := range pr.Metadata.Signing() {
			held.WriteString(" " + c.SHA256[:min(len(c.SHA256), 23)] + "…")
		}
		if held.String() != w.certs && w.certs != "" {
			w.say("IAM now holds the signing certificates%s", held.String())
		}
		w.certs = held.String()
	}
}

// withoutTrail are the lookups of a check: CloudTrail is being watched anyway,
// and it is the slowest to ask.
func withoutTrail() (out []*awsx.Lookup) {
	for _, l := range awsx.Lookups() {
		if l.Gives&(evidence.NeedTrail|evidence.NeedChanges) == 0 {
			out = append(out, l)
		}
	}
	return out
}

func (w *watcher) problem(err error) {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || w.bad[err.Error()] {
		return
	}
	w.bad[err.Error()] = true
	w.say("could not look: %s", visible.Line(err.Error()))
}

func (w *watcher) say(format string, args ...any) {
	fmt.Fprintf(w.p.Out, "%s  %s\n", w.p.Now().UTC().Format("15:04:05Z"), fmt.Sprintf(format, args...))
}

func result(e evidence.TrailEvent) string {
	if !e.Failed {
		return "it worked"
	}
	return "refused, " + visible.Line(first(e.ErrorMessage, e.ErrorCode, "without a reason"))
}
