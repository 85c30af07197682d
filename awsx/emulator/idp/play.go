package idp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
)

// maxPage is how much of an answer is kept.
const maxPage = 1 << 20

// Play makes the visit to a stand-in of AWS, the built-in one at base, and
// fills in what it answered: Answer, and Then for every page that followed.
// The addresses in the result are AWS's own, as if the browser had been there:
// the relay state for the federate page, home for the instance behind it.
func Play(ctx context.Context, base, home string, v Visit) (Visit, error) {
	v.defaults()
	at, err := url.Parse(v.Answer.URL)
	if err != nil {
		return v, fmt.Errorf("playing a sign-in: %w", err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return v, fmt.Errorf("playing a sign-in: %w", err)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	c := &http.Client{Jar: jar, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	form := url.Values{"SAMLResponse": {Encode(v.Response)}}
	if v.RelayState != "" {
		form.Set("RelayState", v.RelayState)
	}
	page, next, err := fetch(ctx, c, http.MethodPost, base+at.EscapedPath(), form)
	if err != nil {
		return v, err
	}
	page.URL = v.Answer.URL
	v.Answer, v.Then = page, nil
	for last := &v.Answer; next != ""; {
		local := next
		if strings.HasPrefix(local, "/") {
			local = base + local
		}
		if page, next, err = fetch(ctx, c, http.MethodGet, local, nil); err != nil {
			return v, err
		}
		page.URL = v.abroad(local, home)
		last.Location = page.URL
		if len(v.Then) == 10 {
			return v, errors.New("playing a sign-in: redirected without end")
		}
		v.Then = append(v.Then, page)
		last = &v.Then[len(v.Then)-1]
	}
	return v, nil
}

// abroad is the address that a page of the stand-in has at AWS.
func (v *Visit) abroad(local, home string) string {
	u, err := url.Parse(local)
	switch {
	case err == nil && strings.HasPrefix(u.Path, "/connect/federate/"):
		return v.RelayState
	case err == nil && strings.HasPrefix(u.Path, "/connect/home/"):
		return home
	}
	return "https://console.aws.amazon.com/console/home"
}

func fetch(ctx context.Context, c *http.Client, method, address string, form url.Values) (Page, string, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return Page{}, "", fmt.Errorf("playing a sign-in: %w", err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := c.Do(r)
	if err != nil {
		return Page{}, "", fmt.Errorf("playing a sign-in: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxPage))
	if err != nil {
		return Page{}, "", fmt.Errorf("playing a sign-in: %w", err)
	}
	p := Page{Status: resp.StatusCode, Body: string(body), RequestID: resp.Header.Get("X-Amzn-Requestid"), Cookies: resp.Header.Values("Set-Cookie")}
	next := resp.Header.Get("Location")
	if next != "" {
		p.Body = "" // Go's server writes a line about the redirect; AWS does not
	}
	return p, next, nil
}
