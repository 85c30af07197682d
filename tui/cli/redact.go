package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samlens/diag/redact"
)

// maxPiped bounds what redact reads from standard input, in bytes: it goes
// over a file twice, and what is piped has to be kept meanwhile.
const maxPiped = 256 << 20

// redactCommand makes a copy that is safe to attach.
func (p *program) redactCommand() *cobra.Command {
	var to string
	var force bool
	c := &cobra.Command{
		Use:   "redact FILE|-",
		Short: "Make a copy of a capture that is safe to attach to a ticket",
		Long: `redact copies a capture (or a file of evidence) with everything taken out that could sign
somebody in or name somebody: cookies, tokens, passwords, foreign form fields, page
texts that are not AWS's, and the signature values of the SAML response. People,
accounts, tenants, domains and addresses get pseudonyms, the same one everywhere.

The copy keeps the structure, the times, the ARNs' shape, role and provider names and
the certificates with their fingerprints, and samlens judges it as it judges the
original, but for the signature: that cannot stay valid, and is reported as unchecked.
Names in the copy are not those in AWS: judge the original by --live or --users.

Of a zip, as browsers and Playwright write archives, the copy is a zip of the captures
in it; bodies that lie beside a capture as files are put into the copy, as far as a
diagnosis reads them.`,
		Example: `  samlens redact login.har > login.redacted.har
  samlens redact login.har -o login.redacted.har
  samlens redact login.har.zip -o login.redacted.har.zip`,
		Args: takes(1, 1, "one file"),
		RunE: func(_ *cobra.Command, args []string) error { return p.redact(args[0], to, force) },
	}
	c.Flags().StringVarP(&to, "output", "o", "", "write to this `FILE` instead of standard output")
	c.Flags().BoolVar(&force, "force", false, "write over a file that is there")
	return c
}

func (p *program) redact(from, to string, force bool) error {
	open := func() (io.ReadCloser, error) { return os.Open(from) }
	var beside redact.Attachments
	if from == "-" {
		b, err := io.ReadAll(io.LimitReader(p.In, maxPiped+1))
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		if len(b) > maxPiped {
			return fmt.Errorf("standard input has more than %d MB; give the file by its name", maxPiped>>20)
		}
		open = func() (io.ReadCloser, error) { return held{bytes.NewReader(b)}, nil }
	} else if i, err := os.Stat(from); err != nil {
		return fmt.Errorf("redact: %w", err)
	} else if i.IsDir() {
		return fmt.Errorf("%s is a folder; redact takes one file at a time", from)
	} else if folder, err := os.OpenRoot(filepath.Dir(from)); err == nil {
		defer func() { _ = folder.Close() }() // nothing was written to it
		beside = lying(folder)
	}
	if (to == "" || to == "-") && p.Terminal && strings.EqualFold(filepath.Ext(from), ".zip") {
		return fmt.Errorf("the copy of %s is a zip too, which is nothing for a terminal; name a file for it with --output", from)
	}
	w, done, err := p.target(to, force)
	if err != nil {
		return err
	}
	names := redact.NewNames()
	err = names.Copy(w, open, beside)
	if cut, ok := errors.AsType[*redact.CutError](err); ok {
		fmt.Fprintln(p.Err, "samlens: "+from+": "+cut.Error())
		err = nil
	}
	if err = done(err); err != nil {
		return fmt.Errorf("redact %s: %w", from, err)
	}
	if counts := names.Counts(); counts != "" {
		fmt.Fprintln(p.Err, "samlens: pseudonyms for "+counts)
	}
	fmt.Fprintln(p.Err, "samlens: certificates, role and provider names are as they were; the signature cannot be judged any more. Look the copy over before you send it.")
	return nil
}

// held is what was piped.
type held struct{ *bytes.Reader }

// Close does nothing.
func (held) Close() error { return nil }

// lying finds bodies that lie beside an unpacked archive in its folder.
func lying(folder *os.Root) redact.Attachments {
	return func(name string, limit int) ([]byte, error) {
		if name != filepath.Base(name) {
			return nil, fs.ErrInvalid
		}
		f, err := folder.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if i, err := f.Stat(); err != nil || !i.Mode().IsRegular() {
			return nil, errors.Join(err, fs.ErrInvalid)
		}
		return io.ReadAll(io.LimitReader(f, int64(limit)))
	}
}

// target is where the copy goes, and what ends it. A file gets its name only
// when it is whole, and never over another without --force.
func (p *program) target(to string, force bool) (io.Writer, func(error) error, error) {
	if to == "" || to == "-" {
		return p.Out, func(err error) error { return err }, nil
	}
	if _, err := os.Lstat(to); err == nil && !force {
		return nil, nil, fmt.Errorf("%s is there already; --force writes over it", to)
	}
	f, err := os.CreateTemp(filepath.Dir(to), ".samlens-*")
	if err != nil {
		return nil, nil, fmt.Errorf("write the copy: %w", err)
	}
	return f, func(err error) error {
		if err = errors.Join(err, f.Close()); err == nil {
			err = os.Rename(f.Name(), to)
		}
		if err != nil {
			return errors.Join(err, os.Remove(f.Name()))
		}
		return nil
	}, nil
}
