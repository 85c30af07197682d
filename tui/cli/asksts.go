package cli

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/report"
)

// redeemable is how long STS takes an assertion after it was issued.
const redeemable = 5 * time.Minute

// withAskSTS adds the flags that send the assertion to STS.
func (p *program) withAskSTS(c *cobra.Command) {
	c.Flags().BoolVar(&p.opts.askSTS, "ask-sts", false, "send this very assertion to AWS STS and show AWS's own answer; asks first")
	c.Flags().BoolVar(&p.opts.yes, "yes", false, "with --ask-sts: do not ask first")
}

// An asker is a way to AWS that can send an assertion to STS.
type asker interface {
	AskSTS(ctx context.Context, a awsx.Assertion, now time.Time) (awsx.Answer, error)
}

// A vantage is when a sign-in is looked into and how AWS is reached from there:
// our own time and AWS, or an incident's.
type vantage struct {
	now func() time.Time
	aws func(context.Context, evidence.Case) (awsx.API, error)
}

// real is the vantage of sign-ins that happened.
func (p *program) real() vantage { return vantage{p.Now, p.aws} }

// mayAskSTS says before any work is done that STS cannot be asked.
func (p *program) mayAskSTS() error {
	switch {
	case !p.opts.askSTS:
		return nil
	case p.opts.offline:
		return errors.New("--ask-sts asks AWS, and --offline forbids it")
	case !p.opts.yes && !p.Answers:
		return errors.New("--ask-sts makes a session at AWS and asks first: there is no terminal to ask on, so give --yes too")
	}
	return nil
}

// askSTS sends the assertion of a sign-in to STS, where the person agrees. The
// prediction is put beside it by [compare].
func (p *program) askSTS(ctx context.Context, c evidence.Case, from vantage) report.STSAnswer {
	a, why := assertionOf(c, from.now())
	if why != "" {
		return report.STSAnswer{Why: why}
	}
	api, err := from.aws(ctx, c)
	if err != nil {
		return report.STSAnswer{Why: err.Error()}
	}
	sts, ok := api.(asker)
	if !ok {
		return report.STSAnswer{Why: "this way to AWS cannot send assertions"}
	}
	if !p.opts.yes && !p.confirm("send this assertion to AWS STS AssumeRoleWithSAML? it makes a session whose credentials are dropped unread [y/N] ") {
		return report.STSAnswer{Why: "you said no"}
	}
	began := p.Now()
	got, err := sts.AskSTS(ctx, a, from.now())
	p.logCall("sts:AssumeRoleWithSAML", p.Now().Sub(began), err)
	var e *awsx.Error
	switch {
	case err == nil:
		return report.STSAnswer{Asked: true, Answered: true, Accepted: true, Session: got.SessionARN}
	case errors.As(err, &e) && e.Code != "" && judged(e.Code):
		return report.STSAnswer{Asked: true, Answered: true, Code: e.Code, Message: e.Message}
	}
	return report.STSAnswer{Asked: true, Why: err.Error()}
}

// askAll asks STS about the last sign-in of each source, where that was asked
// for. It returns the answers by index.
func (p *program) askAll(ctx context.Context, in input, from vantage) map[int]report.STSAnswer {
	out := map[int]report.STSAnswer{}
	for i, d := range in.diagnoses {
		if p.opts.askSTS && in.isLast(i) {
			out[i] = p.askSTS(ctx, d.Case, from)
		}
	}
	return out
}

// judged reports whether an error code speaks of the assertion, and not of the
// call.
func judged(code string) bool {
	for _, not := range []string{"Throttl", "ServiceUnavailable", "InternalFailure", "InternalError", "RequestLimit", "TooManyRequests", "RequestTimeout"} {
		if strings.HasPrefix(code, not) {
			return false
		}
	}
	return true
}

// assertionOf is what is sent to STS, or the reason why nothing is.
func assertionOf(c evidence.Case, now time.Time) (awsx.Assertion, string) {
	r, ok := c.Response.Get()
	if !ok {
		return awsx.Assertion{}, "there is no response that could be read"
	}
	for _, s := range r.Signatures {
		if s.Withheld != nil {
			return awsx.Assertion{}, "the case is redacted: its response cannot be redeemed"
		}
	}
	issued := r.IssueInstant.Time
	if a, ok := r.First(); ok {
		issued = a.IssueInstant.Time
	}
	switch age := now.Sub(issued); {
	case issued.IsZero():
		return awsx.Assertion{}, "the assertion does not say when it was issued"
	case age > redeemable:
		return awsx.Assertion{}, fmt.Sprintf("the assertion was issued %s ago, and STS takes one for five minutes only; sign in again, export at once, and ask with that", span(age))
	}
	cl, _, ok := claims.Read(c)
	if !ok {
		return awsx.Assertion{}, "the assertion cannot be read, so that it names no role to ask for"
	}
	pair, ok := cl.Chosen(c)
	if !ok || !pair.OK {
		return awsx.Assertion{}, "the assertion offers no role, or several; say which with --role-arn"
	}
	s := awsx.SubjectOf(c)
	region := ""
	if len(s.SignIn) > 0 {
		region = s.SignIn[0]
	}
	return awsx.Assertion{
		Response: base64.StdEncoding.EncodeToString(r.Sent), RoleARN: pair.RoleARN, ProviderARN: pair.ProviderARN, Region: region, Issued: issued,
	}, ""
}

// span writes how long ago something was, as people say it.
func span(d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}

// compare puts the prediction beside AWS's answer.
func compare(a report.STSAnswer, d diag.Diagnosis) report.STSAnswer {
	if !a.Answered {
		return a
	}
	switch v := d.Verdict; {
	case v.State == chain.Broken && (v.Hop == evidence.HopIdP || v.Hop == evidence.HopProvider || v.Hop == evidence.HopSTS || v.Hop == evidence.HopTrust):
		a.Predicted = "refused"
	case v.State == chain.Broken && v.Hop < evidence.HopProvider:
		// Where it was posted and what AWS's sign-in page wants of it is not
		// put to STS.
	default:
		a.Predicted = "accepted"
		for _, h := range []evidence.Hop{evidence.HopProvider, evidence.HopSTS, evidence.HopTrust} {
			if s := d.Link(h).State; s != chain.Verified && s != chain.Inferred {
				a.Predicted = ""
			}
		}
	}
	if a.Predicted != "" {
		agrees := (a.Predicted == "accepted") == a.Accepted
		a.Agrees = &agrees
	}
	return a
}

// confirm asks on the terminal, and takes nothing but yes for yes.
func (p *program) confirm(question string) bool {
	fmt.Fprint(p.Err, question)
	var line []byte
	for b := make([]byte, 1); len(line) < 64; {
		// A byte at a time: what follows the answer is for the investigator.
		if n, err := p.In.Read(b); n == 0 || b[0] == '\n' || b[0] == '\r' {
			if err != nil && !errors.Is(err, io.EOF) {
				return false
			}
			break
		}
		line = append(line, b[0])
	}
	s := strings.ToLower(strings.TrimSpace(string(line)))
	return s == "y" || s == "yes"
}
