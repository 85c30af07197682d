package roster

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"example.com/samlens/diag/evidence"
)

// MaxUsers bounds how many users are read from one source.
const MaxUsers = 2_000_000

// ErrNoUsers is returned for input that holds no user.
var ErrNoUsers = errors.New("no users found: neither list-users or search-users output, CSV nor a name a line")

// Read reads users from what aws connect list-users, search-users or
// describe-user print, as JSON (also several answers one after another, or in
// an array) or as text; from CSV whose header names a user name column; from
// PowerShell's properties; or from a name a line. partial tells that
// the list says of itself that it goes on: its last answer has a NextToken,
// or there are more than MaxUsers.
func Read(r io.Reader) (users []evidence.User, partial bool, err error) {
	br := bufio.NewReaderSize(r, 64<<10)
	head, _ := br.Peek(4096)
	if bytes.HasPrefix(head, []byte("\ufeff")) {
		br.Discard(3)
		head = head[3:]
	}
	head = bytes.TrimLeft(head, " \t\r\n")
	switch {
	case len(head) > 0 && (head[0] == '{' || head[0] == '['):
		users, partial, err = fromJSON(br)
	default:
		users, partial, err = fromText(br)
	}
	if err == nil && len(users) == 0 && !partial {
		err = ErrNoUsers
	}
	return users, partial, err
}

// A person is a user in the spellings of the three calls.
type person struct {
	ID           string   `json:"Id"`
	UserID       string   `json:"UserId"`
	ARN          string   `json:"Arn"`
	Username     string   `json:"Username"`
	IdentityInfo identity `json:"IdentityInfo"`
	Security     []string `json:"SecurityProfileIds"`
	Routing      string   `json:"RoutingProfileId"`
	Hierarchy    string   `json:"HierarchyGroupId"`
	// Modified is a string or a number, as the CLI is set up to print it.
	Modified jsontext.Value `json:"LastModifiedTime"`
	Region   string         `json:"LastModifiedRegion"`
}

type identity struct{ FirstName, LastName, Email string }

func (p person) user() evidence.User {
	u := evidence.User{ID: p.ID, ARN: p.ARN, Username: p.Username, FirstName: p.IdentityInfo.FirstName,
		LastName: p.IdentityInfo.LastName, Email: p.IdentityInfo.Email, SecurityProfiles: p.Security,
		RoutingProfile: p.Routing, Hierarchy: p.Hierarchy, LastRegion: p.Region}
	if u.ID == "" {
		u.ID = p.UserID
	}
	if _, rest, ok := strings.Cut(p.ARN, ":instance/"); ok {
		u.Instance, _, _ = strings.Cut(rest, "/")
	}
	u.LastModified = when(p.Modified)
	return u
}

// when reads a time as the CLI prints it: a string, or seconds since 1970.
func when(v jsontext.Value) time.Time {
	switch v.Kind() {
	case '"':
		var s string
		if json.Unmarshal(v, &s) == nil {
			if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
				return t.UTC()
			}
		}
	case '0':
		var f float64
		if json.Unmarshal(v, &f) == nil && f > 0 && f < 1<<33 {
			return time.Unix(int64(f), 0).UTC()
		}
	}
	return time.Time{}
}

// fromJSON walks the answers token by token: each user is decoded alone, so
// that a long list takes no more memory than its users.
func fromJSON(r io.Reader) (users []evidence.User, partial bool, err error) {
	d := jsontext.NewDecoder(r, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for {
		switch d.PeekKind() {
		case '{':
			partial = false // what the last answer says counts
			err = answer(d, &users, &partial)
		case '[':
			err = list(d, &users, &partial)
		default:
			if _, e := d.ReadValue(); e != nil {
				err = e
			}
		}
		switch {
		case errors.Is(err, errEnough):
			return users, true, nil
		case errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
			return users, partial, nil
		case err != nil && len(users) > 0:
			// A list cut off in the middle is a partial one.
			return users, true, nil
		case err != nil:
			return nil, false, fmt.Errorf("read users: %w", err)
		}
	}
}

var errEnough = errors.New("enough users")

// answer reads one object: an answer of the API, or a user by itself.
func answer(d *jsontext.Decoder, users *[]evidence.User, partial *bool) error {
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	var lone person
	for d.PeekKind() != '}' {
		t, err := d.ReadToken()
		if err != nil {
			return err
		}
		switch name := t.String(); name {
		case "UserSummaryList", "Users", "users":
			if d.PeekKind() == '[' {
				err = list(d, users, nil)
			} else {
				err = d.SkipValue()
			}
		case "User":
			err = one(d, users, nil)
		case "NextToken", "nextToken":
			var v jsontext.Value
			if v, err = d.ReadValue(); err == nil {
				*partial = v.Kind() == '"' && len(v) > 2
			}
		case "Username", "Id", "Arn":
			var v jsontext.Value
			if v, err = d.ReadValue(); err == nil && v.Kind() == '"' {
				s, _ := jsontext.AppendUnquote(nil, v)
				switch name {
				case "Username":
					lone.Username = string(s)
				case "Id":
					lone.ID = string(s)
				default:
					lone.ARN = string(s)
				}
			}
		default:
			err = d.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	if lone.Username != "" {
		*users = append(*users, lone.user())
	}
	_, err := d.ReadToken()
	return err
}

// list reads an array of users, of bare names or, where partial is given, of
// answers; the last of those tells whether the list goes on.
func list(d *jsontext.Decoder, users *[]evidence.User, partial *bool) error {
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != ']' {
		if err := one(d, users, partial); err != nil {
			return err
		}
		if len(*users) >= MaxUsers {
			return errEnough
		}
	}
	_, err := d.ReadToken()
	return err
}

// one reads a user, a bare name or, where partial is given, an answer.
func one(d *jsontext.Decoder, users *[]evidence.User, partial *bool) error {
	v, err := d.ReadValue()
	if err != nil {
		return err
	}
	switch v.Kind() {
	case '"':
		s, _ := jsontext.AppendUnquote(nil, v)
		if len(s) > 0 {
			*users = append(*users, evidence.User{Username: string(s)})
		}
	case '{':
		var p person
		if json.Unmarshal(v, &p, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) == nil && p.Username != "" {
			*users = append(*users, p.user())
		} else if partial != nil {
			*partial = false
			return answer(jsontext.NewDecoder(bytes.NewReader(v), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)), users, partial)
		}
	}
	return nil
}
