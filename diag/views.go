package diag

import (
	"slices"
	"strings"

	"example.com/samlens/diag/admission"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/xmldsig"
)

// IdP returns which identity provider issued the response.
func (d Diagnosis) IdP() idp.ID {
	id, _ := idp.Recognise(d.Case.Response.Value, d.Case.Capture.Value)
	return id
}

// ServiceProvider tells whose service provider the sign-in speaks to.
func (d Diagnosis) ServiceProvider() endpoint.Kind { return d.provider() }

// Signature judges the first assertion's signature by the certificates that
// IAM holds, or, where no provider is known, by the embedded ones.
func (d Diagnosis) Signature() xmldsig.Judgement {
	r, ok := d.Case.Response.Get()
	if !ok {
		return xmldsig.Judgement{Signed: "none", State: xmldsig.Unchecked}
	}
	return xmldsig.Judge(r, admission.Keys(d.Case))
}

// Steps are a fix's steps at this identity provider: where the setting lives
// there, then what it has to be for this sign-in, then what is to be known of
// the setting. Where only the first few are shown, those are the ones to act on.
func Steps(f rule.Fix, at idp.ID) []string {
	there := idp.Steps(at, f.Setting)
	if f.Setting == idp.Clock { // who runs the clock decides whether the rest applies
		return append(there, f.Steps...)
	}
	where := there[:min(1, len(there))]
	return slices.Concat(where, f.Steps, there[len(where):])
}

// Wanted says, a line each, how missing evidence can be given: the flag, and
// the command with which a colleague makes the file.
func Wanted(d Diagnosis, lack evidence.Need) []string {
	fill := strings.NewReplacer(d.names()...)
	var out []string
	for _, w := range evidence.Wants() {
		if lack&w.Need == 0 {
			continue
		}
		s := w.Name
		if w.Flag != "" {
			s += ": give it with " + w.Flag
		}
		if w.Ask != "" {
			s += ", made by: " + fill.Replace(w.Ask)
		}
		out = append(out, s)
	}
	return out
}

// names are the pairs of placeholders and names that this sign-in knows.
func (d Diagnosis) names() []string {
	out := []string{"{provider}", "PROVIDER_ARN", "{role}", "ROLE_NAME", "{instance}", "INSTANCE_ID", "{account}", "ACCOUNT_ID"}
	if cl, _, ok := claims.Read(d.Case); ok {
		if p, ok := cl.Chosen(d.Case); ok && p.OK {
			out[1], out[3], out[7] = p.ProviderARN, p.Role.Name(), p.Role.Account
		}
	}
	if id := admission.Instance(d.Case); id != "" {
		out[5] = id
	}
	return out
}
