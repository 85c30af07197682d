// Package settings reads the configuration file: how the screen looks, which
// keys do what, and whom to ask AWS as.
//
// It is TOML, at $XDG_CONFIG_HOME/samlens/config.toml where that is set, else
// where the system keeps such files. A flag is stronger than the environment,
// and that than the file. What the file says of AWS stands behind AWS's own
// environment variables, and its Region behind the sign-in's. There is never
// a secret in it.
//
//	theme   = "light"
//	mouse   = true
//	ascii   = false
//	profile = "readonly"
//	region  = "eu-central-1"
//
//	[keys]
//	quit = ["q", "Q"]
//	copy = "c"
package settings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"example.com/samlens/tui/keys"
	"example.com/samlens/tui/style"
)

// maxBytes bounds the file.
const maxBytes = 1 << 20

// Settings are what a file sets. What it does not set is nil.
type Settings struct {
	// Path is the file's, "" where none is known; Found tells that it is
	// there.
	Path  string
	Found bool

	Theme           *string
	Mouse, ASCII    *bool
	Profile, Region *string
	// Keys are the person's own keys, by action.
	Keys map[string][]string

	// Unknown says, one sentence each with its line, what the file sets that
	// is not known.
	Unknown []string
}

// Path is where the file is looked for on an operating system, as runtime.GOOS
// names it. It is "" where the environment does not tell.
func Path(goos string, env func(string) string) string {
	dir := env("XDG_CONFIG_HOME")
	if !filepath.IsAbs(dir) {
		dir = "" // the specification wants relative ones ignored
	}
	home := env("HOME")
	switch {
	case dir != "":
	case goos == "windows":
		dir = env("APPDATA")
	case home == "":
	case goos == "darwin":
		dir = filepath.Join(home, "Library", "Application Support")
	default:
		dir = filepath.Join(home, ".config")
	}
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "samlens", "config.toml")
}

// Read reads the file. One that is not there sets nothing; the error of any
// other names it, the line and what is wrong.
func Read(path string) (Settings, error) {
	s := Settings{Path: path}
	if path == "" {
		return s, nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read the configuration: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	switch {
	case err != nil:
		return s, fmt.Errorf("read the configuration: %w", err)
	case len(b) > maxBytes:
		return s, fmt.Errorf("%s: it is larger than %d KB", path, maxBytes>>10)
	}
	s.Found = true
	if err := s.parse(string(b)); err != nil {
		return s, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// form is the file's.
type form struct {
	Theme   *string        `toml:"theme"`
	Mouse   *bool          `toml:"mouse"`
	ASCII   *bool          `toml:"ascii"`
	Profile *string        `toml:"profile"`
	Region  *string        `toml:"region"`
	Keys    map[string]any `toml:"keys"`
}

func (s *Settings) parse(text string) error {
	var in form
	meta, err := toml.Decode(text, &in)
	if err != nil {
		if p, ok := errors.AsType[toml.ParseError](err); ok {
			return fmt.Errorf("line %d: %s", p.Position.Line, p.Message)
		}
		return fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "toml: "))
	}
	for _, k := range meta.Undecoded() {
		if len(k) > 1 && k[0] == "keys" {
			continue // told below
		}
		s.Unknown = append(s.Unknown, fmt.Sprintf("line %d: %s is no setting; there are theme, mouse, ascii, profile, region and [keys]", line(text, k), k))
	}
	s.Theme, s.Mouse, s.ASCII, s.Profile, s.Region = in.Theme, in.Mouse, in.ASCII, in.Profile, in.Region
	if in.Theme != nil && !Theme(*in.Theme) {
		return fmt.Errorf("line %d: there is no theme %q; there are %s", line(text, toml.Key{"theme"}), *in.Theme, strings.Join(style.Names(), ", "))
	}
	return s.keys(in.Keys, text)
}

// Theme reports whether there is such a theme; "" and "auto" leave it to the
// terminal.
func Theme(name string) bool {
	return name == "" || name == "auto" || slices.Contains(style.Names(), name)
}

// keys reads the table of keys: an action's name and one key, or a list.
func (s *Settings) keys(in map[string]any, text string) error {
	actions := map[string]bool{}
	for _, b := range keys.Table() {
		actions[string(b.Action)] = true
	}
	names := make([]string, 0, len(in))
	for name := range in {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		at := line(text, toml.Key{"keys", name})
		if !actions[name] {
			s.Unknown = append(s.Unknown, fmt.Sprintf("line %d: no action is called %q; the command palette (:) lists them", at, name))
			continue
		}
		own, ok := list(in[name])
		if !ok {
			return fmt.Errorf("line %d: the keys of %s are a string or a list of strings", at, name)
		}
		if s.Keys == nil {
			s.Keys = map[string][]string{}
		}
		s.Keys[name] = own
	}
	if _, err := keys.NewMap(s.Keys); err != nil {
		return err
	}
	return nil
}

func list(v any) ([]string, bool) {
	switch v := v.(type) {
	case string:
		return []string{v}, v != ""
	case []any:
		var out []string
		for _, x := range v {
			k, ok := x.(string)
			if !ok || k == "" {
				return nil, false
			}
			out = append(out, k)
		}
		return out, true
	}
	return nil, false
}

// line is the line, from 1, on which a key is set: the parser knows it of
// what is wrong and not of what is not known. It is the table's where the key
// itself is written in another way.
func line(text string, key toml.Key) int {
	table, at := "", 1
	for i, l := range strings.Split(text, "\n") {
		l = strings.TrimSpace(l)
		if strings.HasPrefix(l, "[") {
			table = strings.Trim(l, "[] \t\r")
			if table == key.String() || len(key) > 1 && table == key[:len(key)-1].String() {
				at = i + 1
			}
			continue
		}
		name, _, ok := strings.Cut(l, "=")
		if !ok || strings.HasPrefix(l, "#") {
			continue
		}
		full := strings.Trim(strings.TrimSpace(name), `"'`)
		if table != "" {
			full = table + "." + full
		}
		if strings.ReplaceAll(full, `"`, "") == strings.Join(key, ".") {
			return i + 1
		}
	}
	return at
}
