package symptom

import (
	"html"
	"slices"
	"strings"
	"testing"
)

func ids(hits []Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Entry.ID)
	}
	return out
}

// cut returns the first n characters.
func cut(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n])
	}
	return s
}

var typographic = strings.NewReplacer("'", "\u2019", `"`, "\u201d", "-", "\u2011", " ", "\u00a0")

// Every text is found as it is, and it is the best hit, however it was
// dressed; cut to 25 characters it is among the hits.
func TestEveryTextFindsItsEntry(t *testing.T) {
	dresses := []struct {
		name string
		wear func(string) string
	}{
		{"as printed", func(s string) string { return s }},
		{"upper case", strings.ToUpper},
		{"lower case", strings.ToLower},
		{"without suffix", func(s string) string { return suffix().ReplaceAllString(s, "") }},
		{"escaped", html.EscapeString},
		{"escaped twice", func(s string) string { return html.EscapeString(html.EscapeString(s)) }},
		{"typographic", func(s string) string { return "\u201c" + typographic.Replace(s) + "\u201d" }},
		{"wrapped", func(s string) string { return strings.ReplaceAll(s, " ", "\r\n  ") }},
		{"prefixed", func(s string) string { return "Failed to assume role: " + s }},
		{"suffixed", func(s string) string {
			return s + " (Service: AWSSecurityTokenService; Status Code: 400; Error Code: Whatever; Request ID: 8bb6aed2-1b47-419b-a7cb-0e4f4ea04b95; Proxy: null). Please try again."
		}},
		{"in a page", func(s string) string {
			return "<html><body><h1>Amazon Web Services Sign-In</h1><p>" + html.EscapeString(s) + "</p></body></html>"
		}},
	}
	for _, tt := range seen {
		for _, d := range dresses {
			hits := Match(d.wear(tt.text))
			if len(hits) == 0 || hits[0].Entry.ID != tt.id {
				t.Errorf("%s: %q: got %v, want %s first", d.name, d.wear(tt.text), ids(hits), tt.id)
			}
		}
		for _, d := range dresses[:3] {
			short := cut(d.wear(tt.text), 25)
			if !slices.Contains(ids(Match(short)), tt.id) {
				t.Errorf("cut to 25, %s: %q: got %v, want %s among them", d.name, short, ids(Match(short)), tt.id)
			}
		}
		for _, short := range []string{cut(html.EscapeString(tt.text), 25), html.EscapeString(cut(tt.text, 25)), cut(typographic.Replace(tt.text), 25)} {
			if !slices.Contains(ids(Match(short)), tt.id) {
				t.Errorf("cut to 25: %q: got %v, want %s among them", short, ids(Match(short)), tt.id)
			}
		}
	}
}

// The table's own wordings find their entry first, be it among equals.
func TestEveryWordingFindsItsEntry(t *testing.T) {
	for _, e := range All() {
		for _, w := range append([]string{e.Text}, e.Alternatives...) {
			w = strings.ReplaceAll(w, gap, "17")
			if hits := Match(w); len(hits) == 0 || hits[0].Entry.ID != e.ID {
				t.Errorf("%s: %q finds %v", e.ID, w, ids(hits))
			}
		}
	}
}

func TestSpokenTextsFindTheirEntry(t *testing.T) {
	for _, tt := range spoken {
		if hits := Match(tt.text); len(hits) == 0 || hits[0].Entry.ID != tt.id {
			t.Errorf("%q: got %v, want %s first", tt.text, ids(hits), tt.id)
		}
	}
}

func TestOtherSentencesFindNothing(t *testing.T) {
	if len(elsewhere) < 50 {
		t.Fatalf("only %d sentences", len(elsewhere))
	}
	for _, s := range elsewhere {
		for _, v := range []string{s, strings.ToUpper(s), s + " " + s} {
			if hits := Match(v); len(hits) > 0 {
				t.Errorf("%q was taken for %v (%.2f)", v, ids(hits), hits[0].Score)
			}
		}
	}
}

// The bare words decide nothing, and say so by several hits.
func TestBareWordsAreAmbiguous(t *testing.T) {
	hits := Match("Access denied")
	if got := ids(hits); len(got) < 3 || got[0] != "access-denied" || !slices.Contains(got, "not-onboarded") || !slices.Contains(got, "connect-access-denied") {
		t.Errorf("got %v", got)
	}
	for i := 1; i < len(hits); i++ {
		if hits[i].Score > hits[i-1].Score {
			t.Errorf("hits are not ranked: %v", hits)
		}
	}
}

// A longer wording takes the place of the words it begins with.
func TestLongestWordingWins(t *testing.T) {
	got := ids(Match("Access denied Access Denied. Your account has been authenticated, but has not been onboarded to this application."))
	if len(got) != 1 || got[0] != "not-onboarded" {
		t.Errorf("got %v", got)
	}
}

func TestUnverifiedIsNeverExact(t *testing.T) {
	for _, s := range []string{"No valid roles", "unable to find valid decryption key"} {
		hits := Match(s)
		if len(hits) == 0 || hits[0].Exact || hits[0].Entry.Standing != Unverified {
			t.Errorf("%q: %+v", s, hits)
		}
		if _, ok := InPage(s); ok {
			t.Errorf("%q was read from a page as fact", s)
		}
		if got := Predict(hits[0].Entry.ID); got != "" {
			t.Errorf("%q is predicted: %q", s, got)
		}
	}
}

func TestInPage(t *testing.T) {
	tests := []struct{ page, id, text string }{
		{"Amazon Web Services Sign-In Sign in error Response signature invalid (Service: AWSSecurityTokenService; Status Code: 400; Error Code: InvalidIdentityToken; Request ID: 8a4fe5c0; Proxy: null). Please try again.", "response-signature-invalid", "Response signature invalid"},
		{"Access Denied Access denied Access Denied. Your account has been authenticated, but has not been onboarded to this application.", "not-onboarded", "Access Denied. Your account has been authenticated, but has not been onboarded to this application"},
		{"Amazon Web Services Sign-In Your request included an invalid SAML response. To logout, click here .", "invalid-saml-response", "Your request included an invalid SAML response. To logout, click here"},
		{"Session expired Log in", "session-expired", "Session expired"},
		{"Contact Control Panel " + strings.Repeat("queue ", 80) + "Session expired", "", ""},
		{"AWS Management Console Recently visited services", "", ""},
	}
	for _, tt := range tests {
		h, ok := InPage(tt.page)
		if ok != (tt.id != "") || ok && (h.Entry.ID != tt.id || h.Text != tt.text) {
			t.Errorf("%q: got %v %s %q", tt.page, ok, h.Entry.ID, h.Text)
		}
	}
}
