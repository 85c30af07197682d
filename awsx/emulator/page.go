package emulator

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// A pager cuts lists as a service does.
type pager struct {
	def, max int32
	tooLarge func(string) error // the service's exception for a bad MaxResults
	badToken func(string) error // … and for a bad token
}

// cut returns one page and the token of the next, nil after the last. Params
// is what the request asked besides: a token is good for the same question
// only.
func cut[T any](p pager, list []T, token *string, size *int32, params ...any) ([]T, *string, error) {
	n := p.def
	if size != nil {
		n = *size
		if n < 1 || n > p.max {
			return nil, nil, p.tooLarge(fmt.Sprintf("1 validation error detected: Value '%d' at 'maxResults' failed to satisfy constraint: Member must have value between 1 and %d", n, p.max))
		}
	}
	print := fingerprint(params...)
	from := 0
	if token != nil && *token != "" {
		b, err := base64.RawURLEncoding.DecodeString(*token)
		at, of, ok := strings.Cut(string(b), " ")
		from, _ = strconv.Atoi(at)
		if err != nil || !ok || of != print || from < 0 || from > len(list) {
			return nil, nil, p.badToken("Invalid NextToken")
		}
	}
	to := min(from+int(n), len(list))
	if to == len(list) {
		return list[from:to:to], nil, nil
	}
	next := base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(to) + " " + print))
	return list[from:to:to], &next, nil
}

func fingerprint(params ...any) string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%v", params) // a hash does not fail
	return strconv.FormatUint(h.Sum64(), 36)
}
