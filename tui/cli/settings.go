package cli

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"example.com/samlens/diag/visible"
	"example.com/samlens/tui/settings"
	"example.com/samlens/tui/style"
)

// The environment's variables for what the configuration file sets.
const (
	envTheme   = "SAMLENS_THEME"
	envMouse   = "SAMLENS_MOUSE"
	envASCII   = "SAMLENS_ASCII"
	envProfile = "SAMLENS_PROFILE"
	envRegion  = "SAMLENS_REGION"
)

// configure settles what neither flag has: by the environment, else by the
// file. It notes where each setting comes from, for samlens info.
func (p *program) configure(c *cobra.Command) error {
	s, err := settings.Read(settings.Path(runtime.GOOS, p.Env))
	if err != nil {
		return err
	}
	p.settings, p.origin = s, map[string]string{}
	for _, u := range s.Unknown {
		fmt.Fprintln(p.Err, "samlens: "+visible.Line(s.Path+": "+u))
	}
	given := func(flag string) bool { f := c.Flags().Lookup(flag); return f != nil && f.Changed }

	p.text("theme", given("theme"), &p.opts.theme, envTheme, s.Theme)
	if !settings.Theme(p.opts.theme) {
		return fmt.Errorf("there is no theme %q (%s); there are %s", p.opts.theme, p.origin["theme"], strings.Join(style.Names(), ", "))
	}
	if err := p.yes("mouse", given("mouse"), &p.opts.mouse, envMouse, s.Mouse); err != nil {
		return err
	}
	if err := p.yes("ascii", given("ascii"), &p.opts.ascii, envASCII, s.ASCII); err != nil {
		return err
	}
	// AWS's own variables are stronger than the file, which is about samlens
	// alone and may have been written for another day.
	profile := s.Profile
	if p.Env("AWS_PROFILE") != "" {
		profile = nil
	}
	p.text("profile", given("profile"), &p.opts.profile, envProfile, profile)
	// A Region that is set for every day stands behind that of the sign-in:
	// only the flag is stronger.
	if given("region") {
		p.origin["region"] = "--region"
	} else {
		p.text("region", false, &p.opts.regionElse, envRegion, s.Region)
	}
	p.opts.ownKeys = s.Keys
	return nil
}

// text settles one setting, and where it comes from.
func (p *program) text(name string, given bool, to *string, env string, file *string) {
	switch v := p.Env(env); {
	case given:
		p.origin[name] = "--" + name
	case v != "":
		*to, p.origin[name] = v, env
	case file != nil:
		*to, p.origin[name] = *file, p.settings.Path
	}
}

// yes settles a switch.
func (p *program) yes(name string, given bool, to *bool, env string, file *bool) error {
	v := p.Env(env)
	switch {
	case given:
		p.origin[name] = "--" + name
	case v != "":
		on, err := strconv.ParseBool(v)
		if err != nil {
			return fmt.Errorf("%s is %q; it takes true or false", env, v)
		}
		*to, p.origin[name] = on, env
	case file != nil:
		*to, p.origin[name] = *file, p.settings.Path
	}
	return nil
}

// whence is where a setting comes from, or what stands for it.
func (p *program) whence(name, otherwise string) string {
	return first(p.origin[name], otherwise)
}
