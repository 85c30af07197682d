package catalog

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// Role and provider of different partitions.
var rolePartitionMismatch = &rule.Rule{
	ID: "role-partition-mismatch", Title: "Role and provider are of different partitions",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgInvalid, msgDenied, msgNoProvider},
	Needs:    evidence.NeedAssertion,
	Why:      `The second part of an ARN is the partition: aws, aws-cn for the China Regions, aws-us-gov for GovCloud. Accounts belong to one of them, and a role can only trust a provider of its own account. A pair with two partitions was put together from two environments.`,
	Inferred: "Which text AWS shows for it is not documented.",
	Refs:     []string{pageARNs, pageAssertions},
	Check:    checkRolePartitionMismatch,
	Fix:      fixRole,
}

func checkRolePartitionMismatch(c evidence.Case) []rule.Finding {
	return unlike(c, func(p claims.Pair) (string, string) { return string(p.Role.Partition), string(p.Provider.Partition) },
		"The role is in partition ", ", its provider in partition ")
}
