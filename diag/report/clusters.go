package report

import (
	"slices"

	"example.com/samlens/diag"
	"example.com/samlens/diag/chain"
	"example.com/samlens/diag/evidence"
)

// A Cluster is the captures that broke in the same way.
type Cluster struct {
	Hop     evidence.Hop
	Rule    string
	Sources []string
}

// Clusters groups broken captures by first failing hop and cause, largest
// first. It is empty for a single capture.
func Clusters(ds []diag.Diagnosis) []Cluster {
	if len(ds) < 2 {
		return nil
	}
	var out []Cluster
	for _, d := range ds {
		if d.Verdict.State != chain.Broken {
			continue
		}
		i := slices.IndexFunc(out, func(c Cluster) bool { return c.Rule == d.Verdict.Rule && c.Hop == d.Verdict.Hop })
		if i < 0 {
			i = len(out)
			out = append(out, Cluster{Hop: d.Verdict.Hop, Rule: d.Verdict.Rule})
		}
		out[i].Sources = append(out[i].Sources, d.Case.Source)
	}
	slices.SortStableFunc(out, func(a, b Cluster) int { return len(b.Sources) - len(a.Sources) })
	return out
}
