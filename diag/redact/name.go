package redact

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names are the pseudonyms given so far. The same thing has the same pseudonym
// in all that is redacted with the same Names.
type Names struct {
	of     map[string]string // kind and folded name -> pseudonym
	made   map[string]string // kind and pseudonym -> pseudonym
	counts map[string]int
	learnt []string // names to look for in running text
	// domains are those of learnt e-mail addresses.
	domains map[string]bool
	search  *searcher
	beside  Attachments // finds bodies that are files of their own
}

// NewNames returns Names that have given none yet.
func NewNames() *Names {
	return &Names{of: map[string]string{}, made: map[string]string{}, counts: map[string]int{}, domains: map[string]bool{}}
}

// number returns the pseudonym of a name of a kind, which is made by form where
// the name is new. A pseudonym is its own, so that a text may be gone through
// twice.
func (n *Names) number(kind, name string, form func(i int) string) string {
	key := kind + "\x00" + strings.ToLower(name)
	if p, ok := n.of[key]; ok {
		return p
	}
	if p, ok := n.made[key]; ok {
		return p
	}
	n.counts[kind]++
	p := form(n.counts[kind])
	n.of[key], n.made[kind+"\x00"+strings.ToLower(p)] = p, p
	return p
}

// outer are the characters that may stand around a name without being seen.
func outer(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc) || r == '"' || r == '\''
}

// person returns the pseudonym of somebody's name. White space around it stays,
// so do capitals as a class, and every character that AWS does not take in a
// session name or Amazon Connect in a user name: they may be what is wrong.
func (n *Names) person(name string) string {
	core := strings.TrimFunc(name, outer)
	if core == "" {
		return name
	}
	lead, tail, _ := strings.Cut(name, core)
	var p string
	if at := strings.LastIndexByte(core, '@'); at > 0 && at < len(core)-1 {
		p = n.one(core[:at]) + "@" + n.domain(core[at+1:])
	} else if i := strings.IndexByte(core, '\\'); i > 0 && i < len(core)-1 {
		p = n.number("realm", core[:i], func(i int) string { return fmt.Sprintf("DOMAIN-%d", i) }) + `\` + n.one(core[i+1:])
	} else {
		p = n.one(core)
	}
	return lead + p + tail
}

// maxOdd bounds how many bytes of characters that AWS does not take are kept:
// what stands in a pseudonym must not tell the name.
const maxOdd = 8

// one is the pseudonym of a name without its domain.
func (n *Names) one(s string) string {
	if utf8.RuneCountInString(s) == 1 {
		return "u"
	}
	var odd strings.Builder
	for _, r := range s {
		if !plainInName(r) && odd.Len() < maxOdd && !strings.ContainsRune(odd.String(), r) {
			odd.WriteRune(r)
		}
	}
	folded := strings.Map(func(r rune) rune {
		if plainInName(r) {
			return r
		}
		return -1
	}, s)
	p := n.number("user", folded, func(i int) string { return fmt.Sprintf("user-%d", i) })
	switch {
	case s == strings.ToLower(s):
	case s == strings.ToUpper(s):
		p = strings.ToUpper(p)
	default:
		p = "U" + p[1:]
	}
	p = p[:4] + odd.String() + p[4:]                  // inside, for white space at an end would be a fault of its own
	if over := utf8.RuneCountInString(s); over > 64 { // AWS's limit of a session name
		p += strings.Repeat("x", max(0, min(over, 200)-utf8.RuneCountInString(p)))
	}
	return p
}

// plainInName reports whether r is an ordinary character of a user name, that
// tells nothing about why the name would be refused.
func plainInName(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '_' || r == '-')
}

// account returns twelve digits for twelve digits.
func (n *Names) account(id string) string {
	return n.number("account", id, func(i int) string {
		if i < 10 {
			return strings.Repeat(fmt.Sprint(i), 12)
		}
		return fmt.Sprintf("%012d", 100000000000+i)
	})
}

// address returns an address of the ranges for documentation, RFC 5737 and
// RFC 3849.
func (n *Names) address(ip string) string {
	if strings.Contains(ip, ":") {
		return n.number("ipv6", ip, func(i int) string { return fmt.Sprintf("2001:db8::%x", i) })
	}
	return n.number("ipv4", ip, func(i int) string {
		nets := []string{"192.0.2", "198.51.100", "203.0.113"}
		return fmt.Sprintf("%s.%d", nets[i/254%len(nets)], i%254+1)
	})
}

// value returns the pseudonym of an attribute's value that is nobody's name.
func (n *Names) value(s string) string {
	core := strings.TrimFunc(s, outer)
	if core == "" {
		return s
	}
	lead, tail, _ := strings.Cut(s, core)
	return lead + n.number("value", core, func(i int) string { return fmt.Sprintf("value-%d", i) }) + tail
}

// uuid returns a UUID for a UUID.
func (n *Names) uuid(s string) string {
	return n.number("uuid", s, func(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", i) })
}
