package trail

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag/evidence"
)

func FuzzRead(f *testing.F) {
	a := federation("a", "2026-11-23T09:00:00Z", "jane", "")
	f.Add([]byte(`{"Records":[` + a + "," + noise("n") + `]}`))
	f.Add([]byte(a + "\n" + a))
	f.Add([]byte(`{"Events":[{"CloudTrailEvent":` + quoteJSON(a) + `}]}`))
	f.Add([]byte(`x [{"a":["b"}]`))
	f.Add([]byte("eventtime,eventname\n2026-11-23T09:00:00Z,AssumeRoleWithSAML\n"))
	f.Add([]byte(`{"QueryResultRows":[[{"eventName":"x"}]]}`))
	f.Add([]byte(zip(`{"Records":[` + a + `]}`)))
	f.Fuzz(func(t *testing.T, b []byte) {
		es, _, _ := Read(bytes.NewReader(b), "f")
		for _, e := range es {
			if e.Name == "" {
				t.Fatal("an event without a name")
			}
		}
		Outages(es, time.Time{})
		Changes(es, time.Time{})
		Series(es, time.Minute)
		BlastRadius(es, time.Time{})
	})
}

// The fast search must find what the walk over every record finds.
func FuzzFast(f *testing.F) {
	a := federation("a", "2026-11-23T09:00:00Z", "jane", "")
	f.Add(`,"x":1`, "q", `"y":[{"eventVersion":"1"}]`)
	f.Add("", `"}],{`, `"eventName":"AssumeRoleWithSAML"`)
	f.Add("", `\`, `"p":{"eventName":"AssumeRoleWithSAML","z":[1,{}]}`)
	f.Fuzz(func(t *testing.T, gap, text, member string) {
		s, _ := json.Marshal(text)
		odd := `{"eventVersion":"1","eventName":"PutObject","eventTime":"2026-11-23T09:00:00Z","text":` + string(s) + "," + member + `}`
		doc := `{"Records":[` + odd + "," + a + "," + odd + "," + strings.Replace(a, `"eventID":"a"`, `"eventID":"b"`, 1) + gap + `]}`
		if !json.Valid([]byte(doc)) {
			return
		}
		found, ok := fast([]byte(doc), nil)
		if !ok {
			return
		}
		ids := func(rs [][]byte) (out []string) {
			for _, r := range rs {
				if e, ok := decode(r); ok {
					out = append(out, e.ID)
				}
			}
			return out
		}
		var walked [][]byte
		sp := splitter{r: strings.NewReader(doc)}
		for {
			r, err := sp.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			walked = append(walked, bytes.Clone(r))
		}
		if got, want := strings.Join(ids(found), ","), strings.Join(ids(walked), ","); got != want {
			t.Fatalf("fast finds %q, the walk %q in\n%s", got, want, doc)
		}
	})
}

func ev(name, at, user, provider, errorCode string) evidence.TrailEvent {
	tm, err := time.Parse("15:04", at)
	if err != nil {
		panic(err)
	}
	e := evidence.TrailEvent{ID: name + at + user + provider, Name: name, Source: "sts.amazonaws.com", Time: tm.AddDate(2026, 10, 22),
		SessionName: user, ProviderARN: provider, ErrorCode: errorCode, Failed: errorCode != ""}
	if name != "AssumeRoleWithSAML" {
		e.Source = "iam.amazonaws.com"
	}
	return e
}

// A copy for reading must hold no secret that a look at each key finds.
func FuzzMasked(f *testing.F) {
	f.Add(`{"sessionToken":"abc","x":{"secretAccessKey" : "d\"ef"},"y":"Token"}`)
	f.Add(`{"a":"\"sessionToken\":\"x\"","refreshToken":1,"SigninToken":"s","secret":"t"}`)
	f.Fuzz(func(t *testing.T, s string) {
		if !json.Valid([]byte(s)) {
			return
		}
		out := masked([]byte(s))
		if !json.Valid(out) {
			t.Fatalf("%q became %q", s, out)
		}
		var v any
		if err := json.Unmarshal(out, &v); err != nil {
			t.Fatal(err)
		}
		var walk func(v any)
		walk = func(v any) {
			switch v := v.(type) {
			case []any:
				for _, x := range v {
					walk(x)
				}
			case map[string]any:
				for k, x := range v {
					for _, n := range secrets {
						if text, ok := x.(string); ok && k == string(n) && text != "(removed)" && strings.Contains(s, `"`+k+`"`) && !strings.Contains(s, `\`) {
							t.Fatalf("%q keeps %s", s, k)
						}
					}
					walk(x)
				}
			}
		}
		walk(v)
	})
}

// The search backwards must find what the library's does.
func FuzzLastHead(f *testing.F) {
	f.Add([]byte(`[{"eventVersion":"1"},{"eventVersion"`))
	f.Add([]byte(`{"eventVersion`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, want := lastHead(b), bytes.LastIndex(b, recordHead); got != want {
			t.Fatalf("%q: %d, bytes.LastIndex %d", b, got, want)
		}
	})
}
