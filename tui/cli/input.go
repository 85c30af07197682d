package cli

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"example.com/samlens/awsx/folder"
	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/report"
	"example.com/samlens/diag/visible"
)

// input is what the files on the command line came to.
type input struct {
	diagnoses []diag.Diagnosis
	documents []report.Document
	other     []report.Post
	problems  []report.Problem
	lookups   []report.Problem // lookups that failed
	beside    map[int]report.Beside
	evidence  folder.Evidence
	how       diag.Options // all of it was judged by
}

// last returns the last sign-in of each source: the one its sender speaks of.
func (in input) last() []diag.Diagnosis {
	var out []diag.Diagnosis
	for i, d := range in.diagnoses {
		if in.isLast(i) {
			out = append(out, d)
		}
	}
	return out
}

func (in input) isLast(i int) bool {
	return i == len(in.diagnoses)-1 || in.diagnoses[i+1].Case.Source != in.diagnoses[i].Case.Source
}

// read reads captures and the evidence beside them.
func (p *program) read(paths []string) (input, error) {
	var in input
	asOf, err := p.opts.when()
	if err != nil {
		return in, err
	}
	keys, err := privateKeys(p.opts.keys)
	if err != nil {
		return in, err
	}
	var files []folder.File
	for _, g := range p.opts.evidence {
		fs, bad := folder.Open(folder.Flag("--"+g.flag), g.path)
		files = append(files, fs...)
		in.note(bad)
	}
	ev, bad := folder.Read(files)
	in.note(bad)
	in.evidence = ev
	o := diag.Options{Now: p.Now(), AsOf: asOf, Asked: p.asked(), Keys: keys, Evidence: ev.For}
	in.how = o
	for _, path := range paths {
		in.take(p.source(path))(o)
	}
	p.overruled(in)
	p.pseudonymous(in)
	return in, nil
}

// overruled warns where --as-of sets aside the time that a capture tells.
func (p *program) overruled(in input) {
	for _, d := range in.last() {
		if at := d.Case.AsOf.Disagrees; !at.IsZero() {
			fmt.Fprintf(p.Err, "samlens: %s was captured at %s; --as-of judges it as of %s all the same\n",
				visible.Line(d.Case.Source), at.UTC().Format(time.RFC3339), d.Case.AsOf.At.UTC().Format(time.RFC3339))
		}
	}
}

// pseudonymous warns where evidence is given beside a redacted copy: the names
// in the copy are made up, so that nothing real matches them.
func (p *program) pseudonymous(in input) {
	if len(p.opts.evidence) == 0 {
		return
	}
	for _, d := range in.last() {
		for _, s := range d.Case.Response.Value.Signatures {
			if strings.Contains(s.Method, capture.Marker) {
				fmt.Fprintf(p.Err, "samlens: %s is a redacted copy: its names are pseudonyms, and real evidence does not match them\n", visible.Line(d.Case.Source))
				break
			}
		}
	}
}

// asked is what the command line chose.
func (p *program) asked() evidence.Asked {
	a := evidence.Asked{Role: p.opts.role, InstanceID: p.opts.instance, Region: p.opts.region, Live: p.opts.live, Offline: p.opts.offline, Connect: p.opts.instance != ""}
	for _, g := range p.opts.evidence {
		a.Connect = a.Connect || g.flag == "instance" || g.flag == "users"
	}
	return a
}

// source reads one path.
func (p *program) source(path string) ([]capture.Source, error) {
	if path == "-" {
		return capture.Open("-", p.In)
	}
	return capture.OpenPath(path)
}

// take returns what diagnoses the sources once it is known how.
func (in *input) take(sources []capture.Source, err error) func(diag.Options) {
	return func(o diag.Options) {
		if err != nil {
			in.unusable(err, o)
		}
		for _, s := range sources {
			in.source(s, o)
		}
	}
}

func (in *input) source(s capture.Source, o diag.Options) {
	if s.Err != nil {
		in.unusable(s.Err, o)
		return
	}
	if s.Kind == capture.KindCase {
		if err := in.saved(s, o); err != nil {
			in.problem(err)
		}
		return
	}
	if s.Kind.IsDocument() {
		d, err := diag.Document(s, o)
		if err != nil {
			in.problem(err)
			return
		}
		in.documents = append(in.documents, report.Document{Source: s.Name, Kind: string(s.Kind), Findings: d})
		return
	}
	for _, c := range diag.Cases(s, o) {
		in.diagnoses = append(in.diagnoses, diag.Diagnose(c))
	}
	for _, post := range s.Other {
		in.other = append(in.other, report.Post{Source: s.Name, Post: post})
	}
}

// unusable takes note of a source without a sign-in. One that shows Connect
// being opened without the IdP tells a story of its own.
func (in *input) unusable(err error, o diag.Options) {
	if c, ok := diag.Nothing(err, o); ok && c.Capture.Value.Direct != nil {
		in.diagnoses = append(in.diagnoses, diag.Diagnose(c))
		return
	}
	in.problem(err)
}

// problem takes note of an input that could not be used.
func (in *input) problem(err error) {
	p := report.Problem{Kind: "unusable", Message: err.Error(), Offset: -1}
	if c, ok := errors.AsType[*capture.Error](err); ok {
		p.Source, p.Kind, p.Offset = c.Source, string(c.Kind), int(c.Offset)
	}
	in.problems = append(in.problems, p)
}

func (in *input) note(bad []folder.Problem) {
	for _, b := range bad {
		if !b.Note {
			in.problems = append(in.problems, report.Problem{Source: b.Source, Kind: b.Kind, Message: b.Error(), Offset: b.Offset})
		}
	}
}

const maxKey = 1 << 20 // bytes; a PEM file of a private key has a few thousand

// privateKeys reads the keys for encrypted assertions. Nothing of a key is
// ever part of an error.
func privateKeys(paths []string) ([]any, error) {
	var out []any
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("read the private key: %w", err)
		}
		b, err := io.ReadAll(io.LimitReader(f, maxKey))
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("read the private key: %w", err)
		}
		key, err := privateKey(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, key)
	}
	return out, nil
}

func privateKey(b []byte) (*rsa.PrivateKey, error) {
	for block, rest := pem.Decode(bytes.TrimSpace(b)); block != nil; block, rest = pem.Decode(rest) {
		if x509.IsEncryptedPEMBlock(block) || block.Type == "ENCRYPTED PRIVATE KEY" { //nolint:staticcheck // told apart only to say so
			return nil, errors.New("the private key is protected by a passphrase; give it without one (openssl rsa -in KEY)")
		}
		if k, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
			return k, nil
		}
		k, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			continue
		}
		if r, ok := k.(*rsa.PrivateKey); ok {
			return r, nil
		}
		return nil, errors.New("the private key is no RSA key, and only those open an assertion")
	}
	return nil, errors.New("it holds no private key in PEM form")
}
