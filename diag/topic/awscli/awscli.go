// Package awscli knows how the AWS CLI spells the calls that samlens's words
// contain, so that no command is printed that the CLI refuses: not an option
// with one long dash, not one with an underscore, none that is required left
// out.
//
// It runs nothing. The table beside it lists the operations; a test compares
// it with an installed AWS CLI.
package awscli

import (
	_ "embed" // the table
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed operations.txt
var operations string

// An operation is one line of the table: service, operation, options. An
// option ends in ! where it is required and in ? where it takes no value.
type operation struct {
	options  map[string]bool // whether it takes a value
	required []string
}

var table = sync.OnceValue(func() map[string]operation {
	out := map[string]operation{}
	for line := range strings.Lines(operations) {
		f := strings.Fields(line)
		op := operation{options: map[string]bool{}}
		for _, o := range f[2:] {
			name := strings.TrimRight(o, "!?")
			op.options[name] = !strings.HasSuffix(o, "?")
			if strings.Contains(o, "!") {
				op.required = append(op.required, name)
			}
		}
		out[f[0]+" "+f[1]] = op
	}
	return out
})

// global are the options that every operation takes, with whether they take
// a value.
var global = map[string]bool{
	"region": true, "profile": true, "output": true, "query": true, "endpoint-url": true, "color": true, "ca-bundle": true,
	"cli-input-json": true, "cli-connect-timeout": true, "cli-read-timeout": true,
	"no-paginate": false, "no-verify-ssl": false, "no-sign-request": false, "debug": false,
}

var optionName = regexp.MustCompile(`^--[a-z0-9]+(-[a-z0-9]+)*$`)

// Check reports what the AWS CLI would refuse in a command; nil for nothing.
// The command begins with "aws".
func Check(argv []string) error {
	if len(argv) < 3 || argv[0] != "aws" {
		return fmt.Errorf("%q is no call of the AWS CLI: want aws, a service and an operation", strings.Join(argv, " "))
	}
	name := argv[1] + " " + argv[2]
	op, ok := table()[name]
	if !ok {
		return fmt.Errorf("aws %s is no operation that is known here", name)
	}
	given := map[string]bool{}
	for i := 3; i < len(argv); {
		a := argv[i]
		if !strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "\u2014") && !strings.HasPrefix(a, "\u2013") {
			return fmt.Errorf("aws %s: %q is no option", name, a)
		}
		o, _, inline := strings.Cut(a, "=")
		if !optionName.MatchString(o) {
			return fmt.Errorf("aws %s: option %q is misspelt: two hyphens, lower case, hyphens between words", name, a)
		}
		o = strings.TrimPrefix(o, "--")
		takes, ok := op.options[o]
		if !ok {
			if takes, ok = global[o]; !ok {
				return fmt.Errorf("aws %s has no option --%s", name, o)
			}
		}
		if given[o] {
			return fmt.Errorf("aws %s: --%s stands twice", name, o)
		}
		given[o] = true
		n := 0
		for i++; i < len(argv) && !strings.HasPrefix(argv[i], "-"); i++ {
			n++
		}
		if inline {
			n++
		}
		if takes && n == 0 {
			return fmt.Errorf("aws %s: --%s wants a value", name, o)
		}
		if !takes && n > 0 {
			return fmt.Errorf("aws %s: --%s takes no value", name, o)
		}
	}
	for _, r := range op.required {
		if !given[r] && !given["cli-input-json"] {
			return fmt.Errorf("aws %s wants --%s", name, r)
		}
	}
	return nil
}

// Calls returns the AWS CLI calls that stand in a text, as arguments: each
// begins with the word aws at the head of a line, behind a prompt ("$ ",
// "PS> ") or behind a pipe or && sign, and ends at the next such sign, a
// redirection or the line's end. A backslash or backtick at a line's end
// goes on with the next.
func Calls(text string) [][]string {
	text = regexp.MustCompile("[\\\\`]\r?\n\\s*").ReplaceAllString(text, " ")
	var out [][]string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		line = strings.TrimPrefix(strings.TrimPrefix(line, "$ "), "PS> ")
		for _, c := range split(line) {
			if len(c) > 1 && c[0] == "aws" {
				out = append(out, c)
			}
		}
	}
	return out
}

// split cuts a line into commands and those into words, with quotes as sh
// has them.
func split(line string) [][]string {
	var out [][]string
	var cmd []string
	var word strings.Builder
	in, quote := false, rune(0)
	end := func() {
		if in {
			cmd = append(cmd, word.String())
			word.Reset()
			in = false
		}
	}
	skip := false // what follows a redirection is no argument
	for _, r := range line {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			} else {
				word.WriteRune(r)
			}
		case r == '\'' || r == '"':
			quote, in = r, true
		case unicode.IsSpace(r):
			end()
		case strings.ContainsRune("|;&>()", r):
			end()
			if !skip {
				out = append(out, slices.Clone(cmd))
			}
			cmd, skip = nil, r == '>'
		default:
			word.WriteRune(r)
			in = true
		}
	}
	end()
	if !skip {
		out = append(out, cmd)
	}
	return out
}
