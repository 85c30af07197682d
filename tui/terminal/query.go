package terminal

import (
	"io"
	"regexp"
	"strconv"
	"time"

	"example.com/samlens/diag/expression"
)

const (
	// attributes asks for the terminal's primary attributes, which every
	// terminal answers: \e[?…c.
	attributes = "\x1b[c"
	// paper asks for the background colour, which many answer.
	paper = "\x1b]11;?\x1b\\"
	// first is how long the first answer may take, second the one after it.
	first, second = 40 * time.Millisecond, 100 * time.Millisecond
)

var (
	attributesAnswer = expression.Lazy(`\x1b\[\?[0-9;]*c`)
	paperAnswer      = expression.Lazy(`\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})`)
)

// ask asks the terminal for its background and returns "light", "dark" or "".
// read reads what has come, waiting no longer than it is told to.
//
// The background is asked for only once the terminal has shown, by answering
// something that every terminal knows, that it is there and near: an answer
// that came after the program began would be taken for keys. The second time
// the two go together, and the attributes' answer tells that there will be no
// other.
func ask(w io.Writer, read func(time.Duration) string) string {
	if _, err := io.WriteString(w, attributes); err != nil {
		return ""
	}
	if !attributesAnswer().MatchString(until(attributesAnswer(), first, read)) {
		return ""
	}
	if _, err := io.WriteString(w, paper+attributes); err != nil {
		return ""
	}
	m := paperAnswer().FindStringSubmatch(until(attributesAnswer(), second, read))
	if m == nil {
		return ""
	}
	// Perceived brightness, by the weights of ITU-R BT.709.
	if 0.2126*share(m[1])+0.7152*share(m[2])+0.0722*share(m[3]) > 0.5 {
		return "light"
	}
	return "dark"
}

// until reads until what has come matches, or nothing more does in time.
func until(re *regexp.Regexp, wait time.Duration, read func(time.Duration) string) (got string) {
	for len(got) < 4096 {
		s := read(wait)
		if s == "" {
			break
		}
		if got += s; re.MatchString(got) {
			break
		}
	}
	return got
}

// share is a colour's part of one to four hex digits, from 0 to 1.
func share(hex string) float64 {
	n, err := strconv.ParseUint(hex, 16, 16)
	if err != nil {
		return 0
	}
	return float64(n) / float64(uint64(1)<<(4*len(hex))-1)
}
