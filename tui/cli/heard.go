package cli

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"

	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/evidence"
)

// heard keeps the latest diagnosis of every sign-in while the investigator is
// open, which concludes beside the screen and several at a time.
type heard struct {
	mu     sync.Mutex
	ds     []diag.Diagnosis
	pasted int
}

func hear(ds []diag.Diagnosis) *heard { return &heard{ds: append([]diag.Diagnosis(nil), ds...)} }

// paste reads a capture that was pasted into the investigator and keeps its
// sign-ins, each paste under a name of its own, behind those that are there.
func (h *heard) paste(b []byte, how diag.Options) ([]diag.Diagnosis, error) {
	h.mu.Lock()
	h.pasted++
	name := "pasted"
	if h.pasted > 1 {
		name = fmt.Sprintf("pasted-%d", h.pasted)
	}
	h.mu.Unlock()
	sources, err := capture.Open(name, bytes.NewReader(b))
	var in input
	in.take(sources, err)(how)
	if len(in.diagnoses) == 0 && len(in.problems) > 0 {
		return nil, errors.New(in.problems[0].Message)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ds = append(h.ds, in.diagnoses...)
	return in.diagnoses, nil
}

// update concludes afresh and keeps what came of it.
func (h *heard) update(d diag.Diagnosis, said evidence.Live, changed evidence.Need) diag.Diagnosis {
	d = d.Update(said, changed)
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, x := range h.ds {
		if x.Case.Source == d.Case.Source && x.Case.Capture.Value.Entry == d.Case.Capture.Value.Entry {
			h.ds[i] = d
		}
	}
	return d
}

// all are the latest diagnoses: those of the command line in its order, then
// those that were pasted.
func (h *heard) all() []diag.Diagnosis {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.ds)
}
