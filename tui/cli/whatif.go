package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx/folder"
	"example.com/samlens/diag"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/report"
	"example.com/samlens/diag/rule"
	"example.com/samlens/diag/whatif"
)

// The flags that propose a document in the place of the evidence, and the
// flags of evidence that take the same form.
var proposalFlags = []struct {
	name  string
	like  folder.Flag
	about string
}{
	{"what-if-role", folder.Role, "judge as if the role had the trust policy of `FILE`"},
	{"what-if-role-policy", folder.RolePolicy, "judge as if the role had the policy of `FILE`"},
	{"what-if-metadata", folder.Metadata, "judge as if IAM held the metadata of `FILE`"},
}

// withWhatIf adds the flags that propose a change.
func (p *program) withWhatIf(c *cobra.Command) {
	for _, f := range proposalFlags {
		c.Flags().Var(evidenceFlag{f.name, &p.opts.proposed}, f.name, f.about)
	}
}

// whatIf tries the proposals on the last sign-in of each source. It returns
// the outcomes by index, nil where nothing was proposed.
func (p *program) whatIf(in *input) (map[int]whatif.Outcome, error) {
	if len(p.opts.proposed) == 0 {
		return nil, nil
	}
	if p.opts.format != "text" && p.opts.format != "json" {
		return nil, fmt.Errorf("what would be is told in --format text and json only, not in %s", p.opts.format)
	}
	var files []folder.File
	for _, g := range p.opts.proposed {
		for _, f := range proposalFlags {
			if f.name == g.flag {
				fs, bad := folder.Open(f.like, g.path)
				files = append(files, fs...)
				in.note(bad)
			}
		}
	}
	proposed, bad := folder.Read(files)
	in.note(bad)
	if len(in.problems) > 0 {
		return nil, nil // told with the report
	}
	out := map[int]whatif.Outcome{}
	for i, d := range in.diagnoses {
		if !in.isLast(i) {
			continue
		}
		pr := proposal(proposed.For(d.Case))
		if pr.Empty() {
			return nil, fmt.Errorf("%s: none of the proposed documents belongs to the role or provider of this sign-in", d.Case.Source)
		}
		out[i] = whatif.Try(d, pr)
	}
	if len(out) == 0 {
		return nil, errors.New("there is no sign-in to try the proposed documents on")
	}
	return out, nil
}

// proposal makes a proposal of what the proposed files say of a sign-in.
func proposal(l evidence.Live) whatif.Proposal {
	pr := whatif.Proposal{Policies: l.Permissions.Value}
	for _, r := range l.Roles.Value {
		if r.Trust != "" {
			pr.Roles = append(pr.Roles, r)
		}
	}
	if l.Provider.State == evidence.Known {
		m := l.Provider.Value.Metadata
		pr.Metadata = &m
	}
	return pr
}

// beside collects what the report says beside the diagnoses.
func beside(outcomes map[int]whatif.Outcome, answers map[int]report.STSAnswer) map[int]report.Beside {
	out := map[int]report.Beside{}
	for i, o := range outcomes {
		b := out[i]
		b.WhatIf = &o
		out[i] = b
	}
	for i, a := range answers {
		b := out[i]
		b.STS = &a
		out[i] = b
	}
	return out
}

// whatIfFixed says what one fix would do, for the investigator.
func whatIfFixed(d diag.Diagnosis, _ rule.Finding, f rule.Fix) (string, bool) {
	p, ok := whatif.FromFix(d, f)
	if !ok {
		return "", false
	}
	return whatif.Try(d, p).Text(), true
}
