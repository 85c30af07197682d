package capture

import (
	"strings"
	"testing"
)

// TestSecretsAreCut gives pages to cutNamed and to the expression that it
// spares them.
func TestSecretsAreCut(t *testing.T) {
	for _, c := range []struct{ name, page, gone string }{
		{"none", `<p class="x">text</p>`, ""},
		{"empty", ``, ""},
		{"input", `<input name="csrf_token" type="hidden" value="abcdef123">`, "abcdef123"},
		{"script", `<script>var SessionId = "abcdef123"; if (a > b) x('PASSWORD:"', "zzzzzzz")</script>`, "abcdef123"},
		{"over lines", "<script>nonce\n  :\n 'abcdef123'</script>", "abcdef123"},
		{"long s", "<b ſecret='abcdef123'>", "abcdef123"},
		{"kelvin", "<b to\u212Aen='abcdef123'>", "abcdef123"},
		{"at the end", `credential="abcdef123`, "abcdef123"},
		{"short", `<input name="token" value="abc">`, ""},
		{"not ours", "<b>\xc5\xe5秘密token</b> = 'abcdef123'", ""},
	} {
		got := cutNamed(c.page)
		if want := namedPart().ReplaceAllString(c.page, "${1}[cut]"); got != want {
			t.Errorf("%s: got %q, the expression alone gives %q", c.name, got, want)
		}
		if cut := strings.Contains(got, "[cut]"); cut != (c.gone != "") || c.gone != "" && strings.Contains(got, c.gone) {
			t.Errorf("%s: got %q", c.name, got)
		}
	}
}

func FuzzCutNamed(f *testing.F) {
	f.Add(`<input name="csrf" value="abcdef123"><script>token = "` + "\n" + `secret: 'ſessioN="zzzzzz'</script>`)
	f.Fuzz(func(t *testing.T, page string) {
		if len(page) > 4<<10 {
			return
		}
		if got, want := cutNamed(page), namedPart().ReplaceAllString(page, "${1}[cut]"); got != want {
			t.Fatalf("%q:\n got %q\nwant %q", page, got, want)
		}
	})
}

func BenchmarkSafeBody(b *testing.B) {
	page := []byte(strings.Repeat(`<div class="row"><input type="hidden" name="state" value="x"><p>some text of a page</p></div>`+"\n", 500))
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		safeBody(page)
	}
}
