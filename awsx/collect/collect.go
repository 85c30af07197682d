// Package collect writes evidence down: what AWS says of a sign-in, as a
// folder of the AWS CLI's own JSON that reads back as the same evidence, or a
// read-only script with which a colleague who has the rights makes that folder.
//
// It asks by awsx and encodes by awsx/folder; it judges nothing.
package collect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"example.com/samlens/awsx"
	"example.com/samlens/awsx/folder"
	"example.com/samlens/diag/evidence"
)

// Collect runs the lookups and writes what they found into dir, which is made
// and must be empty. Each event is handed to seen as it comes; seen may be nil.
// It returns the case with what was learned and the files' names. Facts that
// could not be had are written as AWS's refusal.
func Collect(ctx context.Context, api awsx.API, c evidence.Case, todo []*awsx.Lookup, dir string, seen func(awsx.Event)) (evidence.Case, []string, error) {
	if err := empty(dir); err != nil {
		return c, nil, err
	}
	for e := range awsx.Gather(ctx, api, c, todo) {
		c = c.With(e.Live)
		if seen != nil {
			seen(e)
		}
	}
	if err := ctx.Err(); err != nil {
		return c, nil, fmt.Errorf("collecting evidence: %w", err)
	}
	names, err := Write(dir, c)
	return c, names, err
}

// Write writes a case's facts into dir, which is made and must be empty. The
// files are readable by their owner alone: they name users and roles.
func Write(dir string, c evidence.Case) ([]string, error) {
	if err := empty(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the evidence folder: %w", err)
	}
	var names []string
	for _, f := range folder.Encode(c) {
		name := filepath.Join(dir, f.Name)
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			return names, fmt.Errorf("writing evidence: %w", err)
		}
		names = append(names, name)
	}
	return names, nil
}

// empty refuses a folder that holds something already: two incidents in one
// folder would be taken for one.
func empty(dir string) error {
	have, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("looking into the evidence folder: %w", err)
	case len(have) > 0:
		return fmt.Errorf("the folder %s is not empty; evidence of two incidents must not mix", dir)
	}
	return nil
}
