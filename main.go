// A certificate with a key under 1,024 bits is evidence like any other: it has
// to be read to be reported.
//
//go:debug rsa1024min=0

// Command samlens finds out where a SAML sign-in to Amazon Connect broke, and
// why, and what mends it. It only ever reads.
package main

import (
	"embed"
	"os"

	"example.com/samlens/tui/cli"
	_ "example.com/samlens/tui/terminal/quiet" // before Bubble Tea asks the terminal for its colour
)

// data is what the demo shows: the keys that its identity providers sign with.
//
//go:embed testdata/keys
var data embed.FS

func main() { os.Exit(cli.Main(data)) }
