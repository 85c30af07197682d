package roster

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// lookalikes maps letters of other alphabets, and marks, to the ASCII
// characters that they are taken for: those of the Unicode confusables that
// keyboards and address books produce. What compatibility normalization maps
// anyway, such as full-width letters, is not in it.
var lookalikes = map[rune]rune{
	// Cyrillic
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'х': 'x', 'у': 'y', 'і': 'i', 'ј': 'j', 'ѕ': 's', 'ԁ': 'd',
	'һ': 'h', 'ԛ': 'q', 'ԝ': 'w', 'ӏ': 'l', 'ү': 'y',
	'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'Х': 'X',
	'У': 'Y', 'І': 'I', 'Ј': 'J', 'Ѕ': 'S', 'Ԛ': 'Q', 'Ԝ': 'W', 'Һ': 'H', 'Ӏ': 'I',
	// Greek
	'α': 'a', 'ο': 'o', 'ν': 'v', 'ι': 'i', 'ρ': 'p', 'κ': 'k', 'υ': 'u',
	'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P',
	'Τ': 'T', 'Υ': 'Y', 'Χ': 'X',
	// Armenian, and Latin letters beside the ASCII ones
	'օ': 'o', 'ս': 'u', 'ı': 'i', 'ɑ': 'a', 'ɡ': 'g', 'ɩ': 'i', 'ʏ': 'y',
	// marks
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '·': '.', '․': '.', '‚': ',', 'ˍ': '_',
}

// invisible reports whether a character takes no ink: white space, format
// characters, variation selectors, fillers.
func invisible(r rune) bool {
	switch {
	case r < 0x80:
		return r <= ' ' || r == 0x7f
	case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Zs, r), unicode.Is(unicode.Cc, r):
		return true
	case unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return true
	}
	// BRAILLE PATTERN BLANK is a symbol to Unicode and a blank to the eye.
	return r == '\u2800'
}

// skeleton returns what a name looks like: without what cannot be seen,
// lookalikes as the ASCII characters they are taken for, case folded,
// composed. Two names with one skeleton look alike but for case.
func skeleton(s string) string {
	if low, ok := plain(s); ok {
		return low
	}
	var b strings.Builder
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD")) {
		if invisible(r) {
			continue
		}
		if l, ok := lookalikes[r]; ok {
			r = l
		}
		b.WriteRune(r)
	}
	// Folding can undo the composition, and make lookalikes.
	folded := norm.NFKC.String(cases.Fold().String(b.String()))
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		if l, ok := lookalikes[r]; ok {
			return l
		}
		return r
	}, folded)
}

// plain folds a name of visible ASCII; it reports false for any other.
func plain(s string) (string, bool) {
	upper := false
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f {
			return "", false
		}
		upper = upper || 'A' <= c && c <= 'Z'
	}
	if !upper {
		return s, true
	}
	return strings.ToLower(s), true
}

// shown removes what cannot be seen.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, s)
}

// local cuts a name at its first @. ok reports whether there is one.
func local(s string) (before, domain string, ok bool) { return strings.Cut(s, "@") }

// maskOf returns the set of characters of a skeleton, in 64 bits. Letters,
// digits and the marks that Connect allows have a bit each, others share.
func maskOf(s string) uint64 {
	var m uint64
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			m |= asciiBit[c]
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		m |= 1 << (wideAt + uint(r)%16)
		i += n
	}
	return m
}

// wideAt is the first of sixteen bits of the mask that tell of characters
// other than ASCII, and of no others; wide is all of them.
const (
	wideAt = 44
	wide   = uint64(0xffff) << wideAt
)

// asciiBit is the mask's bit of each ASCII character.
var asciiBit = func() (t [utf8.RuneSelf]uint64) {
	for i := range t {
		switch c := byte(i); {
		case 'a' <= c && c <= 'z':
			t[i] = 1 << (c - 'a')
		case '0' <= c && c <= '9':
			t[i] = 1 << (26 + c - '0')
		default:
			if n := strings.IndexByte(".-_@+=, ", c); n >= 0 {
				t[i] = 1 << (36 + n)
			} else {
				t[i] = 1 << (60 + c%4)
			}
		}
	}
	return t
}()

// own reports whether a character has a bit of its own.
func own(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || strings.IndexByte(".-_@+=, ", c) >= 0
}
