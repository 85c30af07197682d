package trail

import "bytes"

// AWS writes log files in one layout: no white space, and each record begins
// with its version. In that layout the records that matter are found without
// looking at the others.
var (
	fileHead   = []byte(`{"Records":[{"eventVersion"`)
	recordHead = []byte(`{"eventVersion"`)
	nameKey    = []byte(`"eventName"`)
)

// fast finds the records of b whose eventName is of interest. It reports
// false where it cannot be sure to find the same records as a walk over all
// of them: b is in another layout, letters are escaped, or a name stands
// where it need not be a record's own. What it has found is then worth
// nothing.
func fast(b []byte, found [][]byte) ([][]byte, bool) {
	b = bytes.TrimLeft(b, "\ufeff \r\n\t")
	if !bytes.HasPrefix(b, fileHead) || escapedLetters(b) {
		return nil, false
	}
	floor := 0 // the end of the last record taken
	for from := 0; ; {
		hit := nextName(b, from)
		if hit < 0 {
			return found, true
		}
		from = hit + len(nameKey)
		if !wanted(b, from) {
			continue
		}
		start := lastHead(b[floor:hit])
		if start < 0 {
			return nil, false
		}
		start += floor
		end := skip(b, start)
		if end <= hit || !alone(b, floor, start) {
			return nil, false
		}
		found = append(found, b[start:end])
		from, floor = end, end
	}
}

// lastHead is bytes.LastIndex for recordHead, which calculates a sum over
// every byte where a look at it is enough.
func lastHead(b []byte) int {
	for i := len(b) - len(recordHead); i >= 0; i-- {
		if b[i] == '{' && string(b[i:i+len(recordHead)]) == string(recordHead) {
			return i
		}
	}
	return -1
}

// nextName finds the next eventName key at or after from; -1 for none. It
// looks for the capital N, which is the rarest letter of it in such files: a
// search for the whole key stops at every quotation mark.
func nextName(b []byte, from int) int {
	const before, after = len(`"event`), len(`Name"`)
	for i := from + before; i < len(b); i++ {
		n := bytes.IndexByte(b[i:], 'N')
		if n < 0 {
			return -1
		}
		i += n
		if i+after <= len(b) && string(b[i-before:i+after]) == string(nameKey) {
			return i - before
		}
	}
	return -1
}

// wanted reports whether the value behind an eventName key is of interest.
func wanted(b []byte, i int) bool {
	if i = space(b, i); i >= len(b) || b[i] != ':' {
		return false
	}
	if i = space(b, i+1); i >= len(b) || b[i] != '"' {
		return false
	}
	i++
	n := bytes.IndexByte(b[i:min(len(b), i+64)], '"')
	return n > 0 && len(interest[string(b[i:i+n])]) > 0
}

// alone reports whether the record at start is none that lies inside another,
// as a request's parameters might hold one. A record inside another has that
// other, or the bracket of its list, before it; four records back are looked
// at, which leaves only lists made to deceive.
func alone(b []byte, floor, start int) bool {
	for range 4 {
		if start == 0 || b[start-1] == '[' {
			return start == bytes.IndexByte(b, '[')+1
		}
		if b[start-1] != ',' {
			return false
		}
		if start-1 == floor && floor > 0 {
			return true
		}
		n := lastHead(b[floor : start-1])
		if n < 0 {
			return false
		}
		if end := skip(b, floor+n); end != start-1 {
			return false
		}
		start = floor + n
	}
	return true
}

// escapedLetters reports whether b holds a letter written as \u0041 to
// \u007a: a name could then be spelled in a way that no search finds.
func escapedLetters(b []byte) bool {
	for {
		n := bytes.Index(b, []byte(`\u00`))
		if n < 0 || n+4 >= len(b) {
			return false
		}
		if c := b[n+4]; c >= '4' && c <= '7' {
			return true
		}
		b = b[n+4:]
	}
}
