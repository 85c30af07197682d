package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"example.com/samlens/awsx/emulator"
	"example.com/samlens/awsx/emulator/idp"
)

// maxAnswer bounds a page of the built-in AWS.
const maxAnswer = 1 << 20

// record signs in at the built-in AWS as the agent's browser did, and writes
// the capture of it. The addresses in it are AWS's own.
func (s *scene) record(ctx context.Context, srv *emulator.Server) ([]byte, error) {
	s.response.IssueInstant = s.response.IssueInstant.Add(s.skew)
	if s.response.Recipient == "" {
		s.response.Recipient = s.acs
	}
	signed, err := s.response.Sign(s.key)
	if err != nil {
		return nil, fmt.Errorf("sign the response: %w", err)
	}
	v := idp.Visit{
		Browser: s.browser, At: s.at, Portal: "https://harbourlane.okta.com/app/UserHome",
		SSO: "https://harbourlane.okta.com/app/amazon_aws/exk4hx9q2vTn7LmPb0x7/sso/saml", Response: signed, RelayState: s.relay, IDPSkew: s.skew,
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("make a cookie jar: %w", err)
	}
	b := browser{client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, base: srv.URL()}
	form := url.Values{"SAMLResponse": {idp.Encode(signed)}}
	if s.relay != "" {
		form.Set("RelayState", s.relay)
	}
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, b.base+path(s.acs), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, fmt.Errorf("make the POST: %w", err)
	}
	post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, next, err := b.do(post)
	if err != nil {
		return nil, err
	}
	answer.URL = s.acs
	at := s.relay
	for range 4 {
		if next == "" {
			break
		}
		if strings.HasPrefix(next, "/connect/home/") {
			at = "https://" + alias + ".my.connect.aws/ccp-v2"
		} else if strings.HasPrefix(next, "/console/") {
			at = "https://" + region + ".console.aws.amazon.com/console/home?region=" + region
		}
		if n := len(v.Then); n > 0 {
			v.Then[n-1].Location = at
		} else {
			answer.Location = at
		}
		get, err := http.NewRequestWithContext(ctx, http.MethodGet, b.base+next, nil)
		if err != nil {
			return nil, fmt.Errorf("make the GET: %w", err)
		}
		var page idp.Page
		if page, next, err = b.do(get); err != nil {
			return nil, err
		}
		page.URL = at
		v.Then = append(v.Then, page)
	}
	v.Answer = answer
	return idp.HAR(v)
}

// path is the path of an address.
func path(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "/saml"
	}
	return u.Path
}

// browser talks to the built-in AWS.
type browser struct {
	client *http.Client
	base   string
}

// do returns the answer as a page, and the path that it leads to; "" for none.
func (b browser) do(r *http.Request) (idp.Page, string, error) {
	res, err := b.client.Do(r)
	if err != nil {
		return idp.Page{}, "", fmt.Errorf("ask the built-in AWS: %w", err)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return idp.Page{}, "", fmt.Errorf("read its answer: %w", err)
	}
	p := idp.Page{Status: res.StatusCode, Body: string(body)}
	next := ""
	if res.StatusCode/100 == 3 {
		p.Body, next = "", strings.TrimPrefix(res.Header.Get("Location"), b.base)
	}
	return p, next, nil
}
