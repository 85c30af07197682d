package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/casefile"
	"example.com/samlens/diag/evidence"
)

// withSave adds the flags with which an investigation is saved.
func (p *program) withSave(c *cobra.Command) {
	fs := c.Flags()
	fs.StringVar(&p.opts.save, "save", "", "save the capture and all that AWS said as a case `FILE`")
	fs.BoolVar(&p.opts.noRedact, "no-redact", false, "keep the SAML response in the saved case as it was sent")
	fs.BoolVar(&p.opts.force, "force", false, "overwrite the file that --save names")
}

// maySave says before any work is done that the case could not be saved.
func (p *program) maySave() error {
	if p.opts.save == "" {
		return nil
	}
	switch info, err := os.Stat(p.opts.save); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("save the case: %w", err)
	case info.IsDir():
		return fmt.Errorf("save the case: %s is a folder", p.opts.save)
	case !p.opts.force:
		return fmt.Errorf("%s exists already; --force overwrites it", p.opts.save)
	}
	return nil
}

// saveCase writes the investigation where --save says. The file appears whole
// or not at all, and is its owner's alone.
func (p *program) saveCase(ds []diag.Diagnosis) (err error) {
	if p.opts.save == "" || len(ds) == 0 {
		return nil
	}
	f := casefile.File{Version: Version, SavedAt: p.Now(), Redacted: !p.opts.noRedact}
	for _, d := range ds {
		f.Cases = append(f.Cases, d.Case)
	}
	t, err := os.CreateTemp(filepath.Dir(p.opts.save), ".samlens-*")
	if err != nil {
		return fmt.Errorf("save the case: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(t.Name())
		}
	}()
	if err := errors.Join(casefile.Write(t, f), t.Close()); err != nil {
		return fmt.Errorf("save the case: %w", err)
	}
	if p.opts.force {
		err = os.Rename(t.Name(), p.opts.save)
	} else if err = os.Link(t.Name(), p.opts.save); err == nil {
		err = os.Remove(t.Name())
	} else if !errors.Is(err, fs.ErrExist) {
		// A file system without links.
		err = os.Rename(t.Name(), p.opts.save)
	}
	if err != nil {
		return fmt.Errorf("save the case: %w", err)
	}
	p.note("saved", "sign_ins", len(ds), "redacted", !p.opts.noRedact)
	what := "redacted: nothing in it can sign anyone in, but it names people and accounts"
	if p.opts.noRedact {
		what = "with the SAML response as it was sent: keep it to yourself while that can be redeemed"
	}
	fmt.Fprintf(p.Err, "samlens: saved %s (%s)\n", p.opts.save, what)
	return nil
}

// saved diagnoses the sign-ins of a case file.
func (in *input) saved(s capture.Source, o diag.Options) error {
	f, err := casefile.Read(s.Document)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	for _, c := range f.Cases {
		c.Source = s.Name + "/" + filepath.Base(c.Source)
		c.Now, c.Asked = o.Now, also(c.Asked, o.Asked)
		if !o.AsOf.IsZero() {
			c.AsOf = diag.AsOf(c, o.AsOf)
		}
		if o.Evidence != nil {
			c = c.With(o.Evidence(c))
		}
		in.diagnoses = append(in.diagnoses, diag.Diagnose(c))
	}
	return nil
}

// also lays what is asked now over what was asked when a case was saved.
func also(then, now evidence.Asked) evidence.Asked {
	for _, x := range []struct{ old, new *string }{{&then.Role, &now.Role}, {&then.InstanceID, &now.InstanceID}, {&then.Region, &now.Region}} {
		if *x.new != "" {
			*x.old = *x.new
		}
	}
	then.Connect = then.Connect || now.Connect
	then.Live, then.Offline = then.Live || now.Live, now.Offline
	return then
}
