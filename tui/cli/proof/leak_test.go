package proof

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/report"
)

// longest is how much of an input's base64 may be shown: a digest, a
// fingerprint; nothing that signs anybody in.
const longest = 64

// The secrets of the made captures.
const (
	cookie   = "aws-creds-4f9d2c7b6e1a0835"
	password = "Correct-Horse-Battery-9"
	bearer   = "eyJraWQiOiJrMSJ9.c2VjcmV0LXBheWxvYWQ.c2lnbmF0dXJl"
)

// careless puts a cookie, a password and tokens where browsers keep them.
func careless(har object) {
	log := har["log"].(object)
	for _, e := range log["entries"].([]any) {
		q, a := e.(object)["request"].(object), e.(object)["response"].(object)
		q["headers"] = append(q["headers"].([]any), object{"name": "Cookie", "value": "sid=" + cookie}, object{"name": "Authorization", "value": "Bearer " + bearer})
		q["cookies"] = []any{object{"name": "sid", "value": cookie}}
		a["headers"] = append(a["headers"].([]any), object{"name": "Set-Cookie", "value": "sid=" + cookie + "; Secure"})
		a["cookies"] = []any{object{"name": "sid", "value": cookie}}
	}
	login := clone(log["entries"].([]any)[0].(object))
	q := login["request"].(object)
	q["method"], q["url"] = "POST", "https://northwind.okta.com/api/v1/authn?sessionToken="+bearer
	q["postData"] = object{"mimeType": "application/x-www-form-urlencoded", "text": "username=maria&password=" + password,
		"params": []any{object{"name": "username", "value": "maria"}, object{"name": "password", "value": password}}}
	after := clone(log["entries"].([]any)[0].(object))
	after["startedDateTime"] = "2026-11-23T08:02:15.000Z"
	after["request"].(object)["url"] = "https://" + region + ".console.aws.amazon.com/connect/federate/" + instance + "?SigninToken=" + bearer + "&code=" + bearer + "#access_token=" + bearer
	after["response"].(object)["content"] = object{"size": 1, "mimeType": "text/html", "text": "<html><body>Access denied<script>token='" + bearer + "'</script><input type=hidden name=csrf value=" + bearer + "></body></html>"}
	log["entries"] = slices.Concat([]any{login}, log["entries"].([]any), []any{after})
}

func clone(o object) (out object) {
	if err := json.Unmarshal(mustJSON(o), &out); err != nil {
		panic(err) // what was written is read
	}
	return out
}

func formats() (names []string) {
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// TestNothingSecretIsShown runs every mutation, its capture full of secrets,
// in every format.
func TestNothingSecretIsShown(t *testing.T) {
	t.Parallel()
	all := formats()
	if len(all) < 6 {
		t.Fatalf("only the formats %q", all)
	}
	for n, m := range mutations() {
		t.Run(m.rule+" "+m.name, func(t *testing.T) {
			t.Parallel()
			s := healthy(t)
			m.change(t, s)
			s.har = append(s.har, careless)
			name, evidence := s.write(t)
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			in := texts(b)
			// All formats for some, one each for the others.
			some := all
			if n%16 != 0 || every > 1 {
				some = all[n%len(all) : n%len(all)+1]
			}
			for _, f := range some {
				o := run(t, s.now, append(append([]string{"check", "--offline", "--format", f}, flags(evidence)...), append(s.args, name)...)...)
				for _, shown := range []string{o.out, o.err} {
					if l := leak(in, shown, []string{cookie, password, bearer}); l != "" {
						t.Errorf("%s shows %s", f, l)
					}
				}
			}
		})
	}
}

// TestTheWatchForLeaksSees shows that a leak would be seen.
func TestTheWatchForLeaksSees(t *testing.T) {
	t.Parallel()
	s := healthy(t)
	b := s.capture(t)
	value := encode64(s.document(t))
	in := texts(b)
	for _, shown := range []string{"<p>" + value + "</p>", "at " + value[100:170] + " …", url.QueryEscape(value)[:200], "Cookie: sid=" + cookie} {
		if leak(in, shown, []string{cookie}) == "" {
			t.Errorf("%.80q is not seen", shown)
		}
	}
	if l := leak(in, value[100:100+longest]+" and "+value[300:340], []string{cookie}); l != "" {
		t.Errorf("%s is no leak", l)
	}
}

var sealed = regexp.MustCompile(`(?:SignatureValue|CipherValue|X509Certificate)[^>]*>([^<]{65,})<`)

// unwrapped is a text without white space and backslashes.
func unwrapped(s string) string { return wrapping.Replace(s) }

var wrapping = strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "", `\`, "")

// texts are the ways in which an input can be read as text: as it is, its JSON
// strings decoded, its percent-encoding undone, without line breaks.
func texts(b []byte) []string {
	if doc := bytes.TrimSpace(b); bytes.HasPrefix(doc, []byte("<")) && bytes.Contains(doc, []byte(":assertion")) {
		// Decoded XML is told of, value by value; the response it was, the
		// signature and what is encrypted are not. A digest is no secret.
		var out []string
		for _, m := range sealed.FindAllSubmatch(doc, -1) {
			if bytes.Contains(doc, append([]byte("DigestValue>"), m[1]...)) {
				continue // somebody's test, where the one text stands for all
			}
			out = append(out, unwrapped(string(m[1])))
		}
		return append(out, encode64(b))
	}
	plain := strings.NewReplacer(`\u003d`, "=", `\u002b`, "+", `\/`, "/", `\r\n`, "", `\n`, "", "&#43;", "+", "&#x2B;", "+", "&#61;", "=").Replace(string(b))
	out := []string{unwrapped(plain)}
	undone := out[0]
	for range 2 {
		undone = strings.NewReplacer("%2B", "+", "%2b", "+", "%2F", "/", "%2f", "/", "%3D", "=", "%3d", "=", "%25", "%").Replace(undone)
		out = append(out, undone)
	}
	return out
}

// runs are the stretches of a text that could be base64 and are too long.
func runs(s string) (out []string) {
	from := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || s[i] >= '0' && s[i] <= '9' || strings.IndexByte("+/=%_-", s[i]) >= 0) {
			continue
		}
		if i-from > longest {
			out = append(out, s[from:i])
		}
		from = i + 1
	}
	return out
}

// leak returns what of an input or of its secrets is shown that must not be.
func leak(in []string, shown string, secrets []string) string {
	for _, s := range secrets {
		if strings.Contains(shown, s) {
			return "a secret: " + s[:4] + "…"
		}
	}
	for _, r := range runs(shown) {
		for _, r := range texts([]byte(r))[:2] {
			for i := 0; i+longest < len(r); i += 8 {
				window := r[i : i+longest+1]
				if slices.ContainsFunc(in, func(t string) bool { return strings.Contains(t, window) }) {
					return "a run of the input: " + window[:20] + "…"
				}
			}
		}
	}
	return ""
}

// TestNothingSecretOfTheSharedCapturesIsShown diagnoses every capture beside
// the checkout and writes it in every format.
func TestNothingSecretOfTheSharedCapturesIsShown(t *testing.T) {
	t.Parallel()
	var files []string
	err := filepath.WalkDir(shared, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(shared, path)
		part, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
		if d.Type().IsRegular() && slices.Contains([]string{"captures", "signatures", "har-variants"}, part) || strings.HasPrefix(filepath.ToSlash(rel), "public/response/") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Skip("no shared captures beside the checkout")
	}
	work := make(chan string)
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for path := range work {
				silent(t, path)
			}
		})
	}
	for i, f := range files {
		if i%every == 0 {
			work <- f
		}
	}
	close(work)
	done.Wait()
	if len(files) < 300 {
		t.Errorf("only %d files", len(files))
	}
}

// silent diagnoses one file and reads all that is told of it.
func silent(t *testing.T, path string) {
	b, err := os.ReadFile(path)
	if err != nil || len(b) > 8<<20 {
		return
	}
	in, kept := texts(b), secretsOf(b)
	told := func(how, text string) {
		if l := leak(in, text, kept); l != "" {
			t.Errorf("%s: %s shows %s", path, how, l)
		}
	}
	sources, err := capture.Open(filepath.Base(path), bytes.NewReader(b))
	if err != nil {
		told("the error", err.Error())
	}
	r := report.Report{Version: "1"}
	for _, s := range sources {
		if s.Err != nil {
			told("the error", s.Err.Error())
		}
		for _, c := range diag.Cases(s, diag.Options{Now: morning}) {
			r.Captures = append(r.Captures, diag.Diagnose(c))
		}
	}
	for _, f := range formats() {
		var out bytes.Buffer
		if err := report.Write(&out, f, r); err != nil {
			t.Errorf("%s: %s: %v", path, f, err)
		}
		told(f, out.String())
	}
}

var secretName = regexp.MustCompile(`(?i)^(set-)?cookie$|^authorization$|passw|^pwd$|secret|[_-]?token$|^code$|^x-amz-security`)

// secretsOf are the cookies, passwords and tokens of a browser's archive.
func secretsOf(b []byte) (out []string) {
	var har any
	if json.Unmarshal(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), &har) != nil {
		return nil
	}
	keep := func(v string) {
		if len(v) >= 10 && !strings.ContainsAny(v, " ") {
			out = append(out, v)
		}
	}
	var walk func(v any, parent string)
	walk = func(v any, parent string) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x, parent)
			}
		case object:
			name, _ := v["name"].(string)
			value, _ := v["value"].(string)
			switch {
			case parent == "cookies":
				keep(value)
			case strings.EqualFold(name, "Cookie"), strings.EqualFold(name, "Set-Cookie"):
				for part := range strings.SplitSeq(value, ";") {
					if k, v, ok := strings.Cut(strings.TrimSpace(part), "="); ok && !slices.Contains([]string{"path", "domain", "expires", "max-age", "samesite", "version"}, strings.ToLower(k)) {
						keep(v)
					}
				}
			case secretName.MatchString(name):
				keep(strings.TrimPrefix(value, "Bearer "))
			}
			for k, x := range v {
				walk(x, k)
			}
		}
	}
	walk(har, "")
	return out
}
