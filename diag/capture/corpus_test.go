package capture

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus is where shared captures may lie beside the repository.
const corpus = "../../../shared/corpus"

// TestCorpus reads every capture of the corpus, where there is one: each
// yields a sign-in or a clear error.
func TestCorpus(t *testing.T) {
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("no corpus beside the repository")
	}
	n := 0
	for _, dir := range []string{"captures", "har-variants", "signatures", "public/response"} {
		err := filepath.WalkDir(filepath.Join(corpus, dir), func(p string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.Contains(p, "truth.json") || strings.Contains(p, "/evidence/") || strings.HasSuffix(p, ".tsv") {
				return err
			}
			n++
			name := strings.TrimPrefix(p, corpus+"/")
			sources, err := OpenPath(p)
			if err != nil {
				msg := err.Error()
				if len(msg) > 600 || strings.ContainsAny(msg, "\n\x00\x1b") {
					t.Errorf("%s: the error is no clear sentence: %q", name, msg)
				}
				t.Logf("%s: error %s", name, strings.TrimPrefix(msg, corpus))
				return nil
			}
			for _, s := range sources {
				if len(s.SignIns) == 0 && s.Document == nil {
					t.Errorf("%s: neither sign-in nor document nor error", name)
				}
				for _, in := range s.SignIns {
					what := ""
					if in.Problem != nil {
						what = "PROBLEM " + string(in.Problem.Kind) + " " + in.Problem.Reason
					}
					url, obs := "", ""
					if in.Capture.Posted != nil {
						url = in.Capture.Posted.URL
					}
					if in.Capture.Observed != nil {
						obs = in.Capture.Observed.ID + " " + in.Capture.Observed.Text
					}
					var reps []string
					for _, r := range in.Capture.Repairs {
						reps = append(reps, r.What)
					}
					t.Logf("%s: %s n=%d %s root=%s issuer=%s enc=%d decoded=%v out=%d %q obs=%q skew=%v/%v aws=%v rs=%v rep=%q %s", name, s.Kind, len(s.SignIns), url, in.Root.Name, in.Root.Issuer, in.EncodedLen, in.Decoded,
						in.Capture.Outcome, in.Capture.OutcomeWhy, obs, in.Capture.Clock.Skew, in.Capture.Clock.SkewKnown, in.Capture.Clock.AWS.Format("15:04:05"), in.Capture.RelayState.State, reps, what)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n == 0 {
		t.Error("the corpus is empty")
	}
}
