package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func read(t *testing.T, text string) (Settings, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return Read(path)
}

func TestAll(t *testing.T) {
	s, err := read(t, "theme = \"light\"\nmouse = true\nascii = false\nprofile = \"ro\"\nregion = \"eu-west-2\"\n\n[keys]\nquit = [\"Q\"]\nzoom = \"z\"\n")
	if err != nil {
		t.Fatal(err)
	}
	if !s.Found || *s.Theme != "light" || !*s.Mouse || *s.ASCII || *s.Profile != "ro" || *s.Region != "eu-west-2" || len(s.Unknown) > 0 {
		t.Errorf("%+v", s)
	}
	if s.Keys["quit"][0] != "Q" || s.Keys["zoom"][0] != "z" {
		t.Errorf("keys %v", s.Keys)
	}
}

func TestNoFileSetsNothing(t *testing.T) {
	for _, path := range []string{"", filepath.Join(t.TempDir(), "none.toml")} {
		s, err := Read(path)
		if err != nil || s.Found || s.Theme != nil || s.Keys != nil {
			t.Errorf("%q: %+v, %v", path, s, err)
		}
	}
}

func TestWhatIsNotKnownIsToldWithItsLine(t *testing.T) {
	s, err := read(t, "# mine\ntheme = \"dark\"\ncolour = \"red\"\n\n[keys]\nfly = \"f9\"\n\n[window]\nsize = 3\n")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(s.Unknown, "\n")
	for _, want := range []string{"line 3: colour", `line 6: no action is called "fly"`, "line 9: window.size"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not told:\n%s", want, all)
		}
	}
}

func TestWhatIsWrongIsToldWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"theme = \"dark\"\nmouse = \"yes\"\n":      "line 2",
		"theme = \n":                               "line 1",
		"\ntheme = \"pink\"\n":                     "line 2: there is no theme",
		"[keys]\nquit = 3\n":                       "line 2: the keys of quit",
		"[keys]\nquit = [\"q\"]\nzoom = [\"q\"]\n": "given to both",
	} {
		if _, err := read(t, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestPath(t *testing.T) {
	for _, x := range []struct {
		goos string
		env  map[string]string
		want string
	}{
		{"linux", map[string]string{"HOME": "/h"}, "/h/.config/samlens/config.toml"},
		{"linux", map[string]string{"HOME": "/h", "XDG_CONFIG_HOME": "/x"}, "/x/samlens/config.toml"},
		{"linux", map[string]string{"HOME": "/h", "XDG_CONFIG_HOME": "x"}, "/h/.config/samlens/config.toml"},
		{"darwin", map[string]string{"HOME": "/h"}, "/h/Library/Application Support/samlens/config.toml"},
		{"linux", nil, ""},
	} {
		if got := Path(x.goos, func(k string) string { return x.env[k] }); got != x.want {
			t.Errorf("%s %v: %q, want %q", x.goos, x.env, got, x.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("theme = \"light\"\n[keys]\nquit = [\"q\"]\n")
	f.Add("[[keys]]\nx.y = 1\n")
	f.Add("a.\"b=c\" = {d = 1}\n")
	f.Fuzz(func(t *testing.T, text string) {
		var s Settings
		_ = s.parse(text)
		for _, u := range s.Unknown {
			if !strings.HasPrefix(u, "line ") {
				t.Error(u)
			}
		}
	})
}
