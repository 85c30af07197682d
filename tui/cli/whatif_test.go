package cli_test

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/samlens/awsx"
	"example.com/samlens/awsx/emulator/idp"
	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/whatif"
	"example.com/samlens/tui/demo"
)

// incidents are those of the game day; with -short, a few.
func incidents() []demo.Incident {
	all := demo.Incidents()
	if testing.Short() {
		all = all[:3]
	}
	return all
}

// solved diagnoses an incident as the investigator does.
func solved(t *testing.T, i demo.Incident) diag.Diagnosis {
	t.Helper()
	r, err := i.Start(t.Context(), os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Server.Close() })
	sources, err := capture.Open(i.ID+".har", bytes.NewReader(r.Capture))
	if err != nil {
		t.Fatal(err)
	}
	cases := diag.Cases(sources[0], diag.Options{Now: r.Now})
	d := diag.Diagnose(cases[len(cases)-1])
	api, err := r.AWS(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for e := range awsx.Gather(t.Context(), api, d.Case, awsx.Lookups()) {
		var changed evidence.Need
		if e.Phase != awsx.Started {
			changed = e.Lookup.Gives
		}
		d = d.Update(e.Live, changed)
	}
	return d
}

// TestAFixThatChangesADocumentClearsItsCause tries the fix of every incident
// whose fix is a document, and holds it to what it promises.
func TestAFixThatChangesADocumentClearsItsCause(t *testing.T) {
	tried := 0
	for _, i := range incidents() {
		d := solved(t, i)
		cause, ok := d.Cause()
		if !ok || len(cause.Fixes) == 0 {
			continue
		}
		p, ok := whatif.FromFix(d, cause.Fixes[0])
		if !ok {
			if cause.Fixes[0].Change != nil {
				t.Errorf("%s: the change of %s cannot be tried", i.ID, cause.ID())
			}
			continue
		}
		tried++
		o := whatif.Try(d, p)
		cleared := false
		for _, f := range o.Cleared {
			cleared = cleared || f.ID() == cause.ID()
		}
		if !cleared {
			t.Errorf("%s: %s is not cleared:\n%s", i.ID, cause.ID(), o.Text())
		}
		if len(o.New) > 0 {
			t.Errorf("%s: the fix brings something new:\n%s", i.ID, o.Text())
		}
		if o.After.Verdict.State != "healthy" {
			t.Errorf("%s: with the fix it is %s:\n%s", i.ID, o.After.Verdict.State, o.Text())
		}
	}
	if tried < 3 && !testing.Short() || tried == 0 {
		t.Errorf("only %d fixes were tried", tried)
	}
}

func TestProposedDocumentsAreJudgedInPlaceOfTheEvidence(t *testing.T) {
	b := newBench(t)
	har, r := b.incident("regional")
	live := []string{"check", har, "--live", "--endpoint-url", r.Server.URL()}
	code, out, _ := b.run(append(live, "--format", "json")...)
	if code != 1 {
		t.Fatalf("exit %d", code)
	}
	cs := parsed(t, out).Captures
	fix := cs[len(cs)-1]["findings"].([]any)[0].(map[string]any)["fix"].(map[string]any)
	good := filepath.Join(t.TempDir(), "trust.json")
	bad := filepath.Join(t.TempDir(), "shut.json")
	for path, doc := range map[string]string{
		good: fix["change"].(map[string]any)["after"].(string),
		bad:  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"*"},"Action":"sts:AssumeRole"}]}`,
	} {
		if err := os.WriteFile(path, []byte(doc), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, out, told := b.run(append(live, "--what-if-role", good, "--format", "json")...)
	cs = parsed(t, out).Captures
	w, _ := cs[len(cs)-1]["what_if"].(map[string]any)
	if code != 0 || w == nil || len(w["cleared"].([]any)) == 0 || len(w["new"].([]any)) > 0 || w["verdict"].(map[string]any)["state"] != "healthy" {
		t.Errorf("exit %d: %v; %s", code, w, told)
	}
	if v := cs[len(cs)-1]["verdict"].(map[string]any); v["rule"] != "trust-condition" {
		t.Errorf("the verdict on what is there changed: %v", v)
	}
	code, out, told = b.run(append(live, "--what-if-role", bad)...)
	if code != 1 || !strings.Contains(out, "new    trust-action") || !strings.Contains(out, "it would still be broken at trust by trust-action") {
		t.Errorf("exit %d: %s\n%s", code, told, out)
	}
	if code, _, told = b.run(append(live, "--what-if-role-policy", good)...); code == 0 || !strings.Contains(told, "--role") {
		t.Errorf("a trust policy as a role policy: exit %d, %s", code, told)
	}
	if code, _, told = b.run(append(live, "--what-if-role", good, "--format", "sarif")...); code != 2 || !strings.Contains(told, "text and json") {
		t.Errorf("sarif: exit %d, %s", code, told)
	}
}

func TestProposedMetadataIsJudgedInPlaceOfIAMs(t *testing.T) {
	b := newBench(t)
	har, r := b.incident("monday")
	live := []string{"check", har, "--live", "--endpoint-url", r.Server.URL()}
	_, out, _ := b.run(append(live, "--format", "json")...)
	cs := parsed(t, out).Captures
	issuer, _ := cs[len(cs)-1]["assertion"].(map[string]any)["issuer"].(string)
	doc, err := os.ReadFile("../../testdata/keys/idp-a-next.crt")
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(doc)
	next, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	for entity, want := range map[string]struct {
		code int
		says string
	}{
		issuer:                      {0, "clears certificate-rotated"},
		"https://idp.example/other": {1, "new    issuer-mismatch"},
	} {
		path := filepath.Join(t.TempDir(), "metadata.xml")
		if err := os.WriteFile(path, []byte(idp.Metadata(entity, "https://idp.example/sso", next)), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out, told := b.run(append(live, "--what-if-metadata", path)...); code != want.code || !strings.Contains(out, want.says) {
			_, part, _ := strings.Cut(out, "What if")
			t.Errorf("%s: exit %d, want %d and %q: %s\n%s", entity, code, want.code, want.says, told, part)
		}
	}
}
