package trail

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/expression"
)

// flat returns the members of an object with their keys in lower case and
// without underscores, as the columns of SQL results are named.
func flat(b []byte) map[string]string {
	out := map[string]string{}
	for k, v := range object(b, space(b, 0)) {
		out[column(k)] = v
	}
	return out
}

func column(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "_", "")
}

// row makes an event of one row of a CloudTrail Lake or Athena result, whose
// columns are named as the query chose.
func row(m map[string]string) (evidence.TrailEvent, bool) {
	if j := strings.TrimSpace(m["eventjson"]); strings.HasPrefix(j, "{") {
		return decode([]byte(j))
	}
	e := evidence.TrailEvent{
		ID: m["eventid"], Name: m["eventname"], Source: m["eventsource"], Time: instant(m["eventtime"]),
		Region: m["awsregion"], Account: m["recipientaccountid"], ErrorCode: null(m["errorcode"]),
		ErrorMessage: null(m["errormessage"]), SourceIP: m["sourceipaddress"], UserAgent: m["useragent"],
		RequestID: m["requestid"], ReadOnly: m["readonly"] == "true",
	}
	if e.Name == "" && e.Source == "" && (m["rolearn"] != "" || m["providerarn"] != "") {
		// The queries that are passed around filter by name and do not
		// select it.
		e.Name, e.Source = "AssumeRoleWithSAML", "sts.amazonaws.com"
	}
	if k, _ := interesting(e.Name, e.Source); k == 0 || e.Time.IsZero() {
		return e, false
	}
	id := nested(m["useridentity"])
	for k, v := range m {
		if rest, ok := strings.CutPrefix(k, "useridentity."); ok {
			id[rest] = v
		}
	}
	e.ActorType = first(id["type"])
	e.Actor = first(id["arn"], id["username"], m["username"], id["principalid"], e.ActorType)
	e.NameQualifier = first(id["identityprovider"], m["identityprovider"])
	e.NameID = first(id["username"], m["username"])
	for name, s := range map[string]string{"request": m["requestparameters"], "response": m["responseelements"]} {
		p := map[string]string{}
		if t := strings.TrimSpace(s); strings.HasPrefix(t, "{") {
			if p = loose(t); p == nil {
				p = object([]byte(t), 0)
			}
		}
		if name == "request" {
			request(&e, p)
		} else {
			response(&e, p)
		}
	}
	e.RoleARN = first(e.RoleARN, m["rolearn"])
	e.ProviderARN = first(e.ProviderARN, m["providerarn"], m["principalarn"])
	e.SessionName = first(e.SessionName, m["rsn"], m["rolesessionname"], m["sessionname"])
	e.AssertionID = first(e.AssertionID, m["samlassertionid"], m["assertionid"])
	e.Failed = e.Failed || e.ErrorCode != ""
	return e, true
}

// null reads the ways in which results print that there is nothing.
func null(s string) string {
	switch strings.ToLower(s) {
	case "null", "none", "-", "nan", `""`:
		return ""
	}
	return s
}

func nested(s string) map[string]string {
	out := map[string]string{}
	s = strings.TrimSpace(s)
	m := loose(s)
	if m == nil && strings.HasPrefix(s, "{") {
		m = object([]byte(s), 0)
	}
	for k, v := range m {
		out[column(k)] = v
	}
	return out
}

var looseKey = expression.Lazy(`(?:^|, )([A-Za-z][A-Za-z0-9_]*)=`)

// loose reads the {key=value, key=value} in which Athena and Lake print maps
// and structs; nil where s is something else.
func loose(s string) map[string]string {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '{' || s[len(s)-1] != '}' || len(s) > maxElement {
		return nil
	}
	s = s[1 : len(s)-1]
	at := looseKey().FindAllStringSubmatchIndex(s, 256)
	if len(at) == 0 || at[0][0] != 0 {
		return nil
	}
	out := map[string]string{}
	for i, m := range at {
		end := len(s)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		out[s[m[2]:m[3]]] = null(s[m[1]:end])
	}
	return out
}

// errNoColumns is a table that is not one of CloudTrail events.
var errNoColumns = errors.New("the table has no column eventTime or eventJson")

// table reads the CSV that the Lake and Athena consoles download.
func table(r io.Reader, add func(evidence.TrailEvent), skipped *int) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = -1, true, true
	head, err := c.Read()
	if err != nil {
		return errNoColumns
	}
	var names []string
	ok := false
	for _, h := range head {
		n := column(strings.TrimPrefix(h, "\ufeff"))
		names = append(names, n)
		ok = ok || n == "eventtime" || n == "eventjson"
	}
	if !ok {
		return errNoColumns
	}
	for {
		rec, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if _, ok := errors.AsType[*csv.ParseError](err); ok {
				*skipped++
				continue
			}
			return err
		}
		m := make(map[string]string, len(names))
		for i, v := range rec {
			if i < len(names) {
				m[names[i]] = v
			}
		}
		if e, ok := row(m); ok {
			add(e)
		} else {
			*skipped++
		}
	}
}
