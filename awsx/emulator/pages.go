package emulator

import (
	"errors"
	"html/template"
	"net/http"
	"sync"

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

// A picker is the page on which a user with several roles chooses one.
type picker struct {
	Action, Response, Relay string
	Pairs                   []pair
}

// Role is the role's ARN, for the page.
func (p pair) Role() string { return p.role }

// page returns a function that parses a page's template at its first call:
// few runs of the program serve any.
func page(name, text string) func() *template.Template {
	return sync.OnceValue(func() *template.Template { return template.Must(template.New(name).Parse(text)) })
}

var errorPage = page("error", `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Amazon Web Services Sign-In</title></head>
<body><div id="container"><h1 class="background">Amazon Web Services Sign In</h1>
<div id="content"><div id="main_error"><h2>Sign in error</h2><p>{{.}}</p></div></div></div></body></html>
`)

var pickerPage = page("picker", `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Amazon Web Services Sign-In</title></head>
<body><div id="container"><h1 class="background">Select a role:</h1>
<form id="saml_form" name="saml_form" action="{{.Action}}" method="post">
<input type="hidden" name="RelayState" value="{{.Relay}}">
<input type="hidden" name="SAMLResponse" value="{{.Response}}">
<fieldset>{{range .Pairs}}
<div class="saml-role"><input type="radio" name="roleIndex" value="{{.Role}}" id="{{.Role}}" class="saml-radio"><label for="{{.Role}}">{{.Role}}</label></div>{{end}}
</fieldset><input type="submit" id="signin_button" value="Sign In"></form></div></body></html>
`)

var connectPage = page("connect", `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Amazon Connect</title></head>
<body><div id="app"><h1>{{.Title}}</h1><p>{{.Text}}</p>{{with .Role}}<p class="detail">{{.}}</p>{{end}}</div></body></html>
`)

type connectText struct{ Title, Text, Role string }

// federatePage is the console's way into Connect.
func (s *Server) federatePage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.browserSession(r)
	if !ok {
		render(w, http.StatusUnauthorized, connectPage(), connectText{textExpired, textExpired, ""})
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
		render(w, status, connectPage(), text)
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
		render(w, http.StatusUnauthorized, connectPage(), connectText{textExpired, textExpired, ""})
		return
	}
	render(w, http.StatusOK, connectPage(), connectText{"Amazon Connect", "Signed in as " + x.name, ""})
}

// consolePage is where a sign-in without relay state ends.
func (s *Server) consolePage(w http.ResponseWriter, r *http.Request) {
	x, ok := s.browserSession(r)
	if !ok {
		render(w, http.StatusUnauthorized, connectPage(), connectText{textExpired, textExpired, ""})
		return
	}
	render(w, http.StatusOK, connectPage(), connectText{"AWS Management Console", "Signed in as " + x.arn, ""})
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
