package catalog

import (
	"strings"

	"example.com/samlens/diag/claims"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/idp"
	"example.com/samlens/diag/rule"
)

// An attribute whose name is nearly the one AWS reads.
var attributeNameTypo = &rule.Rule{
	ID: "attribute-name-typo", Title: "An AWS attribute's name is spelt differently",
	Hop: evidence.HopSignIn, Severity: rule.Error,
	Explains: []string{msgInvalid, msgNameRequired},
	Needs:    evidence.NeedAssertion,
	Why: `AWS knows its attributes by their full names, letter by letter: https://aws.amazon.com/SAML/Attributes/Role and its siblings. They look like addresses but are names: another case, http for https, a slash at the end or another host make another attribute, and AWS does as if the right one were not there.

The names with amazonaws.cn that the China Regions' documents use are not near misses.`,
	Refs:     []string{pageAssertions, pageTroubleshoot},
	Eclipses: []string{"role-missing", "session-name-missing"},
	Check:    checkAttributeNameTypo,
	Fix:      fixAttributeNameTypo,
}

func checkAttributeNameTypo(c evidence.Case) []rule.Finding {
	cl, a, ok := federated(c)
	if !ok {
		return nil
	}
	var out []rule.Finding
	vital := len(cl.Role) > 0 && len(cl.SessionName) > 0
	for _, at := range a.Attributes {
		want, name := nearMiss(at)
		if want == "" || present(cl, want) {
			continue
		}
		f := rule.Finding{
			At:       at.Name.At,
			Summary:  "The attribute " + quote(at.Name.Value) + " is not " + quote(want) + ": " + difference(at.Name.Value, want),
			Evidence: []rule.Exhibit{shown("attribute name", at.Name, want)},
		}
		if name != claims.Role && name != claims.RoleSessionName {
			// AWS does without the others: the sign-in goes through, and
			// duration or tags are not what was meant. Beside a missing role
			// or session name this would hide what matters.
			if !vital {
				continue
			}
			f.Severity = rule.Warning
			f.Summary += "; AWS does not read it"
		}
		out = append(out, f)
	}
	return out
}

// present reports whether the assertion has the attribute of that full name.
func present(cl claims.Claims, full string) bool {
	rest, _ := claims.Cut(full)
	switch claims.Name(rest) {
	case claims.Role:
		return len(cl.Role) > 0
	case claims.RoleSessionName:
		return len(cl.SessionName) > 0
	case claims.SessionDuration:
		return len(cl.Duration) > 0
	case claims.SourceIdentity:
		return len(cl.Source) > 0
	case claims.TransitiveTagKeys:
		return len(cl.Transitive) > 0
	case claims.PrincipalTag:
	}
	for _, t := range cl.Tags {
		if rest == string(claims.PrincipalTag)+":"+t.Key {
			return true
		}
	}
	return false
}

// nearMiss returns the full AWS name that an attribute's name nearly is; ""
// where it is one, or nothing like one.
func nearMiss(at evidence.Attribute) (string, claims.Name) {
	const most = 512 // a name that AWS would read is shorter
	got := at.Name.Value
	if len(got) > most || known(got) {
		return "", ""
	}
	flat := strings.TrimRight(strings.ToLower(strip(got)), "/")
	last, space := flat, ""
	if i := strings.LastIndexByte(flat, '/'); i >= 0 {
		space, last = flat[:i], flat[i+1:]
	}
	prefix := claims.Prefix
	if strings.Contains(space, "amazonaws.cn") {
		prefix = claims.ChinaPrefix
	}
	aws := strings.Contains(space, "amazon") || strings.Contains(space, "aws.")
	for _, n := range claims.Names() {
		low := strings.ToLower(string(n))
		if n == claims.PrincipalTag {
			if key, ok := cutTag(strip(got)); ok && aws && strings.HasPrefix(last, low+":") {
				return prefix + string(n) + ":" + key, n
			}
			continue
		}
		switch {
		case last == low && space == "":
			// A plain "Role" is the default of many an IdP and means its own
			// roles, unless it holds ARNs.
			if n != claims.Role || holdsPair(at) {
				return prefix + string(n), n
			}
		case last == low && aws, distance(flat, strings.ToLower(prefix)+low) <= 2 && len(low) > 4, aws && len(low) > 4 && distance(last, low) <= 2,
			aws && n == claims.Role && last == "roles":
			return prefix + string(n), n
		}
	}
	return "", ""
}

// known reports whether a name is one that AWS reads.
func known(name string) bool {
	rest, ok := claims.Cut(name)
	if !ok {
		return false
	}
	for _, n := range claims.Names() {
		if rest == string(n) && n != claims.PrincipalTag {
			return true
		}
	}
	return strings.HasPrefix(rest, string(claims.PrincipalTag)+":")
}

// cutTag returns the tag key of a name that ends in PrincipalTag:KEY.
func cutTag(name string) (string, bool) {
	i := strings.LastIndexByte(strings.ToLower(name), '/')
	_, key, ok := strings.Cut(name[i+1:], ":")
	return key, ok && key != ""
}

// holdsPair reports whether an attribute has a value that looks like a pair of
// role and provider ARN.
func holdsPair(at evidence.Attribute) bool {
	for _, v := range at.Values {
		if strings.Contains(v.Value, ":saml-provider/") && strings.Contains(v.Value, ":role/") {
			return true
		}
	}
	return false
}

// difference says how a name differs from the one that AWS reads.
func difference(got, want string) string {
	clean := strip(got)
	switch {
	case clean == want:
		return "it " + edges(got)
	case !strings.Contains(clean, "/"):
		return "the namespace before it is missing"
	case strings.TrimRight(clean, "/") == want:
		return "it ends with a slash"
	case strings.EqualFold(clean, want):
		return "the case differs"
	case "https://"+strings.TrimPrefix(clean, "http://") == want:
		return "it begins with http, not https"
	}
	gotSpace, wantSpace := clean[:strings.LastIndexByte(clean, '/')+1], want[:strings.LastIndexByte(want, '/')+1]
	if !strings.EqualFold(gotSpace, wantSpace) {
		return "the namespace is another one"
	}
	return "the last part is misspelt"
}

// distance is the number of single-character changes between two short texts.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > 4 || len(y)-len(x) > 4 {
		return 5
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		prev := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			prev, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, prev+cost)
		}
	}
	return row[len(y)]
}

func fixAttributeNameTypo(_ evidence.Case, f rule.Finding) []rule.Fix {
	want := ""
	if len(f.Evidence) > 0 {
		want = f.Evidence[0].Want
	}
	setting := idp.Role
	if rest, ok := claims.Cut(want); ok {
		switch n := claims.Name(rest); {
		case n == claims.RoleSessionName:
			setting = idp.RoleSessionName
		case n == claims.SessionDuration:
			setting = idp.SessionDuration
		case n == claims.SourceIdentity:
			setting = idp.SourceIdentity
		case n != claims.Role:
			setting = idp.SessionTags
		}
	}
	return []rule.Fix{{
		Title:   "Spell the attribute's name as AWS does",
		Who:     rule.IdPAdmin,
		Setting: setting,
		Steps:   []string{"Set the attribute's name to " + want + ", letter by letter. Where the IdP has a namespace as a setting of its own, the two together must give that name."},
	}}
}
