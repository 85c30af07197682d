package redact

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// Bounds of an archive.
const (
	// maxMembers is how many files it may have.
	maxMembers = 2000
	// maxUnpacked is what it may grow to, in bytes, each time it is gone
	// through.
	maxUnpacked = 2 << 30
	// maxHeld is how large it may be, in bytes, where it is read from a stream.
	maxHeld = 256 << 20
)

// zip writes a redacted copy of an archive's captures, as an archive that has
// them at the same places. Names are learnt from all of them first: somebody
// has the same pseudonym in each.
func (n *Names) zip(w io.Writer, open Opener) error {
	c, err := open()
	if err != nil {
		return err
	}
	defer c.Close()
	z, err := unzip(c)
	if err != nil {
		return err
	}
	if len(z.File) > maxMembers {
		return fmt.Errorf("the archive has %d files, and no more than %d are looked at: pack those that matter", len(z.File), maxMembers)
	}
	left := int64(maxUnpacked)
	n.beside = within(z, &left)
	var parts []part
	for _, f := range captures(z) {
		p := part{f, opener(f, &left), 0}
		if p.kind, err = n.learnFrom(p.open); err == nil && p.kind != archived {
			parts = append(parts, p)
		}
	}
	if left <= 0 {
		return errUnpacked
	}
	left = maxUnpacked
	out := zip.NewWriter(w)
	copied, cut, err := n.parts(out, parts)
	switch {
	case left <= 0:
		return errUnpacked
	case err != nil:
		return err
	case copied == 0:
		return fmt.Errorf("the archive has %d files, and no capture among them", len(z.File))
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	return cut
}

var errUnpacked = fmt.Errorf("it unpacks to more than %d MB", maxUnpacked>>20)

// A part is a capture in an archive.
type part struct {
	*zip.File
	open Opener
	kind byte
}

// parts copies the captures. cut tells that one of them breaks off.
func (n *Names) parts(out *zip.Writer, parts []part) (copied int, cut, err error) {
	used := map[string]bool{}
	for _, p := range parts {
		var text bytes.Buffer
		large := p.kind == '{' || p.kind == '[' // any size: written as it is read
		if !large && n.write(&text, p.open, p.kind) != nil {
			continue // a picture, a program
		}
		f, err := out.CreateHeader(&zip.FileHeader{Name: n.place(p.Name, used), Method: zip.Deflate, Modified: p.Modified})
		if err != nil {
			return copied, cut, fmt.Errorf("write the copy: %w", err)
		}
		if large {
			err = n.write(f, p.open, p.kind)
		} else {
			_, err = f.Write(text.Bytes())
		}
		if broken, ok := errors.AsType[*CutError](err); ok {
			cut, err = broken, nil
		}
		if err != nil {
			return copied, cut, err
		}
		copied++
	}
	return copied, cut, nil
}

// place is where a capture is in the copy: where it was, but for names of
// people. The copy is not compressed once more within.
func (n *Names) place(name string, used map[string]bool) string {
	name = n.text(strings.TrimSuffix(name, ".gz"))
	if !fs.ValidPath(name) {
		name = path.Base(path.Clean("/" + strings.ReplaceAll(name, "\\", "/")))
	}
	free := name
	for i := 2; used[free]; i++ {
		free = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, path.Ext(name)), i, path.Ext(name))
	}
	used[free] = true
	return free
}

// captures are the files of an archive that are captures by their names: the
// HARs, beside which everything else is their bodies, else all.
func captures(z *zip.Reader) []*zip.File {
	hars, all := []*zip.File{}, []*zip.File{}
	for _, f := range z.File {
		if f.FileInfo().IsDir() || strings.HasPrefix(path.Base(f.Name), ".") || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		all = append(all, f)
		if low := strings.ToLower(f.Name); strings.HasSuffix(low, ".har") || strings.HasSuffix(low, ".har.gz") {
			hars = append(hars, f)
		}
	}
	if len(hars) > 0 {
		return hars
	}
	return all
}

// opener reads a file of an archive as long as anything is left.
func opener(f *zip.File, left *int64) Opener {
	return func() (io.ReadCloser, error) {
		c, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("unpack the archive: %w", err)
		}
		return &bounded{c, left}, nil
	}
}

type bounded struct {
	io.ReadCloser
	left *int64
}

// Read reads what is left.
func (b *bounded) Read(p []byte) (int, error) {
	if *b.left <= 0 {
		return 0, errUnpacked
	}
	m, err := b.ReadCloser.Read(p[:min(int64(len(p)), *b.left)])
	*b.left -= int64(m)
	return m, err
}

// within finds bodies in the archive itself.
func within(z *zip.Reader, left *int64) Attachments {
	files := map[string]*zip.File{}
	for _, f := range slices.Backward(z.File) { // of several, the first is meant
		files[path.Base(f.Name)] = f
	}
	for _, f := range slices.Backward(z.File) {
		files[f.Name] = f
	}
	return func(name string, limit int) ([]byte, error) {
		f, ok := files[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		c, err := opener(f, left)()
		if err != nil {
			return nil, err
		}
		defer c.Close()
		return io.ReadAll(io.LimitReader(c, int64(limit)))
	}
}

// unzip reads the archive's list of files.
func unzip(c io.Reader) (*zip.Reader, error) {
	at, size := io.ReaderAt(nil), int64(0)
	switch f := c.(type) {
	case *os.File:
		i, err := f.Stat()
		if err != nil {
			return nil, fmt.Errorf("read the archive: %w", err)
		}
		if i.Mode().IsRegular() {
			at, size = f, i.Size()
		}
	case interface {
		io.ReaderAt
		Size() int64
	}:
		at, size = f, f.Size()
	}
	if at == nil {
		b, err := io.ReadAll(io.LimitReader(c, maxHeld+1))
		if err != nil {
			return nil, fmt.Errorf("read the archive: %w", err)
		}
		if len(b) > maxHeld {
			return nil, fmt.Errorf("the archive has more than %d MB; give the file by its name", maxHeld>>20)
		}
		at, size = bytes.NewReader(b), int64(len(b))
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, fmt.Errorf("the archive is broken: %w", err)
	}
	return z, nil
}
