package markup

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

const small = `<?xml version="1.0"?>
<!-- before -->
<a:R xmlns:a="urn:a" xmlns="urn:d" ID="_1">
  <b c = 'x&amp;y'>one<!-- two -->&#x33;</b>
  <b/><![CDATA[<raw>]]><?pi do it?>
</a:R>
<!-- after -->`

func TestPlacesLeadBackToTheSource(t *testing.T) {
	tree, enc, err := Read([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	if enc.Name != "UTF-8" || enc.BOM || tree.Trailing != 0 {
		t.Errorf("encoding %+v, trailing %d", enc, tree.Trailing)
	}
	for path, want := range map[string]struct {
		raw, value, space string
		line              int
	}{
		"/R":           {small[strings.Index(small, "<a:R"):strings.Index(small, "\n<!-- after")], "", "urn:a", 3},
		"/R/@ID":       {`ID="_1"`, "_1", "", 3},
		"/R/@xmlns:a":  {`xmlns:a="urn:a"`, "urn:a", XMLNSNamespace, 3},
		"/R/b[1]":      {`<b c = 'x&amp;y'>one<!-- two -->&#x33;</b>`, "", "urn:d", 4},
		"/R/b[1]/@c":   {`c = 'x&amp;y'`, "x&y", "", 4},
		"/R/b[2]":      {`<b/>`, "", "urn:d", 5},
		"/R/comment()": {},
	} {
		i := tree.At(path)
		if want.raw == "" {
			if i != -1 {
				t.Errorf("%s: found where there is none", path)
			}
			continue
		}
		if i < 0 {
			t.Errorf("%s: not found", path)
			continue
		}
		n := tree.Nodes[i]
		if got := string(tree.Source[n.Start:n.End]); got != want.raw || n.Value != want.value || n.Space != want.space || n.Line != want.line {
			t.Errorf("%s: %q value %q space %q line %d", path, got, n.Value, n.Space, n.Line)
		}
		if tree.Path(i) != path {
			t.Errorf("path of %s is %s", path, tree.Path(i))
		}
	}
	b := tree.At("/R/b[1]")
	if got := tree.Text(b); got != "one3" {
		t.Errorf("text %q", got)
	}
	if at := tree.AtOffset(strings.Index(small, "amp;y")); tree.Path(at) != "/R/b[1]/@c" {
		t.Errorf("at offset: %s", tree.Path(at))
	}
	if at := tree.AtOffset(strings.Index(small, "\n</a:R")); tree.Path(at) != "/R/text()" {
		t.Errorf("at offset: %s", tree.Path(at))
	}
}

func TestSyntaxErrorsTellTheirPlace(t *testing.T) {
	for doc, want := range map[string]string{
		"":                          "no XML element",
		"plain":                     "before the root",
		"<a>":                       "ends before element a",
		"<a>\n <b></a>":             "closed by",
		"<a b='1' b='2'/>":          "twice",
		"<:a/>":                     "colon",
		"<a b:='1'/>":               "colon",
		"<x:a/>":                    "prefix x is not declared",
		"<a x:b=''/>":               "prefix x is not declared",
		"<a>&nope;</a>":             "entity",
		"<a>\x00</a>":               "NUL",
		"<a>\xff</a>":               "UTF-8",
		"<a b='<'/>":                "unescaped",
		"<?xml version='2.0'?><a/>": "version",
		`<?xml version="1.0" encoding="EBCDIC-X"?><a/>`: "EBCDIC-X",
		strings.Repeat("<a>", 10_000):                   "deep",
		"<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>":  "twice",
	} {
		_, _, err := Read([]byte(doc))
		var s *SyntaxError
		if !errors.As(err, &s) || !strings.Contains(err.Error(), want) || s.Line < 1 || s.Column < 1 || s.Offset > len(doc) {
			t.Errorf("%.30q: %v, want %q", doc, err, want)
		}
	}
	_, _, err := Read([]byte("<a>\n  <b>\n</a>"))
	var s *SyntaxError
	if !errors.As(err, &s) || s.Line != 3 || s.Column != 1 {
		t.Errorf("%v", err)
	}
}

func TestDoctypeIsNeverProcessed(t *testing.T) {
	doc := `<!DOCTYPE r [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/hostname">]><r x="&a;">&a;&b;&amp;</r>`
	tree, _, err := Read([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	if got := tree.Text(tree.Root); got != "&a;&b;&" {
		t.Errorf("text %q", got)
	}
	if tree.Doctype < 0 || strings.Join(tree.References, " ") != "a b" {
		t.Errorf("doctype %d references %q", tree.Doctype, tree.References)
	}
}

func TestEncodings(t *testing.T) {
	text := `<?xml version="1.0" encoding="UTF-16"?><r>Zoë 😀</r>`
	le, be := []byte{0xFF, 0xFE}, []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(text)) {
		le = append(le, byte(u), byte(u>>8))
		be = append(be, byte(u>>8), byte(u))
	}
	for name, doc := range map[string][]byte{
		"UTF-16LE":   le,
		"UTF-16BE":   be,
		"UTF-8":      []byte("\ufeff" + strings.Replace(text, "UTF-16", "UTF-8", 1)),
		"ISO-8859-1": []byte("<?xml version='1.0' encoding='iso-8859-1'?><r>Zo\xeb</r>"),
	} {
		tree, enc, err := Read(doc)
		if err != nil || enc.Name != name || enc.Contradicts() || !strings.HasPrefix(tree.Text(tree.Root), "Zoë") {
			t.Errorf("%s: %+v %v", name, enc, err)
		}
	}
	if _, enc, err := Read([]byte(text)); err != nil || !enc.Contradicts() {
		t.Errorf("UTF-8 that says UTF-16: %+v %v", enc, err)
	}
}

func TestVersion11IsReadAs10(t *testing.T) {
	doc := strings.Replace(small, `version="1.0"`, `version='1.1'`, 1)
	tree, _, err := Read([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	if string(tree.Source) != doc || tree.At("/R/b[1]") < 0 {
		t.Error("the source was changed, or an element is missing")
	}
	if _, _, err := Read([]byte(strings.Replace(doc, "1.1", "2.0", 1))); err == nil {
		t.Error("version 2.0 was read")
	}
}

func TestTrailingBytesAreCounted(t *testing.T) {
	tree, _, err := Read([]byte("<a/>\n<!-- fine -->\n rest of <it"))
	if err != nil || tree.Trailing != len("restof<it") {
		t.Errorf("%v %+v", err, tree)
	}
}

func TestWhiteSpaceInAttributes(t *testing.T) {
	tree, _, err := Read([]byte("<a b='1\t2\r\n3&#10;4&#9;5' c='6\n7'/>"))
	if err != nil {
		t.Fatal(err)
	}
	if b, c := tree.Nodes[tree.Attr(0, "", "b")].Value, tree.Nodes[tree.Attr(0, "", "c")].Value; b != "1 2 3\n4\t5" || c != "6 7" {
		t.Errorf("%q %q", b, c)
	}
}

func TestTime(t *testing.T) {
	for s, want := range map[string]string{
		"2026-11-23T09:00:00Z":           "2026-11-23T09:00:00Z",
		" 2026-11-23T09:00:00.1234567Z ": "2026-11-23T09:00:00.1234567Z",
		"2026-11-23T09:00:00+01:00":      "2026-11-23T08:00:00Z",
		"2026-11-23T24:00:00Z":           "2026-11-24T00:00:00Z",
		"2026-11-23T09:00:00":            "",
		"2026-11-23":                     "",
		"2026-13-23T09:00:00Z":           "",
		"2026-1-2T09:00:00ZZZ":           "",
		"soon":                           "",
	} {
		got, ok := Time(s)
		if ok != (want != "") || ok && got.Format(time.RFC3339Nano) != want {
			t.Errorf("%q: %v %v", s, got, ok)
		}
	}
}

func TestLargeDocumentsParse(t *testing.T) {
	doc := []byte("<r>" + strings.Repeat(`<e>text of an element that is some eighty bytes long, so as to get to the ten MB</e>`, 100_000) + "</r>")
	tree, err := Parse(doc)
	if err != nil || len(tree.Nodes) != 1+2*100_000 {
		t.Fatal(err)
	}
	if p := tree.Path(tree.At("/r/e[100000]")); p != "/r/e[100000]" {
		t.Error(p)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(`<!DOCTYPE r [<!ENTITY a "b">]><r x="&a;	&#9;">&a;</r>`))
	f.Add([]byte("\xff\xfe<\x00a\x00/\x00>\x00"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		tree, _, err := Read(doc)
		if err != nil {
			return
		}
		for i := range tree.Nodes {
			n := &tree.Nodes[i]
			if n.Start < 0 || n.End > len(tree.Source) || n.Start > n.ValueStart || n.ValueStart > n.ValueEnd || n.ValueEnd > n.End || n.Next <= i || n.Parent >= i {
				t.Fatalf("node %d of %q: %+v", i, doc, n)
			}
			if n.Kind == Element || n.Kind == Attribute && n.Prefix == "" {
				if at := tree.At(tree.Path(i)); at != i {
					t.Fatalf("path %s leads to %d, not %d", tree.Path(i), at, i)
				}
			}
			tree.AtOffset(n.Start)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	doc := []byte("<r xmlns='urn:r'>" + strings.Repeat(`<e a="1" b="2"><f>text</f></e>`, 2500) + "</r>")
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(doc); err != nil {
			b.Fatal(err)
		}
	}
}
