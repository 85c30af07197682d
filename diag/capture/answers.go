package capture

import (
	"net/url"
	"strings"

	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/symptom"
)

func parseACS(raw string) endpoint.ACS { return endpoint.ParseACS(raw) }

// answers are the steps from a message on until the next one's.
func (s *story) answers(m, next *message) []*step {
	var out []*step
	for _, x := range s.steps {
		if byTime(x.At, m.started, x.Entry, m.entry) < 0 || next != nil && byTime(x.At, next.started, x.Entry, next.entry) >= 0 {
			continue
		}
		out = append(out, x)
	}
	return out
}

// observed finds the first error that AWS or Connect showed. Only HTML
// documents of AWS sign-in, the console and Connect count; where such a
// document was not recorded, its status tells that there was one.
func observed(answers []*step) *evidence.Observed {
	for _, x := range answers {
		if x.refusedUnseen() {
			return &evidence.Observed{Text: "HTTP " + itoa(x.Status) + ", and the page was not recorded", HTTPStatus: x.Status, Unseen: true,
				URL: x.URL, Party: x.Party, Entry: x.Entry, Where: evidence.Spot{In: evidence.InHAR, Path: "/log/entries/" + itoa(x.Entry) + "/response/status"}}
		}
		if !x.html || !ofAWS(x.Party) || x.asset || len(x.page.Lines) == 0 {
			continue
		}
		if o := x.error(); o != nil {
			return o
		}
	}
	return nil
}

// refusedUnseen reports whether AWS refused with a page of which the recording
// has the status alone: bodies are left out by choice, or after a navigation.
func (x *step) refusedUnseen() bool {
	if x.Status < 400 || x.Status == 404 || len(x.page.Lines) > 0 || !ofAWS(x.Party) || x.asset {
		return false
	}
	return x.SAML != "" || x.html && x.Method == "GET" && !strings.Contains(x.url.Path, "/api/")
}

// error reads a page as an error page; nil where it is none.
func (x *step) error() *evidence.Observed {
	found := func(text, id string, f symptom.Fields) *evidence.Observed {
		o := &evidence.Observed{Text: printable(safeText(text), 600), ID: id, Code: f.Code, HTTPStatus: f.HTTPStatus, Service: f.Service, RequestID: f.RequestID, RoleARN: f.RoleARN,
			URL: x.URL, Party: x.Party, Entry: x.Entry, Where: evidence.Spot{In: evidence.InPage, Path: x.place()}}
		if o.HTTPStatus == 0 {
			o.HTTPStatus = x.Status
		}
		if o.RoleARN == "" {
			o.RoleARN = symptom.Parse(strings.Join(x.page.Lines, " ")).RoleARN
		}
		return o
	}
	// The suffix of AWS sign-in is proof, whatever stands before it.
	for _, l := range x.page.Lines {
		if f := symptom.Parse(l); f.Service != "" && f.HTTPStatus != 0 {
			h, _ := symptom.InPage(l)
			return found(f.Message, h.Entry.ID, f)
		}
	}
	// A sentence of the catalogue: in a line of its own, else across lines.
	var best *evidence.Observed
	longest := 0
	for _, l := range x.page.Lines {
		if h, ok := symptom.InPage(l); ok && len(h.Text) > longest {
			best, longest = found(l, h.Entry.ID, h.Fields), len(h.Text)
		}
	}
	if best != nil && (x.Status >= 400 || x.Status == 0 || x.short()) {
		return best
	}
	all := strings.Join(x.page.Lines, " ")
	if h, ok := symptom.InPage(all); ok && x.short() {
		return found(h.Text, h.Entry.ID, h.Fields)
	}
	// A page that refuses in words of its own.
	if x.Status >= 400 && x.Status != 404 && !strings.Contains(x.url.Path, "/api/") {
		f := symptom.Parse(all)
		return found(printable(all, 300), "", f)
	}
	return nil
}

// short reports whether a page says little else than one sentence: an
// application that merely mentions an error does not.
func (x *step) short() bool {
	n := 0
	for _, l := range x.page.Lines {
		n += len(l)
	}
	return n < 1500
}

func (x *step) place() string {
	return "/log/entries/" + itoa(x.Entry) + "/response/content/text"
}

// outcome tells how a sign-in ended by what followed it.
func outcome(answers []*step, o *evidence.Observed) (evidence.Outcome, string) {
	if o != nil {
		return evidence.OutcomeRefused, "the answer at " + o.URL + " is an error"
	}
	best, why := evidence.OutcomeUnknown, ""
	rank := map[evidence.Outcome]int{evidence.OutcomePicker: 1, evidence.OutcomeRedirect: 2, evidence.OutcomePortal: 3, evidence.OutcomeConsole: 4, evidence.OutcomeConnect: 5}
	better := func(out evidence.Outcome, text string) {
		if rank[out] > rank[best] {
			best, why = out, text
		}
	}
	for _, x := range answers {
		ok := x.Status >= 200 && x.Status < 300 && x.html && !x.asset
		moved := x.Status >= 300 && x.Status < 400
		switch x.Party {
		case partySignIn:
			switch {
			case x.page.Picker && x.SAML != "":
				better(evidence.OutcomePicker, "AWS's role picker was shown and no role was chosen")
			case moved && x.SAML != "" && !refusesByRedirect(x.Redirect):
				better(evidence.OutcomeRedirect, "AWS sign-in redirected to "+hostOf(x.Redirect))
			}
		case partyCenter:
			switch {
			case moved && x.SAML != "":
				better(evidence.OutcomeRedirect, "IAM Identity Center redirected to "+hostOf(x.Redirect))
			case ok && x.SAML == "" && strings.Contains(x.url.Path+"/", "/start/"):
				better(evidence.OutcomePortal, "the access portal at "+x.host+" was shown")
			}
		case partyConsole:
			federate := strings.Contains(x.url.Path, "/connect/federate")
			switch {
			case ok && !federate:
				better(evidence.OutcomeConsole, "the AWS console at "+x.host+x.url.Path+" was shown")
			case moved && federate:
				better(evidence.OutcomeRedirect, "Connect's federate URL redirected to "+hostOf(x.Redirect))
			}
		case partyConnect:
			switch {
			case ok && strings.Contains(x.url.Path, "/auth/"):
				// Where a session begins. Who gets one is sent on from here.
				better(evidence.OutcomeRedirect, "Connect's sign-in "+x.host+x.url.Path+" was reached")
			case ok:
				better(evidence.OutcomeConnect, "Connect's page "+x.host+x.url.Path+" was shown")
			}
		}
	}
	return best, why
}

// refusesByRedirect reports whether a redirect leads back to a sign-in page.
func refusesByRedirect(to string) bool {
	return strings.Contains(to, "/oauth?Action=logout") || strings.Contains(to, "signin.aws.amazon.com/signin")
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return "another page"
	}
	return printable(u.Host+u.Path, 120)
}

// visit finds a page of Connect that was opened without the IdP.
func (s *story) visit() *evidence.Visit {
	for _, x := range s.steps {
		if x.Party != partyConnect || x.asset {
			continue
		}
		v := &evidence.Visit{URL: x.URL, Entry: x.Entry}
		for _, y := range s.steps {
			if y.Party == partyConnect && y.html && len(y.page.Lines) > 0 {
				if o := y.error(); o != nil {
					v.URL, v.Entry, v.Text = y.URL, y.Entry, o.Text
					return v
				}
				if v.Text == "" {
					v.Text = printable(y.Text, 200)
				}
			}
		}
		return v
	}
	return nil
}
