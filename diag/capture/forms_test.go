package capture_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"html"
	"mime/quotedprintable"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"example.com/samlens/awsx/emulator/idp"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/evidence"
)

func utf16le(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune("\uFEFF" + s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func wrapped(s string, n int, prefix string) string {
	var b strings.Builder
	for i := 0; i < len(s); i += n {
		b.WriteString(prefix + s[i:min(i+n, len(s))] + "\n")
	}
	return b.String()
}

// unpadded makes a document's length a multiple of three by white space
// inside its first tag: its base64 has no padding then, and ends in a plus.
func unpadded(doc []byte) []byte {
	i := bytes.IndexByte(doc, ' ')
	for len(doc)%3 != 0 {
		doc = slices.Insert(slices.Clone(doc), i, ' ')
	}
	return doc
}

// TestForms reads one response in every dress that people send it in.
func TestForms(t *testing.T) {
	doc := unpadded(response(t, nil))
	v := idp.Encode(doc)
	q := url.QueryEscape(v)
	spaced := strings.ReplaceAll(v, "+", " ")
	body := "SAMLResponse=" + q + "&RelayState=" + url.QueryEscape(relay)
	caret := func(s string) string { return strings.NewReplacer("%", "^%", "&", "^&", `"`, `^"`).Replace(s) }
	printed := func(s string) string {
		var b bytes.Buffer
		w := quotedprintable.NewWriter(&b)
		w.Write([]byte(s))
		w.Close()
		return b.String()
	}
	tracer := func(post any, saml string) string {
		b, _ := json.Marshal(object{"timestamp": "2027-02-09T14:31:00.000Z", "requests": []any{
			object{"method": "GET", "url": portal, "requestId": "1", "requestHeaders": []any{}, "responseStatus": 200, "responseHeaders": []any{}},
			object{"method": "POST", "url": acs, "requestId": "2", "requestHeaders": []any{object{"name": "Origin", "value": "https://login.larkspur.example"}}, "post": post, "protocol": "SAML-P", "saml": saml,
				"responseStatus": 400, "responseHeaders": []any{object{"name": "Date", "value": posted.Format("Mon, 02 Jan 2006 15:04:05 GMT")}}}}})
		return string(b)
	}
	legacy, _ := json.Marshal(object{"requests": []any{object{"method": "POST", "url": acs, "id": "2", "requestHeaders": []any{[]string{"Origin", "x"}}, "post": [][]string{{"SAMLResponse", v}, {"RelayState", relay}},
		"responseStatus": 302, "responseHeaders": []any{[]string{"Date", posted.Format("Mon, 02 Jan 2006 15:04:05 GMT")}}}}})
	for _, c := range []struct {
		name, in string
		kind     capture.Kind
		url      string
		relay    evidence.State
		decoded  bool
	}{
		{"value", v, capture.KindBase64, "", evidence.Unasked, false},
		{"value in UTF-16", utf16le(v), capture.KindBase64, "", evidence.Unasked, false},
		{"value, wrapped", wrapped(v, 76, ""), capture.KindBase64, "", evidence.Unasked, false},
		{"form body", body, capture.KindForm, "", evidence.Known, false},
		{"form body, one field", "SAMLResponse=" + q, capture.KindForm, "", evidence.Unasked, false},
		{"raw request", "POST /saml HTTP/1.1\r\nHost: signin.aws.amazon.com\r\nCookie: a=b\r\n\r\n" + body, capture.KindForm, acs, evidence.Known, false},
		{"redirect address", acs + "?" + body, capture.KindForm, acs, evidence.Known, false},
		{"cURL, bash", "curl '" + acs + "' \\\n  -X POST \\\n  -H 'Origin: null' -H 'Cookie: a=b' \\\n  --data-raw '" + body + "' --compressed", capture.KindCURL, acs, evidence.Known, false},
		{"cURL, bash with $", "curl '" + acs + "' --data-raw $'" + strings.ReplaceAll(body, "=", `\u003d`) + "'", capture.KindCURL, acs, evidence.Known, false},
		{"cURL, cmd", `curl ^"` + acs + `^" ^` + "\r\n  -H ^\"accept: */*^\" ^\r\n  --data-raw ^\"" + caret(body) + `^"`, capture.KindCURL, acs, evidence.Known, false},
		{"cURL, cmd of old", `curl "` + acs + `" -H "accept: */*" --data "` + body + `" --compressed`, capture.KindCURL, acs, evidence.Known, false},
		{"cURL, no relay state", "curl '" + acs + "' -d 'SAMLResponse=" + q + "'", capture.KindCURL, acs, evidence.Absent, false},
		{"cURL, multipart", "curl '" + acs + "' -F 'SAMLResponse=" + v + "' -F 'RelayState=x'", capture.KindCURL, acs, evidence.Known, false},
		{"PowerShell", "Invoke-WebRequest -UseBasicParsing -Uri \"" + acs + "\" `\r\n-Method \"POST\" `\r\n-Headers @{\r\n  \"Origin\"=\"null\"\r\n} `\r\n-ContentType \"application/x-www-form-urlencoded\" `\r\n-Body \"" + body + "\"", capture.KindCURL, acs, evidence.Known, false},
		{"fetch", `fetch("` + acs + `", {"headers": {"accept": "*/*"}, "body": "` + body + `", "method": "POST"});`, capture.KindCURL, acs, evidence.Known, false},
		{"page", form(acs, v, relay), capture.KindHTML, acs, evidence.Known, false},
		{"page, single quotes and new lines", "<FORM Method='POST'\n Action='" + acs + "'><INPUT TYPE=hidden NAME='SAMLResponse'\nVALUE='" + strings.ReplaceAll(wrapped(v, 76, ""), "\n", "&#13;&#10;") + "'></FORM>", capture.KindHTML, acs, evidence.Absent, false},
		{"view-source of the page", html.EscapeString(form(acs, v, relay)), capture.KindHTML, acs, evidence.Known, false},
		{"an input alone", `<input name="SAMLResponse" value="` + v + `">`, capture.KindHTML, "", evidence.Unasked, false},
		{"DevTools payload", "SAMLResponse: " + v + "\nRelayState: " + relay, capture.KindText, "", evidence.Known, false},
		{"DevTools payload, two lines", "Form Data\nview source\nSAMLResponse\n" + v + "\nRelayState\n" + relay, capture.KindText, "", evidence.Known, false},
		{"ticket", "Hi team,\nRosa cannot sign in, see below.\n\n> SAMLResponse=" + v + "\n\nThanks, Kim (kim@larkspur.example)", capture.KindText, "", evidence.Unasked, false},
		{"mail with quoting", "On Tuesday Kim wrote:\n" + wrapped(v, 72, "> ") + "\nThanks", capture.KindText, "", evidence.Unasked, false},
		{"quoted-printable part", printed("Hello,\n\nit says\n" + v + "\n\nBye"), capture.KindText, "", evidence.Unasked, false},
		{"XML in a ticket", "This is what I found:\n\n" + string(doc) + "\n\nHelps?", capture.KindText, "", evidence.Unasked, true},
		{"browser's XML view", "This XML file does not appear to have any style information associated with it.\n" + string(doc), capture.KindText, "", evidence.Unasked, true},
		{"XML", string(doc), capture.KindXML, "", evidence.Unasked, true},
		{"XML, byte order mark", "\uFEFF" + string(doc), capture.KindXML, "", evidence.Unasked, true},
		{"XML, UTF-16", utf16le(string(doc)), capture.KindXML, "", evidence.Unasked, true},
		{"pluses lost", spaced, capture.KindBase64, "", evidence.Unasked, false},
		{"pluses lost, a line", spaced + "\r\n", capture.KindBase64, "", evidence.Unasked, false},
		{"pluses lost, form body", "SAMLResponse=" + spaced + "&RelayState=" + relay, capture.KindForm, "", evidence.Known, false},
		{"pluses lost, the last field", "RelayState=" + url.QueryEscape(relay) + "&SAMLResponse=" + spaced, capture.KindForm, "", evidence.Known, false},
		{"pluses lost, DevTools payload", "SAMLResponse: " + spaced + "\nRelayState: " + relay, capture.KindText, "", evidence.Known, false},
		{"table", "name,value\nSAMLResponse," + v + "\nRelayState," + relay, capture.KindText, "", evidence.Unasked, false},
		{"quoted-printable form body", printed(body), capture.KindForm, "", evidence.Known, false},
		{"string of a script", "\"" + strings.ReplaceAll(string(doc), `"`, `\"`) + "\"", capture.KindXML, "", evidence.Unasked, true},
		{"string's content", strings.ReplaceAll(string(doc), `"`, `\"`), capture.KindXML, "", evidence.Unasked, true},
		{"escaped twice", html.EscapeString(html.EscapeString(string(doc))), capture.KindXML, "", evidence.Unasked, true},
		{"quoted-printable XML", printed(string(doc)), capture.KindXML, "", evidence.Unasked, true},
		{"hexadecimal", hex.EncodeToString(doc), capture.KindXML, "", evidence.Unasked, true},
		{"script in a page", `<script>post("` + acs + `", {"SAMLResponse":"` + v + `"})</script>`, capture.KindText, "", evidence.Unasked, false},
		{"XML log", `<log><entry>SAMLResponse=` + v + `</entry></log>`, capture.KindText, "", evidence.Unasked, false},
		{"JSON field", `{"SAMLResponse":"` + v + `","RelayState":"` + relay + `"}`, capture.KindForm, "", evidence.Known, false},
		{"JSON elsewhere", `{"event":{"body":"SAMLResponse=` + v + `"}}`, capture.KindText, "", evidence.Unasked, false},
		{"tracer", tracer([][]string{{"SAMLResponse", v}, {"RelayState", relay}}, string(doc)), capture.KindTracer, acs, evidence.Known, false},
		{"tracer, masked", tracer([][]string{{"SAMLResponse", "********"}, {"RelayState", "***"}}, string(doc)), capture.KindTracer, acs, evidence.Unasked, true},
		{"tracer, hashed", tracer([][]string{{"SAMLResponse", "SHA-1:2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"}}, string(doc)), capture.KindTracer, acs, evidence.Unasked, true},
		{"tracer, legacy", string(legacy), capture.KindTracer, acs, evidence.Known, false},
	} {
		s, err := capture.Open("x", strings.NewReader(c.in))
		if err != nil || len(s) != 1 || len(s[0].SignIns) != 1 {
			t.Errorf("%s: %v, %d sources", c.name, err, len(s))
			continue
		}
		in := s[0].SignIns[0]
		if s[0].Kind != c.kind {
			t.Errorf("%s: kind %s, want %s", c.name, s[0].Kind, c.kind)
		}
		want := doc
		if strings.HasPrefix(c.name, "XML") && c.kind == capture.KindXML {
			want = []byte(c.in)
		}
		if !bytes.Equal(in.Document, want) || in.Decoded != c.decoded || in.Decoded == (in.EncodedLen > 0) || in.Root.Name != "Response" {
			t.Errorf("%s: document of %d bytes, decoded %v, %d characters, %+v", c.name, len(in.Document), in.Decoded, in.EncodedLen, in.Problem)
		}
		got := ""
		if in.Capture.Posted != nil {
			got, _, _ = strings.Cut(in.Capture.Posted.URL, "?")
		}
		if got != c.url || in.Capture.RelayState.State != c.relay {
			t.Errorf("%s: posted to %q, relay state %s", c.name, got, in.Capture.RelayState.State)
		}
		if c.relay == evidence.Known && in.Capture.RelayState.Value.Value != relay && !strings.Contains(c.name, "multipart") {
			t.Errorf("%s: relay state %q", c.name, in.Capture.RelayState.Value.Value)
		}
	}
}

func TestMail(t *testing.T) {
	har := made(t)["edge.har"]
	mail := "From: Kim <kim@larkspur.example>\r\nTo: ops@larkspur.example\r\nSubject: sign-in\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n" +
		"--b\r\nContent-Type: text/plain\r\n\r\nsee attachment\r\n" +
		"--b\r\nContent-Type: application/json; name=\"x.har\"\r\nContent-Disposition: attachment; filename=\"x.har\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		wrapped(base64.StdEncoding.EncodeToString(har), 76, "") + "\r\n--b--\r\n"
	s, err := capture.Open("m.eml", strings.NewReader(mail))
	if err != nil || len(s) != 1 || s[0].Kind != capture.KindHAR || s[0].Name != "m.eml/x.har" || s[0].SignIns[0].Document == nil {
		t.Errorf("%v, %+v", err, s)
	}
}

// TestOtherTokens are tokens that are no SAML 2.0 responses.
func TestOtherTokens(t *testing.T) {
	const request = `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"><a/></samlp:AuthnRequest>`
	const old = `<Response xmlns="urn:oasis:names:tc:SAML:1.0:protocol" ResponseID="_1" MajorVersion="1"/>`
	const trust = `<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><t:RequestedSecurityToken><saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion" AssertionID="_x"/></t:RequestedSecurityToken></t:RequestSecurityTokenResponse>`
	for name, c := range map[string]struct {
		in   string
		form evidence.Form
		root string
	}{
		"request":            {request, evidence.FormRequest, "AuthnRequest"},
		"request, encoded":   {idp.Encode([]byte(request)), evidence.FormRequest, "AuthnRequest"},
		"request, in a form": {"SAMLRequest=" + url.QueryEscape(idp.Encode([]byte(request))) + "&RelayState=x", evidence.FormRequest, "AuthnRequest"},
		"SAML 1.1":           {old, evidence.FormXML, "Response"},
		"SAML 1.1, encoded":  {idp.Encode([]byte(old)), evidence.FormBase64, "Response"},
		"WS-Federation":      {"wa=wsignin1.0&wresult=" + url.QueryEscape(trust) + "&wctx=x", evidence.FormBody, "RequestSecurityTokenResponse"},
	} {
		in := last(t, []byte(c.in))
		if in.Document == nil || in.Capture.Form != c.form || in.Root.Name != c.root {
			t.Errorf("%s: form %q, root %+v, %+v", name, in.Capture.Form, in.Root, in.Problem)
		}
		if c.form == evidence.FormRequest && !strings.Contains(in.Capture.Found, "SAMLResponse that comes back") {
			t.Errorf("%s: found %q", name, in.Capture.Found)
		}
	}
}

func TestDocuments(t *testing.T) {
	for want, in := range map[capture.Kind]string{
		capture.KindMetadata:  `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>`,
		capture.KindProvider:  `{"SAMLMetadataDocument":"<md/>","ValidUntil":"2125-02-20T00:00:00Z"}`,
		capture.KindProviders: `{"SAMLProviderList":[]}`,
		capture.KindRole:      `{"Role":{"RoleName":"x"}}`,
		capture.KindPolicy:    `{"Version":"2012-10-17","Statement":[]}`,
		capture.KindInstance:  `{"Instance":{"Id":"x"}}`,
		capture.KindInstances: `{"InstanceSummaryList":[]}`,
		capture.KindUsers:     `{"UserSummaryList":[],"NextToken":"x"}`,
		capture.KindTrail:     "{\"eventVersion\":\"1.08\",\"eventName\":\"A\"}\n{\"eventVersion\":\"1.08\",\"eventName\":\"B\"}\n",
		capture.KindCase:      `{"schema":"samlens/case/1"}`,
		capture.KindKey:       "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
	} {
		s := one(t, []byte(in))
		if s.Kind != want || !want.IsDocument() || string(s.Document) != strings.TrimSpace(in) && string(s.Document) != in {
			t.Errorf("%s: kind %q, document %q", want, s.Kind, s.Document)
		}
	}
	if s := one(t, []byte(`[{"eventVersion":"1.08","eventName":"A"}]`)); s.Kind != capture.KindTrail {
		t.Errorf("a list of events: %q", s.Kind)
	}
}

func TestUndecodable(t *testing.T) {
	v := idp.Encode(response(t, nil))
	for name, c := range map[string]struct {
		in     string
		offset int
	}{
		"a character too few":  {"SAMLResponse=" + url.QueryEscape(v[:401]), 401},
		"shortened by display": {v[:400] + "…", 400},
		"a bad character":      {v[:300] + "*" + v[301:], 300},
	} {
		in := last(t, []byte(c.in))
		if in.Problem == nil || in.Problem.Kind != capture.Undecodable || in.Document != nil {
			t.Errorf("%s: %+v", name, in.Problem)
			continue
		}
		if in.Problem.Offset < c.offset || in.Problem.Offset > c.offset+40 {
			t.Errorf("%s: offset %d, want about %d", name, in.Problem.Offset, c.offset)
		}
		if strings.Contains(in.Problem.Reason, v[:20]) {
			t.Errorf("%s: the reason shows the value", name)
		}
	}
}

func TestUnusable(t *testing.T) {
	for _, c := range []struct {
		name, in string
		kind     capture.ErrorKind
		says     string
	}{
		{"nothing", "", capture.ErrEmpty, "empty"},
		{"white space", " \n\t ", capture.ErrEmpty, "white space"},
		{"an image", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", capture.ErrUnknown, "PNG"},
		{"a packet capture", "\x0A\x0D\x0D\x0A\x00\x00\x00\x00", capture.ErrUnknown, "TLS hides"},
		{"base64 of an image", base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 90))), capture.ErrNotSAML, "an image"},
		{"base64 of a token", base64.StdEncoding.EncodeToString([]byte(`{"alg":"RS256","kid":"abcdefgh","typ":"JWT"}`)), capture.ErrNotSAML, "JSON Web Token"},
		{"other XML", "<rss><channel/></rss>", capture.ErrNotSAML, "<rss>"},
		{"other page", "<!doctype html><html><head><title>Log in</title></head><body><form><input name=user></form></body></html>", capture.ErrNoSAML, "“Log in”"},
		{"other JSON", `{"hello":"world"}`, capture.ErrUnknown, "no HAR"},
		{"broken JSON", `{"requests":[{"method":"POST"`, capture.ErrBroken, "broken"},
		{"a sentence", "It does not work since this morning.", capture.ErrUnknown, "without a SAML message"},
		{"an error text", "Sign in error\nResponse signature invalid (Service: AWSSecurityTokenService; Status Code: 400; Error Code: InvalidIdentityToken)", capture.ErrUnknown, "samlens explain"},
		{"broken gzip", "\x1f\x8b\x00", capture.ErrBroken, "gzip"},
		{"broken zip", "PK\x03\x04abc", capture.ErrBroken, "zip"},
		{"a name with escapes", "", capture.ErrEmpty, "empty"},
	} {
		_, err := capture.Open("x\x1b[2J", strings.NewReader(c.in))
		var e *capture.Error
		if !errors.As(err, &e) || e.Kind != c.kind || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if s := err.Error(); len(s) > 500 || strings.ContainsAny(s, "\x1b\n") {
			t.Errorf("%s: no sentence: %q", c.name, s)
		}
	}
	for path, kind := range map[string]capture.ErrorKind{"no/such/file": capture.ErrMissing, t.TempDir(): capture.ErrNoCapture} {
		var e *capture.Error
		if _, err := capture.OpenPath(path); !errors.As(err, &e) || e.Kind != kind {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, b := range made(f) {
		f.Add(b)
	}
	v := idp.Encode([]byte(`<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>`))
	for _, s := range []string{v, "SAMLResponse=" + v, "curl 'https://signin.aws.amazon.com/saml' -d $'SAMLResponse=\\u0041'", form(acs, v, relay), `{"requests":[{"url":"x","post":[["SAMLResponse","` + v + `"]],"saml":"<a/>"}]}`,
		"From: a\nTo: b\nSubject: c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n" + v + "\n--x--", "Invoke-WebRequest -Uri \"a\" -Body \"SAMLResponse=`\"\"", "<a", "PK\x03\x04", "\x1f\x8b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		sources, err := capture.Open("f", bytes.NewReader(b))
		if err != nil {
			var e *capture.Error
			if !errors.As(err, &e) || e.Found == "" || len(sources) > 0 {
				t.Fatalf("%v with %d sources", err, len(sources))
			}
			return
		}
		for _, s := range sources {
			if s.Err == nil && len(s.SignIns) == 0 && s.Document == nil {
				t.Fatalf("neither sign-in, document nor error: %+v", s)
			}
			for _, in := range s.SignIns {
				if (in.Document == nil) == (in.Problem == nil) {
					t.Fatalf("document of %d bytes, problem %+v", len(in.Document), in.Problem)
				}
			}
		}
	})
}
