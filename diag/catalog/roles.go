package catalog

import (
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// reservedPath is where IAM Identity Center keeps the roles of its permission
// sets.
const reservedPath = "role/aws-reserved/sso.amazonaws.com/"

// weigh returns how heavy a fault of role pairs is: an error where it hits the
// pair that was chosen or, with none chosen, every pair; else a warning, since
// another pair leads in.
func weigh(c evidence.Case, cl claims.Claims, bad func(claims.Pair) bool) rule.Severity {
	if p, ok := cl.Chosen(c); ok {
		if bad(p) {
			return rule.Error
		}
		return rule.Warning
	}
	for _, p := range cl.Pairs {
		if strip(p.Value.Value) != "" && !bad(p) {
			return rule.Warning
		}
	}
	return rule.Error
}

// mended is a pair read again without the blank characters around its ARNs.
func mended(p claims.Pair) claims.Pair {
	parts := strings.Split(p.Value.Value, ",")
	for i := range parts {
		parts[i] = strip(parts[i])
	}
	v := p.Value
	v.Value = strings.Join(parts, ",")
	return claims.Split(v)
}

// samplePair is a Role value of the right form, with the parts that are known.
func samplePair(c evidence.Case) string {
	if p, ok := pair(c); ok && p.Role.Account == p.Provider.Account && p.Role.Partition == p.Provider.Partition {
		return p.RoleARN + "," + p.ProviderARN
	}
	id, arn := account(c), "arn:"+string(partition(c))+":iam::"
	return arn + id + ":role/<role-name>," + arn + id + ":saml-provider/<provider-name>"
}

// fixRole tells to set the Role attribute at the IdP.
func fixRole(c evidence.Case, _ rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Let the IdP send the Role attribute as AWS asks for it",
		Who:     rule.IdPAdmin,
		Setting: idp.Role,
		Steps: []string{
			"Name of the attribute: " + claims.Role.Full() + " (case and all).",
			"Value: " + samplePair(c) + " — role ARN, comma, provider ARN, without quotes and white space; one AttributeValue for each pair.",
			"Look at the value for the user concerned in the IdP's preview: a mapping that yields nothing for one user yields no value.",
		},
		Commands: []rule.Command{
			rule.AWS("iam", "list-saml-providers", "--query", "SAMLProviderList[].Arn").Noting("the providers' ARNs"),
			rule.AWS("iam", "get-role", "--role-name", roleName(c), "--query", "Role.Arn", "--output", "text").Noting("the role's ARN"),
		},
	}}
}
