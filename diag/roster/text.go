package roster

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"example.com/samlens/diag/evidence"
)

// columns are the headers under which exports keep a user's traits.
var columns = map[string]string{
	"username": "name", "userlogin": "name", "login": "name", "agentusername": "name", "user": "name", "loginname": "name",
	"id": "id", "userid": "id", "arn": "arn", "userarn": "arn", "firstname": "first", "lastname": "last",
	"email": "mail", "emailaddress": "mail", "routingprofile": "routing", "routingprofilename": "routing",
}

// fromText reads CSV, or lines where the first line is no header.
func fromText(r io.Reader) (users []evidence.User, partial bool, err error) {
	br := bufio.NewReader(r)
	head, _ := br.Peek(4096)
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	if bytes.HasPrefix(line, []byte("#TYPE ")) { // PowerShell's Export-Csv begins with it
		if _, err := br.Discard(len(line) + 1); err != nil {
			return nil, false, ErrNoUsers
		}
		head = rest
		line, _, _ = bytes.Cut(head, []byte("\n"))
	}
	comma := ','
	for _, c := range []rune{';', '\t'} {
		if bytes.ContainsRune(line, c) && !bytes.ContainsRune(line, ',') {
			comma = c
		}
	}
	names := strings.Split(strings.TrimRight(string(line), "\r"), string(comma))
	at := map[string]int{}
	for i, n := range names {
		key := strings.NewReplacer(" ", "", "_", "", "-", "", `"`, "").Replace(strings.ToLower(n))
		if c := columns[key]; c != "" {
			if _, twice := at[c]; !twice {
				at[c] = i
			}
		}
	}
	if _, ok := at["name"]; !ok || cliRow().Match(head) {
		return fromLines(br, head)
	}
	c := csv.NewReader(br)
	c.Comma, c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = comma, -1, true, true
	for first := true; ; first = false {
		rec, err := c.Read()
		if errors.Is(err, io.EOF) {
			return users, false, nil
		}
		if err != nil {
			return users, len(users) > 0, fmt.Errorf("read users: %w", err)
		}
		get := func(k string) string {
			if i, ok := at[k]; ok && i < len(rec) {
				return rec[i]
			}
			return ""
		}
		if first || get("name") == "" {
			continue
		}
		users = append(users, person{ID: get("id"), ARN: get("arn"), Username: get("name"), Routing: get("routing"),
			IdentityInfo: identity{get("first"), get("last"), get("mail")}}.user())
		if len(users) >= MaxUsers {
			return users, true, nil
		}
	}
}
