package capture

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"path"
	"strings"
)

// openZip reads the captures of a zip archive. An archive that Playwright
// wrote has one HAR and the bodies as files beside it.
func openZip(name string, r io.Reader, b io.Reader, depth int) []Source {
	bad := func(e *Error) []Source { e.Source = name; return []Source{{Name: name, Err: e}} }
	at, size, err := random(r, b)
	if err != nil {
		e := fail(ErrTooLarge, "the zip cannot be read from a stream: "+err.Error(), "save it to a file and name that")
		e.Err = err
		return bad(e)
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		e := fail(ErrBroken, "the zip archive is broken: "+err.Error(), "make it again")
		e.Err = err
		return bad(e)
	}
	beside := members(z)
	var out []Source
	var hars bool
	for _, f := range z.File {
		hars = hars || strings.HasSuffix(strings.ToLower(f.Name), ".har")
	}
	seen, left := 0, int64(maxUnpacked)
	for _, f := range z.File {
		base := path.Base(f.Name)
		if f.FileInfo().IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		if seen++; seen > maxMembers {
			break
		}
		// Beside a HAR, pages and scripts are its bodies.
		if low := strings.ToLower(f.Name); hars && !strings.HasSuffix(low, ".har") && !strings.HasSuffix(low, ".har.gz") {
			continue
		}
		m, err := f.Open()
		if err != nil {
			continue
		}
		for _, s := range open(name+"/"+f.Name, &bounded{r: m, left: &left}, beside, depth+1) {
			if s.Err == nil || s.Err.Kind == ErrNoSAML || len(z.File) == 1 {
				out = append(out, s)
			}
		}
		m.Close()
	}
	if len(out) == 0 {
		return bad(fail(ErrNoCapture, "the zip archive holds "+count(seen, "file")+" and no capture among them", "name a HAR, or an archive with one"))
	}
	return out
}

// random gives a reader of the whole archive that can be read anywhere: the
// file itself, else what a stream held in memory.
func random(r io.Reader, b io.Reader) (io.ReaderAt, int64, error) {
	type file interface {
		io.ReaderAt
		Stat() (fs.FileInfo, error)
	}
	if f, ok := r.(file); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return f, info.Size(), nil
		}
	}
	if br, ok := r.(*bytes.Reader); ok {
		return br, br.Size(), nil
	}
	all, err := io.ReadAll(io.LimitReader(b, maxFile+1))
	if err != nil {
		return nil, 0, err
	}
	if len(all) > maxFile {
		return nil, 0, errStreamTooLarge
	}
	return bytes.NewReader(all), int64(len(all)), nil
}

type constError string

// Error returns the text.
func (e constError) Error() string { return string(e) }

const errStreamTooLarge = constError("it is larger than 64 MB")

// members resolves the names of bodies in the archive.
func members(z *zip.Reader) attach {
	return func(name string, limit int) ([]byte, error) {
		for _, f := range z.File {
			if f.Name == name || path.Base(f.Name) == name {
				r, err := f.Open()
				if err != nil {
					return nil, err
				}
				defer r.Close()
				return io.ReadAll(io.LimitReader(r, int64(limit)))
			}
		}
		return nil, fs.ErrNotExist
	}
}
