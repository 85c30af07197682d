package proof

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
)

// A dress is a form in which a response travels outside of a HAR.
type dress struct {
	name string
	bare bool // it does not tell where the response was posted
	wear func(doc []byte, acs, relay string) []byte
}

func encode64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// fields is the posted form.
func fields(doc []byte, relay string) string {
	return "SAMLResponse=" + url.QueryEscape(encode64(doc)) + "&RelayState=" + url.QueryEscape(relay)
}

func dresses() []dress {
	return []dress{
		{"base64", true, func(doc []byte, _, _ string) []byte { return []byte(encode64(doc)) }},
		{"wrapped base64", true, func(doc []byte, _, _ string) []byte {
			var b bytes.Buffer
			for s := encode64(doc); s != ""; {
				n := min(76, len(s))
				b.WriteString(s[:n] + "\r\n")
				s = s[n:]
			}
			return b.Bytes()
		}},
		{"base64 of URLs", true, func(doc []byte, _, _ string) []byte { return []byte(base64.RawURLEncoding.EncodeToString(doc)) }},
		{"percent-encoded", true, func(doc []byte, _, _ string) []byte { return []byte(url.QueryEscape(encode64(doc))) }},
		{"form", true, func(doc []byte, _, relay string) []byte { return []byte(fields(doc, relay)) }},
		{"XML", true, func(doc []byte, _, _ string) []byte { return doc }},
		{"curl", false, func(doc []byte, acs, relay string) []byte {
			return []byte(fmt.Sprintf("curl '%s' \\\n  -H 'content-type: application/x-www-form-urlencoded' \\\n  --data-raw '%s'\n", acs, fields(doc, relay)))
		}},
		{"curl on Windows", false, func(doc []byte, acs, relay string) []byte {
			return []byte(fmt.Sprintf("curl.exe --request POST --url \"%s\" --data \"SAMLResponse=%s\" --data-urlencode \"RelayState=%s\"\r\n", acs, url.QueryEscape(encode64(doc)), relay))
		}},
		{"page", false, func(doc []byte, acs, relay string) []byte {
			return []byte(`<!DOCTYPE html><html><body onload="document.forms[0].submit()"><form method="post" action="` + html.EscapeString(acs) +
				`"><input type="hidden" name="SAMLResponse" value="` + encode64(doc) + `"><input type="hidden" name="RelayState" value="` + html.EscapeString(relay) + `"></form></body></html>`)
		}},
		{"SAML-tracer", false, func(doc []byte, acs, relay string) []byte {
			b, err := json.Marshal(object{"requests": []any{object{
				"method": "POST", "url": acs, "requestId": "7", "requestHeaders": []any{object{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}},
				"get": []any{}, "post": [][]string{{"SAMLResponse", encode64(doc)}, {"RelayState", relay}}, "protocol": "SAML-P", "saml": string(doc),
				"responseStatus": 200, "responseStatusText": "HTTP/2.0 200", "responseHeaders": []any{},
			}}, "timestamp": morning.Format("2006-01-02T15:04:05.000Z")})
			if err != nil {
				panic(err) // strings and lists marshal
			}
			return b
		}},
		{"mail", true, func(doc []byte, _, _ string) []byte {
			return []byte("Hi,\n\nI cannot sign in. This is what the browser sent:\n\nSAMLResponse: " + encode64(doc) + "\n\nRegards, Maria\n")
		}},
	}
}
