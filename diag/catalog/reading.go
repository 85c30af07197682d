package catalog

import (
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
)

// service tells whose service provider the sign-in speaks to: by where it was
// posted, else by the Recipient, else by the Destination.
func service(c evidence.Case) endpoint.Kind {
	a, _, ok := consumer(c)
	if !ok {
		return endpoint.Sign
	}
	return a.Kind
}

// consumer returns the assertion consumer service of the sign-in and where its
// address was read: the URL of the POST, else the Recipient, else the
// Destination. It reports false where none of them is there.
func consumer(c evidence.Case) (endpoint.ACS, evidence.Text, bool) {
	var found []evidence.Text
	if p := c.Capture.Value.Posted; p != nil {
		found = append(found, evidence.Text{Value: p.URL, Present: true, At: p.At})
	}
	if r, ok := c.Response.Get(); ok {
		if a, ok := r.First(); ok {
			if t, ok := recipient(a); ok {
				found = append(found, t)
			}
		}
		if r.Destination.Present {
			found = append(found, r.Destination)
		}
	}
	for _, t := range found {
		if strings.TrimSpace(t.Value) != "" {
			return endpoint.ParseACS(t.Value), t, true
		}
	}
	return endpoint.ACS{}, evidence.Text{}, false
}

// toCenter reports whether IAM Identity Center is the service provider: then
// no IAM role, provider or trust policy has a part in the sign-in.
func toCenter(c evidence.Case) bool { return service(c) == endpoint.IdentityCenter }

// elsewhere reports whether the response was posted to a service that has
// nothing to do with AWS: what AWS would say of it is then idle.
func elsewhere(c evidence.Case) bool {
	p := c.Capture.Value.Posted
	if p == nil {
		return false
	}
	a := endpoint.ParseACS(p.URL)
	return a.Kind == endpoint.Other && a.Near == ""
}

// federated returns the assertion that IAM would judge and its claims. It
// reports false where there is none in the clear, and where the sign-in is not
// one that goes through an IAM SAML provider.
func federated(c evidence.Case) (claims.Claims, evidence.Assertion, bool) {
	if toCenter(c) || elsewhere(c) {
		return claims.Claims{}, evidence.Assertion{}, false
	}
	return claims.Read(c)
}

// recipient returns the first Recipient of an assertion's confirmations. It
// reports false where none has one; an empty one counts as there.
func recipient(a evidence.Assertion) (evidence.Text, bool) {
	if a.Subject == nil {
		return evidence.Text{}, false
	}
	for _, s := range a.Subject.Confirmations {
		if s.Recipient.Present {
			return s.Recipient, true
		}
	}
	return evidence.Text{}, false
}

// laidOut reports whether a viewer may have laid the XML out anew, so that
// white space around a value says nothing of what was posted.
func laidOut(c evidence.Case) bool { return c.Response.Value.LaidOut() }

// asJudged returns a value as rules compare it: as sent, but without white
// space around it where that may be a viewer's.
func asJudged(c evidence.Case, s string) string {
	if laidOut(c) {
		return trim(s)
	}
	return s
}

// trim removes XML white space.
func trim(s string) string { return strings.Trim(s, " \t\r\n") }

// account returns the account of the role at hand, and "<account>" where it is
// not known.
func account(c evidence.Case) string {
	if p, ok := pair(c); ok && p.Role.Account != "" {
		return p.Role.Account
	}
	return "<account>"
}

// pair returns the role pair that the sign-in is for, else the first whole one.
func pair(c evidence.Case) (claims.Pair, bool) {
	cl, _, ok := claims.Read(c)
	if !ok {
		return claims.Pair{}, false
	}
	for _, p := range cl.Candidates(c) {
		if p.OK {
			return p, true
		}
	}
	return claims.Pair{}, false
}

// roleName returns the name of the role at hand for a command, and
// "<role-name>" where it is not known.
func roleName(c evidence.Case) string {
	if p, ok := pair(c); ok {
		return p.Role.Name()
	}
	return "<role-name>"
}

// providerARN returns the ARN of the provider at hand for a command, with
// placeholders where it is not known.
func providerARN(c evidence.Case) string {
	if p, ok := pair(c); ok {
		return p.ProviderARN
	}
	return "arn:aws:iam::<account>:saml-provider/<provider-name>"
}

// partition returns the partition of the sign-in: that of the role pair, else
// of the endpoint, else the commercial one.
func partition(c evidence.Case) endpoint.Partition {
	if p, ok := pair(c); ok {
		return p.Role.Partition
	}
	if a, _, ok := consumer(c); ok && a.Partition != "" {
		return a.Partition
	}
	return endpoint.AWS
}

// ownACS returns the ACS that the sign-in should be posted to: the one it
// was posted to where that is AWS's, else the partition's own.
func ownACS(c evidence.Case) string {
	if p := c.Capture.Value.Posted; p != nil && endpoint.ParseACS(p.URL).OK() {
		url, _, _ := strings.Cut(p.URL, "?")
		return url
	}
	return partition(c).SignIn()
}
