package admission

import (
	"testing"

	"example.com/samlens/diag/evidence"
)

// What cannot be read says nothing of what IAM holds.
func TestKeysOfUnreadableMetadata(t *testing.T) {
	held := func(m evidence.Metadata) []evidence.Certificate {
		return Keys(evidence.Case{Live: evidence.Live{Provider: evidence.Have(evidence.Provider{Metadata: m}, "m.xml")}})
	}
	if k := held(evidence.Metadata{Problem: "line 3: the element is not closed"}); k != nil {
		t.Errorf("%d certificates of a document that cannot be read", len(k))
	}
	if k := held(evidence.Metadata{}); k == nil || len(k) > 0 {
		t.Errorf("%v of a document without any", k)
	}
}
