package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Flag is the command line flag that a file came with, spelled as there.
type Flag string

// The flags that take evidence.
const (
	Metadata    Flag = "--metadata"
	Providers   Flag = "--providers"
	Role        Flag = "--role"
	RolePolicy  Flag = "--role-policy"
	Instance    Flag = "--instance"
	Users       Flag = "--users"
	Trail       Flag = "--trail"
	IdPMetadata Flag = "--idp-metadata"
	Folder      Flag = "--evidence"
)

// Flags returns every flag that takes evidence, in the order of help.
func Flags() []Flag {
	return []Flag{Metadata, Providers, Role, RolePolicy, Instance, Users, Trail, IdPMetadata, Folder}
}

// A File is one file given as evidence.
type File struct {
	Flag Flag
	Name string // as given; a report's source
	Data []byte
	// Tree, of --trail alone, is a folder of log files; Open a file of them
	// that is too large to be held in Data. Both stand in Data's place.
	Tree fs.FS
	Open func() (io.ReadCloser, error)
}

// A Problem is a file that could not be used, or not as it was meant.
type Problem struct {
	Source  string
	Kind    string // "unreadable", "too-large", "wrong-kind", "unrecognised", "malformed"
	Message string // one sentence
	Offset  int    // byte in the file; -1 where it is no matter of place
	// Note tells that nothing is lost by it: a file of a folder that is none
	// of AWS's answers. Notes are no input errors.
	Note bool
}

// Error is the problem as one line.
func (p Problem) Error() string { return p.Source + ": " + p.Message }

// The bounds of what is read: one file, all files of a path together, how many
// of them, and how deep folders are followed.
const (
	maxFile  = 256 << 20
	maxTotal = 1 << 30
	maxFiles = 20000
	maxDepth = 12
	large    = 32 << 20 // from which on events are streamed
)

// Open reads the file or folder at path, given with a flag. Folders are walked
// in order of their names; hidden files and links are left out.
func Open(flag Flag, path string) ([]File, []Problem) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, []Problem{unreadable(path, err)}
	}
	if !info.IsDir() {
		if flag == Trail && info.Size() > large {
			return []File{{Flag: flag, Name: path, Open: func() (io.ReadCloser, error) { return os.Open(path) }}}, nil
		}
		f, err := load(flag, path)
		if err != nil {
			return nil, []Problem{unreadable(path, err)}
		}
		return []File{f}, nil
	}
	if flag != Folder && flag != Trail {
		return nil, []Problem{{Source: path, Kind: "wrong-kind", Offset: -1,
			Message: fmt.Sprintf("%s is a folder, and %s takes a file; a folder is given with --evidence or --trail", path, flag)}}
	}
	if flag == Trail {
		return []File{{Flag: flag, Name: path, Tree: os.DirFS(path)}}, nil
	}
	return walk(flag, path)
}

func walk(flag Flag, root string) (out []File, bad []Problem) {
	total := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			bad = append(bad, unreadable(path, err))
			return nil
		case d.IsDir():
			if rel != "." && strings.HasPrefix(d.Name(), ".") || strings.Count(rel, string(filepath.Separator)) >= maxDepth {
				return filepath.SkipDir
			}
			return nil
		case !d.Type().IsRegular() || strings.HasPrefix(d.Name(), ".") || !readable(d.Name()):
			return nil
		case len(out) >= maxFiles || total >= maxTotal:
			bad = append(bad, Problem{Source: root, Kind: "too-large", Offset: -1,
				Message: fmt.Sprintf("only the first %d files of the folder were read (the bound is %d files or %d bytes)", len(out), maxFiles, maxTotal)})
			return filepath.SkipAll
		}
		f, err := load(flag, path)
		if err != nil {
			bad = append(bad, unreadable(path, err))
			return nil
		}
		total += len(f.Data)
		out = append(out, f)
		return nil
	})
	if err != nil {
		bad = append(bad, unreadable(root, err))
	}
	slices.SortStableFunc(out, func(a, b File) int { return order(a.Name, b.Name) })
	return out, bad
}

// order puts the plainest name first: get-role.json before
// get-role-before-the-change.json.
func order(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// readable leaves out what stands in such folders and is no evidence: scripts,
// notes and captures.
func readable(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return slices.Contains([]string{".json", ".xml", ".csv", ".txt", ".ndjson", ".jsonl", ".log", ""}, filepath.Ext(name))
}

func load(flag Flag, path string) (File, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return File{}, err
	}
	if len(b) > maxFile {
		return File{}, fmt.Errorf("the file is larger than %d MiB", maxFile>>20)
	}
	return File{Flag: flag, Name: path, Data: b}, nil
}

func unreadable(path string, err error) Problem {
	kind := "unreadable"
	if pe := new(fs.PathError); errors.As(err, &pe) {
		err = pe.Err
	} else {
		kind = "too-large"
	}
	return Problem{Source: path, Kind: kind, Message: "it cannot be read: " + err.Error(), Offset: -1}
}
