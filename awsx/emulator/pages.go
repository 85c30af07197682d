package emulator

import (
	"errors"
	"fmt"
	"html"

	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/connect/types"

	"example.com/samlens/awsx/emulator/wire"
)

// The sentences of Amazon Connect's pages.
const (
	textDenied       = "Access denied, Please contact your AWS account administrator for assistance."
	textNotOnboarded = "Access Denied. Your account has been authenticated, but has not been onboarded to this application."
	textBadRequest   = "Bad Request. The request was not valid and could not be processed."
	textExpired      = "Session Expired"
)

// fill puts values into a page, escaped, so that they are text or the value of
// a quoted attribute whatever they hold. html/template would keep every method
// of every client of AWS in the program: 4 MB.
func fill(page string, values ...string) string {
	escaped := make([]any, len(values))
	for i, v := range values {
		escaped[i] = html.EscapeString(v)
	}
	return fmt.Sprintf(page, escaped...)
}

// errorPage is the sign-in page's, for a sentence.
func errorPage(text string) string {
	return fill(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Amazon Web Services Sign-In</title></head>
<body><div id="container"><h1 class="background">Amazon Web Services Sign In</h1>
<div id="content"><div id="main_error"><h2>Sign in error</h2><p>%s</p></div></div></div></body></html>
`, text)
}

// pickerPage is the one on which a user with several roles chooses. It posts
// the response to action, a path of this server, once more.
func pickerPage(action, response, relay string, offered []pair) string {
	var page strings.Builder
	page.WriteString(fill(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Amazon Web Services Sign-In</title></head>
<body><div id="container"><h1 class="background">Select a role:</h1>
<form id="saml_form" name="saml_form" action="%s" method="post">
<input type="hidden" name="RelayState" value="%s">
<input type="hidden" name="SAMLResponse" value="%s">
<fieldset>
`, action, relay, response))
	for _, o := range offered {
		page.WriteString(fill(`<div class="saml-role"><input type="radio" name="roleIndex" value="%[1]s" id="%[1]s" class="saml-radio"><label for="%[1]s">%[1]s</label></div>
`, o.role))
	}
	page.WriteString(`</fieldset><input type="submit" id="signin_button" value="Sign In"></form></div></body></html>
`)
	return page.String()
}

// connectPage is one of Amazon Connect's or of the console's.
func connectPage(t connectText) string {
	role := ""
	if t.Role != "" {
		role = fill(`<p class="detail">%s</p>`, t.Role)
	}
	return fill(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Amazon Connect</title></head>
<body><div id="app"><h1>%s</h1><p>%s</p>`, t.Title, t.Text) + role + `</div></body></html>
`
}

type connectText struct{ Title, Text, Role string }

// federatePage is the console's way into Connect.
func (s *Server) federatePage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.browserSession(r)
	if !ok {
		render(w, http.StatusUnauthorized, connectPage(connectText{textExpired, textExpired, ""}))
		return
	}
	c := &wire.Call{ID: s.mux.NextID(), Service: "connect", Op: "GetFederationToken", Region: r.URL.Query().Get("region"), AccessKey: x.key, Source: hostOf(r), UserAgent: r.UserAgent()}
	err := s.before(r.Context(), c)
	var n *Instance
	if err == nil {
		s.mu.Lock()
		n, _, err = s.federate(c, x, r.PathValue("id"), c.Region)
		s.mu.Unlock()
	}
	if err != nil {
		status, text := federateText(err)
		text.Role = x.arn
		render(w, status, connectPage(text))
		return
	}
	http.Redirect(w, r, "/connect/home/"+n.ID, http.StatusFound)
}

// federateText is the page for a failure. AWS publishes neither the statuses
// nor a sentence for an instance that is not there or not on SAML: these get
// the one about access.
func federateText(err error) (int, connectText) {
	var nobody *types.UserNotFoundException
	var other *types.DuplicateResourceException
	switch {
	case errors.As(err, &nobody):
		return http.StatusForbidden, connectText{Title: "Access Denied", Text: textNotOnboarded}
	case errors.As(err, &other):
		return http.StatusBadRequest, connectText{Title: "Bad Request", Text: textBadRequest}
	}
	return http.StatusForbidden, connectText{Title: "Access denied", Text: textDenied}
}

// homePage is the instance, as far as a signed-in agent proves to be in.
func (s *Server) homePage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.browserSession(r)
	if !ok {
		render(w, http.StatusUnauthorized, connectPage(connectText{textExpired, textExpired, ""}))
		return
	}
	render(w, http.StatusOK, connectPage(connectText{"Amazon Connect", "Signed in as " + x.name, ""}))
}

// consolePage is where a sign-in without relay state ends.
func (s *Server) consolePage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.browserSession(r)
	if !ok {
		render(w, http.StatusUnauthorized, connectPage(connectText{textExpired, textExpired, ""}))
		return
	}
	render(w, http.StatusOK, connectPage(connectText{"AWS Management Console", "Signed in as " + x.arn, ""}))
}

func (s *Server) browserSession(r *http.Request) (session, bool) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return session{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x, ok := s.sessions[cookie.Value]
	return x, ok && s.now().Before(x.expires)
}
