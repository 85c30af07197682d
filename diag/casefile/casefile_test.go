package casefile_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/casefile"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/report"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// cases reads the sign-ins of a file.
func cases(t testing.TB, path string) []evidence.Case {
	t.Helper()
	sources, err := capture.OpenPath(path)
	if err != nil {
		return nil
	}
	var out []evidence.Case
	for _, s := range sources {
		if s.Err == nil && !s.Kind.IsDocument() {
			out = append(out, diag.Cases(s, diag.Options{Now: now})...)
		}
	}
	return out
}

func save(t testing.TB, cs []evidence.Case, redact bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := casefile.Write(&b, casefile.File{Version: "test", SavedAt: now, Redacted: redact, Cases: cs}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func reopen(t testing.TB, doc []byte) []evidence.Case {
	t.Helper()
	f, err := casefile.Read(doc)
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.Cases {
		f.Cases[i].Now, f.Cases[i].Source = now, "x"
	}
	return f.Cases
}

// essence is all that a report says of sign-ins.
func essence(t testing.TB, cs []evidence.Case) string {
	t.Helper()
	r := report.Report{Generated: now}
	for _, c := range cs {
		r.Captures = append(r.Captures, diag.Diagnose(c))
	}
	var b bytes.Buffer
	if err := report.Write(&b, "json", r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func files(t testing.TB) []string {
	out, _ := filepath.Glob("../../testdata/captures/*.har")
	more, _ := filepath.Glob("../../../shared/corpus/captures/*")
	for _, dir := range []string{"har-variants", "signatures", "public/response/*"} {
		m, _ := filepath.Glob("../../../shared/corpus/" + dir + "/*")
		for i := 0; i < len(m); i += 6 { // enough of them to be quick
			more = append(more, m[i])
		}
	}
	if len(out) == 0 {
		t.Fatal("there are no captures in testdata")
	}
	return append(out, more...)
}

func TestASavedCaseIsJudgedAsItWas(t *testing.T) {
	seen := 0
	for _, path := range files(t) {
		cs := cases(t, path)
		if len(cs) == 0 {
			continue
		}
		for i := range cs {
			cs[i].Source = "x"
		}
		seen++
		want := essence(t, cs)
		if got := essence(t, reopen(t, save(t, cs, false))); got != want {
			t.Errorf("%s, whole: %s", path, difference(got, want))
		}
		if got := essence(t, reopen(t, save(t, cs, true))); got != want {
			t.Errorf("%s, redacted: %s", path, difference(got, want))
		}
	}
	if seen < 5 {
		t.Fatalf("only %d captures were judged", seen)
	}
}

func TestSavedAgainItIsTheSameCase(t *testing.T) {
	cs := cases(t, "../../testdata/captures/firefox.har")
	once := save(t, reopen(t, save(t, cs, true)), true)
	if twice := save(t, reopen(t, once), true); !bytes.Equal(once, twice) {
		t.Error("saved again it is another case")
	}
}

func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got " + g[i] + ", want " + w[i]
		}
	}
	return "one is longer"
}

func TestARedactedCaseCanSignNobodyIn(t *testing.T) {
	for _, path := range files(t) {
		cs := cases(t, path)
		if len(cs) == 0 {
			continue
		}
		doc := save(t, cs, true)
		for _, c := range cs {
			r := c.Response.Value
			for _, s := range r.Signatures {
				if len(s.Value) < 64 {
					continue
				}
				v := base64.StdEncoding.EncodeToString(s.Value)
				if bytes.Contains(doc, []byte(v)) || bytes.Contains(doc, []byte(v[:24])) {
					t.Errorf("%s: the signature's value is in the case (%s)", path, c.Source)
				}
			}
			if sent := base64.StdEncoding.EncodeToString(r.Sent); len(sent) > 300 && bytes.Contains(doc, []byte(sent[len(sent)-200:])) {
				t.Errorf("%s: the response as posted is in the case", path)
			}
		}
	}
}

func TestForms(t *testing.T) {
	good := string(save(t, cases(t, "../../testdata/captures/chrome.har"), true))
	for name, x := range map[string]struct{ doc, want string }{
		"newer":      {strings.Replace(good, "samlens/case/1", "samlens/case/7", 1), "samlens/case/7"},
		"report":     {`{"schema":"samlens/report/1"}`, "report"},
		"other":      {`{"schema":"x"}`, "no case"},
		"cut":        {good[:len(good)/2], "broken at byte"},
		"kind":       {strings.Replace(good, `"redacted": true`, `"redacted": "yes"`, 1), "redacted"},
		"none":       {`{"schema":"samlens/case/1","cases":[]}`, "no sign-in"},
		"state":      {strings.Replace(good, `"State": "known"`, `"State": "sure"`, 1), "broken"},
		"signatures": {strings.Replace(good, `"parent_id": "`, `"parent_id": "x`, 1), "does not fit"},
	} {
		_, err := casefile.Read([]byte(x.doc))
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, want %q", name, err, x.want)
		}
	}
}

// A file may claim that a key made a signature, but not that what is signed is
// what the document shows where the digests differ.
func TestADigestIsTheDocumentsOwn(t *testing.T) {
	good := save(t, cases(t, "../../testdata/captures/chrome.har"), true)
	var f map[string]any
	if err := json.Unmarshal(good, &f); err != nil {
		t.Fatal(err)
	}
	value := f["cases"].([]any)[0].(map[string]any)["response"].(map[string]any)["Value"].(map[string]any)
	for _, s := range value["kept"].(map[string]any)["signatures"].([]any) {
		for _, r := range s.(map[string]any)["references"].([]any) {
			r.(map[string]any)["computed"] = "AAAA"
		}
	}
	b, _ := json.Marshal(f)
	for _, s := range reopen(t, b)[0].Response.Value.Signatures {
		if s.Intact() {
			t.Error("a digest that differs was taken for a match")
		}
	}
}

func TestPlacesStayInside(t *testing.T) {
	good := save(t, cases(t, "../../testdata/captures/chrome.har"), true)
	bad := regexp.MustCompile(`"(Start|End|Line|Entry)": \d+`).ReplaceAll(good, []byte(`"$1": -77`))
	for _, c := range reopen(t, bad) {
		essence(t, []evidence.Case{c})
		if p := c.Capture.Value.Posted; p != nil && (p.At.Start < 0 || p.At.End < p.At.Start) {
			t.Error("a place is outside of its document")
		}
	}
}

func FuzzCaseFile(f *testing.F) {
	const small = `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="r" Version="2.0"><Issuer>i</Issuer>` +
		`<Assertion ID="a" Version="2.0"><Issuer>i</Issuer><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><Reference URI="#a"><DigestValue>AAAA</DigestValue></Reference></SignedInfo><SignatureValue>c2ln</SignatureValue></Signature></Assertion></p:Response>`
	sources, err := capture.Open("small", strings.NewReader(small))
	if err != nil {
		f.Fatal(err)
	}
	cs := diag.Cases(sources[0], diag.Options{Now: now})
	f.Add(save(f, cs, true))
	f.Add(save(f, cs, false))
	f.Add([]byte(`{"schema":"samlens/case/1","cases":[{}]}`))
	f.Add([]byte(`{"schema":"samlens/case/1","cases":[{"response":{"State":"known","Value":{"document":{"base64":"PFI+"},"kept":{"sent_bytes":-1}}}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := casefile.Read(b)
		if err != nil {
			return
		}
		for _, c := range file.Cases {
			c.Now = now
			d := diag.Diagnose(c)
			r := report.Report{Captures: []diag.Diagnosis{d}}
			for _, form := range []string{"text", "json"} {
				var out bytes.Buffer
				if err := report.Write(&out, form, r); err != nil {
					t.Fatal(err)
				}
			}
		}
		save(t, file.Cases, true)
	})
}
