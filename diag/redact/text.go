package redact

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/expression"
)

// Marker stands in place of what was taken out.
const Marker = capture.Marker

// maxText bounds a string that is looked through; longer ones go whole.
const maxText = 1 << 20

var (
	addresses = expression.Lazy(`[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s"'<>\\^` + "`" + `{|}]+`)
	mails     = expression.Lazy(`[\pL\pN._+'-]+(?:@|%40)[\pL\pN-]+(?:\.[\pL\pN-]+)+`)
	accounts  = expression.Lazy(`\b\d{12}\b|\b\d{4}-\d{4}-\d{4}\b`)
	ips       = expression.Lazy(`\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b|\b(?:[0-9A-Fa-f]{1,4}:){3,7}[0-9A-Fa-f]{1,4}\b|\b[0-9A-Fa-f:]{2,30}::[0-9A-Fa-f:]{1,30}\b`)
	uuids     = expression.Lazy(`^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)
	runs      = expression.Lazy(`[A-Za-z0-9+/_=-]{32,}`)
	keys      = expression.Lazy(`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9._-]+`)
	masked    = expression.Lazy(`(?i)((?:^|[\s"'-])(?:cookie|set-cookie|authorization|proxy-authorization|x-[a-z-]*(?:token|auth|key)[a-z-]*)["']?\s*[:=]\s*)[^\r\n"']+`)
	given     = expression.Lazy(`(?i)((?:password|passwd|pwd|secret|token|api_?key|sessionid)["']?\s*[:=]\s*["']?)[^\s"'&<>,;]+`)
)

// text redacts running text: every address, e-mail address, account, IP
// address, token and learnt name in it.
func (n *Names) text(s string) string {
	switch {
	case s == "":
		return s
	case len(s) > maxText:
		return Marker
	case uuids().MatchString(s):
		return s
	}
	s = masked().ReplaceAllString(s, "${1}"+Marker)
	s = given().ReplaceAllString(s, "${1}"+Marker)
	s = keys().ReplaceAllLiteralString(s, Marker)
	s = addresses().ReplaceAllStringFunc(s, n.url)
	s = mails().ReplaceAllStringFunc(s, n.mail)
	s = accounts().ReplaceAllStringFunc(s, func(a string) string { return n.account(strings.ReplaceAll(a, "-", "")) })
	s = ips().ReplaceAllStringFunc(s, n.maybeAddress)
	s = n.known(s)
	return runs().ReplaceAllStringFunc(s, n.run)
}

func (n *Names) mail(s string) string {
	at := "@"
	if strings.Contains(s, "%40") {
		at = "%40"
	}
	local, domain, _ := strings.Cut(s, at)
	return n.one(local) + at + n.domain(domain)
}

// maybeAddress leaves what names no machine of anybody's: loopback, the
// unspecified address, and versions such as 1.0.0.0.
func (n *Names) maybeAddress(s string) string {
	if strings.HasPrefix(s, "127.") || strings.HasPrefix(s, "0.") || strings.HasSuffix(s, ".0.0.0") || s == "::1" {
		return s
	}
	return n.address(s)
}

// run takes out a long run of characters that is no word: a token, a digest,
// a piece of base64. A SAML message stays, redacted.
func (n *Names) run(s string) string {
	if len(s) > 100 {
		if out, ok := n.message(s); ok {
			return out
		}
	}
	digits, cases := 0, 0
	lower := false
	for i, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
		if i > 0 && unicode.IsLower(r) != lower {
			cases++
		}
		lower = unicode.IsLower(r)
	}
	if uuids().MatchString(s) || len(s) < 64 && digits < 4 && cases < len(s)/3 || strings.Contains(s, Marker) {
		return s
	}
	return Marker
}

// maxLearnt bounds how many names are looked for in running text. A sign-in
// has a dozen; a list of users is redacted name by name, where they stand.
const maxLearnt = 1000

// learn takes a name down, to be found in running text as well.
func (n *Names) learn(s string) {
	s = strings.TrimFunc(s, outer)
	if strings.Contains(s, Marker) {
		return
	}
	if at := strings.LastIndexByte(s, '@'); at > 0 && strings.Contains(s[at:], ".") {
		n.domains[strings.ToLower(s[at+1:])] = true
	}
	for _, part := range append([]string{s}, strings.FieldsFunc(s, func(r rune) bool { return r == '@' || r == '\\' || r == ',' })...) {
		if telling(part) && len(n.learnt) < maxLearnt && !slices.Contains(n.learnt, part) {
			n.learnt = append(n.learnt, part)
			n.search = nil
		}
	}
}

// common are words that a value may be without telling of anybody, and that
// addresses and error texts are made of.
var common = strings.Fields("true false null none yes no http https www com net org saml aws amazon connect console signin role roles arn iam sts user users agent agents admin group groups default name email example test urn oasis names tc")

// telling reports whether a value is worth looking for elsewhere: it is no
// common word, no number and not so short that it is part of everything.
func telling(s string) bool {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) < 3 || len(s) > 200 || slices.Contains(common, strings.ToLower(s)) {
		return false
	}
	return strings.ContainsFunc(s, unicode.IsLetter) && !strings.Contains(s, "://") && !strings.HasPrefix(s, "urn:") && !strings.HasPrefix(s, "arn:")
}

// searcher finds the learnt names in a text.
type searcher struct{ any *regexp.Regexp }

// known replaces the learnt names where they stand as words.
func (n *Names) known(s string) string {
	if len(n.learnt) == 0 {
		return s
	}
	if n.search == nil {
		words := slices.Clone(n.learnt)
		slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
		for i, w := range words {
			words[i] = regexp.QuoteMeta(w)
		}
		n.search = &searcher{regexp.MustCompile(`(?i)` + strings.Join(words, "|"))}
	}
	var b strings.Builder
	done := 0
	for _, m := range n.search.any.FindAllStringIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		if m[0] > 0 && wordly(before) || m[1] < len(s) && wordly(after) {
			continue
		}
		b.WriteString(s[done:m[0]] + n.pseudonym(s[m[0]:m[1]]))
		done = m[1]
	}
	return b.String() + s[done:]
}

// pseudonym is what a learnt name was given.
func (n *Names) pseudonym(s string) string {
	low := strings.ToLower(s)
	if p, ok := n.of["value\x00"+low]; ok {
		return p
	}
	if n.domains[low] {
		return n.domain(s)
	}
	return n.person(s)
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
