package capture

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/samlens/diag/har"
)

// Limits of reading.
const (
	// maxFile bounds what is read into memory of a file that is no HAR.
	maxFile = 64 << 20
	// maxUnpacked bounds what a compressed file or archive may grow to, in
	// sum.
	maxUnpacked = 2 << 30
	// maxMembers bounds the files of a folder or archive that are looked at.
	maxMembers = 2000
	// sniffed is how much of a file decides what it is.
	sniffed = 64 << 10
)

// Open reads one file, stream or paste. name is for messages only. A zip of
// several captures gives several sources.
//
// The error is an *Error and is set where nothing in the input can be used:
// then the sources are empty. Where only some members of an archive are
// unusable, their Source.Err says so.
func Open(name string, r io.Reader) ([]Source, error) {
	return settled(open(name, r, nil, 0))
}

// OpenPath reads a file, or every file of a folder. "-" is not known here.
func OpenPath(path string) ([]Source, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e := fail(ErrMissing, "there is no such file", "check the path")
		e.Source, e.Err = path, err
		return nil, e
	case err != nil:
		return nil, unreadable(path, err)
	case info.IsDir():
		return openFolder(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer f.Close()
	return settled(open(path, f, siblings(filepath.Dir(path)), 0))
}

func unreadable(name string, err error) *Error {
	what := err.Error()
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		what = p.Err.Error()
	}
	e := fail(ErrUnreadable, "the file cannot be read: "+printable(what, 120), "")
	e.Source, e.Err = name, err
	return e
}

// settled makes the error of sources of which none can be used.
func settled(sources []Source) ([]Source, error) {
	var first *Error
	for _, s := range sources {
		if s.Err == nil {
			return sources, nil
		}
		if first == nil || s.Err.Kind == ErrNoSAML && first.Kind != ErrNoSAML {
			first = s.Err
		}
	}
	if first == nil {
		return sources, nil
	}
	return nil, first
}

// siblings resolves bodies that lie beside an archive in its folder.
func siblings(dir string) attach {
	return func(name string, limit int) ([]byte, error) {
		if name != filepath.Base(name) || name == "." || name == ".." {
			return nil, fs.ErrInvalid
		}
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return io.ReadAll(io.LimitReader(f, int64(limit)))
	}
}

// open tells what the input is and reads it. depth counts archives within
// archives.
func open(name string, r io.Reader, beside attach, depth int) []Source {
	b := bufio.NewReaderSize(r, sniffed)
	head, err := b.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return []Source{{Name: name, Err: unreadable(name, err)}}
	}
	bad := func(e *Error) []Source { e.Source = name; return []Source{{Name: name, Err: e}} }
	switch {
	case len(bytes.Trim(head, " \t\r\n\xEF\xBB\xBF\xFE\xFF")) == 0 && len(head) < sniffed:
		what := "the input is empty"
		if len(head) > 0 {
			what = "the input holds nothing but white space"
		}
		return bad(fail(ErrEmpty, what, "export or copy the sign-in again"))
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}):
		if depth > 2 {
			return bad(fail(ErrTooLarge, "the file is compressed more than three times over", "unpack it first"))
		}
		z, err := gzip.NewReader(b)
		if err != nil {
			return bad(fail(ErrBroken, "the gzip file is broken: "+err.Error(), "compress it again"))
		}
		left := int64(maxUnpacked)
		return open(name, &bounded{r: z, left: &left}, beside, depth+1)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		if depth > 1 {
			return bad(fail(ErrTooLarge, "the archive lies within other archives", "unpack it first"))
		}
		return openZip(name, r, b, depth)
	}
	if isHAR(head) {
		return []Source{readHAR(name, b, beside)}
	}
	doc, err := io.ReadAll(io.LimitReader(b, maxFile+1))
	switch {
	case err != nil && !errors.Is(err, errTooLarge):
		e := fail(ErrBroken, "reading broke off: "+printable(err.Error(), 120), "save the file again")
		e.Err = err
		return bad(e)
	case len(doc) > maxFile:
		// Only a HAR is that large: its log may stand behind other keys.
		s := readHAR(name, io.MultiReader(bytes.NewReader(doc), b), beside)
		if s.Err != nil && s.Err.Kind != ErrNoSAML {
			s.Err = &Error{Kind: ErrTooLarge, Source: name, Offset: maxFile, Found: "the file is larger than 64 MB and no HAR", Next: "cut out the part with the SAMLResponse"}
		}
		return []Source{s}
	}
	return readDocument(name, doc, depth)
}

// errTooLarge tells that a compressed file grows beyond bounds.
var errTooLarge = errors.New("the file unpacks to more than 2 GB")

// A bounded reader ends with errTooLarge instead of growing on. The members
// of an archive share what is left.
type bounded struct {
	r    io.Reader
	left *int64
}

// Read reads what the bound allows.
func (b *bounded) Read(p []byte) (int, error) {
	if *b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.r.Read(p[:min(int64(len(p)), *b.left)])
	*b.left -= int64(n)
	return n, err
}

// isHAR reports whether the beginning of a file is a HAR's: an object with a
// key "log" whose value is an object.
func isHAR(head []byte) bool {
	b := bytes.TrimPrefix(head, []byte{0xEF, 0xBB, 0xBF})
	if t := bytes.TrimLeft(b, " \t\r\n"); len(t) > 0 && t[0] != '{' && t[0] != 0xFF && t[0] != 0xFE && t[0] != 0 {
		return false
	}
	log, err := har.Read(bytes.NewReader(head), func(int, *har.Entry) error { return nil })
	if err != nil {
		return false
	}
	for _, k := range log.Keys {
		if k == "log" {
			return log.Found || log.Creator != "" || log.Truncated()
		}
		if k == "requests" || k == "Records" || k == "Events" {
			return false
		}
	}
	return false
}

// openFolder reads the captures of a folder, by name. Files that are nothing
// known are told as notes of no consequence.
func openFolder(path string) ([]Source, error) {
	var out []Source
	seen := 0
	var skipped []string
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if strings.HasPrefix(d.Name(), ".") && p != path {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.IsDir() || !d.Type().IsRegular() {
			return nil
		}
		if seen++; seen > maxMembers {
			return filepath.SkipAll
		}
		f, err := os.Open(p)
		if err != nil {
			return nil
		}
		defer f.Close()
		for _, s := range open(p, f, siblings(filepath.Dir(p)), 0) {
			if s.Err != nil && s.Err.Kind != ErrNoSAML {
				skipped = append(skipped, filepath.Base(p))
				continue
			}
			out = append(out, s)
		}
		return nil
	})
	if err != nil {
		return nil, unreadable(path, err)
	}
	if len(out) == 0 {
		what := "the folder is empty"
		if seen > 0 {
			what = "the folder holds " + count(seen, "file") + " and no capture among them"
		}
		e := fail(ErrNoCapture, what, "name a HAR, or a folder with one")
		e.Source = path
		return nil, e
	}
	if len(skipped) > 0 {
		text := count(len(skipped), "file") + " of the folder are no captures: " + printable(strings.Join(skipped[:min(5, len(skipped))], ", "), 300)
		out[0].Notes = append(out[0].Notes, Note{Text: text, Offset: -1})
	}
	return settled(out)
}
