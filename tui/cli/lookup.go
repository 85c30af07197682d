package cli

import (
	"context"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/report"
)

// gather runs every lookup that a sign-in still needs and concludes afresh. It
// reports whether one of them failed.
func gather(ctx context.Context, api awsx.API, d diag.Diagnosis, told func(awsx.Event)) (diag.Diagnosis, bool) {
	failed := false
	for e := range awsx.Gather(ctx, api, d.Case, awsx.Lookups()) {
		told(e)
		var touched evidence.Need
		if e.Phase != awsx.Started {
			touched = e.Lookup.Gives
		}
		d = d.Update(e.Live, touched)
	}
	for _, s := range states(d.Case) {
		failed = failed || s == evidence.Denied || s == evidence.Failed
	}
	return d, failed
}

// states are how far the needs that lookups settle are known.
func states(c evidence.Case) []evidence.State {
	var out []evidence.State
	for _, l := range awsx.Lookups() {
		for _, n := range l.Gives.Each() {
			out = append(out, c.StateOf(n))
		}
	}
	return out
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
		d, bad := gather(ctx, api, in.diagnoses[i], p.progress)
		in.diagnoses[i], failed = d, failed || bad
	}
	return failed
}

func (p *program) aws(ctx context.Context, c evidence.Case) (awsx.API, error) { panic("live") }
func (p *program) progress(awsx.Event) {}
