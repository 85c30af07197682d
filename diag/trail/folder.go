package trail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"example.com/samlens/diag/evidence"
)

// maxFiles bounds how many files of a folder are read.
const maxFiles = 200_000

// Folder reads every file of events below dir, as CloudTrail lays them out in
// S3 or as someone has put them together. Files are read side by side, one
// worker for each processor. Digest files and files of other kinds are left
// out; those that cannot be read are named in the notes.
func Folder(ctx context.Context, fsys fs.FS, dir string) ([]evidence.TrailEvent, []string, error) {
	var names []string
	err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() && strings.HasPrefix(d.Name(), "CloudTrail-Digest"):
			return fs.SkipDir
		case d.IsDir() || !candidate(d.Name()):
			return nil
		case len(names) == maxFiles:
			return fs.SkipAll
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list %s: %w", dir, err)
	}
	events, notes, err := Files(ctx, fsys, names)
	if len(names) == maxFiles {
		notes = append(notes, fmt.Sprintf("only the first %d files are read", maxFiles))
	}
	return events, notes, err
}

func candidate(name string) bool {
	if strings.HasPrefix(name, ".") || strings.Contains(name, "_CloudTrail-Digest_") {
		return false
	}
	switch path.Ext(name) {
	case ".gz", ".json", ".ndjson", ".jsonl", ".csv", ".log":
		return true
	}
	return false
}

// Files reads the named files of fsys. The error is that of the context, or
// ErrNoEvents where not one of them holds an event.
func Files(ctx context.Context, fsys fs.FS, names []string) ([]evidence.TrailEvent, []string, error) {
	type result struct {
		events []evidence.TrailEvent
		notes  []string
		none   bool
	}
	results := make([]result, len(names))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(names)) {
		wg.Go(func() {
			for i := range next {
				f, err := fsys.Open(names[i])
				if err != nil {
					results[i] = result{notes: []string{names[i] + ": " + reason(err)}, none: true}
					continue
				}
				t := taker{name: names[i]}
				err = t.file(f)
				f.Close()
				results[i] = result{t.events, t.notes(), t.seen == 0}
				if err != nil {
					results[i].notes = append(results[i].notes, names[i]+": "+err.Error())
				}
			}
		})
	}
	for i := range names {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	var lists [][]evidence.TrailEvent
	var notes []string
	none := true
	for _, r := range results {
		lists = append(lists, r.events)
		notes = append(notes, r.notes...)
		none = none && r.none
	}
	if none {
		return nil, notes, ErrNoEvents
	}
	return Merge(lists...), slices.Clip(notes), nil
}

// reason puts a file's error without its path, which is named already.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
