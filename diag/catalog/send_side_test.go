package catalog

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A vector is one change to the healthy sign-in and what a rule makes of it.
type vector struct {
	rule string
	edit func(*sketch)
	// severity is the first finding's; Unset means that the rule is silent.
	severity rule.Severity
	// says are parts of the first summary.
	says []string
	// nowhere allows a finding that points at no place.
	nowhere bool
}

const (
	silent = rule.Unset
	info   = rule.Info
	warns  = rule.Warning
	fails  = rule.Error
)

func check(t *testing.T, vs []vector) {
	t.Helper()
	fired := map[string]bool{}
	for i, v := range vs {
		c := build(v.edit)
		fs := findings(t, v.rule, c)
		if v.severity == silent {
			if len(fs) > 0 {
				t.Errorf("%d %s: not silent: %s", i, v.rule, fs[0].Summary)
			}
			continue
		}
		if len(fs) == 0 {
			t.Errorf("%d %s: silent (%s)", i, v.rule, rule.Run(byID(t, v.rule), c).Outcome)
			continue
		}
		fired[v.rule] = true
		f := fs[0]
		if f.Severity != v.severity {
			t.Errorf("%d %s: %s, want %s: %s", i, v.rule, f.Severity, v.severity, f.Summary)
		}
		for _, s := range v.says {
			if !strings.Contains(f.Summary, s) {
				t.Errorf("%d %s: %q does not say %q", i, v.rule, f.Summary, s)
			}
		}
		if !f.At.Known() && !v.nowhere {
			t.Errorf("%d %s: points nowhere: %s", i, v.rule, f.Summary)
		}
		for _, f := range fs {
			fit(t, f)
		}
		sound(t, c)
	}
	for _, v := range vs {
		if !fired[v.rule] {
			t.Errorf("%s: no vector in which it fires", v.rule)
			fired[v.rule] = true
		}
	}
}

func TestCaptureRules(t *testing.T) {
	undecodable := func(s *sketch) { s.unread(evidence.Failed, "character 17 is not of base64") }
	none := func(s *sketch) {
		s.unread(evidence.Absent, "")
		s.capture.Found = "41 requests to 6 hosts, none of them carrying SAML"
	}
	other := func(s *sketch) {
		s.unread(evidence.Absent, "")
		s.capture.OtherPosts = []evidence.Post{{URL: "https://acme.my.salesforce.com/?so=1", At: evidence.Spot{In: evidence.InHAR, Path: "/log/entries/7"}, Method: "POST", Message: "SAMLResponse"}}
	}
	direct := func(s *sketch) {
		s.unread(evidence.Absent, "")
		s.capture.Direct = &evidence.Visit{URL: "https://northwind.my.connect.aws/agent?x=1", Text: "Session expired"}
	}
	broken := func(s *sketch) {
		s.unread(evidence.Failed, "no XML")
		s.capture.Unread = &evidence.Unread{XML: true, Offset: 812, Line: 14, Column: 3, Reason: "the element Issuer is not closed"}
	}
	reformatted := (*sketch).laidOut
	check(t, []vector{
		{rule: "no-saml-response", edit: none, severity: fails, says: []string{"41 requests to 6 hosts"}},
		{rule: "no-saml-response", edit: func(s *sketch) { s.unread(evidence.Absent, "") }, severity: fails},
		{rule: "no-saml-response", edit: undecodable},
		{rule: "no-saml-response", edit: other},
		{rule: "no-saml-response", edit: direct},
		{rule: "no-saml-response", edit: broken},
		{rule: "no-saml-response"},
		{rule: "capture-sanitised", severity: fails, says: []string{"Cloudflare"}, edit: func(s *sketch) {
			s.unread(evidence.Failed, "masked")
			s.capture.Sanitised = "the Cloudflare HAR sanitizer"
		}},
		{rule: "capture-sanitised", edit: func(s *sketch) { s.capture.Sanitised = "SAML-tracer" }}, // it left the decoded XML in
		{rule: "capture-sanitised"},
		{rule: "capture-undecodable", edit: undecodable, severity: fails, says: []string{"character 17"}},
		{rule: "capture-undecodable", severity: fails, says: []string{"byte 17", "not of base64"}, edit: func(s *sketch) {
			s.unread(evidence.Failed, "x")
			s.capture.Unread = &evidence.Unread{Offset: 17, Reason: "a character is not of base64"}
		}},
		{rule: "capture-undecodable", edit: broken},
		{rule: "capture-undecodable", edit: none},
		{rule: "capture-undecodable"},
		{rule: "acs-not-aws", edit: other, severity: fails, says: []string{"acme.my.salesforce.com"}},
		{rule: "acs-not-aws", edit: func(s *sketch) { s.capture.Posted.URL = "https://sso.example.com/acs" }, severity: fails, says: []string{"sso.example.com"}},
		{rule: "acs-not-aws", edit: func(s *sketch) { s.capture.Posted.URL = "https://signin.aws.amazon.com/SAML" }, severity: fails, says: []string{"/SAML", "not /saml"}},
		{rule: "acs-not-aws", edit: func(s *sketch) { s.capture.Posted = nil }},
		{rule: "acs-not-aws", edit: (*sketch).center},
		{rule: "acs-not-aws"},
		{rule: "not-saml2", edit: func(s *sketch) { s.response.Version = "1.1" }, severity: fails, says: []string{"SAML 1.1"}},
		{rule: "not-saml2", edit: func(s *sketch) { s.response.Version = "ws-federation" }, severity: fails, says: []string{"WS-Federation"}},
		{rule: "not-saml2", severity: fails, says: []string{"request"}, edit: func(s *sketch) {
			s.unread(evidence.Absent, "")
			s.capture.Form = evidence.FormRequest
		}},
		{rule: "not-saml2", severity: fails, says: []string{"WS-Federation"}, edit: func(s *sketch) {
			s.unread(evidence.Absent, "")
			s.capture.OtherPosts = []evidence.Post{{URL: "https://signin.aws.amazon.com/saml", Message: "wresult"}}
		}},
		{rule: "not-saml2", edit: other},
		{rule: "not-saml2"},
		{rule: "malformed-xml", edit: broken, severity: fails, says: []string{"line 14, column 3", "not closed"}},
		{rule: "malformed-xml", edit: undecodable},
		{rule: "malformed-xml"},
		{rule: "response-too-large", edit: func(s *sketch) { s.response.EncodedLen = 100_000 }},
		{rule: "response-too-large", severity: fails, says: []string{"100001", "groups"}, edit: func(s *sketch) {
			s.response.EncodedLen = 100_001
			s.add("groups", strings.Repeat("x", 300), "y")
		}},
		{rule: "direct-visit", edit: direct, severity: fails, says: []string{"northwind.my.connect.aws/agent"}},
		{rule: "direct-visit", severity: fails, says: []string{"expired"}, edit: func(s *sketch) {
			s.capture.Observed = &evidence.Observed{ID: msgExpired, Text: "Session expired", Where: evidence.Spot{In: evidence.InPage}}
		}},
		{rule: "direct-visit", edit: func(s *sketch) { s.capture.Direct = &evidence.Visit{URL: "https://northwind.my.connect.aws/"} }}, // and then signed in
		{rule: "direct-visit"},
		{rule: "capture-repaired", severity: info, says: []string{"padding", "plus"}, edit: func(s *sketch) {
			s.capture.Repairs = []evidence.Repair{{What: "spaces turned back into plus", At: s.capture.Posted.At, Offset: 90, Count: 4}, {What: "padding added", Offset: -1}}
		}},
		{rule: "capture-repaired"},
		{rule: "capture-reformatted", edit: reformatted, severity: info, says: []string{"white space"}},
		{rule: "capture-reformatted", edit: func(s *sketch) { reformatted(s); s.response.Decoded = false }},
		{rule: "capture-reformatted"},
		{rule: "dtd-present", severity: warns, edit: func(s *sketch) {
			s.response.XML = []byte("<!DOCTYPE x>" + strings.Repeat(" ", 9000))
			s.response.Doctype = evidence.Spot{In: evidence.InResponse, Start: 0, End: 12}
		}},
		{rule: "dtd-present"},
		{rule: "live-credential", edit: func(s *sketch) { s.c.Now = tIssued.Add(2*time.Minute + time.Second) }, severity: warns, says: []string{"3 minutes"}},
		{rule: "live-credential", edit: func(s *sketch) { s.c.Now = tIssued.Add(4*time.Minute + 30*time.Second) }, severity: warns, says: []string{"one minute"}},
		{rule: "live-credential", edit: func(s *sketch) { s.c.Now = tIssued.Add(5 * time.Minute) }},
		{rule: "live-credential", severity: warns, edit: func(s *sketch) {
			s.c.Now = tIssued.Add(time.Minute)
			s.response.Encrypted, s.response.Assertions = []evidence.Encrypted{{At: s.response.At}}, nil
		}},
		{rule: "live-credential", edit: func(s *sketch) {
			s.c.Now = tIssued.Add(time.Minute)
			s.a.NotOnOrAfter.Time = tIssued.Add(30 * time.Second)
		}},
		{rule: "live-credential", edit: func(s *sketch) { s.c.Now = time.Time{} }},
		{rule: "live-credential"},
	})
	if fs := findings(t, "evidence-disagrees", healthy()); fs != nil {
		t.Errorf("evidence-disagrees finds something by itself: %v", fs)
	}
}

func TestIdPRules(t *testing.T) {
	denied := func(s *sketch) {
		s.response.Status.Code.Value = "urn:oasis:names:tc:SAML:2.0:status:Responder"
		s.response.Status.SubCode = s.text("StatusCode/StatusCode", "urn:oasis:names:tc:SAML:2.0:status:RequestDenied")
		s.response.Status.Message = s.text("StatusMessage", "User is not assigned")
		s.response.Assertions = nil
	}
	second := func(s *sketch) {
		b := *s.a
		b.At.Start, b.At.End = 8910, 8990
		b.ID = s.text("@ID", "id2")
		s.response.Assertions = append(s.response.Assertions, b)
	}
	check(t, []vector{
		{rule: "status-not-success", edit: denied, severity: fails, says: []string{"Responder", "RequestDenied", "refuses", "User is not assigned"}},
		{rule: "status-not-success", edit: func(s *sketch) { s.response.Status, s.response.BareAssertion = evidence.Status{}, true }},
		{rule: "status-not-success"},
		{rule: "assertion-missing", edit: func(s *sketch) { s.response.Assertions = nil }, severity: fails, says: []string{"although its status is Success"}},
		{rule: "assertion-missing", edit: func(s *sketch) {
			s.response.Assertions = nil
			s.response.Encrypted = []evidence.Encrypted{{}}
		}},
		{rule: "assertion-missing", edit: func(s *sketch) { s.response.Assertions, s.response.Version = nil, "1.1" }},
		{rule: "assertion-missing"},
		{rule: "assertion-multiple", edit: second, severity: fails, says: []string{"2 assertions"}},
		{rule: "assertion-multiple", severity: fails, says: []string{"inside another element"}, edit: func(s *sketch) {
			second(s)
			s.response.Assertions[1].Direct = false
		}},
		{rule: "assertion-multiple", edit: func(s *sketch) { s.response.Encrypted = []evidence.Encrypted{{At: s.response.At}} }, severity: fails},
		{rule: "assertion-multiple", edit: func(s *sketch) { s.center(); second(s) }},
		{rule: "assertion-multiple"},
		{rule: "assertion-encrypted", severity: info, edit: func(s *sketch) {
			s.response.Assertions = nil
			s.response.Encrypted = []evidence.Encrypted{{At: s.response.At, DataMethod: "http://www.w3.org/2009/xmlenc11#aes256-gcm", KeyHint: "CN=aws"}}
		}},
		{rule: "assertion-encrypted", edit: func(s *sketch) { s.response.Encrypted = []evidence.Encrypted{{At: s.response.At, KeyWasGiven: true}} }},
		{rule: "assertion-encrypted"},
		{rule: "assertion-undecryptable", severity: warns, says: []string{"another key"}, edit: func(s *sketch) {
			s.response.Assertions = nil
			s.response.Encrypted = []evidence.Encrypted{{At: s.response.At, KeyWasGiven: true, WhyClosed: "it was encrypted to another key"}}
		}},
		{rule: "assertion-undecryptable", edit: func(s *sketch) { s.response.Encrypted = []evidence.Encrypted{{}} }},
		{rule: "assertion-undecryptable"},
		{rule: "duplicate-id", edit: func(s *sketch) { s.response.DuplicateIDs = []string{"id1234567890"} }, severity: warns, says: []string{"id1234567890"}},
		{rule: "duplicate-id"},
		{rule: "time-malformed", severity: fails, says: []string{"Conditions/@NotOnOrAfter", "02.03.2026"}, edit: func(s *sketch) {
			s.a.NotOnOrAfter = evidence.Instant{Text: s.text("@NotOnOrAfter", "02.03.2026 10:05"), Bad: true}
		}},
		{rule: "time-malformed"},
		{rule: "session-ended", edit: func(s *sketch) { s.a.Authn[0].SessionNotOnOrAfter = s.instant("x", tIssued.Add(-time.Hour)) }, severity: fails, says: []string{"1 h"}},
		{rule: "session-ended", edit: func(s *sketch) { s.a.Authn[0].SessionNotOnOrAfter = s.instant("x", tIssued.Add(-30*time.Second)) }, severity: warns},
		{rule: "session-ended", edit: func(s *sketch) { s.center(); s.a.Authn[0].SessionNotOnOrAfter.Time = tIssued.Add(-time.Hour) }},
		{rule: "session-ended"},
	})
}

func TestPostRules(t *testing.T) {
	recipient := func(v string) func(*sketch) {
		return func(s *sketch) { s.a.Subject.Confirmations[0].Recipient.Value = v }
	}
	both := func(recipient, posted string) func(*sketch) {
		return func(s *sketch) {
			s.a.Subject.Confirmations[0].Recipient.Value, s.capture.Posted.URL = recipient, posted
		}
	}
	check(t, []vector{
		{rule: "recipient-missing", edit: func(s *sketch) { s.a.Subject.Confirmations[0].Recipient = evidence.Text{} }, severity: fails, says: []string{"no Recipient"}},
		{rule: "recipient-missing", edit: recipient(""), severity: fails, says: []string{"empty"}},
		{rule: "recipient-missing", edit: func(s *sketch) { s.a.Subject.Confirmations = nil }, severity: fails, says: []string{"no SubjectConfirmation"}},
		{rule: "recipient-missing", severity: fails, says: []string{"no SubjectConfirmationData"}, edit: func(s *sketch) {
			s.a.Subject.Confirmations[0] = evidence.Confirmation{At: s.spot("x"), Method: s.text("@Method", bearer)}
		}},
		{rule: "recipient-missing", edit: func(s *sketch) { s.a.Subject = nil }}, // subject-missing
		{rule: "recipient-missing"},
		{rule: "recipient-not-aws", edit: recipient("https://sso.example.com/acs"), severity: fails, says: []string{"sso.example.com"}},
		{rule: "recipient-not-aws", edit: recipient("https://signin.aws.amazon.com/SAML"), severity: fails, says: []string{"/SAML"}},
		{rule: "recipient-not-aws", edit: recipient("urn:amazon:webservices"), severity: fails},
		{rule: "recipient-not-aws", edit: recipient(tACS + " "), severity: fails, says: []string{"ends with a space"}},
		{rule: "recipient-not-aws", edit: func(s *sketch) { recipient(tACS + "\n")(s); s.laidOut() }},
		{rule: "recipient-not-aws", edit: recipient("https://signin.aws.amazon.com/saml/acs/SAMLSPABCDEFGHIJ0123")},
		{rule: "recipient-not-aws", edit: (*sketch).center},
		{rule: "recipient-not-aws"},
		{rule: "recipient-posted-elsewhere", edit: both("https://signin.aws.amazon.com/saml", tACS), severity: fails, says: []string{"made out to"}},
		{rule: "recipient-posted-elsewhere", edit: both(tACS, tACS+"/acs/SAMLSPABCDEFGHIJ0123"), severity: fails},
		{rule: "recipient-posted-elsewhere", edit: both("https://signin.aws.amazon.com/saml", "https://us-east-1.signin.aws.amazon.com/saml")},
		{rule: "recipient-posted-elsewhere", edit: both("https://signin.aws.amazon.com/static/saml", "https://signin.aws.amazon.com/saml")},
		{rule: "recipient-posted-elsewhere", edit: both("https://signin.amazonaws-us-gov.com/saml", "https://us-gov-west-1.signin.amazonaws-us-gov.com/saml")},
		{rule: "recipient-posted-elsewhere", edit: both("https://"+tInstance+".us-west-2.sign-in.connect.aws/saml?&instanceId="+tInstance, "https://"+tInstance+".us-west-2.sign-in.connect.aws/saml")},
		{rule: "recipient-posted-elsewhere", edit: recipient("https://sso.example.com/acs")}, // recipient-not-aws
		{rule: "recipient-posted-elsewhere"},
		{rule: "destination-mismatch", edit: func(s *sketch) { s.response.Destination.Value = "https://signin.aws.amazon.com/saml" }, severity: warns, says: []string{"Destination"}},
		{rule: "destination-mismatch", edit: func(s *sketch) { s.response.Destination = evidence.Text{} }},
		{rule: "destination-mismatch"},
		{rule: "acs-partition-mismatch", edit: func(s *sketch) { s.post("https://signin.amazonaws.cn/saml") }, severity: fails, says: []string{"aws-cn"}},
		{rule: "acs-partition-mismatch", severity: fails, edit: func(s *sketch) {
			s.set("Role", "arn:aws-us-gov:iam::"+tAccount+":role/A,arn:aws-us-gov:iam::"+tAccount+":saml-provider/B")
		}},
		{rule: "acs-partition-mismatch", edit: func(s *sketch) { // one of two roles fits
			s.set("Role", "arn:aws-us-gov:iam::"+tAccount+":role/A,arn:aws-us-gov:iam::"+tAccount+":saml-provider/B", tPair)
			s.live.Trail = evidence.Fact[[]evidence.TrailEvent]{}
		}},
		{rule: "acs-partition-mismatch", edit: func(s *sketch) { s.set("Role", "arn:aws-cn:iam::"+tAccount+":role/A,"+tProvider) }}, // a fault of the pair
		{rule: "acs-partition-mismatch"},
		{rule: "acs-provider-mismatch", edit: func(s *sketch) { s.post(tACS + "/acs/SAMLSPZZZZZZZZZZZZZZ") }, severity: fails, says: []string{"SAMLSPZZZZZZZZZZZZZZ", "SAMLSPABCDEFGHIJ0123"}},
		{rule: "acs-provider-mismatch", edit: func(s *sketch) { s.post(tACS + "/acs/SAMLSPABCDEFGHIJ0123") }},
		{rule: "acs-provider-mismatch", edit: func(s *sketch) {
			s.post(tACS + "/acs/SAMLSPZZZZZZZZZZZZZZ")
			s.live.Provider.Value.ARN = tProvider + "2"
		}},
		{rule: "acs-provider-mismatch"},
		{rule: "acs-global", edit: func(s *sketch) { s.post("https://signin.aws.amazon.com/saml") }, severity: info, says: []string{"eu-west-2"}},
		{rule: "acs-global", edit: func(s *sketch) {
			s.post("https://signin.aws.amazon.com/saml")
			s.live.Instance.Value.Region = "us-east-1"
		}},
		{rule: "acs-global"},
	})
}

func TestSignInRules(t *testing.T) {
	pairs := func(v ...string) func(*sketch) {
		return func(s *sketch) { s.set("Role", v...); s.live.Trail = evidence.Fact[[]evidence.TrailEvent]{} }
	}
	rename := func(name, to string) func(*sketch) { return func(s *sketch) { s.rename(name, to) } }
	const second = "arn:aws:iam::" + tAccount + ":role/Admin," + tProvider
	const reserved = "arn:aws:iam::" + tAccount + ":role/aws-reserved/sso.amazonaws.com/eu-west-2/AWSReservedSSO_Agents_0123456789abcdef,"
	check(t, []vector{
		{rule: "attribute-name-typo", edit: rename("Role", "https://aws.amazon.com/SAML/Attributes/role"), severity: fails, says: []string{"the case differs"}},
		{rule: "attribute-name-typo", edit: rename("Role", "http://aws.amazon.com/SAML/Attributes/Role"), severity: fails, says: []string{"http, not https"}},
		{rule: "attribute-name-typo", edit: rename("Role", "https://aws.amazon.com/SAML/Attributes/Role/"), severity: fails, says: []string{"ends with a slash"}},
		{rule: "attribute-name-typo", edit: rename("Role", " https://aws.amazon.com/SAML/Attributes/Role"), severity: fails, says: []string{"begins with a space"}},
		{rule: "attribute-name-typo", edit: rename("Role", "https://aws.amazon.com/SAML/Attribute/Role"), severity: fails, says: []string{"namespace"}},
		{rule: "attribute-name-typo", edit: rename("Role", "https://amazonaws.com/SAML/Attributes/Role"), severity: fails, says: []string{"namespace"}},
		{rule: "attribute-name-typo", edit: rename("Role", "Role"), severity: fails, says: []string{"missing"}},
		{rule: "attribute-name-typo", edit: rename("RoleSessionName", "RoleSessionName"), severity: fails, says: []string{"missing"}},
		{rule: "attribute-name-typo", edit: rename("RoleSessionName", "https://aws.amazon.com/SAML/Attributes/RoleSesionName"), severity: fails, says: []string{"misspelt"}},
		{rule: "attribute-name-typo", edit: rename("RoleSessionName", "https://aws.amazon.com/SAML/Attributes/roleSessionName"), severity: fails, says: []string{"case"}},
		{rule: "attribute-name-typo", edit: rename("SessionDuration", "https://aws.amazon.com/SAML/Attributes/sessionDuration"), severity: warns, says: []string{"does not read"}},
		{rule: "attribute-name-typo", edit: func(s *sketch) { s.add("https://aws.amazon.com/SAML/attributes/PrincipalTag:team", "blue") }, severity: warns, says: []string{"PrincipalTag:team"}},
		{rule: "attribute-name-typo", edit: func(s *sketch) { // the role is what matters
			s.drop("Role")
			s.rename("SessionDuration", "https://aws.amazon.com/SAML/Attributes/sessionDuration")
		}},
		{rule: "attribute-name-typo", edit: rename("Role", claims.ChinaPrefix+"Role")},
		{rule: "attribute-name-typo", edit: rename("Role", "http://www.amazonaws.cn/SAML/Attributes/Role")},
		{rule: "attribute-name-typo", edit: func(s *sketch) { s.add("Role", "x"); s.a.Attributes[len(s.a.Attributes)-1].Name.Value = "Role" }},
		{rule: "attribute-name-typo", edit: func(s *sketch) {
			s.drop("Role")
			s.add("x", "agent")
			s.a.Attributes[len(s.a.Attributes)-1].Name.Value = "Role"
		}},
		{rule: "attribute-name-typo", edit: func(s *sketch) { s.add("http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "x") }},
		{rule: "attribute-name-typo", edit: func(s *sketch) { s.center(); s.rename("Role", "Role") }},
		{rule: "attribute-name-typo"},
		{rule: "role-missing", edit: func(s *sketch) { s.drop("Role") }, severity: fails, says: []string{"2 others"}},
		{rule: "role-missing", edit: func(s *sketch) { s.a.Attributes = nil }, severity: fails, says: []string{"no attributes at all"}},
		{rule: "role-missing", edit: rename("Role", "urn:example:awsrole"), severity: fails, says: []string{"urn:example:awsrole", "looks like the pair"}},
		{rule: "role-missing", edit: func(s *sketch) { s.center(); s.a.Attributes = nil }},
		{rule: "role-missing"},
		{rule: "role-empty", edit: pairs(), severity: fails, says: []string{"no AttributeValue"}},
		{rule: "role-empty", edit: pairs(""), severity: fails},
		{rule: "role-empty", edit: pairs("\n  \n"), severity: fails},
		{rule: "role-empty", edit: pairs(tPair, ""), severity: warns, says: []string{"2 values"}},
		{rule: "role-empty"},
		{rule: "role-whitespace", edit: pairs(tPair + " "), severity: fails, says: []string{"ends with a space"}},
		{rule: "role-whitespace", edit: pairs("\n\t" + tPair + "\n"), severity: fails, says: []string{"begins with a line break", "ends with a line break"}},
		{rule: "role-whitespace", edit: pairs(tPair + "\u00a0"), severity: fails, says: []string{"U+00A0"}},
		{rule: "role-whitespace", edit: pairs("\u200b" + tPair), severity: fails, says: []string{"U+200B"}},
		{rule: "role-whitespace", edit: pairs(tRole + ", " + tProvider), severity: warns, says: []string{"comma"}},
		{rule: "role-whitespace", edit: pairs(tRole + ",\u00a0" + tProvider), severity: fails},
		{rule: "role-whitespace", edit: pairs(tPair+" ", second), severity: warns},
		{rule: "role-whitespace", edit: func(s *sketch) { pairs("\n" + tPair + "\n")(s); s.laidOut() }},
		// The digest is right: the white space was signed, and AWS saw it.
		{rule: "role-whitespace", severity: fails, edit: func(s *sketch) { pairs(tPair + " ")(s); s.response.Decoded = true }},
		{rule: "role-whitespace", edit: pairs(tRole + " ")}, // that is no pair
		{rule: "role-whitespace"},
		{rule: "role-malformed", edit: pairs(`"` + tPair + `"`), severity: fails, says: []string{"quotation marks"}},
		{rule: "role-malformed", edit: pairs(tRole), severity: fails, says: []string{"provider's ARN is missing"}},
		{rule: "role-malformed", edit: pairs(tProvider), severity: fails, says: []string{"role's ARN is missing"}},
		{rule: "role-malformed", edit: pairs(tRole + ";" + tProvider), severity: fails, says: []string{"comma"}},
		{rule: "role-malformed", edit: pairs(tPair + "," + second), severity: fails, says: []string{"4 ARNs"}},
		{rule: "role-malformed", edit: pairs(tPair + ","), severity: fails, says: []string{"2 commas"}},
		{rule: "role-malformed", edit: pairs("Connect-Agent"), severity: fails, says: []string{"no ARN"}},
		{rule: "role-malformed", edit: pairs(`["` + tPair + `"]`), severity: fails, says: []string{"JSON"}},
		{rule: "role-malformed", edit: pairs(tRole + ",arn:aws:iam::" + tAccount + ":oidc-provider/x"), severity: fails, says: []string{"OIDC"}},
		{rule: "role-malformed", edit: pairs("arn:aws:sts::" + tAccount + ":assumed-role/A/b," + tProvider), severity: fails, says: []string{"session"}},
		{rule: "role-malformed", edit: pairs("arn:aws:iam::12345:role/A," + tProvider), severity: fails, says: []string{"12 digits"}},
		{rule: "role-malformed", edit: pairs("arn:aws:iam::" + tAccount + ":user/A," + tProvider), severity: fails, says: []string{"user"}},
		{rule: "role-malformed", edit: pairs(tPair, "nonsense"), severity: warns},
		{rule: "role-malformed", edit: pairs("nonsense", "more"), severity: fails, says: []string{"2 of 2"}},
		{rule: "role-malformed", edit: pairs("")},
		{rule: "role-malformed", edit: pairs(tProvider + "," + tRole)},
		{rule: "role-malformed"},
		{rule: "role-account-mismatch", edit: pairs("arn:aws:iam::210987654321:role/A," + tProvider), severity: fails, says: []string{"210987654321", tAccount}},
		{rule: "role-account-mismatch", edit: pairs(tPair, "arn:aws:iam::210987654321:role/A,"+tProvider), severity: warns},
		{rule: "role-account-mismatch"},
		{rule: "role-partition-mismatch", edit: pairs("arn:aws-cn:iam::" + tAccount + ":role/A," + tProvider), severity: fails, says: []string{"aws-cn"}},
		{rule: "role-partition-mismatch"},
		{rule: "role-reserved-sso", edit: pairs(reserved + tProvider), severity: fails, says: []string{"AWSReservedSSO_Agents_0123456789abcdef"}},
		{rule: "role-reserved-sso", severity: info, edit: func(s *sketch) {
			pairs(reserved + "arn:aws:iam::" + tAccount + ":saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE")(s)
			s.a.Issuer.Value = "https://portal.sso.eu-west-2.amazonaws.com/saml/assertion/abc"
		}},
		{rule: "role-reserved-sso", edit: pairs(reserved + "arn:aws:iam::" + tAccount + ":saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE"), severity: fails},
		{rule: "role-reserved-sso"},
		{rule: "role-order", edit: pairs(tProvider + "," + tRole), severity: info, says: []string{"before the role"}},
		{rule: "role-order"},
		{rule: "role-multiple", edit: pairs(tPair, second), severity: info, says: []string{"2 roles"}},
		{rule: "role-multiple", edit: func(s *sketch) { pairs(tPair, second)(s); s.capture.PickedRole = tRole }, severity: info, says: []string{"Connect-Agent", "was taken"}},
		{rule: "role-multiple", edit: pairs(tPair, tPair)},
		{rule: "role-multiple"},
		{rule: "attribute-whitespace", edit: func(s *sketch) { s.set("SessionDuration", "43200 ") }, severity: fails, says: []string{"43200", "ends with a space"}},
		{rule: "attribute-whitespace", edit: func(s *sketch) { s.add("department", "\tSales") }, severity: warns, says: []string{"a tab"}},
		{rule: "attribute-whitespace", edit: func(s *sketch) { s.set("RoleSessionName", "x ") }},
		{rule: "attribute-whitespace", edit: func(s *sketch) { s.add("department", "\n  Sales\n"); s.laidOut() }},
		{rule: "attribute-whitespace"},
		{rule: "attribute-duplicate", edit: func(s *sketch) { s.add("Role", second) }, severity: fails, says: []string{"2 times"}},
		{rule: "attribute-duplicate", edit: func(s *sketch) { s.add("RoleSessionName", "x") }, severity: fails},
		{rule: "attribute-duplicate", edit: func(s *sketch) { s.add("groups", "x"); s.add("groups", "y") }},
		{rule: "attribute-duplicate"},
	})
}

func TestSTSRules(t *testing.T) {
	name := func(v ...string) func(*sketch) { return func(s *sketch) { s.set("RoleSessionName", v...) } }
	decoded := func(edit func(*sketch)) func(*sketch) {
		return func(s *sketch) { edit(s); s.laidOut() }
	}
	duration := func(v ...string) func(*sketch) { return func(s *sketch) { s.set("SessionDuration", v...) } }
	source := func(v string) func(*sketch) { return func(s *sketch) { s.set("SourceIdentity", v) } }
	tag := func(key, v string) func(*sketch) {
		return func(s *sketch) { s.add(claims.PrincipalTag.Full()+":"+key, v) }
	}
	audience := func(rs ...[]string) func(*sketch) {
		return func(s *sketch) {
			s.a.Audiences = nil
			for _, r := range rs {
				var ts []evidence.Text
				for _, v := range r {
					ts = append(ts, s.text("Audience", v))
				}
				s.a.Audiences = append(s.a.Audiences, ts)
			}
		}
	}
	format := func(v string) func(*sketch) { return func(s *sketch) { s.a.Subject.Format.Value = v } }
	at := func(d time.Duration) func(*sketch) { return func(s *sketch) { s.c.AsOf.At = tIssued.Add(d) } }
	long := func(edit func(*sketch)) func(*sketch) { // an IdP that grants eight hours
		return func(s *sketch) {
			edit(s)
			s.a.NotOnOrAfter = s.instant("x", tIssued.Add(8*time.Hour))
			s.a.Subject.Confirmations[0].NotOnOrAfter = s.instant("x", tIssued.Add(8*time.Hour))
		}
	}
	behind := func(edit func(*sketch), d time.Duration) func(*sketch) {
		return func(s *sketch) { edit(s); s.capture.Clock.Skew = d }
	}
	rcp := func(kind string) func(*sketch) {
		return func(s *sketch) {
			s.live.Guardrails.Value = append(s.live.Guardrails.Value, evidence.Guardrail{ID: "p-perimeter", Name: "perimeter", Kind: kind, Target: "ou-1",
				Document: `{"Version":"2012-10-17","Statement":[{"Sid":"OnlyUs","Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}}]}`})
		}
	}
	check(t, []vector{
		{rule: "session-name-missing", edit: func(s *sketch) { s.drop("RoleSessionName") }, severity: fails, says: []string{tUser, "does not stand in"}},
		{rule: "session-name-missing", edit: func(s *sketch) { s.center(); s.drop("RoleSessionName") }},
		{rule: "session-name-missing"},
		{rule: "session-name-empty", edit: name(), severity: fails},
		{rule: "session-name-empty", edit: name(""), severity: fails, says: []string{"empty"}},
		{rule: "session-name-empty", edit: name(" \n"), severity: fails, says: []string{"white space"}},
		{rule: "session-name-empty", edit: name("", "x2")},
		{rule: "session-name-empty"},
		{rule: "session-name-multiple", edit: name("maria", "lopez"), severity: fails, says: []string{"2 values", "maria"}},
		{rule: "session-name-multiple", edit: func(s *sketch) { s.add("RoleSessionName", "x") }, severity: fails, says: []string{"2 attributes"}},
		{rule: "session-name-multiple"},
		{rule: "session-name-whitespace", edit: name(tUser + " "), severity: fails, says: []string{"ends with a space"}},
		{rule: "session-name-whitespace", edit: name("\ufeff" + tUser), severity: fails, says: []string{"U+FEFF"}},
		{rule: "session-name-whitespace", edit: decoded(name("\n  " + tUser + "\n"))},
		{rule: "session-name-whitespace", edit: name(" ")},
		{rule: "session-name-whitespace"},
		{rule: "session-name-invalid", edit: name("Maria Lopez"), severity: fails, says: []string{"character 6 is a space"}},
		{rule: "session-name-invalid", edit: name("maría"), severity: fails, says: []string{"character 4", "í"}},
		{rule: "session-name-invalid", edit: name(`CORP\maria`), severity: fails, says: []string{`\`}},
		{rule: "session-name-invalid", edit: name("m"), severity: fails, says: []string{"2 is the least"}},
		{rule: "session-name-invalid", edit: name(strings.Repeat("m", 65)), severity: fails, says: []string{"65 characters"}},
		{rule: "session-name-invalid", edit: name(strings.Repeat("m", 64))},
		{rule: "session-name-invalid", edit: name("m_1+=,.@-")},
		{rule: "session-name-invalid", edit: decoded(name("\n  " + tUser + "\n"))},
		{rule: "session-name-invalid"},
		{rule: "source-identity-invalid", edit: source("maria lopez"), severity: fails, says: []string{"a space"}},
		{rule: "source-identity-invalid", edit: source("aws:maria"), severity: fails, says: []string{"aws:"}},
		{rule: "source-identity-invalid", edit: source(strings.Repeat("m", 65)), severity: warns, says: []string{"65"}},
		{rule: "source-identity-invalid", edit: source(strings.Repeat("m", 257)), severity: fails},
		{rule: "source-identity-invalid", edit: func(s *sketch) { s.set("SourceIdentity") }, severity: fails, says: []string{"no AttributeValue"}},
		{rule: "source-identity-invalid", edit: source("maria")},
		{rule: "source-identity-invalid"},
		{rule: "session-duration-invalid", edit: duration("8 hours"), severity: fails, says: []string{"not a whole number"}},
		{rule: "session-duration-invalid", edit: duration("43201"), severity: fails, says: []string{"43200"}},
		{rule: "session-duration-invalid", edit: duration("899"), severity: fails, says: []string{"900"}},
		{rule: "session-duration-invalid", edit: duration("8"), severity: fails, says: []string{"28800"}},
		{rule: "session-duration-invalid", edit: duration("3600.0"), severity: fails, says: []string{"whole"}},
		{rule: "session-duration-invalid", edit: duration("+3600"), severity: fails},
		{rule: "session-duration-invalid", edit: duration("99999999999999999999"), severity: fails},
		{rule: "session-duration-invalid", edit: duration(), severity: fails},
		{rule: "session-duration-invalid", edit: duration(""), severity: fails},
		{rule: "session-duration-invalid", edit: duration("900")},
		{rule: "session-duration-invalid", edit: func(s *sketch) { s.drop("SessionDuration") }},
		{rule: "session-duration-invalid"},
		{rule: "tags-invalid", edit: tag("aws:team", "x"), severity: fails, says: []string{"aws:"}},
		{rule: "tags-invalid", edit: tag("", "x"), severity: fails, says: []string{"empty"}},
		{rule: "tags-invalid", edit: tag(strings.Repeat("k", 129), "x"), severity: fails, says: []string{"129"}},
		{rule: "tags-invalid", edit: tag("team", strings.Repeat("é", 257)), severity: fails, says: []string{"257"}},
		{rule: "tags-invalid", edit: tag("team", "a;b"), severity: fails, says: []string{"character 2", ";"}},
		{rule: "tags-invalid", severity: fails, says: []string{"51 session tags"}, edit: func(s *sketch) {
			for i := range 51 {
				tag("k"+strings.Repeat("x", i), "v")(s)
			}
		}},
		{rule: "tags-invalid", edit: tag("team", "blue sky/é 1")},
		{rule: "tags-invalid"},
		{rule: "transitive-tag-unknown", edit: func(s *sketch) { s.set("TransitiveTagKeys", "team") }, severity: warns, says: []string{"team"}},
		{rule: "transitive-tag-unknown", edit: func(s *sketch) { s.set("TransitiveTagKeys", "Team"); tag("team", "x")(s) }},
		{rule: "transitive-tag-unknown"},
		{rule: "audience-missing", edit: audience(), severity: fails},
		{rule: "audience-missing", edit: audience([]string{}), severity: fails},
		{rule: "audience-missing", edit: audience([]string{""}), severity: fails},
		{rule: "audience-missing"},
		{rule: "audience-mismatch", edit: audience([]string{"urn:amazon:webservice"}), severity: fails, says: []string{"urn:amazon:webservice"}},
		{rule: "audience-mismatch", edit: audience([]string{"URN:AMAZON:WEBSERVICES"}), severity: fails},
		{rule: "audience-mismatch", edit: audience([]string{"https://eu-west-2.signin.aws.amazon.com/platform/saml/d-1234567890"}), severity: fails, says: []string{"platform"}},
		{rule: "audience-mismatch", edit: audience([]string{tACS}), severity: warns, says: []string{"not documented"}},
		{rule: "audience-mismatch", edit: audience([]string{"https://signin.aws.amazon.com/saml#2"}), severity: warns},
		{rule: "audience-mismatch", edit: audience([]string{"urn:amazon:webservices:cn-north-1"}), severity: warns},
		{rule: "audience-mismatch", edit: audience([]string{"urn:amazon:webservices:govcloud"}), severity: warns},
		{rule: "audience-mismatch", edit: audience([]string{"https://signin.aws.amazon.com/saml"}, []string{"urn:other"}), severity: fails, says: []string{"each AudienceRestriction"}},
		{rule: "audience-mismatch", edit: audience([]string{"urn:other", "urn:amazon:webservices"})},
		{rule: "audience-mismatch", edit: audience([]string{"https://signin.aws.amazon.com/saml"})},
		{rule: "audience-mismatch", edit: decoded(audience([]string{"\n urn:amazon:webservices \n"}))},
		{rule: "audience-mismatch"},
		{rule: "subject-missing", edit: func(s *sketch) { s.a.Subject = nil }, severity: fails, says: []string{"no Subject"}},
		{rule: "subject-missing", edit: func(s *sketch) { s.a.Subject.NameID = evidence.Text{} }, severity: fails, says: []string{"no NameID"}},
		{rule: "subject-missing", edit: func(s *sketch) { s.a.Subject.NameID.Value = " " }, severity: fails, says: []string{"empty"}},
		{rule: "subject-missing", edit: func(s *sketch) { s.a.Subject.NameID, s.a.Subject.EncryptedID = evidence.Text{}, true }},
		{rule: "subject-missing"},
		{rule: "subject-confirmation-invalid", edit: func(s *sketch) {
			s.a.Subject.Confirmations[0].Method.Value = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"
		}, severity: fails, says: []string{"holder-of-key"}},
		{rule: "subject-confirmation-invalid", edit: func(s *sketch) { s.a.Subject.Confirmations[0].NotOnOrAfter = evidence.Instant{} }, severity: fails, says: []string{"no NotOnOrAfter"}},
		{rule: "subject-confirmation-invalid", edit: func(s *sketch) {
			s.a.Subject.Confirmations = append(s.a.Subject.Confirmations, s.a.Subject.Confirmations[0])
		}, severity: fails, says: []string{"2 SubjectConfirmations"}},
		{rule: "subject-confirmation-invalid", edit: func(s *sketch) { s.a.Subject.Confirmations = nil }}, // recipient-missing
		{rule: "subject-confirmation-invalid"},
		{rule: "name-id-format-unsupported", edit: format("urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress"), severity: warns, says: []string{"2.0"}},
		{rule: "name-id-format-unsupported", edit: format("urn:oasis:names:tc:SAML:2.0:nameid-format:transient")},
		{rule: "name-id-format-unsupported", edit: func(s *sketch) { s.a.Subject.Format = evidence.Text{} }},
		{rule: "name-id-format-unsupported"},
		{rule: "assertion-not-yet-valid", edit: at(-6*time.Minute - 30*time.Second), severity: fails, says: []string{"1 min 30 s before"}},
		{rule: "assertion-not-yet-valid", edit: behind(at(-2*time.Hour), 2*time.Hour), severity: fails, says: []string{"the IdP's clock is 2 h ahead"}},
		{rule: "assertion-not-yet-valid", edit: at(-5*time.Minute - 30*time.Second), severity: warns},
		{rule: "assertion-not-yet-valid", edit: at(-5 * time.Minute)},
		{rule: "assertion-not-yet-valid", edit: at(-5*time.Minute - 900*time.Millisecond)}, // HTTP dates have whole seconds
		{rule: "assertion-not-yet-valid"},
		{rule: "redeemed-late", edit: long(at(2*time.Hour + 3*time.Minute)), severity: fails, says: []string{"2 h 3 min", "the assertion's IssueInstant"}},
		{rule: "redeemed-late", edit: behind(at(2*time.Hour), -2*time.Hour), severity: fails, says: []string{"because the IdP's clock is 2 h behind"}},
		{rule: "redeemed-late", edit: long(at(5*time.Minute + 59*time.Second)), severity: warns},
		{rule: "redeemed-late", edit: long(at(6*time.Minute + time.Second)), severity: fails},
		{rule: "redeemed-late", edit: long(at(5 * time.Minute))},
		{rule: "redeemed-late", edit: long(func(s *sketch) { at(time.Hour)(s); s.a.IssueInstant = evidence.Instant{} }), severity: fails, says: []string{"the response's IssueInstant"}},
		{rule: "redeemed-late", edit: long(func(s *sketch) {
			at(time.Hour)(s)
			s.a.IssueInstant, s.response.IssueInstant = evidence.Instant{}, evidence.Instant{}
		})},
		{rule: "redeemed-late", edit: func(s *sketch) { at(time.Hour)(s); s.center() }},
		{rule: "redeemed-late", edit: func(s *sketch) { s.c.Now = tIssued.AddDate(5, 0, 0) }}, // an old capture of a good sign-in
		{rule: "redeemed-late"},
		{rule: "assertion-expired", edit: at(time.Hour), severity: fails, says: []string{"55 min"}},
		{rule: "assertion-expired", edit: at(5 * time.Minute), severity: warns},
		{rule: "assertion-expired", edit: at(5*time.Minute - time.Second)},
		{rule: "assertion-expired", edit: func(s *sketch) { s.a.NotOnOrAfter = s.instant("x", tIssued.Add(-2*time.Minute)) }, severity: fails},
		{rule: "assertion-expired", edit: func(s *sketch) { s.c.Now = tIssued.AddDate(5, 0, 0) }},
		{rule: "assertion-expired"},
		{rule: "idp-clock-skew", edit: func(s *sketch) { s.capture.Clock.Skew = -2 * time.Hour }, severity: warns, says: []string{"2 h behind"}},
		{rule: "idp-clock-skew", edit: func(s *sketch) { s.capture.Clock.Skew = 90 * time.Second }, severity: warns, says: []string{"1 min 30 s ahead"}},
		{rule: "idp-clock-skew", edit: func(s *sketch) { s.capture.Clock.Skew = time.Minute }},
		{rule: "idp-clock-skew", edit: func(s *sketch) { s.capture.Clock.Skew, s.capture.Clock.SkewKnown = time.Hour, false }},
		{rule: "idp-clock-skew"},
		{rule: "sts-region-disabled", edit: func(s *sketch) { s.post("https://af-south-1.signin.aws.amazon.com/saml") }, severity: fails, says: []string{"af-south-1"}},
		{rule: "sts-region-disabled", edit: func(s *sketch) { s.live.Regions.Value[0].OptStatus = "ENABLING" }, severity: warns},
		{rule: "sts-region-disabled", edit: func(s *sketch) { s.post("https://signin.aws.amazon.com/saml") }},
		{rule: "sts-region-disabled"},
		{rule: "sts-denied-by-organization", edit: rcp("RCP"), severity: fails, says: []string{"perimeter", "aws:PrincipalOrgID"}},
		{rule: "sts-denied-by-organization", edit: rcp("SCP"), severity: warns, says: []string{"would deny"}},
		{rule: "sts-denied-by-organization"},
	})
}

func TestCenterRules(t *testing.T) {
	at := func(edit func(*sketch)) func(*sketch) { return func(s *sketch) { s.center(); edit(s) } }
	access := func(key string, v ...string) func(*sketch) {
		return func(s *sketch) { s.add(accessControl+key, v...) }
	}
	check(t, []vector{
		{rule: "idc-name-id-format", edit: at(func(s *sketch) { s.a.Subject.Format.Value = nameIDFormats[0] }), severity: fails, says: []string{"persistent"}},
		{rule: "idc-name-id-format", edit: at(func(s *sketch) { s.a.Subject.Format = evidence.Text{} }), severity: fails, says: []string{"no format"}},
		{rule: "idc-name-id-format", edit: at(func(s *sketch) { s.a.Subject.NameID.Value = "maria" }), severity: fails, says: []string{"no e-mail address"}},
		{rule: "idc-name-id-format", edit: at(func(s *sketch) { s.a.Subject = nil; s.response.Destination.Value = s.capture.Posted.URL }), severity: fails},
		{rule: "idc-name-id-format", edit: (*sketch).center},
		{rule: "idc-name-id-format"},
		{rule: "idc-encrypted", edit: at(func(s *sketch) {
			s.response.Assertions, s.response.Encrypted = nil, []evidence.Encrypted{{At: s.response.At}}
		}), severity: fails},
		{rule: "idc-encrypted", edit: (*sketch).center},
		{rule: "idc-encrypted"},
		{rule: "idc-attributes", edit: at(access("team", "a", "b")), severity: fails, says: []string{"2 values"}},
		{rule: "idc-attributes", edit: at(func(s *sketch) { access("team", "a")(s); access("team", "a")(s) }), severity: fails, says: []string{"more than once"}},
		{rule: "idc-attributes", severity: fails, says: []string{"more than 50"}, edit: at(func(s *sketch) {
			for i := range 51 {
				access("k"+strings.Repeat("x", i), "v")(s)
			}
		})},
		{rule: "idc-attributes", severity: fails, says: []string{"elements"}, edit: at(func(s *sketch) {
			access("team", "a")(s)
			s.a.Attributes[len(s.a.Attributes)-1].Values[0].Structured = true
		})},
		{rule: "idc-attributes", edit: at(access("team", "a"))},
		{rule: "idc-attributes", edit: access("team", "a", "b")}, // IAM does not read it
		{rule: "idc-multiple-assertions", edit: at(func(s *sketch) { s.response.Assertions = append(s.response.Assertions, *s.a) }), severity: fails},
		{rule: "idc-multiple-assertions", edit: func(s *sketch) { s.response.Assertions = append(s.response.Assertions, *s.a) }},
		{rule: "idc-multiple-assertions", edit: (*sketch).center},
		{rule: "idc-user-not-assigned", edit: func(s *sketch) { no := false; s.live.Center.Value.Assigned = &no }, severity: fails, says: []string{tUser, "Amazon Connect"}},
		{rule: "idc-user-not-assigned", edit: func(s *sketch) { s.live.Center.Value.User = nil }, severity: fails, says: []string{"no user"}},
		{rule: "idc-user-not-assigned", edit: func(s *sketch) { s.live.Center.Value.Assigned = nil }},
		{rule: "idc-user-not-assigned"},
		{rule: "idc-application-disabled", edit: func(s *sketch) { s.live.Center.Value.Application.Status = "DISABLED" }, severity: fails, says: []string{"Amazon Connect"}, nowhere: true},
		{rule: "idc-application-disabled"},
	})
}

// Unless the application is known to require assignments, that the user has
// none is no proof.
func TestNotAssignedIsInferredWhereTheSettingIsUnread(t *testing.T) {
	yes, no := true, false
	for _, required := range []*bool{&yes, nil} {
		c := build(func(s *sketch) {
			s.live.Center.Value.Assigned, s.live.Center.Value.Application.AssignmentRequired = &no, required
		})
		f := checkIDCUserNotAssigned(c)
		if len(f) != 1 || f[0].Inferred != (required == nil) {
			t.Errorf("required %v: %+v", required, f)
		}
	}
}

// TestCenterIsNoIAM: of a sign-in to IAM Identity Center no rule on IAM's
// attributes, providers or roles has anything to say.
func TestCenterIsNoIAM(t *testing.T) {
	c := build(func(s *sketch) {
		s.center()
		s.a.Attributes, s.a.Audiences = nil, nil
		s.a.Subject.Confirmations[0].NotOnOrAfter = evidence.Instant{}
		s.c.AsOf.At = tIssued.Add(time.Hour)
	})
	for part, rules := range sendSide() {
		if part == center || part == evidence.HopCapture || part == evidence.HopIdP {
			continue
		}
		for _, r := range rules {
			if res := rule.Run(r, c); len(res.Findings) > 0 {
				t.Errorf("%s: %s", r.ID, res.Findings[0].Summary)
			}
		}
	}
}

// TestWhiteSpaceOfAViewer: no rule fails for white space in XML that a viewer
// may have laid out anew.
func TestWhiteSpaceOfAViewer(t *testing.T) {
	c := build(func(s *sketch) {
		s.laidOut()
		pad := func(t *evidence.Text) { t.Value = "\n      " + t.Value + "\n    " }
		for i := range s.a.Attributes {
			for k := range s.a.Attributes[i].Values {
				pad(&s.a.Attributes[i].Values[k].Text)
			}
		}
		pad(&s.a.Audiences[0][0])
		pad(&s.a.Subject.NameID)
		s.live.Trail = evidence.Fact[[]evidence.TrailEvent]{}
	})
	for _, rules := range sendSide() {
		for _, r := range rules {
			for _, f := range rule.Run(r, c).Findings {
				if f.Severity >= rule.Warning {
					t.Errorf("%s: %s", r.ID, f.Summary)
				}
			}
		}
	}
}

// TestEclipses: what the documented consequences are, the rules say.
func TestEclipses(t *testing.T) {
	for id, want := range map[string][]string{
		"attribute-name-typo":        {"role-missing", "session-name-missing"},
		"role-whitespace":            {"role-malformed"},
		"session-name-whitespace":    {"session-name-invalid"},
		"session-name-multiple":      {"attribute-duplicate"},
		"recipient-not-aws":          {"trust-condition"},
		"recipient-posted-elsewhere": {"destination-mismatch"},
		"assertion-multiple":         {"role-missing", "session-name-invalid", "redeemed-late", "user-not-found"},
	} {
		for _, e := range want {
			if !slices.Contains(byID(t, id).Eclipses, e) {
				t.Errorf("%s does not eclipse %s", id, e)
			}
		}
	}
}

// FuzzRules: no name or value of an attribute takes a rule down or gets into
// a sentence at full length.
func FuzzRules(f *testing.F) {
	f.Add(claims.Role.Full(), tPair, tACS, tUser, false)
	f.Add("https://aws.amazon.com/SAML/Attributes/role/", "\u00a0"+tProvider+",\x00"+tRole, "https://signin.aws.amazon.com/saml?x=%zz", "Ma\u0301ria \u202e", true)
	f.Add(claims.PrincipalTag.Full()+":", `["arn:aws:iam::1:role/a"]`, "http://[::1", "", false)
	f.Add(claims.SessionDuration.Full(), "1e9", ":", strings.Repeat("\xff", 300), true)
	f.Fuzz(func(t *testing.T, name, value, recipient, who string, decoded bool) {
		if len(name)+len(value)+len(recipient)+len(who) > 1<<14 {
			return
		}
		sound(t, build(func(s *sketch) {
			s.response.Decoded = decoded
			s.add(name, value, who)
			s.set(string(claims.Role), value)
			s.set(string(claims.RoleSessionName), who)
			s.set(string(claims.SourceIdentity), who)
			s.a.Subject.Confirmations[0].Recipient.Value = recipient
			s.a.Subject.NameID.Value = who
			s.a.Subject.Format.Value = name
			s.a.Audiences[0][0].Value = recipient
			s.response.Status.SubCode = s.text("x", name)
		}))
	})
}
