package report

import (
	"strconv"

	"example.com/samlens/diag"
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
)

type jsonAssertion struct {
	ID *string `json:"id"`
	// Issuer is the response's, which stands first; a bare assertion's own.
	Issuer          *string           `json:"issuer"`
	OwnIssuer       *string           `json:"assertion_issuer"`
	Subject         *string           `json:"subject"`
	NameIDFormat    *string           `json:"name_id_format"`
	Audience        []string          `json:"audience"`
	Recipient       *string           `json:"recipient"`
	Destination     *string           `json:"destination"`
	IssueInstant    *string           `json:"issue_instant"`
	NotBefore       *string           `json:"not_before"`
	NotOnOrAfter    *string           `json:"not_on_or_after"`
	Roles           []jsonPair        `json:"roles"`
	RoleChosen      *string           `json:"role_chosen"`
	RoleSessionName *string           `json:"role_session_name"`
	SessionDuration *string           `json:"session_duration"`
	Tags            map[string]string `json:"tags"`
	Attributes      []jsonAttribute   `json:"attributes"`
}

type jsonPair struct {
	RoleARN     string `json:"role_arn"`
	ProviderARN string `json:"provider_arn"`
}

type jsonAttribute struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

type jsonSignature struct {
	Signed       string            `json:"signed"`
	Algorithm    *string           `json:"algorithm"`
	Digest       *string           `json:"digest"`
	Certificates []jsonCertificate `json:"certificates"`
	VerifiedBy   *string           `json:"verified_by"`
	State        string            `json:"state"`
}

type jsonCertificate struct {
	SHA256    string  `json:"sha256"`
	Subject   *string `json:"subject"`
	NotBefore *string `json:"not_before"`
	NotAfter  *string `json:"not_after"`
}

// assertionJSON is nil where no assertion can be read.
func assertionJSON(d diag.Diagnosis) *jsonAssertion {
	cl, a, ok := claims.Read(d.Case)
	if !ok {
		return nil
	}
	out := jsonAssertion{
		ID: present(a.ID), Issuer: present(a.Issuer), OwnIssuer: present(a.Issuer), Audience: []string{}, Roles: []jsonPair{}, Tags: map[string]string{}, Attributes: []jsonAttribute{},
		Destination: present(d.Case.Response.Value.Destination), IssueInstant: present(a.IssueInstant.Text),
		NotBefore: present(a.NotBefore.Text), NotOnOrAfter: present(a.NotOnOrAfter.Text),
	}
	if r := d.Case.Response.Value; r.Issuer.Present {
		out.Issuer = present(r.Issuer)
	}
	if s := a.Subject; s != nil {
		out.Subject, out.NameIDFormat = present(s.NameID), present(s.Format)
		if len(s.Confirmations) > 0 {
			out.Recipient = present(s.Confirmations[0].Recipient)
			if out.NotOnOrAfter == nil {
				out.NotOnOrAfter = present(s.Confirmations[0].NotOnOrAfter.Text)
			}
		}
	}
	for _, set := range a.Audiences {
		for _, v := range set {
			out.Audience = append(out.Audience, v.Value)
		}
	}
	for _, p := range cl.Pairs {
		out.Roles = append(out.Roles, jsonPair{p.RoleARN, p.ProviderARN})
	}
	if p, ok := cl.Chosen(d.Case); ok && p.OK {
		out.RoleChosen = &p.RoleARN
	}
	if v, ok := claims.First(cl.SessionName); ok {
		out.RoleSessionName = &v.Value
	}
	if v, ok := claims.First(cl.Duration); ok {
		out.SessionDuration = &v.Value
	}
	for _, t := range cl.Tags {
		if v, ok := claims.First([]evidence.Attribute{t.Attribute}); ok {
			out.Tags[t.Key] = v.Value
		}
	}
	for _, at := range a.Attributes {
		j := jsonAttribute{Name: at.Name.Value, Values: []string{}}
		for _, v := range at.Values {
			j.Values = append(j.Values, v.Value)
		}
		out.Attributes = append(out.Attributes, j)
	}
	return &out
}

func signatureJSON(d diag.Diagnosis) jsonSignature {
	j := d.Signature()
	out := jsonSignature{Signed: j.Signed, Algorithm: optional(j.Algorithm), Digest: optional(j.Digest), VerifiedBy: optional(j.VerifiedBy), State: string(j.State), Certificates: []jsonCertificate{}}
	for _, s := range d.Case.Response.Value.Signatures {
		for _, c := range s.Certificates {
			jc := jsonCertificate{SHA256: c.SHA256}
			if x := c.X509; x != nil {
				jc.Subject, jc.NotBefore, jc.NotAfter = optional(x.Subject.String()), instant(x.NotBefore), instant(x.NotAfter)
			}
			out.Certificates = append(out.Certificates, jc)
		}
	}
	return out
}

func present(t evidence.Text) *string {
	if !t.Present {
		return nil
	}
	return &t.Value
}

func itoa(n int) string { return strconv.Itoa(n) }
