package topic

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"example.com/samlens/diag/symptom"
	"example.com/samlens/diag/topic/awscli"
)

func TestFilesAndOrderAgree(t *testing.T) {
	topics, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := files.ReadDir("text")
	if err != nil {
		t.Fatal(err)
	}
	if len(dir) != len(topics) {
		t.Errorf("%d files, %d topics in the list", len(dir), len(topics))
	}
	seen, asks := map[string]bool{}, map[string]string{}
	for _, p := range topics {
		if seen[p.ID] {
			t.Errorf("%s: listed twice", p.ID)
		}
		seen[p.ID] = true
		if p.Title == "" || p.Body == "" || len(p.Asks) == 0 || len(p.Sources) == 0 {
			t.Errorf("%s: incomplete", p.ID)
		}
		for _, a := range p.Asks {
			key := strings.Join(words(a), " ")
			if other, ok := asks[key]; ok {
				t.Errorf("%q is asked of %s and %s", a, other, p.ID)
			}
			asks[key] = p.ID
		}
		for _, r := range p.Rules {
			if !rules[r] {
				t.Errorf("%s: %q is no rule", p.ID, r)
			}
		}
		for _, s := range p.Sources {
			if !strings.HasPrefix(s, "https://") {
				t.Errorf("%s: source %q", p.ID, s)
			}
		}
		if !utf8.ValidString(p.Body) || strings.ContainsAny(p.Body, "\t\r\u2013\u2014\u201c\u201d\u2018\u2019\u00a0") {
			t.Errorf("%s: tabs or typographic marks", p.ID)
		}
	}
}

// Every command is one that the AWS CLI takes, and every topic that is named
// exists.
func TestCommandsAreRight(t *testing.T) {
	calls := 0
	for _, p := range All() {
		for _, c := range awscli.Calls(strings.Join(p.Commands(), "\n")) {
			calls++
			if err := awscli.Check(c); err != nil {
				t.Errorf("%s: %v", p.ID, err)
			}
		}
		// A call in the running text would escape the check.
		for line := range strings.Lines(p.Body) {
			if strings.HasPrefix(strings.TrimSpace(line), "aws ") && !strings.HasPrefix(line, "aws sts get-caller-identity") {
				t.Errorf("%s: a command without a prompt: %q", p.ID, line)
			}
		}
		w := strings.Fields(strings.NewReplacer("(", " ", ")", " ", ",", " ", ".", " ").Replace(p.Body))
		for i := range w[:len(w)-1] {
			if w[i] == "topic" && w[i+1] != "of" {
				if _, ok := Get(strings.TrimRight(w[i+1], ".,;:")); !ok {
					t.Errorf("%s: there is no topic %q", p.ID, w[i+1])
				}
			}
			if w[i] == "rule" && strings.Contains(w[i+1], "-") && !rules[w[i+1]] {
				t.Errorf("%s: there is no rule %q", p.ID, w[i+1])
			}
		}
	}
	if calls < 20 {
		t.Errorf("only %d calls were found", calls)
	}
}

// The commands of samlens itself are those of its own command line.
func TestOwnCommandsExist(t *testing.T) {
	own := strings.Fields("demo check explain diff users trail certs preflight watch collect redact policy info completion man version")
	flags := strings.Fields("--live --users --trail --role --metadata --key --list --format")
	for _, p := range All() {
		for _, c := range p.Commands() {
			f := strings.Fields(c)
			if f[0] != "samlens" {
				continue
			}
			if !slices.Contains(own, f[1]) && !strings.Contains(f[1], ".") {
				t.Errorf("%s: %q", p.ID, c)
			}
			for _, a := range f[2:] {
				if strings.HasPrefix(a, "--") && !slices.Contains(flags, a) {
					t.Errorf("%s: option %s in %q", p.ID, a, c)
				}
			}
		}
	}
}

func TestFind(t *testing.T) {
	tests := []struct{ query, first string }{
		{"regional-acs", "regional-acs"},
		{"Regional ACS", "regional-acs"},
		{"Q1", "audience"},
		{"faq-15", "testing"},
		{"What is the required audience value for AWS SAML federation?", "audience"},
		{"Why can\u2019t I log directly into Amazon Connect when using SAML?", "direct-sign-in"},
		{"How do I decode a SAML response without using an online tool?", "decode"},
		{"What is the maximum SAML session duration for Amazon Connect?", "session-length"},
		{"Why does SAML work for some users but not others?", "some-users"},
		{"How do I fix \u201cNot authorized to perform sts:AssumeRoleWithSAML\u201d?", "not-authorized"},
		{"Do I need to update anything in IAM when my IdP rotates its signing certificate?", "certificate-update"},
		{"Can I use IAM Identity Center instead of direct IAM SAML federation for Connect?", "identity-center-or-iam"},
		{"Why do agents get logged out after 12 hours even during an active call?", "twelve-hours"},
		{"What CloudTrail event shows a SAML authentication failure?", "trail-events"},
		{"My SAML metadata file won\u2019t upload to IAM \u2014 \u201cUnable to parse metadata\u201d error. What\u2019s wrong?", "metadata-upload"},
		{"Can multiple IAM roles be mapped to a single SAML assertion?", "several-roles"},
		{"Why does SAML federation work in us-east-1 but fail in ap-southeast-2?", "another-region"},
		{"How do I prevent the \u201cResponse signature invalid\u201d error from recurring?", "signature-prevention"},
		{"Is there a way to test SAML configuration without affecting production users?", "testing"},
		{"rotate signing certificate", "certificate-rotation"},
		{"how do I rotate the encryption key", "encryption-rotation"},
		{"windowsUPN", "identity-center-email"},
		{"capture firefox", "capture-firefox"},
		{"firefox", "capture-firefox"},
		{"shift click", "capture-portal"},
		{"role picker", "several-roles"},
		{"case study 2", "case-capitals"},
		{"troubleshooting workflow", "workflow"},
		{"authenticator clock", "mfa-device-clock"},
	}
	for _, tt := range tests {
		got := Find(tt.query)
		if len(got) == 0 || got[0].ID != tt.first {
			var ids []string
			for _, g := range got {
				ids = append(ids, g.ID)
			}
			t.Errorf("%q: got %v, want %s first", tt.query, ids, tt.first)
		}
	}
	for _, q := range []string{"", "?", "weather in Hamburg", "the", "connection refused", "how do I bake bread", strings.Repeat("z ", 5000), "\xff\xfe"} {
		if got := Find(q); len(got) != 0 {
			t.Errorf("%q finds %s", q, got[0].ID)
		}
	}
}

// The pages that the contract of explain names are there.
func TestPromisedTopics(t *testing.T) {
	for id := range strings.FieldsSeq("identity-center-setup identity-center-email mfa-device-clock encryption-rotation certificate-rotation regional-acs capture prevention seed-errata " +
		"workflow step-1 step-2 step-3 step-4 step-5 case-certificate case-capitals case-region security") {
		if _, ok := Get(id); !ok {
			t.Errorf("no topic %s", id)
		}
	}
	setup, _ := Get("identity-center-setup")
	for _, has := range []string{"https://signin.aws.amazon.com/saml", "urn:amazon:webservices", "/connect/federate/", "Attributes/RoleSessionName", "Attributes/Role ", "Limits", "Verification"} {
		if !strings.Contains(setup.Body, has) {
			t.Errorf("identity-center-setup does not say %q", has)
		}
	}
	if got := Of("certificate-rotated"); len(got) == 0 {
		t.Error("no topic about certificate-rotated")
	}
}

// A pasted error text is not a topic's name: it belongs to the catalogue of
// texts.
func TestErrorTextsAreNoNames(t *testing.T) {
	for _, e := range symptom.All() {
		for _, w := range append([]string{e.Text}, e.Alternatives...) {
			if p, ok := Named(w); ok {
				t.Errorf("%q names the topic %s", w, p.ID)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"audience", "Why can't I", "\u00e9\u00df", "faq-3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := Find(s); len(got) > 5 {
			t.Errorf("%d topics for %q", len(got), s)
		}
	})
}
