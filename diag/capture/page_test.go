package capture

import (
	"reflect"
	"strings"
	"testing"
)

// FuzzReadPage holds a page of which little is wanted against the whole of it:
// reading that stops early must know its title, its picker and its first lines.
// It also holds the look for a form's names against looking for the form.
func FuzzReadPage(f *testing.F) {
	f.Add("<TITLE>a</title><p>some text<div>more<script>x<'</script><title>b</title><input name=roleIndex>", 4)
	f.Add("<p>0123456789<br>a<!-- <title> --><svg><title>s</title></svg><tItLe>last", 3)
	f.Add("<form action=x><input name='SAMLRes&#112;onse' value=PHNhbWw+></form>", 9)
	f.Add(`<input name="wresult" value="x"><textarea name=SAMLRequest>a</textarea>`, 0)
	f.Fuzz(func(t *testing.T, doc string, limit int) {
		limit &= 63
		all, some := readPage([]byte(doc), 1<<20), readPage([]byte(doc), limit)
		if some.Title != all.Title || some.Picker != all.Picker {
			t.Fatalf("%q within %d: %+v, the whole %+v", doc, limit, some, all)
		}
		if len(some.Lines) > len(all.Lines) {
			t.Fatalf("%q within %d: %q, the whole %q", doc, limit, some.Lines, all.Lines)
		}
		for i, l := range some.Lines {
			if l != all.Lines[i] && (i < len(some.Lines)-1 || !strings.HasPrefix(all.Lines[i], strings.TrimSuffix(l, "…"))) {
				t.Fatalf("%q within %d: line %d is %q, of the whole %q", doc, limit, i, l, all.Lines[i])
			}
		}
		a, ok := firstForm([]byte(doc))
		if b, found := findForm([]byte(doc)); found != ok || ok && !reflect.DeepEqual(a, b) {
			t.Fatalf("%q: %v, without the first look %v", doc, b, a)
		}
	})
}
