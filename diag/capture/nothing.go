package capture

import (
	"fmt"
	"sort"
	"strings"

	"example.com/samlens/diag/evidence"
)

// preserve tells how to record a whole sign-in, in the browser that wrote
// the capture; in any browser where that is not known.
func preserve(writer string) string {
	low := strings.ToLower(writer)
	switch {
	case strings.Contains(low, "firefox"):
		return "In Firefox: open the Network tab, tick “Persist Logs” in its gear menu, sign in from the IdP's start page, then “Save All As HAR”"
	case strings.Contains(low, "webkit"), strings.Contains(low, "safari"):
		return "In Safari: open Web Inspector's Network tab, tick “Preserve Log”, sign in from the IdP's start page, then Export"
	case strings.Contains(low, "webinspector"), strings.Contains(low, "chrome"), strings.Contains(low, "edge"):
		return "In Chrome or Edge: open the Network tab, tick “Preserve log”, sign in from the IdP's start page, then “Export HAR”"
	case strings.Contains(low, "saml-tracer"):
		return "Open SAML-tracer before the first click, sign in from the IdP's start page, then Export"
	}
	return "Open the browser's network tools before the first click, tick “Preserve log” (Firefox: “Persist Logs”), sign in from the IdP's start page, then export the HAR"
}

// nothing is the error for a recording without a SAML response.
func (s *story) nothing(exchanges []evidence.Exchange) *Error {
	in := &SignIn{}
	c := &in.Capture
	c.Form, c.Writer, c.Entry, c.Exchanges = s.form, s.writer, -1, exchanges
	c.Direct = s.visit()
	c.Found = s.found()
	c.Clock = s.clock(&message{entry: -1})
	next := preserve(s.writer)
	reason := ""
	switch {
	case c.Direct != nil:
		reason = "Amazon Connect was opened without the IdP"
		if c.Direct.Text != "" {
			reason += " (the page said “" + printable(c.Direct.Text, 80) + "”)"
		}
		next = "Start from the IdP's portal tile, not from the instance's own address; to see a whole sign-in: " + next
	case s.requests == 0:
		reason = "nothing was recorded"
	case s.asked > 0:
		reason = "the IdP was asked and never answered in this recording"
	case s.wentOn():
		reason = "the recording probably began after the sign-in"
	default:
		reason = "the recording probably began after the sign-in or ended before it"
	}
	in.Problem = &Problem{Kind: NoResponse, Offset: -1, Reason: c.Found + "; " + reason, Next: next + "."}
	e := fail(ErrNoSAML, c.Found+"; "+reason, next)
	e.SignIn = in
	return e
}

// found says in one clause what was found instead.
func (s *story) found() string {
	if s.requests == 0 {
		return "the recording holds no requests"
	}
	out := count(s.requests, "request") + " to " + count(len(s.hosts), "host")
	if s.asked > 0 {
		out += ", " + count(s.asked, "SAML request")
	}
	out += ", none carried a SAMLResponse"
	var aws []string
	for h := range s.hosts {
		if ofAWSHost(h) {
			aws = append(aws, h)
		}
	}
	if len(aws) > 0 {
		sort.Strings(aws)
		out += " (of AWS: " + strings.Join(aws[:min(3, len(aws))], ", ") + ")"
	}
	return out
}

// wentOn reports whether AWS pages were open, which a sign-in comes before.
func (s *story) wentOn() bool {
	for h := range s.hosts {
		if ofAWSHost(h) {
			return true
		}
	}
	return false
}

func ofAWSHost(host string) bool {
	u := mustHost(host)
	return ofAWS(party(u))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
