package capture

import (
	"bytes"
	"slices"
	"strings"

	"example.com/samlens/diag/envelope"
	"example.com/samlens/diag/evidence"
)

// A run is a stretch of a text that may be base64, over several lines.
type run struct {
	start, end int
	chars      int
	// width is that of its lines; 0 while only one is known that may have
	// begun in the middle.
	width int
}

// limits of the search: shorter runs hold no response, and more are not
// tried.
const (
	minRun  = 80
	maxRuns = 40
	// maxTried bounds all runs together, in bytes; maxStarts the elements
	// that are looked at.
	maxTried  = 32 << 20
	maxStarts = 40
)

// inside finds a message somewhere in a text: base64 in a run of its own, or
// XML between other words.
func inside(s string) (*SignIn, Kind) {
	rs := runs(s)
	slices.SortStableFunc(rs, func(a, b run) int { return b.chars - a.chars })
	tried := 0
	for _, r := range rs[:min(len(rs), maxRuns)] {
		if tried += r.end - r.start; tried > maxTried {
			break
		}
		for _, name := range messageFields {
			if strings.HasPrefix(s[r.start:r.end], name+"=") {
				r.start += len(name) + 1
			}
		}
		d, err := envelope.Open(envelope.Value{Text: []byte(s[r.start:r.end])})
		if err != nil || !complete(d.XML) {
			continue
		}
		in, _, bad := openedSignIn(d, evidence.FormText)
		if bad != nil {
			continue
		}
		if in.Capture.Form != evidence.FormRequest {
			in.Capture.Form = evidence.FormText
		}
		in.Capture.RelayState = relayIn(s)
		for i := range in.Capture.Repairs {
			if in.Capture.Repairs[i].Offset >= 0 {
				in.Capture.Repairs[i].Offset += r.start
			}
		}
		in.Capture.Picked = pickedRun(s, r, len(rs))
		return in, KindText
	}
	for from, n := 0, 0; ; n++ {
		loc := xmlStart().FindStringSubmatchIndex(s[from:])
		if loc == nil || n == maxStarts {
			return nil, ""
		}
		start, name := from+loc[0], s[from+loc[2]:from+loc[3]]
		end := closing(s, start, name)
		if end > 0 {
			doc := []byte(s[start:end])
			root, ok := peekRoot(doc)
			if in, _, bad := xmlSignIn(doc, root, ok, evidence.FormXML); bad == nil && in != nil {
				if in.Capture.Form != evidence.FormRequest {
					in.Capture.Form = evidence.FormText
				}
				in.Capture.RelayState = relayIn(s)
				return in, KindText
			}
		}
		from = start + 1
	}
}

// complete reports whether a document has its end: a run that a stray
// character cut short has not.
func complete(doc []byte) bool {
	doc = bytes.TrimRight(doc, " \t\r\n\x00")
	return len(doc) > 0 && doc[len(doc)-1] == '>'
}

func pickedRun(s string, r run, n int) string {
	if n < 2 && r.start < 4 && len(s)-r.end < 4 {
		return ""
	}
	return "the value at character " + itoa(r.start+1) + " of the text"
}

// closing finds the end of the element that begins at start: its last end
// tag.
func closing(s string, start int, name string) int {
	tagName := s[start+1:]
	if i := strings.IndexAny(tagName, " \t\r\n>/"); i >= 0 {
		tagName = tagName[:i]
	}
	i := strings.LastIndex(s, "</"+tagName)
	if i < start || !strings.HasSuffix(tagName, name) {
		return 0
	}
	j := strings.IndexByte(s[i:], '>')
	if j < 0 {
		return 0
	}
	return i + j + 1
}

// inAlphabet are the characters of a run: base64, URL-safe base64,
// percent-encoding.
var inAlphabet = func() (t [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_%\\") {
		t[c] = true
	}
	return t
}()

// runs splits a text into what may be base64. A run goes on over a line end
// where the line before was full of it.
func runs(s string) []run {
	var out []run
	var cur run
	open := false
	flush := func() {
		if open && cur.chars >= minRun {
			out = append(out, cur)
		}
		open = false
	}
	for at := 0; at < len(s); {
		end := strings.IndexByte(s[at:], '\n')
		next := at + end + 1
		if end < 0 {
			next, end = len(s), len(s)-at
		}
		line := s[at : at+end]
		// Marks of quoting and indents belong to the line end.
		i := 0
		for i < len(line) && (line[i] == ' ' || line[i] == '\t' || line[i] == '>' || line[i] == '|') {
			i++
		}
		j := len(strings.TrimRight(line, " \t\r"))
		full := i < j
		for k := i; k < j; k++ {
			if !inAlphabet[line[k]] {
				full = false
				break
			}
		}
		n := j - i
		if open && (!full || cur.width > 0 && n > cur.width || cur.width > maxWidth || isLabel(line[i:j])) {
			if full || !tail(line, i, j) {
				flush()
			}
		}
		switch {
		case full && open:
			cur.end, cur.chars = at+j, cur.chars+n
			if n < max(cur.width, 40) {
				flush()
			} else if cur.width == 0 {
				cur.width = n
			}
		case full:
			cur, open = run{start: at + i, end: at + j, chars: n, width: n}, true
			if n < 40 {
				flush()
			}
		default:
			// The run may end in this line, and others begin.
			for k := i; k < j; {
				m := k
				for m < j && inAlphabet[line[m]] {
					m++
				}
				switch {
				case m > k && k == i && open:
					if m-k > 2 {
						cur.end, cur.chars = at+m, cur.chars+m-k
					}
					flush()
				case m > k:
					flush()
					cur, open = run{start: at + k, end: at + m, chars: m - k}, true
					if m < j || m-k < 40 || m-k > maxWidth {
						flush()
					}
				default:
					flush()
				}
				k = max(m, k+1)
			}
			if i >= j {
				flush()
			}
		}
		at = next
	}
	flush()
	return out
}

// maxWidth is the longest line that is wrapped text; a longer one is a value
// of its own.
const maxWidth = 1000

// tail reports whether a line begins with the last part of a wrapped value: a
// quote or mark closes it.
func tail(line string, i, j int) bool {
	m := i
	for m < j && inAlphabet[line[m]] {
		m++
	}
	return !isLabel(line[i:m]) && m > i+2 && m < j && strings.IndexByte(`"'<>&,;)]`, line[m]) >= 0
}

// isLabel reports whether a line is a field's name as DevTools lists it.
func isLabel(line string) bool {
	return line == "RelayState" || line == "SAMLResponse" || line == "SAMLRequest" || line == "wresult"
}
