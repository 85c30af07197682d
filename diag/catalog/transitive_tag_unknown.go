package catalog

import (
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// A transitive key without its tag.
var transitiveTagUnknown = &rule.Rule{
	ID: "transitive-tag-unknown", Title: "TransitiveTagKeys names a tag that is not sent",
	Hop: evidence.HopSTS, Severity: rule.Warning,
	Needs:    evidence.NeedAssertion,
	Why:      `TransitiveTagKeys lists the keys of session tags that go on to the next role in a chain of roles. Each key named there has to be sent as a PrincipalTag in the same assertion; this one is not. Where the tag's own value comes from a directory field, it is missing for users in whom that field is empty.`,
	Inferred: "Whether STS refuses such a response or lets the key drop is not documented for SAML. Keys are compared without regard to case, as session tag keys are.",
	Refs:     []string{pageSessionTags, pageAssertions},
	Check:    checkTransitiveTagUnknown,
	Fix:      fixTransitive,
}

func checkTransitiveTagUnknown(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	var f rule.Finding
	var missing []string
	for _, at := range cl.Transitive {
		for _, v := range at.Values {
			key := asJudged(c, v.Value)
			if strip(key) == "" || hasTag(cl, key) {
				continue
			}
			if len(missing) == 0 {
				f.At = v.At
			}
			missing = append(missing, quote(key))
			f.Evidence = append(f.Evidence, shown("TransitiveTagKeys", v.Text, "a key that is sent as "+claims.PrincipalTag.Full()+":KEY"))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	f.Summary = "TransitiveTagKeys names " + list(missing) + ", but no such PrincipalTag is sent"
	return one(f)
}

func hasTag(cl claims.Claims, key string) bool {
	for _, t := range cl.Tags {
		if strings.EqualFold(t.Key, key) {
			return true
		}
	}
	return false
}

func fixTransitive(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:   "Send the tag, or take its key out of TransitiveTagKeys",
		Who:     rule.IdPAdmin,
		Setting: idp.SessionTags,
		Steps:   []string{"Each key in TransitiveTagKeys needs an attribute " + claims.PrincipalTag.Full() + ":KEY with a value for every user."},
	}}
}
