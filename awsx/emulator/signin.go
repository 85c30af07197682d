package emulator

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"example.com/samlens/awsx/emulator/wire"
)

// sessionCookie carries the access key of a browser's session. The real
// console has cookies of its own, which mean nothing to anyone else.
const sessionCookie = "emulator-session"

// invalidResponse is what the sign-in page says before it asks STS anything.
const invalidResponse = "Your request included an invalid SAML response. To logout, click here."

// pages adds what browsers see.
func (s *Server) pages() {
	s.mux.Handle("POST /saml", http.HandlerFunc(s.signIn))
	s.mux.Handle("POST /saml/acs/{id}", http.HandlerFunc(s.signIn))
	s.mux.Handle("GET /connect/federate/{id}", http.HandlerFunc(s.federatePage))
	s.mux.Handle("GET /connect/home/{id}", http.HandlerFunc(s.homePage))
	s.mux.Handle("GET /console/home", http.HandlerFunc(s.consolePage))
}

// signIn answers a posted SAML response as AWS's sign-in page does: what it
// cannot make sense of it refuses by itself, with several roles it lets the
// user choose, and the rest is up to STS.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.PostForm.Get("SAMLResponse") == "" {
		render(w, http.StatusBadRequest, errorPage(invalidResponse))
		return
	}
	posted := r.PostForm.Get("SAMLResponse")
	s.mu.Lock()
	offered, ok := s.offered(posted, r.PathValue("id"))
	s.mu.Unlock()
	if !ok {
		render(w, http.StatusBadRequest, errorPage(invalidResponse))
		return
	}
	chosen := offered[0]
	if len(offered) > 1 {
		want := r.PostForm.Get("roleIndex")
		if want == "" {
			render(w, http.StatusOK, pickerPage(r.URL.EscapedPath(), posted, r.PostForm.Get("RelayState"), offered))
			return
		}
		for _, p := range offered {
			if p.role == want {
				chosen = p
			}
		}
	}
	a := &attempt{role: chosen.role, provider: chosen.provider, assertion: posted, console: true, source: hostOf(r), agent: r.UserAgent()}
	if err := s.assumeFor(r, a); err != nil {
		render(w, http.StatusBadRequest, errorPage(pageText(err, a.requestID)))
		return
	}
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: a.session.key, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, s.next(r.PostForm.Get("RelayState")), http.StatusFound)
}

// assumeFor calls AssumeRoleWithSAML on the browser's behalf, faults and all.
func (s *Server) assumeFor(r *http.Request, a *attempt) error {
	c := &wire.Call{ID: s.mux.NextID(), Service: "sts", Op: "AssumeRoleWithSAML", Source: a.source, UserAgent: a.agent}
	a.requestID = c.ID
	if err := s.before(r.Context(), c); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.assume(a)
}

// offered reads the role pairs that a response offers, before anyone vouched
// for it. It reports false where the page itself turns the response down.
func (s *Server) offered(posted, acs string) ([]pair, bool) {
	raw, err := decodeResponse(posted)
	if err != nil || len(posted) > maxResponse {
		return nil, false
	}
	response, err := parseResponse(raw)
	if err != nil {
		return nil, false
	}
	if statusOf(response) != success {
		return nil, false
	}
	plain := children(response, nsAssertion, "Assertion")
	sealed := children(response, nsAssertion, "EncryptedAssertion")
	if len(plain)+len(sealed) != 1 {
		return nil, false
	}
	var assertion *etree.Element
	if len(plain) == 1 {
		assertion = plain[0]
	} else if assertion = s.unseal(sealed[0], acs); assertion == nil {
		return nil, false
	}
	if acs != "" && !s.knownACS(acs) {
		return nil, false
	}
	c := readClaims(assertion)
	if d := c.first("SessionDuration"); d != "" {
		// AWS documents the range and not what it answers outside of it.
		if n, err := strconv.Atoi(strings.TrimSpace(d)); err != nil || n < 900 || n > 43200 {
			return nil, false
		}
	}
	pairs := c.pairs()
	for _, v := range c.attribute("Role") {
		// People report that white space around the value ends here; AWS does
		// not document it.
		if strings.TrimSpace(v) != v {
			return nil, false
		}
	}
	return pairs, len(pairs) > 0
}

func (s *Server) knownACS(id string) bool {
	for _, p := range s.world.Providers {
		if p.UUID == id {
			return true
		}
	}
	return false
}

// unseal opens an encrypted assertion, which AWS can only where the address
// names the provider.
func (s *Server) unseal(encrypted *etree.Element, acs string) *etree.Element {
	for _, p := range s.world.Providers {
		if p.UUID != acs {
			continue
		}
		if e, err := decrypt(encrypted.Copy(), p.Keys); err == nil {
			return e
		}
	}
	return nil
}

// pageText is a failure of STS as the page prints it.
func pageText(err error, request string) string {
	code, message := codeOf(err)
	status := http.StatusBadRequest
	switch code {
	case "AccessDenied", "IDPRejectedClaim", "RegionDisabledException":
		status = http.StatusForbidden
	}
	service := "AWSSecurityTokenService"
	if message == "Issuer not present in specified provider" {
		// Here the page shows the inner service's answer.
		service, code = "AWSOpenIdDiscoveryService", "AuthSamlInvalidSamlResponseException"
		message = "Failed to assume role: " + message
	}
	return fmt.Sprintf("%s (Service: %s; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)", message, service, status, code, request)
}

// next is where a signed-in browser goes: to the relay state. One that names
// the Connect page of a console goes to this server's, with the region that
// the console's host names; other hosts of AWS have no stand-in here.
func (s *Server) next(relay string) string {
	u, err := url.Parse(relay)
	if err != nil || relay == "" || u.Host == "" {
		return "/console/home"
	}
	if u.Scheme+"://"+u.Host == s.url {
		return relay
	}
	id, ok := strings.CutPrefix(u.Path, "/connect/federate/")
	if !ok {
		return "/console/home?" + url.Values{"relay": {relay}}.Encode()
	}
	q := u.Query()
	if region, _, ok := strings.Cut(u.Host, ".console."); ok {
		q.Set("region", region)
	} else {
		q.Set("region", s.globalRegion())
	}
	return "/connect/federate/" + url.PathEscape(id) + "?" + q.Encode()
}

func (s *Server) globalRegion() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.global()
}

func hostOf(r *http.Request) string {
	host, _, ok := strings.Cut(r.RemoteAddr, ":")
	if !ok || host == "[" {
		return "127.0.0.1"
	}
	return cmp.Or(host, "127.0.0.1")
}

func render(w http.ResponseWriter, status int, page string) {
	w.Header().Set("Content-Type", "text/html;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-cache, no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, page) // what goes wrong here is the connection
}
