package symptom

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/samlens/diag/expression"
)

// maxText is how many bytes of a text are read: a page's visible text or a
// ticket, not a log file.
const maxText = 8 << 10

var (
	markup = expression.Lazy(`(?s)<!--.*?-->|</?[a-zA-Z][^<>]{0,400}>`)
	// dangling is an entity that a cut has left open.
	dangling = expression.Lazy(`&#?\w{0,8}$`)
	marks    = strings.NewReplacer("\u2018", "'", "\u2019", "'", "\u201a", "'", "\u201b", "'", "\u00b4", "'", "`", "'", "\u2032", "'",
		"\u201c", `"`, "\u201d", `"`, "\u201e", `"`, "\u00ab", `"`, "\u00bb", `"`,
		"\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2026", "...", "\ufb01", "fi", "\ufb02", "fl")
)

// bound cuts a text to what is read of it, at a character.
func bound(s string) string {
	if len(s) <= maxText {
		return strings.ToValidUTF8(s, " ")
	}
	n := maxText
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.ToValidUTF8(s[:n], " ")
}

// clean returns the visible text: markup and entities resolved, control and
// format characters gone, typographic marks plain, white space folded.
func clean(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(html.UnescapeString(dangling().ReplaceAllString(s, "")))
	}
	if strings.Contains(s, "<") {
		s = markup().ReplaceAllString(s, " ")
	}
	s = marks.Replace(s)
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = b.Len() > 0
		case r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r):
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// A word is one token of a text, in lower case, with its bytes in the clean
// text.
type word struct {
	text       string
	start, end int
}

// gap is the token that stands for what varies.
const gap = "*"

// words splits a clean text at whatever is neither letter nor digit; an
// apostrophe inside a word vanishes, and * is kept for patterns.
func words(s string, split map[string][]string) []word {
	var out []word
	emit := func(start, end int) {
		t := strings.ReplaceAll(strings.ToLower(s[start:end]), "'", "")
		if parts, ok := split[t]; ok {
			for _, p := range parts {
				out = append(out, word{p, start, end})
			}
			return
		}
		out = append(out, word{t, start, end})
	}
	start := -1
	for i, r := range s {
		in := unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' && start >= 0 && letterAt(s, i+1)
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			emit(start, i)
			start = -1
		}
		if !in && r == '*' {
			out = append(out, word{gap, i, i + 1})
		}
	}
	if start >= 0 {
		emit(start, len(s))
	}
	return out
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
	return unicode.IsLetter(r)
}

// squeeze keeps letters and digits alone, in lower case: what is left equal
// when spaces and punctuation were retyped.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// humps splits a camel-case word: RoleSessionName into role, session, name,
// SAMLResponse into saml, response. A word that is none yields nothing.
func humps(s string) []string {
	var parts []string
	rs, start := []rune(s), 0
	for i := 1; i < len(rs); i++ {
		up := unicode.IsUpper(rs[i])
		if up && unicode.IsLower(rs[i-1]) || up && unicode.IsUpper(rs[i-1]) && i+1 < len(rs) && unicode.IsLower(rs[i+1]) {
			parts = append(parts, strings.ToLower(string(rs[start:i])))
			start = i
		}
	}
	if start == 0 {
		return nil
	}
	return append(parts, strings.ToLower(string(rs[start:])))
}

// filler are words that say nothing by themselves.
var filler = wordSet("a an and are as at be been but by can could did do does for from had has have he i if in into is it its me my no not of on or " +
	"our she so that the their them then there they this to us was we were when where which who will with you your please")

// chatter are words that people put around an error text; trade are those
// that show it to be of this trade.
var chatter, trade = wordSet("400 401 403 agent agents again all appears browser error errors exception failed get gets getting got hello help hi http https just " +
	"login message now page reads receive received receives reports reported said same saw say says screen see sees seeing seen show showed shows shown " +
	"since sign signin still status text thanks this today tries try user users"),
	wordSet("acs adfs amazon amazonaws assertion aws azure ccp entra federate federated federation iam idp keycloak okta onelogin pingfederate saml scim signin " +
		"sso sts")

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

// weight is what a word counts.
func weight(w string) float64 {
	switch {
	case w == gap:
		return 0
	case filler[w]:
		return 0.3
	case utf8.RuneCountInString(w) < 2:
		return 0.2
	}
	return 1
}
