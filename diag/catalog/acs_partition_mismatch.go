package catalog

import (
	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/endpoint"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The endpoint and the ARNs are of different partitions.
var acsPartitionMismatch = &rule.Rule{
	ID: "acs-partition-mismatch", Title: "Endpoint and ARNs are of different partitions",
	Hop: evidence.HopPost, Severity: rule.Error,
	Explains: []string{msgInvalid, msgDenied, msgBareDenied, msgUnknownError},
	Needs:    evidence.NeedAssertion, Uses: evidence.NeedCapture,
	Why:      `AWS, AWS China and AWS GovCloud (US) are separate partitions: no account, role or provider of one exists in another. An ARN says by its second part where it belongs (arn:aws, arn:aws-cn, arn:aws-us-gov), and each partition has sign-in endpoints of its own. A response that reaches the sign-in of one partition cannot assume a role of another.`,
	Inferred: "Which text AWS shows for it is not documented.",
	Refs:     []string{pageARNs, pageEndpoints},
	Check:    checkACSPartitionMismatch,
	Fix:      fixACSPartition,
}

func checkACSPartitionMismatch(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	acs, t, ok := consumer(c)
	if !ok || !acs.OK() {
		return nil
	}
	var f rule.Finding
	var role claims.Pair
	for _, p := range cl.Candidates(c) {
		if !p.OK || p.Provider.Partition != p.Role.Partition {
			continue // halves of two partitions are a fault of the pair itself
		}
		if p.Role.Partition == acs.Partition {
			return nil
		}
		if len(f.Evidence) == 0 {
			role = p
		}
		f.Evidence = append(f.Evidence, rule.Exhibit{What: "role", At: p.Value.At, Saw: p.RoleARN, Want: "arn:" + string(acs.Partition) + ":…"})
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	f.At = t.At
	f.Summary = "The sign-in went to " + quote(acs.Host) + " in the partition " + string(acs.Partition) + ", but the role is in " + string(role.Role.Partition)
	f.Evidence = append([]rule.Exhibit{{What: "sign-in address", At: t.At, Saw: t.Value, Want: role.Role.Partition.SignIn()}}, f.Evidence...)
	f.Also = []evidence.Spot{role.Value.At}
	return one(f)
}

func fixACSPartition(c evidence.Case, _ rule.Finding) []rule.Fix {
	want := endpoint.AWS
	if p, ok := pair(c); ok {
		want = p.Role.Partition
	}
	return []rule.Fix{{
		Title:   "Send the response to the sign-in of the role's partition",
		Who:     rule.IdPAdmin,
		Setting: idp.ACS,
		Steps:   []string{"Set ACS URL, Recipient and Destination to " + want.SignIn() + " or its regional form.", "Give each partition an application of its own at the IdP."},
	}, {
		Title:   "Or send a role of the endpoint's partition",
		Who:     rule.IdPAdmin,
		Setting: idp.Role,
		Steps:   []string{"If the endpoint is the right one, both ARNs of the Role value have to be of its partition."},
	}}
}
