package capture

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"example.com/samlens/diag/evidence"
)

// borrow takes a response from the IdP's page where its POST was recorded
// without it, or not at all.
func (s *story) borrow() {
	responses := 0
	for _, m := range s.messages {
		if !m.isResponse() {
			continue
		}
		responses++
		if m.opened.XML != nil || m.value != "" && m.masked == "" {
			continue
		}
		for _, c := range slices.Backward(s.carriers) {

			if byTime(c.step.At, m.started, c.entry, m.entry) <= 0 && sameHost(c.form.Action, m.post.URL) {
				f := c.message()
				if f.opened.XML != nil {
					f.post, f.acs, f.started, f.took, f.status, f.date, f.origin, f.entry = m.post, m.acs, m.started, m.took, m.status, m.date, m.origin, m.entry
					*m = *f
				}
				break
			}
		}
	}
	if responses > 0 || len(s.carriers) == 0 {
		return
	}
	m := s.carriers[len(s.carriers)-1].message()
	m.from = strings.Replace(m.from, "its POST was recorded without it", "its POST was not recorded", 1)
	s.messages = append(s.messages, m)
}

// message makes a message of an IdP's page.
func (c carrier) message() *message {
	at := evidence.Spot{In: evidence.InHAR, Path: fmt.Sprintf("/log/entries/%d/response/content/text", c.entry)}
	m := formMessage(c.form, at, c.step.url)
	m.entry, m.started = c.entry, c.step.At
	m.post.Entry, m.post.At, m.post.SentAt = c.entry, at, c.step.At
	m.from = "the IdP's page; its POST was recorded without it"
	return m
}

// formMessage makes a message of an HTML form.
func formMessage(f form, at evidence.Spot, base *url.URL) *message {
	action := f.Action
	if base != nil && action != "" {
		if u, err := base.Parse(action); err == nil {
			action = u.String()
		}
	}
	m := &message{entry: -1, acs: parseACS(action)}
	m.post = evidence.Post{URL: action, Entry: -1, At: at, Method: "POST"}
	m.take(f.Fields, at, false, false)
	return m
}

func sameHost(a, b string) bool {
	u, errA := url.Parse(strings.TrimSpace(a))
	v, errB := url.Parse(b)
	return errA == nil && errB == nil && u.Host != "" && strings.EqualFold(u.Host, v.Host)
}
