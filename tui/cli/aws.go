package cli

import (
	"context"
	"fmt"
	"net"
	"net/url"

	"example.com/samlens/awsx"
	"example.com/samlens/awsx/live"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/report"
	"example.com/samlens/diag/visible"
)

// aws opens the way to AWS for a sign-in.
func (p *program) aws(ctx context.Context, c evidence.Case) (awsx.API, error) {
	s := awsx.SubjectOf(c)
	return live.Open(ctx, live.Options{
		Profile: p.opts.profile, Region: p.opts.region, Endpoint: p.opts.endpoint, Partition: s.Partition, Fallback: first(s.Region, p.opts.regionElse),
		Unpaced: here(p.opts.endpoint),
	})
}

// here reports whether an endpoint is an AWS on this machine, whose rates
// nobody else lives on.
func here(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// mayAsk opens the way to AWS for the investigator, or says why there is none.
// Whose credentials they are is the first lookup's business: it ends the rest
// where they are another account's.
func (p *program) mayAsk(ctx context.Context, c evidence.Case) (awsx.API, string) {
	if p.opts.offline {
		return nil, "--offline was given"
	}
	api, err := p.aws(ctx, c)
	if err != nil {
		return nil, err.Error()
	}
	return api, ""
}

// lookUp asks AWS about the last sign-in of each source, and reports whether a
// lookup failed.
func (p *program) lookUp(ctx context.Context, in *input) bool {
	failed := false
	for i := range in.diagnoses {
		if !in.isLast(i) {
			continue
		}
		api, err := p.aws(ctx, in.diagnoses[i].Case)
		if err != nil {
			in.problems = append(in.problems, report.Problem{Source: "aws", Kind: "lookup", Message: err.Error(), Offset: -1})
			return true
		}
		d, bad := p.gather(ctx, api, in.diagnoses[i])
		in.diagnoses[i] = d
		for _, b := range bad {
			in.lookups = append(in.lookups, report.Problem{Source: "aws", Kind: "lookup", Message: b.Error(), Offset: -1})
		}
		failed = failed || len(bad) > 0
	}
	return failed
}

// gather runs every lookup that a sign-in still needs and concludes afresh. It
// returns what failed; what there was nothing to ask about did not.
func (p *program) gather(ctx context.Context, api awsx.API, d diag.Diagnosis) (diag.Diagnosis, []error) {
	var bad []error
	for e := range awsx.Gather(ctx, api, d.Case, awsx.Lookups()) {
		p.progress(e)
		p.logEvent(e)
		var changed evidence.Need
		if e.Phase != awsx.Started {
			changed = e.Lookup.Gives
		}
		d = d.Update(e.Live, changed)
		if err, lost := failure(e); lost {
			bad = append(bad, err)
		}
	}
	return d, bad
}

// failure returns why a lookup gave no answer. That AWS says there is no such
// thing is an answer.
func failure(e awsx.Event) (error, bool) {
	if e.Phase != awsx.Done || e.Err == nil {
		return nil, false
	}
	//nolint:errorlint // Gather hands out these two types as they are
	switch err := e.Err.(type) {
	case *awsx.Skip:
		return nil, false
	case *awsx.Error:
		return fmt.Errorf("%s: %w", e.Lookup.Title, err), err.State != evidence.Absent
	}
	return fmt.Errorf("%s: %w", e.Lookup.Title, e.Err), true
}

// progress tells on a terminal's stderr how far the lookups are.
func (p *program) progress(e awsx.Event) {
	if !p.ErrTerminal || e.Phase == awsx.Started {
		return
	}
	if err, lost := failure(e); lost {
		fmt.Fprintln(p.Err, "  ✗ "+visible.Line(err.Error()))
	} else if e.Phase == awsx.Done {
		fmt.Fprintf(p.Err, "  ✓ %s (%.1f s)\n", e.Lookup.Title, e.Took.Seconds())
	}
}
