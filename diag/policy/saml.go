package policy

import (
	"strconv"
	"strings"
	"time"

	"example.com/samlens/diag/evidence"
)

// A SignIn is what a browser brought to AWS's sign-in endpoint and what AWS
// makes a request of.
type SignIn struct {
	Assertion evidence.Assertion
	Provider  string    // the chosen pair's provider ARN
	Role      string    // the chosen pair's role ARN
	Posted    string    // the URL that the response was posted to; "" where unknown
	At        time.Time // when AWS judged; zero where unknown
}

// SAMLContext returns the condition keys of the AssumeRoleWithSAML call that
// AWS makes for a sign-in. Keys of which nothing certain is known, such as
// aws:SourceIp, are Unsure.
func SAMLContext(s SignIn) Context {
	c := Context{
		// All of saml: is known from the assertion, and the tags too.
		"saml:*":                     Missing(),
		"aws:requesttag/*":           Missing(),
		"aws:tagkeys":                Missing(),
		"sts:transitivetagkeys":      Missing(),
		"sts:sourceidentity":         Missing(),
		"sts:rolesessionname":        Missing(),
		"aws:securetransport":        One("true"),
		"aws:principalisawsservice":  Either(Missing(), One("false")),
		"aws:viaawsservice":          Either(Missing(), One("false")),
		"aws:calledvia":              Missing(),
		"aws:calledviafirst":         Missing(),
		"aws:calledvialast":          Missing(),
		"aws:resourceaccount":        known(part(s.Role, 4)),
		"aws:requestedregion":        region(s.Posted),
		"saml:iss":                   text(s.Assertion.Issuer),
		"saml:doc":                   Missing(),
		"saml:sub":                   Missing(),
		"aws:principalserviceagents": Missing(),
	}
	for _, x := range impossible {
		if strings.HasSuffix(x.key, "/") {
			c[x.key+"*"] = Missing()
		} else {
			c[x.key] = Missing()
		}
	}
	if !s.At.IsZero() {
		c["aws:currenttime"] = One(s.At.UTC().Format(time.RFC3339))
		c["aws:epochtime"] = One(strconv.FormatInt(s.At.Unix(), 10))
	}
	account, name := part(s.Provider, 4), strings.TrimPrefix(part(s.Provider, 5), "saml-provider/")
	if account != "" && name != "" {
		c["saml:doc"] = One(account + "/" + name)
		c["saml:namequalifier"] = One(evidence.NameQualifier(s.Assertion.Issuer.Value, account, name))
	} else {
		c["saml:doc"], c["saml:namequalifier"] = Value{}, Value{}
	}
	if sub := s.Assertion.Subject; sub != nil {
		c["saml:sub"] = text(sub.NameID)
		if sub.EncryptedID {
			c["saml:sub"] = Value{}
		}
		c["saml:sub_type"] = subjectType(sub.Format.Value)
		c["saml:aud"] = recipients(sub.Confirmations)
	}
	c.attributes(s.Assertion.Attributes)
	return c
}

// recipients is SAML:aud: the Recipient of the subject confirmation, not the
// Audience of the assertion.
func recipients(cs []evidence.Confirmation) Value {
	v, n := Missing(), 0
	for _, x := range cs {
		if !x.Recipient.Present {
			continue
		}
		if n++; n == 1 {
			v = One(x.Recipient.Value)
		} else {
			v.Or = append(v.Or, One(x.Recipient.Value))
		}
	}
	return v
}

// subjectType is saml:sub_type. The prefix of SAML 2.0 formats is taken off;
// whether that of 1.1 formats is too, the sources disagree.
func subjectType(format string) Value {
	const v2, v1 = "urn:oasis:names:tc:SAML:2.0:nameid-format:", "urn:oasis:names:tc:SAML:1.1:nameid-format:"
	if format == "" {
		return Value{}
	}
	if s, ok := strings.CutPrefix(format, v2); ok {
		return One(s)
	}
	if s, ok := strings.CutPrefix(format, v1); ok {
		return Either(One(format), One(s))
	}
	return One(format)
}

func (c Context) attributes(as []evidence.Attribute) {
	var tags []string
	for _, a := range as {
		values := make([]string, 0, len(a.Values))
		for _, v := range a.Values {
			values = append(values, v.Value)
		}
		if name, ok := AWSAttribute(a.Name.Value); ok {
			c.amazon(name, values, &tags)
			continue
		}
		key, ok := AttributeKey(a.Name.Value)
		if !ok || len(values) == 0 {
			continue
		}
		v := Value{Presence: Present, Values: values, Multi: lists[key]}
		if old, again := c[key]; again {
			// "If more than one claim maps to a key, only one is used":
			// which one is not said.
			v = Either(v, old.readings()...)
		}
		c[key] = v
	}
	if len(tags) > 0 {
		c["aws:tagkeys"] = Many(tags...)
	}
}

// amazon takes an attribute of AWS's own namespace.
func (c Context) amazon(name string, values []string, tags *[]string) {
	if len(values) == 0 {
		return
	}
	switch tag, isTag := strings.CutPrefix(name, "PrincipalTag:"); {
	case isTag && tag != "":
		*tags = append(*tags, tag)
		c["aws:requesttag/"+strings.ToLower(tag)] = single(values)
	case name == "TransitiveTagKeys":
		c["sts:transitivetagkeys"] = Many(values...)
	case name == "SourceIdentity":
		c["sts:sourceidentity"] = single(values)
	case name == "RoleSessionName":
		c["sts:rolesessionname"] = single(values)
	}
}

// AWSAttribute returns the part of a SAML attribute's name behind AWS's
// namespace, such as "Role" or "PrincipalTag:team". Case matters.
func AWSAttribute(name string) (string, bool) {
	for _, ns := range []string{"https://aws.amazon.com/SAML/Attributes/",
		"https://www.amazonaws.cn/SAML/Attributes/", "http://www.amazonaws.cn/SAML/Attributes/"} {
		if s, ok := strings.CutPrefix(name, ns); ok {
			return s, true
		}
	}
	return "", false
}

// single is a key that AWS fills with one value; of several it is not said
// which one it takes.
func single(values []string) Value {
	v := One(values[0])
	for _, s := range values[1:] {
		v.Or = append(v.Or, One(s))
	}
	return v
}

func text(t evidence.Text) Value {
	if !t.Present && t.Value == "" {
		return Missing()
	}
	return One(t.Value)
}

func known(s string) Value {
	if s == "" {
		return Value{}
	}
	return One(s)
}

// part returns one of the six colon-separated parts of an ARN, counted from
// 0; "" where arn is none.
func part(arn string, i int) string {
	p := strings.SplitN(arn, ":", 6)
	if len(p) != 6 || p[0] != "arn" {
		return ""
	}
	return p[i]
}

// region is aws:RequestedRegion: certain only where the sign-in endpoint is a
// regional one.
func region(posted string) Value {
	_, host, ok := strings.Cut(posted, "://")
	if !ok {
		return Value{}
	}
	host, _, _ = strings.Cut(host, "/")
	for _, suffix := range []string{".signin.aws.amazon.com", ".signin.amazonaws.cn", ".signin.amazonaws-us-gov.com"} {
		if r, ok := strings.CutSuffix(host, suffix); ok && r != "" && !strings.Contains(r, ".") {
			return One(r)
		}
	}
	return Value{}
}
