package folder

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"example.com/samlens/diag/evidence"
)

// takeUserText takes a list of users that is no output of the CLI's JSON: a
// JSON array of names, CSV with a header that names the user name, or a name a
// line. Names stay as they are, white space within the line included: what is
// odd about them is what a rule looks for.
func (e *Evidence) takeUserText(data []byte, o origin) *Problem {
	text := plain(data)
	if !utf8.Valid(text) {
		return wrong("malformed", "it is not text in UTF-8 or UTF-16")
	}
	var us []evidence.User
	var err error
	var names []string
	switch head := firstLine(text); {
	case json.Unmarshal(text, &names) == nil:
		us = usersOf(names)
	case text[0] == '{' || text[0] == '[' || text[0] == '<' || bytes.IndexByte(text, 0) >= 0:
		return wrong("wrong-kind", "it holds %s, and %s takes %s", looks(text), o.flag, takes(o.flag))
	case nameColumn(head) >= 0:
		us, err = readCSV(text, head)
	default:
		us = usersOf(strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"))
	}
	if err != nil {
		return wrong("malformed", "it cannot be read as CSV: %v", err)
	}
	add(&e.users, partial[evidence.User]{rows: us}, o)
	return nil
}

func usersOf(names []string) []evidence.User {
	us := []evidence.User{}
	for _, n := range names {
		if strings.TrimSpace(n) != "" {
			us = append(us, evidence.User{Username: n})
		}
	}
	return us
}

func firstLine(b []byte) string {
	l, _, _ := bytes.Cut(b, []byte("\n"))
	return strings.TrimRight(string(l), "\r")
}

// headers are the names under which exports have the user name; Connect's own
// bulk upload template calls it "user login".
var headers = []string{"username", "user name", "user login", "login", "user_name", "agent login", "agentusername"}

func separator(head string) rune {
	best, n := ',', 0
	for _, r := range ",;\t" {
		if c := strings.Count(head, string(r)); c > n {
			best, n = r, c
		}
	}
	return best
}

// nameColumn is the column of the user name in a CSV header; -1 for none.
func nameColumn(head string) int {
	return slices.IndexFunc(strings.Split(strings.ToLower(head), string(separator(head))), func(h string) bool {
		return slices.Contains(headers, strings.Trim(strings.TrimSpace(h), `"`))
	})
}

func readCSV(text []byte, head string) ([]evidence.User, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(head), -1, true
	us, name := []evidence.User{}, nameColumn(head)
	cols := map[string]int{}
	for line := 0; ; line++ {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return us, nil
		}
		if err != nil {
			return us, err
		}
		if line == 0 {
			for i, h := range rec {
				cols[strings.ToLower(strings.TrimSpace(h))] = i
			}
			continue
		}
		at := func(names ...string) string {
			for _, n := range names {
				if i, ok := cols[n]; ok && i < len(rec) {
					return rec[i]
				}
			}
			return ""
		}
		if name < len(rec) && strings.TrimSpace(rec[name]) != "" {
			us = append(us, evidence.User{
				Username: rec[name], ID: at("id", "user id"), ARN: at("arn"), FirstName: at("first name", "firstname"),
				LastName: at("last name", "lastname"), Email: at("email", "email address", "e-mail"),
			})
		}
	}
}
