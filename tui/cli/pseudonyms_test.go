package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestRealEvidenceBesideARedactedCopyIsWarnedOf(t *testing.T) {
	run := func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		code := Run(t.Context(), World{
			Args: args, In: strings.NewReader(""), Out: &out, Err: &errs,
			Env: func(string) string { return "" }, Now: func() time.Time { return time.Date(2027, 2, 9, 15, 0, 0, 0, time.UTC) },
		})
		return code, errs.String()
	}
	original := filepath.Join("..", "..", "testdata", "captures", "chrome.har")
	safe := filepath.Join(t.TempDir(), "redacted.har")
	if code, errs := run("redact", original, "-o", safe); code != ExitHealthy {
		t.Fatalf("redact: exit %d: %s", code, errs)
	}
	metadata := filepath.Join("..", "..", "testdata", "worlds", "northwind.json")
	const said = "its names are pseudonyms"
	if _, errs := run("check", "--offline", safe, "--users", metadata); !strings.Contains(errs, said) {
		t.Errorf("evidence beside a redacted copy is not warned of: %s", errs)
	}
	if _, errs := run("check", "--offline", safe); strings.Contains(errs, said) {
		t.Errorf("a redacted copy alone needs no warning: %s", errs)
	}
	if _, errs := run("check", "--offline", original, "--users", metadata); strings.Contains(errs, said) {
		t.Errorf("the original is no copy: %s", errs)
	}
}
