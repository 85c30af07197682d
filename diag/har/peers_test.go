//go:build unix

package har

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// peers are programs that are at hand, and what they print of an archive: for
// each POST of a SAML response the first characters of its body.
var peers = []struct {
	name string
	argv []string
}{
	{"cat", []string{"cat"}},
	{"jq", []string{"jq", "-r", `.log.entries[]|select(.request.method=="POST")|.request.postData.text[0:13]`}},
	{"python3", []string{"python3", "-c", `import json,sys
for e in json.load(open(sys.argv[1]))["log"]["entries"]:
    if e["request"]["method"] == "POST": print(e["request"]["postData"]["text"][:13])`}},
	{"rg", []string{"rg", "-o", "SAMLResponse="}},
	{"grep", []string{"grep", "-o", "SAMLResponse="}},
}

// BenchmarkPeers runs what is installed of peers in turns with Read over the
// same file and reports our processor time as a multiple of each of theirs.
// rg and grep only find the word, and cat nothing.
func BenchmarkPeers(b *testing.B) {
	for _, name := range []string{"pretty", "minified"} {
		b.Run(name, func(b *testing.B) {
			f := file(b, data()[name])
			var ours time.Duration
			theirs := map[string]time.Duration{}
			for b.Loop() {
				start := spent()
				read(b, f, 1)
				ours += spent() - start
				for _, p := range peers {
					if _, err := exec.LookPath(p.argv[0]); err != nil {
						continue
					}
					cmd := exec.CommandContext(b.Context(), p.argv[0], append(p.argv[1:], f.Name())...) //nolint:gosec // programs named above
					var out strings.Builder
					if p.name != "cat" {
						cmd.Stdout = &out
					}
					if err := cmd.Run(); err != nil {
						b.Fatal(p.name, err)
					}
					if p.name != "cat" && strings.TrimSpace(out.String()) != "SAMLResponse=" {
						b.Fatalf("%s finds %.60q", p.name, out.String())
					}
					u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
					if !ok {
						b.Fatal("no usage")
					}
					theirs[p.name] += time.Duration(u.Utime.Nano() + u.Stime.Nano())
				}
			}
			for name, t := range theirs {
				b.ReportMetric(float64(ours)/float64(t), "x-"+name)
			}
		})
	}
}
