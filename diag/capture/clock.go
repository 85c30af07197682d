package capture

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.com/samlens/diag/evidence"
)

func itoa(n int) string { return strconv.Itoa(n) }

// clock reads the clocks around a message: the browser's, AWS's and the
// IdP's.
func (s *story) clock(m *message) evidence.Clock {
	c := evidence.Clock{Started: m.started}
	var aws *step
	if !m.date.IsZero() && m.toAWS() {
		c.AWS = m.date
		aws = &step{Exchange: evidence.Exchange{At: m.started, Took: m.took, Date: m.date}}
	} else if aws = s.nearest(m); aws != nil {
		c.AWS, c.AWSNearest = aws.Date, true
	}
	idp := s.issuedBy(m)
	if idp == nil || idp.Date.IsZero() {
		return c
	}
	c.IdP = idp.Date
	if idp.At.IsZero() {
		return c
	}
	c.IdPStarted = idp.At.Add(idp.Took)
	if aws != nil && !aws.At.IsZero() && !ofAWS(idp.Party) {
		browser := aws.At.Add(aws.Took).Sub(c.IdPStarted)
		c.Skew, c.SkewKnown = c.IdP.Sub(c.AWS)+browser, true
	}
	return c
}

// nearest is the AWS answer closest after the message, else the closest
// before it. Assets may come out of a cache with an old Date and do not
// count.
func (s *story) nearest(m *message) *step {
	var before, behind *step
	for _, x := range s.steps {
		if x.Date.IsZero() || !ofAWS(x.Party) || x.asset || x.Entry == m.entry {
			continue
		}
		if byTime(x.At, m.started, x.Entry, m.entry) >= 0 {
			if behind == nil {
				behind = x
			}
		} else {
			before = x
		}
	}
	if behind != nil {
		return behind
	}
	return before
}

// issuedBy is the answer that carried the response to the browser: the page
// with the form, else the last document before the POST of the site that
// posted.
func (s *story) issuedBy(m *message) *step {
	for _, c := range slices.Backward(s.carriers) {

		if byTime(c.step.At, m.started, c.entry, m.entry) <= 0 && (sameHost(c.form.Action, m.post.URL) || c.form.Action == "") {
			return c.step
		}
	}
	u, err := url.Parse(m.origin)
	if err != nil || u.Host == "" {
		return nil
	}
	host := strings.ToLower(u.Hostname())
	var found *step
	for _, x := range s.steps {
		if byTime(x.At, m.started, x.Entry, m.entry) >= 0 {
			break
		}
		if x.host == host && x.html && !x.asset && x.Status == 200 {
			found = x
		}
	}
	return found
}

// parties names the hosts that are known by what they did: who sent the
// browser with a response is an IdP, who took one and is not AWS is another
// service provider.
func (s *story) parties(all, others []*message) {
	role := map[string]string{}
	for _, m := range others {
		role[m.acs.Host] = partyOther
	}
	for _, m := range all {
		if x := s.issuedBy(m); x != nil {
			role[x.host] = partyIDP
		} else if u, err := url.Parse(m.origin); err == nil && u.Host != "" {
			role[strings.ToLower(u.Hostname())] = partyIDP
		}
	}
	for _, x := range s.steps {
		if x.Party == "" {
			x.Party = role[x.host]
		}
	}
}

// exchanges are the steps as the flow pane shows them.
func (s *story) exchanges() []evidence.Exchange {
	out := make([]evidence.Exchange, 0, len(s.steps))
	for _, x := range s.steps {
		out = append(out, x.Exchange)
	}
	return out
}
