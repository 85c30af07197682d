package capture

import (
	"bytes"
	"encoding/json"
	"strings"

	"example.com/samlens/diag/evidence"
)

// readJSON tells the JSON documents apart that are no HAR. It reports false
// for what only begins like JSON.
func readJSON(name string, doc []byte) (Source, bool) {
	src := Source{Name: name}
	keys, list, err := outline(doc)
	has := func(names ...string) bool {
		for _, n := range names {
			if !keys[n] {
				return false
			}
		}
		return true
	}
	switch {
	case has("requests") && !list:
		return readTracer(name, doc), true
	case has("log"):
		return readHAR(name, bytes.NewReader(doc), nil), true
	case has("SAMLResponse"), has("samlResponse"), has("saml_response"), has("SAMLRequest"):
		if s, ok := fieldOfJSON(src, doc); ok {
			return s, true
		}
	case has("Records"), has("Events"), has("CloudTrailEvent"), has("eventVersion"), has("eventName"), has("QueryResultRows"):
		src.Kind = KindTrail
	case has("SAMLMetadataDocument"):
		src.Kind = KindProvider
	case has("SAMLProviderList"):
		src.Kind = KindProviders
	case has("Role"), has("AssumeRolePolicyDocument"):
		src.Kind = KindRole
	case has("Statement"), has("PolicyDocument"), has("PolicyVersion"), has("Policy"), has("AttachedPolicies"):
		src.Kind = KindPolicy
	case has("Instance"):
		src.Kind = KindInstance
	case has("InstanceSummaryList"):
		src.Kind = KindInstances
	case has("UserSummaryList"), has("Users"):
		src.Kind = KindUsers
	case strings.HasPrefix(schema(doc), "samlens/"):
		src.Kind = KindCase
	case err != nil && len(keys) == 0:
		return Source{}, false
	default:
		if in, kind := inside(string(doc)); in != nil {
			src.Kind, src.SignIns = kind, []SignIn{*in}
			return src, true
		}
	}
	switch {
	case src.Kind.IsDocument():
		src.Document = doc
	case err != nil:
		src.Err = fail(ErrBroken, "the JSON is broken: "+printable(err.Error(), 120), "export it again")
	default:
		src.Kind = KindJSON
		found := "the file is JSON, but no HAR: it has no log with entries"
		if len(keys) > 0 {
			found += " (its keys: " + printable(strings.Join(some(keys), ", "), 120) + ")"
		}
		src.Err = fail(ErrUnknown, found, "export the sign-in as a HAR from the browser's network tools")
	}
	if src.Err != nil {
		src.Err.Source = name
	}
	return src, true
}

// outline returns the keys of the outermost object, or of the first element
// of a list.
func outline(doc []byte) (keys map[string]bool, list bool, err error) {
	keys = map[string]bool{}
	d := json.NewDecoder(bytes.NewReader(doc))
	depth := 0
	key := false
	for range 1 << 20 {
		t, e := d.Token()
		if e != nil {
			if depth == 0 {
				return keys, list, nil
			}
			return keys, list, e
		}
		switch t := t.(type) {
		case json.Delim:
			switch t {
			case '[':
				if depth == 0 {
					list = true
				}
				depth++
			case '{':
				depth++
				key = true
			default:
				depth--
				if depth == 0 || list && depth == 1 {
					return keys, list, nil
				}
			}
			continue
		case string:
			if level := 1; key && (depth == level || list && depth == 2) {
				if len(keys) < 64 {
					keys[t] = true
				}
				var skip json.RawMessage
				if e := d.Decode(&skip); e != nil {
					return keys, list, e
				}
				continue
			}
		}
		if depth == 0 || list && depth == 1 {
			return keys, list, nil
		}
	}
	return keys, list, nil
}

func schema(doc []byte) string {
	var s struct {
		Schema string `json:"schema"`
	}
	if json.Unmarshal(doc, &s) != nil {
		return ""
	}
	return s.Schema
}

func some(keys map[string]bool) []string {
	var out []string
	for k := range keys {
		out = append(out, k)
	}
	// Stable, and short.
	sortStrings(out)
	return out[:min(len(out), 6)]
}

// fieldOfJSON reads an object with the message as a field, as login tools and
// DevTools' payload view print it.
func fieldOfJSON(src Source, doc []byte) (Source, bool) {
	var o map[string]any
	if json.Unmarshal(doc, &o) != nil {
		return src, false
	}
	m := &message{entry: -1}
	var fields []field
	for k, v := range o {
		if s, ok := v.(string); ok {
			switch k {
			case "samlResponse", "saml_response":
				k = "SAMLResponse"
			case "relayState", "relay_state":
				k = "RelayState"
			}
			fields = append(fields, field{k, s})
		}
	}
	if !m.take(fields, evidence.Spot{}, false, false) {
		return src, false
	}
	if !m.relay.State.Seen() || m.relay.State == evidence.Absent {
		m.relay = evidence.Fact[evidence.Text]{}
	}
	src.Kind = KindForm
	src.SignIns = []SignIn{bareSignIn(m, evidence.FormText)}
	return src, true
}

// known returns the part of a page that is an error text of the catalogue.
func (x *step) known() string {
	if o := x.error(); o != nil && o.ID != "" {
		return o.Text
	}
	return ""
}
