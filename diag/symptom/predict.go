package symptom

import (
	"fmt"
	"strings"
)

// Suffix renders what AWS sign-in prints behind a message. Parts that are
// not known are left out; a request ID is never made up.
func Suffix(service string, status int, code string) string {
	if service == "" || code == "" || status == 0 {
		return ""
	}
	return fmt.Sprintf("(Service: %s; Status Code: %d; Error Code: %s)", service, status, code)
}

// Predict renders an entry as the page shows it: its wording with params in
// the places of the asterisks, in order, and the suffix where code and
// status are known. A place without a parameter shows as an ellipsis. It is
// "" for an entry that does not exist and for one whose wording is not
// verified.
func Predict(id string, params ...string) string {
	e, ok := Get(id)
	if !ok || e.Standing == Unverified {
		return ""
	}
	return e.Render(params...)
}

// Render is [Predict] for the entry itself.
func (e Entry) Render(params ...string) string {
	parts := strings.Split(e.Text, gap)
	var b strings.Builder
	for i, p := range parts {
		b.WriteString(p)
		if i == len(parts)-1 {
			break
		}
		if i < len(params) && params[i] != "" {
			b.WriteString(clean(params[i]))
		} else {
			b.WriteString("…")
		}
	}
	if !e.Suffixed || e.CodeStanding > Reported {
		return b.String()
	}
	code := e.Code
	if e.InnerCode != "" {
		code = e.InnerCode
	}
	if s := Suffix(e.Service, e.HTTP, code); s != "" {
		return b.String() + " " + s
	}
	return b.String()
}
