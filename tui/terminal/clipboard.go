// Package terminal is what the program asks of the terminal beside drawing:
// the clipboard, and how many colours there are.
package terminal

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/atotto/clipboard"
	"github.com/aymanbagabas/go-osc52/v2"

	_ "example.com/samlens/tui/terminal/quiet" // before Bubble Tea's init
)

// Most is how many bytes OSC 52 is used for: what xterm takes at most, and
// many terminals after it. Beyond that they drop the text without a word.
const Most = 74994

// ErrLarge tells that a text is over [Most] and no other clipboard took it.
var ErrLarge = errors.New("over what terminals take")

// A Clipboard copies text to where the person sits, which over ssh is another
// machine: by an OSC 52 sequence to the terminal, and to the desktop's own
// clipboard where there is one.
type Clipboard struct {
	// Out is the terminal.
	Out io.Writer
	// Env reads the environment.
	Env func(string) string
	// Write and Read reach the desktop's clipboard; nil where it is not
	// wanted.
	Write func(string) error
	Read  func() (string, error)
}

// Desktop returns the clipboard of a program on a terminal.
func Desktop(out io.Writer, env func(string) string) Clipboard {
	c := Clipboard{Out: out, Env: env}
	// Over ssh the desktop's clipboard is the wrong machine's.
	if !clipboard.Unsupported && env("SSH_CONNECTION") == "" && env("SSH_TTY") == "" {
		c.Write, c.Read = clipboard.WriteAll, clipboard.ReadAll
	}
	return c
}

// Copy copies text and tells by what: "OSC 52", "clipboard" or both. Whether
// a terminal obeyed OSC 52 cannot be known.
func (c Clipboard) Copy(text string) (by string, err error) {
	var ways []string
	if c.Write != nil && c.Write(text) == nil {
		ways = append(ways, "clipboard")
	}
	switch {
	case len(text) > Most:
		err = ErrLarge
	case c.Out == nil:
		err = errors.New("there is no terminal")
	default:
		if _, err = io.WriteString(c.Out, c.sequence(text)); err != nil {
			err = fmt.Errorf("writing to the terminal: %w", err)
		} else {
			ways = append(ways, "OSC 52")
		}
	}
	if len(ways) > 0 {
		return strings.Join(ways, ", "), nil
	}
	return "", err
}

// sequence is the OSC 52 sequence in the wrapping that the multiplexer wants.
// tmux takes it plain where set-clipboard is on, and hands the wrapped one on
// where allow-passthrough is: either may be off, so it gets both.
func (c Clipboard) sequence(text string) string {
	s := osc52.New(text)
	switch {
	case c.Env == nil:
	case c.Env("TMUX") != "":
		return s.String() + s.Tmux().String()
	case c.Env("STY") != "" || strings.HasPrefix(c.Env("TERM"), "screen"):
		return s.Screen().String()
	}
	return s.String()
}

// Paste returns what is on the desktop's clipboard.
func (c Clipboard) Paste() (string, error) {
	if c.Read == nil {
		return "", errors.New("this terminal's clipboard cannot be read: paste with the terminal's own key")
	}
	s, err := c.Read()
	if err != nil {
		return "", fmt.Errorf("reading the clipboard: %w", err)
	}
	return s, nil
}
