package contrast

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"example.com/samlens/diag"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
)

// verdict is the aspect that the others are to explain.
const verdict = "verdict"

type reading struct {
	name   string
	hop    evidence.Hop
	values []string
}

// later are the hops that read an aspect again: the role pair is what STS, the
// trust policy and Connect go by, and Connect looks the session name up.
var later = map[string][]evidence.Hop{
	"recipient":           {evidence.HopTrust},
	"roles":               {evidence.HopProvider, evidence.HopSTS, evidence.HopTrust, evidence.HopFederate},
	"attributes":          {evidence.HopSTS},
	"issuer":              {evidence.HopTrust},
	"session name's form": {evidence.HopUser},
	"tags":                {evidence.HopTrust},
	"source identity":     {evidence.HopTrust},
	"audience":            {evidence.HopTrust},
	"relay state":         {evidence.HopUser},
}

// aspects reads a sign-in. Whatever it is, the list has the same length and
// order.
func aspects(d diag.Diagnosis) []reading {
	cp, r := d.Case.Capture.Value, d.Case.Response.Value
	cl, a, _ := claims.Read(d.Case)
	j := d.Signature()
	var out []reading
	add := func(name string, h evidence.Hop, values ...string) {
		values = slices.DeleteFunc(values, func(s string) bool { return s == "" })
		out = append(out, reading{name, h, slices.Compact(values)})
	}
	add(verdict, evidence.HopCapture, strings.TrimSpace(string(d.Verdict.State)+" "+d.Verdict.Rule))
	if o := cp.Observed; o != nil {
		add("answer", evidence.HopCapture, o.Text)
	} else {
		add("answer", evidence.HopCapture, cp.OutcomeWhy)
	}
	if id := d.IdP(); id == idp.Unknown {
		add("identity provider", evidence.HopIdP)
	} else {
		add("identity provider", evidence.HopIdP, idp.Name(id))
	}
	add("status", evidence.HopIdP, last(r.Status.Code.Value), last(r.Status.SubCode.Value))
	add("assertions", evidence.HopIdP, fmt.Sprintf("%d in the clear, %d encrypted", len(r.Assertions)-r.Decrypted, len(r.Encrypted)+r.Decrypted))
	if p := cp.Posted; p != nil {
		add("posted to", evidence.HopPost, p.URL)
	} else {
		add("posted to", evidence.HopPost)
	}
	add("destination", evidence.HopPost, r.Destination.Value)
	add("recipient", evidence.HopPost, recipient(a)...)
	add("roles", evidence.HopSignIn, pairs(cl)...)
	add("issuer", evidence.HopProvider, r.Issuer.Value, a.Issuer.Value)
	add("signed", evidence.HopProvider, j.Signed)
	add("signature algorithm", evidence.HopProvider, last(j.Algorithm))
	add("digest algorithm", evidence.HopProvider, last(j.Digest))
	add("signing certificate", evidence.HopProvider, certificates(r)...)
	name, present := claims.First(cl.SessionName)
	add("session name's form", evidence.HopSTS, form(name.Value, present))
	duration, _ := claims.First(cl.Duration)
	add("session duration", evidence.HopSTS, duration.Value)
	add("source identity", evidence.HopSTS, presence(len(cl.Source)))
	add("tags", evidence.HopSTS, tags(cl)...)
	add("audience", evidence.HopSTS, audience(a)...)
	add("NameID format", evidence.HopSTS, nameID(a)...)
	add("valid for", evidence.HopSTS, between(a.NotBefore, a.NotOnOrAfter))
	add("issued to redeemed", evidence.HopSTS, delay(d, a))
	add("the IdP's clock", evidence.HopSTS, skew(cp.Clock))
	relay := cp.RelayState
	add("relay state", evidence.HopFederate, relay.Value.Value, map[bool]string{true: "(none)"}[relay.State == evidence.Absent])
	return out
}

func last(uri string) string {
	return uri[strings.LastIndexAny(uri, "#:/")+1:]
}

func recipient(a evidence.Assertion) (out []string) {
	if a.Subject == nil {
		return nil
	}
	for _, c := range a.Subject.Confirmations {
		out = append(out, c.Recipient.Value)
	}
	return out
}

func pairs(cl claims.Claims) (out []string) {
	for _, p := range cl.Pairs {
		out = append(out, p.RoleARN+","+p.ProviderARN)
	}
	slices.Sort(out)
	return out
}

func certificates(r evidence.Response) (out []string) {
	for _, s := range r.Signatures {
		for _, c := range s.Certificates {
			if !slices.Contains(out, c.SHA256) {
				out = append(out, c.SHA256)
			}
		}
	}
	return out
}

func tags(cl claims.Claims) (out []string) {
	for _, t := range cl.Tags {
		out = append(out, t.Key)
	}
	slices.Sort(out)
	return out
}

func audience(a evidence.Assertion) (out []string) {
	for _, set := range a.Audiences {
		for _, v := range set {
			out = append(out, v.Value)
		}
	}
	return out
}

func nameID(a evidence.Assertion) []string {
	if a.Subject == nil {
		return nil
	}
	return []string{last(a.Subject.Format.Value)}
}

func presence(n int) string {
	if n == 0 {
		return ""
	}
	return "sent"
}

// form is how a name is made, and not whose it is.
func form(s string, present bool) string {
	switch {
	case !present:
		return "(none)"
	case s == "":
		return "empty"
	}
	var out []string
	core := strings.TrimSpace(s)
	switch local, domain, ok := strings.Cut(core, "@"); {
	case ok && local != "":
		out = append(out, "an e-mail address at "+strings.ToLower(domain))
	case strings.Contains(core, `\`):
		out = append(out, `DOMAIN\name`)
	case strings.Trim(core, "0123456789") == "":
		out = append(out, "digits")
	default:
		out = append(out, "a plain name")
	}
	lower, upper := strings.ToLower(core) == core, strings.ToUpper(core) == core
	if !lower && upper {
		out = append(out, "in capitals")
	} else if !lower {
		out = append(out, "with capitals")
	}
	if core != s {
		out = append(out, "white space around it")
	}
	odd := func(r rune) bool {
		return !(r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_+=,.@-", r)))
	}
	if strings.ContainsFunc(core, odd) {
		out = append(out, "with characters that STS does not take")
	}
	if n := len([]rune(s)); n < 2 || n > 64 {
		out = append(out, fmt.Sprintf("%d characters", n))
	}
	return strings.Join(out, ", ")
}

func between(from, to evidence.Instant) string {
	if from.Time.IsZero() || to.Time.IsZero() {
		return ""
	}
	return to.Time.Sub(from.Time).String()
}

// delay is told in steps that matter: five minutes are what STS allows.
func delay(d diag.Diagnosis, a evidence.Assertion) string {
	if !d.Case.AsOf.Known() || a.IssueInstant.Time.IsZero() {
		return ""
	}
	switch after := d.Case.AsOf.At.Sub(a.IssueInstant.Time); {
	case after < -time.Minute:
		return "before it was issued"
	case after <= 5*time.Minute:
		return "within five minutes"
	}
	return "more than five minutes"
}

func skew(c evidence.Clock) string {
	if !c.SkewKnown || c.Skew.Abs() <= 30*time.Second {
		return ""
	}
	return c.Skew.Round(time.Minute).String() + " off AWS's"
}
