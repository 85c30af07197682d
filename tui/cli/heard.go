package cli

import (
	"sync"

	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
)

// heard keeps the latest diagnosis of every sign-in while the investigator is
// open, which concludes beside the screen and several at a time.
type heard struct {
	mu sync.Mutex
	ds []diag.Diagnosis
}

func hear(ds []diag.Diagnosis) *heard { return &heard{ds: append([]diag.Diagnosis(nil), ds...)} }

// update concludes afresh and keeps what came of it. What was pasted into the
// investigator is no sign-in of the command line's and is not kept.
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

// all are the latest diagnoses, in the order of the command line.
func (h *heard) all() []diag.Diagnosis {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]diag.Diagnosis(nil), h.ds...)
}
