package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/page"
	"example.com/samlens/diag/report"
	"example.com/samlens/diag/visible"
	"example.com/samlens/tui"
)

// open shows the captures in the investigator, or prints the report where
// nothing can be drawn on.
func (p *program) open(ctx context.Context, c *cobra.Command, paths []string) error {
	if len(paths) == 0 && p.Terminal && piped(p.In) {
		paths = []string{"-"}
	}
	if len(paths) == 0 {
		return c.Help()
	}
	if !p.Terminal {
		p.opts.format = "text"
		return p.report(ctx, paths)
	}
	if err := errors.Join(p.maySave(), p.mayAskSTS()); err != nil {
		return err
	}
	in, err := p.read(paths)
	if err != nil {
		return err
	}
	p.tell(in.problems)
	if len(in.diagnoses) == 0 {
		if len(in.documents) > 0 {
			p.opts.format = "text"
			return p.write(in, false)
		}
		return toldError{}
	}
	answers := p.askAll(ctx, in, p.real())
	o := p.screen(in)
	last := in.diagnoses[len(in.diagnoses)-1].Case
	api, why := p.mayAsk(ctx, last)
	if o.WhyNoAWS = why; api != nil {
		p.asking(&o, api)
	}
	return p.investigate(ctx, in, o, answers)
}

// investigate shows the screen, and tells and keeps what came of it.
func (p *program) investigate(ctx context.Context, in input, o tui.Options, answers map[int]report.STSAnswer) error {
	for _, a := range answers {
		o.Hint = a.Sentence()
	}
	heard := hear(in.diagnoses)
	o.Rediagnose = heard.update
	o.Paste = func(b []byte) ([]diag.Diagnosis, error) {
		how := in.how
		how.Now = p.Now()
		return heard.paste(b, how)
	}
	if err := tui.Run(ctx, o); err != nil {
		return err
	}
	now := heard.all()
	for i, a := range answers {
		fmt.Fprintln(p.Err, "samlens: "+visible.Line(compare(a, now[i]).Sentence()))
	}
	return p.saveCase(now)
}

// piped reports whether somebody feeds standard input: "cat login.har | samlens".
// Where no terminal shows the result it is not taken for granted, for a pipe
// that a job inherits may never end.
func piped(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	s, err := f.Stat()
	return err == nil && (s.Mode()&os.ModeNamedPipe != 0 || s.Mode().IsRegular() && s.Size() > 0)
}

// asking lets the investigator ask AWS.
func (p *program) asking(o *tui.Options, api awsx.API) {
	o.Gather = func(ctx context.Context, c evidence.Case) <-chan awsx.Event {
		return p.logged(ctx, awsx.Gather(ctx, api, c, awsx.Lookups()))
	}
	o.Redo = func(ctx context.Context, c evidence.Case, l *awsx.Lookup) <-chan awsx.Event {
		return p.logged(ctx, awsx.Redo(ctx, api, c, l))
	}
	o.About = func(ctx context.Context, c evidence.Case, u evidence.User) (evidence.User, error) {
		ctx, stop := context.WithTimeout(ctx, aboutLimit)
		defer stop()
		return awsx.About(ctx, api, c, u)
	}
	o.Follow = func(ctx context.Context, c evidence.Case) <-chan awsx.Event {
		return p.logged(ctx, awsx.Follow(ctx, api, c, followEvery))
	}
}

// followEvery is how long CloudTrail is left alone between two looks: its
// quota is two requests a second, shared with everybody in the account.
const followEvery = 30 * time.Second

// aboutLimit is how long one user may take.
const aboutLimit = 30 * time.Second

// screen is what the investigator works on, without AWS.
func (p *program) screen(in input) tui.Options {
	o := tui.Options{
		ThemeName: p.opts.theme, Mouse: p.opts.mouse, Env: p.look, Clock: p.Now, Input: p.In, Output: p.Out,
		Explain: func(q string) string { s, _ := page.Of(q); return s },
		Keys:    p.opts.ownKeys,
		WhatIf:  whatIfFixed,
		Digest:  p.digest,
	}
	for _, d := range in.diagnoses {
		o.Sessions = append(o.Sessions, tui.Session{Diagnosis: d})
	}
	return o
}

// digest writes a sign-in up for a ticket, as check does.
func (p *program) digest(d diag.Diagnosis) (string, error) {
	var b strings.Builder
	err := report.Write(&b, "markdown", report.Report{Version: Version, Generated: p.Now(), Captures: []diag.Diagnosis{d}})
	return b.String(), err
}

// look is the environment as the screen reads it: --no-color is
// NO_COLOR, and --ascii a locale without more.
func (p *program) look(name string) string {
	if name == "NO_COLOR" && p.opts.noColor {
		return "1"
	}
	if name == "LC_ALL" && p.origin["ascii"] != "" {
		// What the terminal can draw is told by the locale.
		return map[bool]string{true: "C", false: "C.UTF-8"}[p.opts.ascii]
	}
	return p.Env(name)
}
