package catalog

import (
	"fmt"
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// A Role value that is no pair of ARNs.
var roleMalformed = &rule.Rule{
	ID: "role-malformed", Title: "The Role value is not a pair of ARNs",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgInvalid, msgDenied, msgPair, msgRequestARN, msgValidation, msgNoProvider, msgBareDenied, msgUnknownError}, Predicts: msgInvalid,
	Needs: evidence.NeedAssertion,
	Why: `Each value of the Role attribute is the ARN of a role and the ARN of a SAML provider with one comma between them. A value that is something else names no role that could be assumed: quotes around it, another separator, a list in one value, a name without its ARN, an ARN of another kind.

Where several values are sent and others are whole, those still lead in.`,
	Inferred: "AWS documents the general page for a Role attribute without a pair; that every form of damage leads there is inferred. Quoted values are reported to end in a refused role instead.",
	Refs:     []string{pageTroubleshoot, pageAssertions, pageARNs},
	Check:    checkRoleMalformed,
	Fix:      fixRole,
}

func checkRoleMalformed(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	bad := func(p claims.Pair) bool { return !p.OK && strip(p.Value.Value) != "" }
	var f rule.Finding
	n := 0
	for _, p := range cl.Pairs {
		if !bad(p) {
			continue
		}
		if n++; n == 1 {
			f.At = p.Value.At
			f.Summary = "The Role value " + quote(asJudged(c, p.Value.Value)) + " is no pair of role and provider ARN: " + pairFault(p)
		}
		f.Evidence = append(f.Evidence, shown("Role", p.Value.Text, samplePair(c)))
	}
	if n == 0 {
		return nil
	}
	if n > 1 {
		f.Summary += fmt.Sprintf("; %d of %d values are like that", n, len(cl.Pairs))
	}
	f.Severity = weigh(c, cl, func(p claims.Pair) bool { return !p.OK })
	return one(f)
}

// pairFault says what is wrong with a Role value.
func pairFault(p claims.Pair) string {
	v := strip(p.Value.Value)
	arns := strings.Count(v, "arn:")
	switch {
	case p.Value.Nil:
		return "it is marked as nil"
	case p.Value.Structured:
		return "it holds elements, not text"
	case strings.HasPrefix(v, "[") || strings.HasPrefix(v, "{"):
		return "it is a JSON text"
	case strings.ContainsAny(v, "\"'“”‘’"):
		return "it has quotation marks"
	case arns > 2:
		return fmt.Sprintf("it holds %d ARNs; each pair needs an AttributeValue of its own", arns)
	case strings.Count(v, ",") > 1:
		return fmt.Sprintf("it has %d commas; each pair needs an AttributeValue of its own", strings.Count(v, ","))
	case arns == 0:
		return "it holds no ARN"
	case arns == 1 && strings.Contains(v, ":saml-provider/"):
		return "the role's ARN is missing"
	case arns == 1:
		return "the provider's ARN is missing"
	case !strings.Contains(v, ","):
		return "the two ARNs are not separated by a comma"
	}
	for _, part := range []string{p.RoleARN, p.ProviderARN} {
		if why := arnFault(part); why != "" {
			return why
		}
	}
	return "it is not one role and one provider"
}

// arnFault says what is wrong with one ARN of a pair; "" where it is that of a
// role or a SAML provider.
func arnFault(s string) string {
	a, ok := endpoint.ParseARN(s)
	switch {
	case !ok:
		return quote(s) + " is no ARN"
	case a.IsRole() || a.IsProvider():
		return ""
	case a.Service == "sts":
		return quote(s) + " is the ARN of a session, not of a role"
	case a.Service != "iam":
		return quote(s) + " is an ARN of " + a.Service + ", not of IAM"
	case a.Region != "":
		return quote(s) + " names a Region; ARNs of IAM have none"
	case len(a.Account) != 12 || strings.Trim(a.Account, "0123456789") != "":
		return quote(a.Account) + " is no account ID of 12 digits"
	}
	kind, _, _ := strings.Cut(a.Resource, "/")
	switch kind {
	case "role", "saml-provider":
		for _, r := range a.Resource {
			if blank(r) || r > 126 {
				return "the name in " + quote(s) + " holds " + character(r)
			}
		}
		return "the name in " + quote(s) + " is empty, too long or has characters that IAM does not allow"
	case "oidc-provider":
		return quote(s) + " is an OIDC provider, not a SAML provider"
	}
	return quote(s) + " is the ARN of a " + quote(kind) + ", not of a role or SAML provider"
}
