package trail

import (
	"strings"

	"example.com/samlens/diag/evidence"
)

// decode reads one element of an export: an event, or one of the wrappers
// that events come in. It reports false for anything else, and for events
// that do not matter here.
func decode(b []byte) (evidence.TrailEvent, bool) {
	for range 3 { // wrappers in wrappers
		inner, wrapped := unwrap(b)
		if !wrapped {
			break
		}
		b = inner
	}
	e, ok := event(b)
	if !ok {
		return row(flat(b))
	}
	if k, _ := interesting(e.Name, e.Source); k == 0 {
		return evidence.TrailEvent{}, false
	}
	return e, true
}

// unwrap takes an event out of LookupEvents' Event, EventBridge's envelope or
// a CloudWatch Logs message.
func unwrap(b []byte) (inner []byte, wrapped bool) {
	members(b, space(b, 0), func(key []byte, v int) bool {
		switch string(key) {
		case "CloudTrailEvent", "message", "eventJson", "eventjson":
			if s := str(b, v); strings.HasPrefix(strings.TrimSpace(s), "{") {
				inner, wrapped = []byte(strings.TrimSpace(s)), true
			}
		case "detail":
			if end := skip(b, v); b[v] == '{' && end > 0 {
				inner, wrapped = b[v:end], true
			}
		case "eventVersion", "eventName":
			return false
		}
		return !wrapped
	})
	return inner, wrapped
}

// event reads a CloudTrail record. Any field may be missing or null.
func event(b []byte) (evidence.TrailEvent, bool) {
	var e evidence.TrailEvent
	members(b, space(b, 0), func(key []byte, v int) bool {
		switch unescape(key) {
		case "eventID":
			e.ID = str(b, v)
		case "eventName":
			e.Name = str(b, v)
		case "eventSource":
			e.Source = str(b, v)
		case "eventTime":
			e.Time = instant(str(b, v))
		case "awsRegion":
			e.Region = str(b, v)
		case "recipientAccountId":
			e.Account = str(b, v)
		case "errorCode":
			e.ErrorCode = str(b, v)
		case "errorMessage":
			e.ErrorMessage = str(b, v)
		case "sourceIPAddress":
			e.SourceIP = str(b, v)
		case "userAgent":
			e.UserAgent = str(b, v)
		case "requestID":
			e.RequestID = str(b, v)
		case "readOnly":
			e.ReadOnly = str(b, v) == "true"
		case "userIdentity":
			identity(&e, b, v)
		case "requestParameters":
			request(&e, object(b, v))
		case "responseElements":
			response(&e, object(b, v))
		case "tlsDetails":
			e.EndpointURL = object(b, v)["clientProvidedHostHeader"]
		case "resources":
			e.Resources = append(e.Resources, arns(b, v)...)
		}
		return true
	})
	if e.Name == "" || e.Time.IsZero() && e.ID == "" {
		return e, false
	}
	e.Failed = e.Failed || e.ErrorCode != ""
	e.Raw = masked(b)
	return e, true
}

// identity reads userIdentity.
func identity(e *evidence.TrailEvent, b []byte, v int) {
	m := object(b, v)
	e.ActorType = m["type"]
	e.Actor = first(m["arn"], m["userName"], m["principalId"], m["invokedBy"], m["type"])
	e.NameQualifier = m["identityProvider"]
	switch e.ActorType {
	case "SAMLUser":
		e.NameID = m["userName"]
		if e.NameQualifier == "" {
			e.NameQualifier, _, _ = strings.Cut(m["principalId"], ":")
		}
	case "AssumedRole":
		e.AssumedRoleID = m["principalId"]
		if e.RoleARN == "" {
			e.RoleARN = m["sessionContext.sessionIssuer.arn"]
		}
		if arn := strings.SplitN(m["arn"], ":", 6); len(arn) == 6 && e.SessionName == "" {
			if p := strings.SplitN(arn[5], "/", 3); len(p) == 3 {
				e.SessionName = p[2]
			}
		}
	}
}

// request reads requestParameters, in the spellings of the services.
func request(e *evidence.TrailEvent, m map[string]string) {
	e.AssertionID = first(m["sAMLAssertionID"], m["samlAssertionID"], m["SAMLAssertionID"])
	e.ProviderARN = first(m["principalArn"], m["sAMLProviderArn"], m["samlProviderArn"], m["SAMLProviderArn"])
	e.InstanceID = first(m["InstanceId"], m["instanceId"])
	if s := m["roleSessionName"]; s != "" {
		e.SessionName = s
	}
	if s := m["roleArn"]; s != "" {
		e.RoleARN = s
	}
	for _, k := range []string{"roleName", "policyName", "policyArn", "name", "policyId", "targetId",
		"UserId", "userId", "Username", "username", "permissionsBoundary"} {
		if m[k] != "" {
			e.Resources = append(e.Resources, m[k])
		}
	}
}

// response reads responseElements.
func response(e *evidence.TrailEvent, m map[string]string) {
	if Failed("", m) {
		e.Failed = true
	}
	e.Subject, e.SubjectType = m["subject"], m["subjectType"]
	e.Issuer, e.Audience = m["issuer"], m["audience"]
	if s := m["nameQualifier"]; s != "" {
		e.NameQualifier = s
	}
	if s := m["assumedRoleUser.assumedRoleId"]; s != "" {
		e.AssumedRoleID = s
	}
	if s := first(m["sAMLProviderArn"], m["samlProviderArn"]); s != "" && e.ProviderARN == "" {
		e.ProviderARN = s
	}
	e.Expires = expiry(m["credentials.expiration"])
}

func first(s ...string) string {
	for _, x := range s {
		if x != "" {
			return x
		}
	}
	return ""
}

// object flattens the object at b[v], also where it is a string that holds
// one, to its strings: inner keys are joined by dots, three levels deep.
func object(b []byte, v int) map[string]string {
	if v < len(b) && b[v] == '"' {
		s := str(b, v)
		b, v = []byte(s), space([]byte(s), 0)
		if m := loose(s); m != nil {
			return m
		}
	}
	out := map[string]string{}
	flatten(out, b, v, "", 0)
	return out
}

func flatten(out map[string]string, b []byte, v int, prefix string, depth int) {
	members(b, v, func(key []byte, v int) bool {
		k := prefix + unescape(key)
		if b[v] != '{' {
			out[k] = str(b, v)
		} else if depth < 3 {
			flatten(out, b, v, k+".", depth+1)
		}
		return len(out) < 256
	})
}

// arns returns the ARNs of a resources list.
func arns(b []byte, v int) []string {
	var out []string
	if v >= len(b) || b[v] != '[' {
		return nil
	}
	for i := space(b, v+1); i < len(b) && b[i] == '{' && len(out) < 64; {
		m := object(b, i)
		if s := first(m["ARN"], m["arn"], m["ResourceName"]); s != "" {
			out = append(out, s)
		}
		if i = skip(b, i); i < 0 {
			break
		}
		if i = space(b, i); i < len(b) && b[i] == ',' {
			i = space(b, i+1)
		}
	}
	return out
}
