package capture

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"example.com/samlens/diag/envelope"
	"example.com/samlens/diag/evidence"
)

// A group are messages that are one sign-in: the same response posted once,
// sent again by the browser, or posted again by AWS's role picker.
type group struct {
	all []*message
	// main is the message whose answer counts.
	main *message
	role string
}

// lull is how long after the first a second post of the same response is
// another try of the user's, and not the browser's own.
const lull = time.Minute

// anew reports whether b posts a's response another time: some time after a
// was let through, and not because AWS's role picker asked for it. Where a
// was refused, sending it again brings at best another refusal, and the first
// one tells.
func (s *story) anew(a, b *message) bool {
	if a.started.IsZero() || b.started.Sub(a.started) < lull || a.status < 200 || a.status >= 400 || b.status == 0 || b.role != "" {
		return false
	}
	x := s.stepOf(a.entry)
	return x == nil || !x.page.Picker
}

// groups puts responses together, in order of time.
func (s *story) groups(ms []*message) []*group {
	var out []*group
	for _, m := range ms {
		var g *group
		for i := len(out) - 1; i >= 0 && g == nil; i-- {
			if same(out[i].all[0], m) {
				if s.anew(out[i].all[len(out[i].all)-1], m) {
					break
				}
				g = out[i]
			}
		}
		if g == nil {
			g = &group{}
			out = append(out, g)
		} else if len(out) > 1 && out[len(out)-1] != g {
			// It comes back after another one: it is now the last.
			for i := range out {
				if out[i] == g {
					out = append(append(out[:i:i], out[i+1:]...), g)
					break
				}
			}
		}
		g.all = append(g.all, m)
		if m.role != "" {
			g.role, g.main = m.role, m
		}
		// A browser that sends again leaves the first answer the one that
		// tells; one that was never answered tells nothing.
		if g.main == nil || g.role == "" && g.main.status == 0 && m.status != 0 {
			g.main = m
		}
	}
	return out
}

// same reports whether two messages are the same response on its way to the
// same service.
func same(a, b *message) bool {
	if a.field != b.field || !strings.EqualFold(a.acs.Host, b.acs.Host) {
		return false
	}
	if a.opened.XML != nil || b.opened.XML != nil {
		return bytes.Equal(a.opened.XML, b.opened.XML)
	}
	return a.value != "" && a.value == b.value && a.masked == ""
}

// signIns makes the sign-ins of a recording. It returns an error where there
// is no response in it.
func (s *story) signIns() ([]SignIn, []evidence.Post, *Error) {
	s.order()
	s.borrow()
	var aws, others []*message
	for _, m := range s.messages {
		switch {
		case !m.isResponse():
		case m.toAWS():
			aws = append(aws, m)
		default:
			others = append(others, m)
		}
	}
	s.parties(append(append([]*message{}, others...), aws...), others)
	exchanges := s.exchanges()
	main := aws
	if len(aws) == 0 {
		main = others
	}
	gs := s.groups(main)
	if len(aws) == 0 && len(gs) > 1 {
		gs = gs[len(gs)-1:]
	}
	if len(gs) == 0 {
		return nil, nil, s.nothing(exchanges)
	}
	var posts []evidence.Post
	for _, g := range s.groups(others) {
		if len(aws) > 0 || g.main != gs[0].main {
			posts = append(posts, g.main.post)
		}
	}
	var out []SignIn
	for i, g := range gs {
		var next *message
		if i+1 < len(gs) {
			next = gs[i+1].all[0]
		}
		in := s.signIn(g, next)
		in.Capture.Exchanges, in.Capture.OtherPosts = exchanges, posts
		if len(gs) > 1 || len(posts) > 0 {
			in.Capture.Picked = picked(i, len(gs), len(posts), len(aws) > 0)
		}
		out = append(out, in)
	}
	return out, posts, nil
}

func picked(i, n, others int, aws bool) string {
	var b []string
	switch {
	case !aws:
		b = append(b, "no response went to AWS; this is the last one that was posted")
	case n > 1 && i == n-1:
		b = append(b, fmt.Sprintf("the last of %d responses posted to AWS", n))
	case n > 1:
		b = append(b, fmt.Sprintf("response %d of %d posted to AWS", i+1, n))
	}
	if others > 0 && aws {
		b = append(b, fmt.Sprintf("%d more went to other service providers", others))
	}
	return strings.Join(b, "; ")
}

func (s *story) signIn(g *group, next *message) SignIn {
	m := g.main
	in := SignIn{Decoded: m.decoded, From: m.from}
	c := &in.Capture
	post := m.post
	c.Form, c.Writer, c.Entry, c.Posted = s.form, s.writer, m.entry, &post
	c.RelayState, c.PickedRole = m.relay, g.role
	if !c.RelayState.State.Seen() {
		for _, o := range g.all {
			if o.relay.State.Seen() {
				c.RelayState = o.relay
			}
		}
	}
	c.Repairs = append(append([]evidence.Repair{}, m.mended...), m.opened.Repairs...)
	if n := len(g.all); n > 1 && g.role == "" {
		in.From = strings.TrimPrefix(fmt.Sprintf("%s; the browser sent it %d times", in.From, n), "; ")
	}
	settle(&in, m)
	answers := s.answers(m, next)
	c.Observed = observed(answers)
	c.Outcome, c.OutcomeWhy = outcome(answers, c.Observed)
	c.Clock = s.clock(m)
	return in
}

// settle fills in the document of a message, or why there is none.
func settle(in *SignIn, m *message) {
	var bad *envelope.Error
	switch {
	case m.masked != "":
		in.Capture.Sanitised = m.masked
		in.Problem = &Problem{Kind: Sanitised, Offset: -1, Size: len(m.value), Reason: "the " + m.field + " was taken out by " + m.masked,
			Next: "Record the sign-in again and send the file without running it through a sanitizer; Chrome's own “sanitized” export keeps what is needed."}
	case m.value == "" && m.opened.XML == nil && m.err == nil:
		why := "the POST was recorded without its body"
		if m.comment != "" {
			why += " (" + printable(m.comment, 120) + ")"
		}
		in.Problem = &Problem{Kind: NotRecorded, Offset: -1, Reason: why,
			Next: "Record again with “Preserve log” on, or copy the SAMLResponse from the request's Payload tab."}
	case errors.As(m.err, &bad):
		in.Problem = &Problem{Kind: Undecodable, Offset: bad.Offset, Reason: bad.Reason, Size: len(m.value),
			Next: "Copy or record the value again, whole; it begins with PD or PH as a rule."}
		if bad.Kind == envelope.TooLarge {
			in.EncodedLen = len(m.value)
		}
	case m.err != nil:
		in.Problem = &Problem{Kind: Undecodable, Offset: -1, Reason: m.err.Error(), Size: len(m.value)}
	case m.opened.XML == nil:
		in.Problem = &Problem{Kind: Undecodable, Offset: -1, Reason: "the value is no SAML message", Size: len(m.value)}
	default:
		in.Document, in.EncodedLen = m.opened.XML, m.opened.EncodedLen
		in.Decoded = in.Decoded || in.EncodedLen == 0
		in.Root, _ = peekRoot(in.Document)
	}
}
