package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"example.com/samlens/tui/style"
	"example.com/samlens/tui/terminal"
)

// framesPerSecond is Bubble Tea's most. It draws by a clock that begins with
// the program, so that its usual 60 are 17 ms before the first frame, and up to
// as many after every key. What the faster clock takes while nothing happens is
// 4 ms more of a processor's second.
const framesPerSecond = 120

// Run shows the investigator until the person quits or ctx ends. Whatever was
// asked of AWS is ended by then.
func Run(ctx context.Context, o Options) error {
	if o.Env == nil {
		o.Env = os.Getenv
	}
	if o.Output == nil {
		o.Output = os.Stdout
	}
	if o.Input == nil {
		o.Input = os.Stdin
	}
	if o.Clipboard.Out == nil {
		o.Clipboard = terminal.Desktop(o.Output, o.Env)
	}
	if o.Theme == nil {
		o.Theme = ThemeOn(o.ThemeName, o.Env, o.Input, o.Output)
	}
	m, err := New(ctx, o)
	if err != nil {
		return err
	}
	defer m.end()
	opts := []tea.ProgramOption{tea.WithContext(ctx), terminal.Keyboard(o.Input), tea.WithOutput(o.Output), tea.WithAltScreen(), tea.WithFPS(framesPerSecond)}
	if o.Mouse {
		opts = append(opts, tea.WithMouseCellMotion())
	}
	if _, err := tea.NewProgram(m, opts...).Run(); err != nil && !errors.Is(err, tea.ErrInterrupted) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("the terminal: %w", err)
	}
	return nil
}

// ThemeOn returns the look for the terminal at hand. Where neither the name nor
// the environment tells whether its paper is light, the terminal is asked.
func ThemeOn(name string, env func(string) string, input io.Reader, output io.Writer) *style.Theme {
	if (name == "" || name == "auto") && terminal.Background(env) == "" && terminal.Profile(env) != termenv.Ascii {
		in, _ := input.(*os.File)
		out, _ := output.(*os.File)
		name = terminal.AskBackground(in, out)
	}
	return Theme(name, env)
}

// Theme returns the look for a terminal: a palette by name, or, for "auto"
// and "", the one that its environment tells of.
func Theme(name string, env func(string) string) *style.Theme {
	if name == "" || name == "auto" {
		name = terminal.Background(env)
		if terminal.Profile(env) == termenv.ANSI {
			name = "terminal" // with sixteen colours, those that its owner chose
		}
	}
	return style.For(style.Options{Name: name, Profile: terminal.Profile(env), ASCII: !terminal.UTF8(env)})
}
