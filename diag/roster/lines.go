package roster

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

// The shapes of lines that are known.
var (
	// The AWS CLI's --output text puts the list's name before each of its
	// rows and sorts the columns by name, so that Username comes last.
	cliRow = expression.Lazy(`(?m)^(?:USERSUMMARYLIST|USERS|USER)\t`)
	// PowerShell prints objects that have many properties a property a line.
	property = expression.Lazy(`(?m)^Username\s*:\s?(.*)$`)
	// What stands beside a name in the columns of a query: ARNs, IDs, times,
	// Regions and the CLI's word for nothing.
	noName = expression.Lazy(`^(?:arn:.*|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}T.*|[a-z]{2}(?:-[a-z]+){1,2}-[0-9]|None|)$`)
	// The beginnings of lines that belong to JSON, YAML, tables and prompts:
	// a file that has one is no list of names, and must not be taken for one.
	foreign = expression.Lazy(`^\s*(?:[{}\[\]|<]|\+-|---|"[^"]*"\s*:|\$ |PS [A-Z]:|(?:- )?[A-Z][A-Za-z]+:(?: |$))`)
)

// fromLines reads a name a line, all names on one line as --query prints
// them, or the rows of a query without a header.
// Blanks around a name are part of it: they may be what is wrong. head is
// the beginning of what is read.
func fromLines(r io.Reader, head []byte) (users []evidence.User, partial bool, err error) {
	take, plain := plainLine, true
	switch {
	case cliRow().Match(head):
		take, plain = cliLine, false
	case property().Match(head):
		take, plain = propertyLine, false
	}
	lines := 0
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20) // a query of names alone prints them all on one line
	for s.Scan() {
		line := strings.TrimSuffix(s.Text(), "\r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if !utf8.ValidString(line) || strings.ContainsRune(line, 0) || foreign().MatchString(line) {
			return nil, false, ErrNoUsers
		}
		names, more := take(line)
		partial = partial || more
		if plain && lines > 0 { // several lines: what stands side by side are columns, and the name is the first
			names = names[:min(1, len(names))]
			if lines == 1 {
				users = users[:min(1, len(users))]
			}
		}
		for _, n := range names {
			users = append(users, n.user())
		}
		lines++
		if len(users) >= MaxUsers {
			return users, true, nil
		}
	}
	if err := s.Err(); err != nil {
		return users, len(users) > 0, fmt.Errorf("read users: %w", err)
	}
	return users, partial, nil
}

// cliLine takes a line of the AWS CLI's text output. describe-user's says
// nothing of the other users, so its list goes on.
func cliLine(line string) (out []person, partial bool) {
	f := strings.Split(line, "\t")
	switch f[0] {
	case "NEXTTOKEN":
		return nil, true
	case "USERSUMMARYLIST", "USERS", "USER":
		p := person{Username: f[len(f)-1]}
		if len(f) > 2 && strings.HasPrefix(f[1], "arn:") {
			p.ARN = f[1]
			p.ID = p.ARN[strings.LastIndexByte(p.ARN, '/')+1:]
		}
		return []person{p}, f[0] == "USER"
	}
	return nil, false
}

func propertyLine(line string) ([]person, bool) {
	m := property().FindStringSubmatch(line)
	if m == nil {
		return nil, false
	}
	return []person{{Username: strings.TrimRight(m[1], " ")}}, false
}

// plainLine returns what can be names on a line: of several columns those
// that hold no ARN, ID or time, a lone column as it stands.
func plainLine(line string) (out []person, partial bool) {
	sep := ","
	if strings.Contains(line, "\t") {
		sep = "\t"
	}
	for f := range strings.SplitSeq(line, sep) {
		if noName().MatchString(strings.TrimSpace(f)) {
			continue
		}
		if strings.Contains(line, sep) {
			f = strings.TrimSpace(f)
		}
		if len(f) > 2 && f[0] == '"' && f[len(f)-1] == '"' {
			f = f[1 : len(f)-1]
		}
		out = append(out, person{Username: f})
	}
	if len(out) == 1 && strings.TrimSpace(line) == strings.TrimSpace(out[0].Username) {
		out[0].Username = line
	}
	return out, false
}
