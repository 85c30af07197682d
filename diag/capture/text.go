package capture

import (
	"bytes"
	"errors"
	"html"
	"strings"

	"example.com/samlens/diag/envelope"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

var (
	labelled   = expression.Lazy(`(SAMLResponse|SAMLRequest)["'\x60*]{0,3}[ \t]{0,8}(=|:|\t|\r?\n|,[ \t]*["']?value["']?[ \t]*:)[ \t]{0,8}["'\x60]?`)
	relayLabel = expression.Lazy(`RelayState["'\x60*]{0,3}[ \t]{0,8}(=|:|\t|\r?\n)[ \t]{0,8}["'\x60]?([^\s"'\x60&<>]+)`)
	command    = expression.Lazy(`(?i)(?:^|\n)[ \t]*(?:[$#>%] ?)?(?:curl(?:\.exe)? |Invoke-(?:WebRequest|RestMethod)\b|\$session = New-Object|fetch\()`)
	xmlStart   = expression.Lazy(`<(?:[A-Za-z_][\w.-]{0,30}:)?(Response|Assertion|AuthnRequest|LogoutRequest)[\s>]`)
	httpHead   = expression.Lazy(`(?i)(?:^|\n)[ \t]*(POST|GET) (\S+) HTTP/[\d.]+`)
	hostHead   = expression.Lazy(`(?im)^[ \t]*(?:host|:authority):[ \t]*([\w.:-]+)`)
)

// readText finds the SAML message in a text: a copied command, a form body,
// what DevTools shows, a bare value, or a blob somewhere in a mail or ticket.
func readText(text []byte) (*SignIn, Kind, *Error) {
	s := string(text)
	if command().MatchString(s) {
		if m := readCommand(s); m != nil {
			in := bareSignIn(m, evidence.FormCURL)
			return &in, KindCURL, nil
		}
	}
	// A bare value in any dress comes first: nothing else is in the text.
	var wholeBad *Error
	whole, wholeErr := envelope.Open(envelope.Value{Text: text})
	if wholeErr == nil {
		in, kind, err := openedSignIn(whole, evidence.FormBase64)
		if err == nil && kind == KindXML {
			in.Capture.Form = evidence.FormXML
		}
		if err == nil {
			return in, kind, nil
		}
		wholeBad = err
	}
	if m := readForm(s); m != nil {
		in := bareSignIn(m, evidence.FormBody)
		return &in, KindForm, nil
	}
	if strings.Contains(s, "<input") || strings.Contains(s, "&lt;input") || strings.Contains(s, "<textarea") {
		for _, page := range []string{s, html.UnescapeString(s)} {
			if f, ok := findForm([]byte(page)); ok {
				in := fromForm(Source{}, f).SignIns[0]
				return &in, KindHTML, nil
			}
		}
	}
	if in, kind := inside(s); in != nil {
		return in, kind, nil
	}
	if value, ok := afterLabel(s); ok {
		d, err := envelope.Open(envelope.Value{Text: []byte(value)})
		if err == nil && complete(d.XML) {
			if in, _, bad := openedSignIn(d, evidence.FormText); bad == nil {
				in.Capture.RelayState = relayIn(s)
				return in, KindText, nil
			}
		}
		in := undecodable([]byte(value), err, evidence.FormText)
		return in, KindText, nil
	}
	if who := maskedBy(s); who != "" && len(s) < 200 {
		return undecodable(text, nil, evidence.FormBase64), KindBase64, nil
	}
	if wholeBad != nil {
		return nil, "", wholeBad
	}
	return nothingInText(text, wholeErr)
}

// nothingInText is the answer to a text without a message in it.
func nothingInText(text []byte, err error) (*SignIn, Kind, *Error) {
	next := "copy the value of SAMLResponse from the POST to AWS, or export a HAR"
	if bad, ok := errors.AsType[*envelope.Error](err); ok {
		if looksMeant(text) {
			return undecodable(text, err, evidence.FormBase64), KindBase64, nil
		}
		if bad.Kind == envelope.NotSAML || bad.Kind == envelope.TooLarge || bad.Kind == envelope.BadPack || bad.Kind == envelope.Short && !bytes.ContainsAny(text, " \t") && len(text) > 40 {
			e := fail(ErrNotSAML, bad.Reason, next)
			e.Offset, e.Err = int64(bad.Offset), err
			return nil, "", e
		}
	}
	lines := bytes.Count(text, []byte("\n")) + 1
	found := "a text of " + count(lines, "line") + " without a SAML message in it"
	if l := (&step{page: page{Lines: []string{fold(string(text[:min(len(text), 4000)]))}}}).known(); l != "" {
		next = "run samlens explain with that text; to see the sign-in itself, " + next
		found += ", but with an error text of AWS"
	}
	return nil, "", fail(ErrUnknown, found, next)
}

// looksMeant reports whether a text is plainly meant as a response in
// base64: it begins as one does, whatever is wrong further on.
func looksMeant(text []byte) bool {
	t := bytes.TrimLeft(text, " \t\r\n\"'")
	for _, p := range [...]string{"PD94bW", "PHNhbW", "PFJlc3", "PHNhbDJ", "PEFzc2", "PG5zM", "PHJlc3", "PHAy", "PHA6", "PHBy"} {
		if bytes.HasPrefix(t, []byte(p)) {
			return true
		}
	}
	return false
}

// readForm reads a form body, with or without the request's head in front.
func readForm(s string) *message {
	head := ""
	if loc := httpHead().FindStringIndex(s); loc != nil && loc[0] < 200 {
		if i := strings.Index(s, "\r\n\r\n"); i > 0 {
			head, s = s[:i], s[i+4:]
		} else if i := strings.Index(s, "\n\n"); i > 0 {
			head, s = s[:i], s[i+2:]
		}
	}
	body := strings.TrimLeft(s, " \t\r\n\"'")
	body = strings.TrimRight(strings.TrimRight(body, "\t\r\n"), `"'`) // a space at the end may be the value's last plus
	var fields []field
	encoded := true
	if strings.HasPrefix(body, "--") {
		fields, encoded = multipartFields(body), false
	} else {
		if strings.ContainsAny(body, " <>{") || !strings.Contains(body, "=") {
			if i := strings.IndexAny(body, "<>{"); i >= 0 {
				return nil
			}
		}
		if i := strings.Index(body, "?"); i >= 0 && strings.HasPrefix(body, "http") && !strings.ContainsAny(body, " \n") {
			// An address with the message in its query.
			m := &message{entry: -1, acs: parseACS(body)}
			m.post = evidence.Post{URL: safeURL(body), Entry: -1, Method: "GET"}
			if m.take(formFields(body[i+1:]), evidence.Spot{}, true, false) {
				return m
			}
			return nil
		}
		first, _, _ := strings.Cut(body, "=")
		if len(first) > 64 || strings.ContainsAny(first, " \n\t:") {
			return nil
		}
		fields = formFields(body)
	}
	m := &message{entry: -1}
	if h := httpHead().FindStringSubmatch(head); h != nil {
		m.post.URL = h[2]
		if host := hostHead().FindStringSubmatch(head); host != nil && !strings.HasPrefix(h[2], "http") {
			m.post.URL = "https://" + host[1] + h[2]
		}
		m.post.Method, m.post.Entry = strings.ToUpper(h[1]), -1
		m.acs = parseACS(m.post.URL)
	}
	if !m.take(fields, evidence.Spot{}, encoded, false) {
		return nil
	}
	if len(fields) == 1 && head == "" {
		// Someone may have copied only the one field.
		m.relay = evidence.Fact[evidence.Text]{}
	}
	return m
}

// afterLabel returns what stands behind the name of a message in a text.
func afterLabel(s string) (string, bool) {
	loc := labelled().FindStringIndex(s)
	if loc == nil {
		return "", false
	}
	rest := s[loc[1]:]
	if i := strings.IndexAny(rest, "&\"'`\n\r<>"); i >= 0 {
		rest = rest[:i]
	}
	rest = strings.TrimLeft(rest, " \t") // a space behind it may be its last plus
	if strings.TrimSpace(rest) == "" || len(rest) < 60 && strings.Contains(rest, " ") && maskedBy(rest) == "" {
		return "", false // a sentence about it
	}
	return rest, true
}

// relayIn finds a labelled relay state in a text.
func relayIn(s string) evidence.Fact[evidence.Text] {
	m := relayLabel().FindStringSubmatch(s)
	if m == nil {
		return evidence.Fact[evidence.Text]{}
	}
	v := m[2]
	if m[1] == "=" {
		v = decodeField(v, true)
	}
	return evidence.Have(evidence.Text{Value: v, Present: true}, "capture")
}

// unescapePage is a page's source with its character references resolved.
func unescapePage(doc []byte) string { return html.UnescapeString(string(doc)) }
