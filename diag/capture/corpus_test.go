package capture

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// corpus is where shared captures may lie beside the repository.
const corpus = "../../../shared/corpus"

func files(t *testing.T, globs ...string) []string {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("no corpus beside the repository")
	}
	var out []string
	for _, g := range globs {
		m, err := filepath.Glob(filepath.Join(corpus, g))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m...)
	}
	if len(out) == 0 {
		t.Fatalf("nothing in the corpus for %q", globs)
	}
	return out
}

// TestCorpusCaptures compares recordings of real browsers with what the lab
// that made them says: how many responses were posted, where to, with which
// relay state, and the last of them byte for byte.
func TestCorpusCaptures(t *testing.T) {
	for _, p := range files(t, "captures/*/*/*.har", "captures/*/*/*.har.zip") {
		name, dir := strings.TrimPrefix(p, corpus), filepath.Dir(p)
		var truth struct {
			Posts []struct{ Host, RelayState string }
		}
		b, err := os.ReadFile(filepath.Join(dir, "truth.json"))
		if err != nil || json.Unmarshal(b, &truth) != nil {
			t.Fatalf("%s: truth: %v", name, err)
		}
		doc := "response.xml"
		if strings.HasPrefix(filepath.Base(p), "devtools") {
			doc = "devtools-response.xml"
		}
		want, err := os.ReadFile(filepath.Join(dir, doc))
		if err != nil {
			t.Fatal(err)
		}
		s, err := OpenPath(p)
		if err != nil || len(s) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(s[0].SignIns) != len(truth.Posts) {
			t.Errorf("%s: %d sign-ins, want %d", name, len(s[0].SignIns), len(truth.Posts))
			continue
		}
		for i, in := range s[0].SignIns {
			u, _ := url.Parse(in.Capture.Posted.URL)
			if u.Host != truth.Posts[i].Host || in.Capture.RelayState.Value.Value != truth.Posts[i].RelayState {
				t.Errorf("%s: post %d to %s with relay state %q", name, i, u.Host, in.Capture.RelayState.Value.Value)
			}
		}
		if got := s[0].SignIns[len(s[0].SignIns)-1].Document; !bytes.Equal(got, want) {
			t.Errorf("%s: the document is not what was posted", name)
		}
	}
}

// TestCorpusVariants reads one recording that was damaged or written in other
// ways: the same document, or a clear message.
func TestCorpusVariants(t *testing.T) {
	var want []byte
	for _, p := range files(t, "har-variants/*/trimmed.har") {
		s, err := OpenPath(p)
		if err != nil {
			t.Fatal(err)
		}
		want = s[0].SignIns[0].Document
	}
	for _, p := range files(t, "har-variants/*/*.har") {
		s, err := OpenPath(p)
		if err != nil {
			isClear(t, p, err)
			continue
		}
		in := s[0].SignIns
		if len(in) != 1 || in[0].Problem == nil && !bytes.Equal(in[0].Document, want) {
			t.Errorf("%s: %d sign-ins, %+v", filepath.Base(p), len(in), in[0].Problem)
		}
		if strings.Contains(p, "redacted") != (in[0].Capture.Sanitised != "") {
			t.Errorf("%s: sanitised by %q", filepath.Base(p), in[0].Capture.Sanitised)
		}
	}
}

// isClear checks that an error is one sentence that a terminal can show.
func isClear(t *testing.T, p string, err error) {
	t.Helper()
	if msg := err.Error(); len(msg) > 600 || strings.ContainsAny(msg, "\n\x00\x1b") || regexp.MustCompile(`[A-Za-z0-9+/]{200}`).MatchString(msg) {
		t.Errorf("%s: no clear sentence: %q", filepath.Base(p), msg)
	}
}

// TestCorpusDocuments reads every response of the corpus, and where its
// manifest names root and issuer, these.
func TestCorpusDocuments(t *testing.T) {
	manifest := map[string]string{}
	list := files(t, "signatures/*/*/*", "public/response/*/*", "captures/*/*/*.xml", "captures/*/*/*.b64", "captures/*/*/*.txt")
	b, err := os.ReadFile(filepath.Join(corpus, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.SplitSeq(string(b), "\n") {
		if f := strings.Split(l, "\t"); len(f) >= 4 {
			manifest[f[0]] = f[3]
		}
	}
	issuer := regexp.MustCompile(`root=Response; 1 Assertion, 0 EncryptedAssertion; issuer=([^;]+)`)
	for _, p := range list {
		if strings.Contains(p, "/evidence/") {
			continue
		}
		name := strings.TrimPrefix(p, corpus+"/")
		said := issuer.FindStringSubmatch(manifest[name])
		s, err := OpenPath(p)
		if err != nil {
			isClear(t, p, err)
			if said != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		in := s[0].SignIns
		switch {
		case len(in) != 1:
			t.Errorf("%s: %d sign-ins", name, len(in))
		case said == nil, strings.Contains(manifest[name], "DOCTYPE"):
		case in[0].Root.Name != "Response" || strings.TrimSpace(said[1]) != "(none)" && in[0].Root.Issuer != strings.TrimSpace(said[1]):
			t.Errorf("%s: %+v, want issuer %s", name, in[0].Root, said[1])
		}
	}
}
