package redact

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/samlens/diag/har"
)

// file is one of an archive, in order.
type file struct{ name, text string }

func packed(t *testing.T, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, f.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unpacked(t *testing.T, b []byte) (files []file) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file{f.Name, string(text)})
	}
	return files
}

// apart is an archive whose bodies are files beside it, and these files.
func apart(t *testing.T) (archive string, bodies []file) {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(harOf(encoded)), &doc); err != nil {
		t.Fatal(err)
	}
	for i, e := range doc["log"].(map[string]any)["entries"].([]any) {
		take := func(side, key, ext string) {
			o := e.(map[string]any)[side].(map[string]any)[key].(map[string]any)
			name := fmt.Sprintf("%s-%d%s", side, i, ext)
			bodies = append(bodies, file{name, o["text"].(string)})
			delete(o, "text")
			delete(o, "params")
			o["_file"], o["_sha1"] = name, "s3ss10n"
		}
		take("request", "postData", ".dat")
		take("response", "content", ".html")
	}
	b, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(b), bodies
}

func leak(t *testing.T, text string) {
	t.Helper()
	for _, s := range secrets {
		if strings.Contains(text, s) {
			t.Errorf("%q survives in\n%.3000s", s, text)
		}
	}
}

// The copy of an archive is one whose captures are where they were, are judged
// as they were and have lost their secrets, those in files beside them too.
func TestAnArchivesCopyIsOne(t *testing.T) {
	archive, bodies := apart(t)
	for name, in := range map[string][]file{
		"a browser's":  {{"sign-ins/login.har", harOf(encoded)}},
		"Playwright's": append([]file{{"sign-ins/login.har", archive}, {"x.png", "\x89PNG\x00"}}, bodies...),
		"compressed":   {{"sign-ins/login.har.gz", squeezed(t, harOf(encoded))}},
	} {
		t.Run(name, func(t *testing.T) {
			b := packed(t, in...)
			out, err := copied(t, b)
			if err != nil {
				t.Fatal(err)
			}
			files := unpacked(t, out)
			if len(files) != 1 || files[0].name != "sign-ins/login.har" {
				t.Fatalf("%d files, the first called %s", len(files), files[0].name)
			}
			ds := diagnosed(out)
			leak(t, everything([]byte(files[0].text), ds))
			if len(ds) != 1 || ds[0].Verdict.Rule != "role-whitespace" || ds[0].Case.Capture.Value.Observed == nil {
				t.Errorf("the copy is judged otherwise: %+v", ds)
			}
			if again, err := copied(t, out); err != nil || unpacked(t, again)[0].text != files[0].text {
				t.Errorf("a copy of the copy is another one: %v", err)
			}
		})
	}
}

func squeezed(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whoever is in several captures of an archive has one pseudonym, in their
// names too; what is no capture stays out.
func TestAnArchiveOfSeveralCaptures(t *testing.T) {
	out, err := copied(t, packed(t, file{"jmiller/response.xml", response}, file{"mail.txt", "jmiller cannot sign in"}, file{"photo.jpg", "\xff\xd8\x00\x01"}, file{"../up.txt", "460913728815"}))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range unpacked(t, out) {
		names = append(names, f.name)
		leak(t, f.name+f.text)
		if f.name == "mail.txt" && f.text != "user-2 cannot sign in" {
			t.Errorf("the mail says %q", f.text)
		}
	}
	if got := strings.Join(names, " "); got != "user-2/response.xml mail.txt up.txt" {
		t.Errorf("the copy holds %s", got)
	}
}

// An unpacked archive finds its bodies beside it; one that does not says that
// there was a body, and not where: the file's name is a digest of it.
func TestBodiesBesideAnArchive(t *testing.T) {
	archive, bodies := apart(t)
	copyWith := func(beside Attachments) string {
		var out bytes.Buffer
		if err := NewNames().Copy(&out, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(archive)), nil }, beside); err != nil {
			t.Fatal(err)
		}
		leak(t, everything(out.Bytes(), diagnosed(out.Bytes())))
		return out.String()
	}
	found := copyWith(func(name string, limit int) ([]byte, error) {
		for _, f := range bodies {
			if f.name == name {
				return []byte(f.text[:min(limit, len(f.text))]), nil
			}
		}
		return nil, fs.ErrNotExist
	})
	if ds := diagnosed([]byte(found)); len(ds) != 1 || ds[0].Verdict.Rule != "role-whitespace" || strings.Contains(found, attached) {
		t.Errorf("judged as %+v:\n%s", ds, found)
	}
	for name, beside := range map[string]Attachments{
		"none": nil, "gone": func(string, int) ([]byte, error) { return nil, fs.ErrNotExist },
		"too large": func(_ string, limit int) ([]byte, error) { return make([]byte, limit), nil },
	} {
		if out := copyWith(beside); strings.Count(out, `"_file": "`+Marker+`"`) != len(bodies) || strings.Contains(out, bodies[0].name) {
			t.Errorf("%s: the copy says of its bodies\n%s", name, out)
		}
	}
	if har.MaxPost < har.MaxDocument {
		t.Error("bodies of requests are read as far as those of answers")
	}
}

func TestArchivesThatAreRefused(t *testing.T) {
	many := make([]file, maxMembers+1)
	for i := range many {
		many[i] = file{fmt.Sprint(i, ".txt"), ""}
	}
	whole := packed(t, file{"a.har", harOf(encoded)})
	for want, in := range map[string][]byte{
		"2001 files":   packed(t, many...),
		"no capture":   packed(t, file{"a.zip", string(whole)}, file{"b.png", "\x89PNG\x00"}, file{"empty.txt", ""}),
		"0 files":      []byte("PK\x05\x06" + strings.Repeat("\x00", 18)),
		"is broken":    whole[:len(whole)-30],
		"breaks off":   packed(t, file{"a.har", harOf(encoded)[:3000]}),
		"is empty":     {},
		"neither text": {1, 0, 2},
	} {
		if _, err := copied(t, in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, have %v", want, err)
		}
	}
}

// What an archive grows to is counted over all its files, and the end of it is
// not taken for the end of a file.
func TestUnpackingIsBounded(t *testing.T) {
	left := int64(10)
	read := func(s string) (string, error) {
		b, err := io.ReadAll(&bounded{io.NopCloser(strings.NewReader(s)), &left})
		return string(b), err
	}
	if s, err := read("1234"); s != "1234" || err != nil {
		t.Errorf("%q, %v", s, err)
	}
	if s, err := read("567890 and more"); s != "567890" || err == nil {
		t.Errorf("%q, %v", s, err)
	}
}

// Archives as Playwright wrote them of whole sign-ins: the copy has the cause
// of the original, and nobody's name.
func TestArchivesOfBrowsers(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "captures", "*", "*", "*.zip"))
	if err != nil || len(paths) == 0 {
		t.Skip("the shared captures are not on this machine")
	}
	for _, p := range paths {
		in, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		out, err := copied(t, in)
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		before, after := diagnosed(in), diagnosed(out)
		if len(after) == 0 || len(after) != len(before) {
			t.Errorf("%s: %d sign-ins, %d in the copy", p, len(before), len(after))
			continue
		}
		if b, a := before[0].Verdict, after[0].Verdict; b.Rule != a.Rule && !ofSignature(b.Rule) {
			t.Errorf("%s: %s became %s", p, b.Rule, a.Rule)
		}
		text := ""
		for _, f := range unpacked(t, out) {
			text += f.text
		}
		for _, who := range names(before[0]) {
			if telling(who) && strings.Contains(everything([]byte(text), after), who) {
				t.Errorf("%s: the name %q survives", p, who)
			}
		}
	}
}
