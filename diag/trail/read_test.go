package trail

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"

	"example.com/samlens/diag/evidence"
)

// federation is one AssumeRoleWithSAML record as AWS lays it out in files.
func federation(id, at, user, errorCode string) string {
	e, r := "", `{"credentials":{"accessKeyId":"ASIAEXAMPLE","sessionToken":"IQoJsecret","expiration":"Jul 1, 2026, 12:08:19 PM"},"assumedRoleUser":{"assumedRoleId":"AROAEXAMPLE:`+user+`","arn":"arn:aws:sts::111122223333:assumed-role/R/`+user+`"},"subject":"`+user+`","subjectType":"persistent","issuer":"https://idp.example","audience":"https://signin.aws.amazon.com/saml","nameQualifier":"q="}`
	if errorCode != "" {
		e, r = `,"errorCode":"`+errorCode+`","errorMessage":"no"`, `null`
	}
	return `{"eventVersion":"1.08","userIdentity":{"type":"SAMLUser","principalId":"q=:` + user + `","userName":"` + user + `@example.com","identityProvider":"q="},"eventTime":"` + at +
		`","eventSource":"sts.amazonaws.com","eventName":"AssumeRoleWithSAML","awsRegion":"us-east-1","sourceIPAddress":"192.0.2.1","userAgent":"AWS Signin"` + e +
		`,"requestParameters":{"sAMLAssertionID":"_` + id + `","roleSessionName":"` + user + `","roleArn":"arn:aws:iam::111122223333:role/R","principalArn":"arn:aws:iam::111122223333:saml-provider/P","durationSeconds":3600},"responseElements":` + r +
		`,"requestID":"r","eventID":"` + id + `","readOnly":true,"resources":[{"accountId":"111122223333","type":"AWS::IAM::Role","ARN":"arn:aws:iam::111122223333:role/R"}],"eventType":"AwsApiCall","recipientAccountId":"111122223333","tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws.com"}}`
}

// noise is a record that does not matter.
func noise(id string) string {
	return `{"eventVersion":"1.08","userIdentity":{"type":"AWSService","invokedBy":"x"},"eventTime":"2026-11-23T08:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","requestParameters":{"note":"{\"eventName\":\"AssumeRoleWithSAML\"} [}"},"eventID":"` + id + `","resources":[{"ARN":"arn:x"}]}`
}

func quoteJSON(s string) string { b, _ := json.Marshal(s); return string(b) }

func indent(s string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(s), "", "  ") != nil {
		return s
	}
	return b.String()
}

func zip(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

func TestShapes(t *testing.T) {
	a, b, n := federation("a", "2026-11-23T09:00:00Z", "jane", ""), federation("b", "2026-11-23T09:01:00Z", "joe", "AccessDenied"), noise("n")
	records := `{"Records":[` + n + "," + a + "," + n + "," + b + "," + n + `]}`
	lookup := `{"Events":[{"EventId":"b","EventName":"AssumeRoleWithSAML","EventTime":"2026-11-23T09:01:00+00:00","Resources":[],"CloudTrailEvent":` + quoteJSON(b) +
		`},{"EventId":"a","CloudTrailEvent":` + quoteJSON(a) + `}],"NextToken":"x"}`
	for name, text := range map[string]string{
		"records":               records,
		"records, gzip":         zip(records),
		"records, two gzips":    zip(`{"Records":[`+a+`]}`) + zip("\n"+`{"Records":[`+b+`]}`),
		"records, indented":     indent(records),
		"records, BOM":          "\ufeff" + records,
		"records, letters":      strings.ReplaceAll(records, "AssumeRoleWithSAML", `A\u0073sumeRoleWithSAML`),
		"records, escaped key":  strings.ReplaceAll(records, `"eventName"`, `"event\u004eame"`),
		"records, other order":  strings.ReplaceAll(records, `{"eventVersion":"1.08",`, "{"),
		"records, doubled":      `{"Records":[` + a + "," + b + "," + a + `]}`,
		"array":                 "[" + a + "," + n + "," + b + "]",
		"NDJSON":                a + "\n" + n + "\n" + b + "\n",
		"NDJSON, CRLF":          a + "\r\n" + b,
		"lookup-events":         lookup,
		"lookup-events, pretty": indent(lookup),
		"lookup pages":          `{"NextToken":"x","Events":[{"CloudTrailEvent":` + quoteJSON(a) + `}]}` + "\n" + `{"Events":[{"CloudTrailEvent":` + quoteJSON(b) + `}]}`,
		"EventBridge":           `{"version":"0","detail-type":"AWS API Call via CloudTrail","detail":` + a + "}\n" + `{"detail":` + b + "}",
		"CloudWatch Logs":       `{"events":[{"timestamp":1,"message":` + quoteJSON(a) + `},{"message":` + quoteJSON(b) + `}]}`,
		"Lake, eventJson":       `{"QueryStatus":"FINISHED","QueryResultRows":[[{"eventJson":` + quoteJSON(a) + `}],[{"eventJson":` + quoteJSON(b) + `}]]}`,
		"array of pages":        `[{"Events":[{"CloudTrailEvent":` + quoteJSON(a) + `}],"NextToken":"x"},{"Events":[{"CloudTrailEvent":` + quoteJSON(b) + `}]}]`,
		"array of strings":      "[" + quoteJSON(a) + "," + quoteJSON(n) + "," + quoteJSON(b) + "]",
		"lines of strings":      quoteJSON(a) + "\n" + quoteJSON(n) + "\n" + quoteJSON(b) + "\n",
		"CLI text":              a + "\t" + n + "\t" + b + "\n",
		"exported log":          "2026-11-23T09:00:00.000Z " + a + "\n2026-11-23T09:00:00.000Z " + n + "\n2026-11-23T09:01:00.000Z " + b + "\n",
		"Logs Insights":         `{"results":[[{"field":"@message","value":` + quoteJSON(a) + `}],[{"field":"@message","value":` + quoteJSON(b) + `}]],"status":"Complete"}`,
		"Logs Insights, JSON":   `[{"@timestamp":"x","@message":` + quoteJSON(a) + `},{"@message":` + quoteJSON(b) + `}]`,
		"Logs Insights, CSV":    "@timestamp,@message\nx,\"" + strings.ReplaceAll(a, `"`, `""`) + "\"\ny,\"" + strings.ReplaceAll(b, `"`, `""`) + "\"\n",
		"topic":                 `{"Type":"Notification","Message":` + quoteJSON(records) + `}`,
		"log store":             `{"hits":{"hits":[{"_source":{"event":{"original":` + quoteJSON(a) + `}}},{"_source":` + b + `}]}}`,
		"terminal":              "$ aws cloudtrail lookup-events\n" + indent(lookup) + "\n$ \n",
		"CSV, eventJson":        "eventJson\n\"" + strings.ReplaceAll(a, `"`, `""`) + "\"\n\"" + strings.ReplaceAll(b, `"`, `""`) + "\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			es, notes, err := Read(strings.NewReader(text), "f")
			if err != nil {
				t.Fatal(err)
			}
			if len(es) != 2 || es[0].ID != "b" || es[1].ID != "a" || len(notes) != 0 {
				t.Fatalf("%d events, notes %v", len(es), notes)
			}
			if !es[0].Failed || es[0].ErrorCode != "AccessDenied" || es[1].Failed {
				t.Errorf("failed: %v, %v", es[0].Failed, es[1].Failed)
			}
			got := es[1]
			got.Raw = nil
			want := evidence.TrailEvent{ID: "a", Name: "AssumeRoleWithSAML", Source: "sts.amazonaws.com", Time: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
				Region: "us-east-1", Account: "111122223333", RoleARN: "arn:aws:iam::111122223333:role/R", ProviderARN: "arn:aws:iam::111122223333:saml-provider/P",
				SessionName: "jane", AssertionID: "_a", NameID: "jane@example.com", NameQualifier: "q=", Issuer: "https://idp.example",
				Audience: "https://signin.aws.amazon.com/saml", SubjectType: "persistent", Subject: "jane", AssumedRoleID: "AROAEXAMPLE:jane",
				Actor: "jane@example.com", ActorType: "SAMLUser", SourceIP: "192.0.2.1", UserAgent: "AWS Signin", RequestID: "r", ReadOnly: true,
				Resources: []string{"arn:aws:iam::111122223333:role/R"}, Expires: time.Date(2026, 7, 1, 12, 8, 19, 0, time.UTC), EndpointURL: "sts.amazonaws.com"}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
			if bytes.Contains(es[1].Raw, []byte("IQoJsecret")) || !json.Valid(es[1].Raw) {
				t.Errorf("raw: %s", es[1].Raw)
			}
		})
	}
}

func TestQueryResults(t *testing.T) {
	lake := `{"QueryResultRows":[[{"eventTime":"2026-11-23 09:00:00.000"},{"awsRegion":"us-east-1"},{"errorCode":"AccessDenied"},{"errorMessage":"no"},{"roleArn":"R"},{"providerArn":"P"},{"rsn":"jane"}]]}`
	athena := `{"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"eventtime"},{"VarCharValue":"eventname"},{"VarCharValue":"eventsource"},{"VarCharValue":"requestparameters"},{"VarCharValue":"errorcode"}]},
{"Data":[{"VarCharValue":"2026-11-23T09:00:00Z"},{"VarCharValue":"AssumeRoleWithSAML"},{"VarCharValue":"sts.amazonaws.com"},{"VarCharValue":"{\"roleArn\":\"R\",\"principalArn\":\"P\",\"roleSessionName\":\"jane\"}"},{"VarCharValue":"AccessDenied"}]}]}}`
	csv := "eventtime,eventname,eventsource,useridentity,requestparameters,errorcode\n" +
		`2026-11-23T09:00:00Z,AssumeRoleWithSAML,sts.amazonaws.com,"{type=SAMLUser, principalid=q=:jane, username=jane@example.com, identityprovider=q=}","{roleArn=R, principalArn=P, roleSessionName=jane}",AccessDenied` + "\n" +
		`2026-11-23T09:00:00Z,GetObject,s3.amazonaws.com,,,` + "\n"
	for name, text := range map[string]string{"Lake": lake, "Athena": athena, "CSV": csv} {
		es, notes, err := Read(strings.NewReader(text), "")
		if err != nil || len(es) != 1 {
			t.Errorf("%s: %d events, %v", name, len(es), err)
			continue
		}
		e := es[0]
		if e.RoleARN != "R" || e.ProviderARN != "P" || e.SessionName != "jane" || !e.Failed || e.Time.Hour() != 9 {
			t.Errorf("%s: %+v", name, e)
		}
		if name == "CSV" && (e.NameQualifier != "q=" || e.NameID != "jane@example.com" || len(notes) != 1) {
			t.Errorf("CSV: %+v, notes %v", e, notes)
		}
	}
}

func TestFailurePredicate(t *testing.T) {
	e := `{"eventVersion":"1.05","eventTime":"2026-11-23T09:00:00Z","eventSource":"signin.amazonaws.com","eventName":"ExternalIdPDirectoryLogin","eventID":"x","errorMessage":"Not a valid response","responseElements":{"ExternalIdPDirectoryLogin":"Failure"},"userIdentity":{"type":"Unknown"}}`
	for text, want := range map[string]bool{e: true, strings.Replace(e, "Failure", "Success", 1): false} {
		es, _, err := Read(strings.NewReader(text), "")
		if err != nil || len(es) != 1 || es[0].Failed != want {
			t.Errorf("%v, %v", es, err)
		}
	}
}

func TestConnectFederation(t *testing.T) {
	e := `{"eventVersion":"1.08","eventTime":"2026-11-23T04:53:06Z","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:jdoe","arn":"arn:aws:sts::1:assumed-role/R/jdoe","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::1:role/R"}}},"eventSource":"%s","eventName":"GetFederationToken","requestParameters":{"InstanceId":"i-1"},"responseElements":null,"eventID":"g"}`
	es, _, err := Read(strings.NewReader(fmt.Sprintf(e, "connect.amazonaws.com")), "")
	if err != nil || len(es) != 1 || es[0].InstanceID != "i-1" || es[0].RoleARN != "arn:aws:iam::1:role/R" || es[0].SessionName != "jdoe" || !SignIn(es[0]) {
		t.Errorf("%+v, %v", es, err)
	}
	// STS has a call of the same name, which is no sign-in to Connect.
	if es, _, err := Read(strings.NewReader(fmt.Sprintf(e, "sts.amazonaws.com")), ""); err != nil || len(es) != 0 {
		t.Errorf("%+v, %v", es, err)
	}
}

func TestPoorEvents(t *testing.T) {
	for _, text := range []string{
		`{"eventVersion":"1.08","eventName":"AssumeRoleWithSAML","eventSource":"sts.amazonaws.com","eventTime":"2026-11-23T09:00:00Z","requestParameters":null,"responseElements":null,"userIdentity":null,"resources":null,"tlsDetails":null,"errorCode":"AccessDenied"}`,
		`{"eventName":"AssumeRoleWithSAML","eventTime":"2026-11-23T09:00:00Z","requestParameters":"x","responseElements":[1],"userIdentity":"root","resources":{"a":1},"errorCode":"InvalidIdentityTokenException"}`,
	} {
		es, _, err := Read(strings.NewReader(text), "")
		if err != nil || len(es) != 1 || !es[0].Failed {
			t.Errorf("%s: %+v, %v", text, es, err)
		}
	}
	cut := `{"Records":[` + federation("a", "2026-11-23T09:00:00Z", "jane", "") + "," + federation("b", "2026-11-23T09:00:00Z", "jane", "")[:300]
	es, notes, err := Read(strings.NewReader(cut), "cut.json")
	if err != nil || len(es) != 1 || len(notes) != 1 || !strings.Contains(notes[0], "cut.json") {
		t.Errorf("cut off: %d, %v, %v", len(es), notes, err)
	}
	var long strings.Builder
	long.WriteString(`{"Records":[`)
	for i := range 2000 {
		id := fmt.Sprintf("%08x", uint32(i)*2654435761)
		long.WriteString(federation(id, "2026-11-23T09:00:00Z", id, "") + ",")
	}
	z := zip(long.String())
	if es, notes, err = Read(strings.NewReader(z[:len(z)/2]), ""); err != nil || len(notes) == 0 || len(es) < 500 {
		t.Errorf("gzip cut off: %d, %v, %v", len(es), notes, err)
	}
	for _, text := range []string{"", "hello", `{"a":1}`, "[]", "\x1f\x8bnonsense", `{"Records":7}`, "<xml/>"} {
		if _, _, err := Read(strings.NewReader(text), ""); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}

// An event inside another one's parameters is none, wherever it stands.
func TestEventsInsideEvents(t *testing.T) {
	inner := federation("fake", "2026-11-23T09:00:00Z", "eve", "")
	for name, params := range map[string]string{
		"object":        `{"document":` + inner + `}`,
		"first in list": `{"documents":[` + inner + `]}`,
		"later in list": `{"documents":[{"x":1},` + inner + `]}`,
		"beside others": `{"documents":[{"eventVersion":"1"},` + inner + `,{"eventVersion":"1"}]}`,
		"three down":    `{"documents":[{"eventVersion":"1"},{"eventVersion":"1"},` + inner + `]}`,
	} {
		outer := `{"eventVersion":"1.08","eventTime":"2026-11-23T09:00:00Z","eventSource":"s3.amazonaws.com","eventName":"PutObject","requestParameters":` + params + `,"eventID":"o"}`
		for _, text := range []string{`{"Records":[` + outer + `]}`, `{"Records":[` + noise("n") + "," + outer + "," + federation("real", "2026-11-23T09:00:00Z", "jane", "") + `]}`} {
			es, _, err := Read(strings.NewReader(text), "")
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for _, e := range es {
				if e.ID == "fake" {
					t.Errorf("%s: an event inside another was taken for one", name)
				}
			}
		}
	}
}

func TestFolder(t *testing.T) {
	at := "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/23/"
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	fsys := fstest.MapFS{
		at + "111122223333_CloudTrail_us-east-1_20261123T0900Z_x.json.gz": file(zip(`{"Records":[` + federation("a", "2026-11-23T09:00:00Z", "jane", "") + `]}`)),
		at + "111122223333_CloudTrail_us-east-1_20261123T0905Z_y.json.gz": file(zip(`{"Records":[` + federation("b", "2026-11-23T09:05:00Z", "jane", "X") + "," + federation("a", "2026-11-23T09:00:00Z", "jane", "") + `]}`)),
		at + "broken.json.gz": file("\x1f\x8b"),
		"AWSLogs/111122223333/CloudTrail-Digest/us-east-1/d.json.gz": file(zip(`{"x":1}`)),
		at + "README.txt": file("hello"),
		at + "empty.json": file(`{"Records":[]}`),
	}
	es, notes, err := Folder(t.Context(), fsys, ".")
	if err != nil || len(es) != 2 || es[0].ID != "b" {
		t.Fatalf("%d events, %v", len(es), err)
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "broken.json.gz") {
		t.Errorf("notes %v", notes)
	}
	if _, _, err := Folder(t.Context(), fstest.MapFS{"a.json": file(`{"x":1}`)}, "."); !errors.Is(err, ErrNoEvents) {
		t.Errorf("%v", err)
	}
}

// Files too long to be looked at as a whole are walked through a window.
func TestLongFile(t *testing.T) {
	filler := strings.Repeat(noise("n")+",", 1000)
	n := inMemory/len(filler) + 2
	parts := []io.Reader{strings.NewReader(`{"Records":[` + federation("a", "2026-11-23T09:00:00Z", "jane", "") + ",")}
	for range n {
		parts = append(parts, strings.NewReader(filler))
	}
	parts = append(parts, strings.NewReader(federation("b", "2026-11-23T09:01:00Z", "joe", "X")+"]}"))
	es, notes, err := Read(io.MultiReader(parts...), "")
	if err != nil || len(es) != 2 || len(notes) != 0 {
		t.Errorf("%d events, notes %v, %v", len(es), notes, err)
	}
}
