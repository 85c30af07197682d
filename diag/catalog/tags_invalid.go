package catalog

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// The limits of session tags: the STS API's tagListType, tagKeyType and
// tagValueType. Lengths count characters.
const maxTags, maxTagKey, maxTagValue = 50, 128, 256

var tagForm = expression.Lazy(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)

// Session tags beyond what STS takes.
var tagsInvalid = &rule.Rule{
	ID: "tags-invalid", Title: "The session tags are not ones that STS takes",
	Hop: evidence.HopSTS, Severity: rule.Error,
	Explains: []string{msgPacked},
	Needs:    evidence.NeedAssertion,
	Why:      `Each attribute PrincipalTag:KEY becomes a session tag. STS takes at most 50 of them, keys of 1 to 128 and values of up to 256 characters out of letters, digits, blanks and _ . : / = + - @, and no key that begins with aws:. Together they also have to fit into a packed size whose measure AWS does not publish.`,
	Inferred: "Which text stands for which of these limits is not documented; PackedPolicyTooLarge is for the packed size.",
	Refs:     []string{pageSessionTags, pageAssertions, pageAssumeRole},
	Check:    checkTagsInvalid,
	Fix:      fixTags,
}

func checkTagsInvalid(c evidence.Case) []rule.Finding {
	cl, _, ok := federated(c)
	if !ok {
		return nil
	}
	var out []rule.Finding
	if n := len(cl.Tags); n > maxTags {
		at := cl.Tags[maxTags].Attribute.At
		out = append(out, rule.Finding{
			At: at, Summary: fmt.Sprintf("The assertion carries %d session tags; STS takes %d", n, maxTags),
			Evidence: []rule.Exhibit{{What: "PrincipalTag attributes", At: at, Saw: fmt.Sprint(n), Want: fmt.Sprintf("at most %d", maxTags)}},
		})
	}
	for _, t := range cl.Tags {
		if why := tagKeyFault(t.Key); why != "" {
			out = append(out, rule.Finding{
				At: t.Attribute.Name.At, Summary: "The tag key " + quote(t.Key) + " is not one that STS takes: " + why,
				Evidence: []rule.Exhibit{shown("attribute name", t.Attribute.Name, "a key of 1 to 128 characters, not beginning with aws:")},
			})
		}
		for _, v := range t.Attribute.Values {
			value := asJudged(c, v.Value)
			why := ""
			switch n := utf8.RuneCountInString(value); {
			case n > maxTagValue:
				why = fmt.Sprintf("it has %d characters, and %d is the most", n, maxTagValue)
			case !tagForm().MatchString(value):
				why = strange(value)
			}
			if why != "" {
				out = append(out, rule.Finding{
					At: v.At, Summary: "The value of the tag " + quote(t.Key) + " is not one that STS takes: " + why,
					Evidence: []rule.Exhibit{shown("PrincipalTag:"+t.Key, v.Text, "at most 256 of letters, digits, blanks and _.:/=+-@")},
				})
			}
		}
	}
	const most = 10
	return out[:min(len(out), most)]
}

func tagKeyFault(key string) string {
	switch n := utf8.RuneCountInString(key); {
	case n == 0:
		return "it is empty"
	case n > maxTagKey:
		return fmt.Sprintf("it has %d characters, and %d is the most", n, maxTagKey)
	case strings.HasPrefix(strings.ToLower(key), "aws:"):
		return "keys that begin with aws: are AWS's own"
	case !tagForm().MatchString(key):
		return strange(key)
	}
	return ""
}

// strange names the first character that a tag may not have.
func strange(s string) string {
	i := 0
	for _, r := range s {
		if i++; !tagForm().MatchString(string(r)) || r == utf8.RuneError {
			return fmt.Sprintf("character %d is %s, which is not allowed", i, character(r))
		}
	}
	return "it has a character that is not allowed"
}

func fixTags(evidence.Case, rule.Finding) []rule.Fix {
	return []rule.Fix{{
		Title:       "Send only the tags that a policy reads",
		Who:         rule.IdPAdmin,
		Setting:     idp.SessionTags,
		Steps:       []string{"Take out the PrincipalTag attributes that no policy compares, and correct the key or value named here."},
		Consequence: "Policies that compare aws:PrincipalTag or aws:RequestTag with a tag taken out do not match any more.",
	}}
}
