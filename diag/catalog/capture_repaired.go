package catalog

import (
	"fmt"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/rule"
)

// The value had to be mended to be read.
var captureRepaired = &rule.Rule{
	ID: "capture-repaired", Title: "The response had to be mended to be read",
	Hop: evidence.HopCapture, Severity: rule.Info,
	Needs: evidence.NeedCapture,
	Why: `Recorders, mail programs and terminals change a long base64 value: plus signs become spaces, lines are wrapped, padding is lost, percent signs are encoded again. Such changes can be undone without guessing, and the signature shows whether the result is right.

What was mended is said here because it may also have happened on the way to AWS, and then it is no trifle.`,
	Refs:  []string{pageSAMLBindings},
	Check: checkCaptureRepaired,
}

func checkCaptureRepaired(c evidence.Case) []rule.Finding {
	rs := c.Capture.Value.Repairs
	if len(rs) == 0 {
		return nil
	}
	f := rule.Finding{At: rs[0].At}
	var what []string
	for _, r := range rs {
		saw := r.What
		if r.Count > 0 {
			saw = fmt.Sprintf("%s (%d)", r.What, r.Count)
		}
		what = append(what, saw)
		where := "the whole value"
		if r.Offset >= 0 {
			where = fmt.Sprintf("from byte %d of the value", r.Offset)
		}
		f.Evidence = append(f.Evidence, rule.Exhibit{What: where, At: r.At, Saw: saw})
	}
	f.Summary = "To read the response, this was mended: " + list(what)
	return one(f)
}
