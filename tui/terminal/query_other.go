//go:build !unix

package terminal

import "os"

// AskBackground does not ask where reading with a limit of time is another
// matter: the background is not known.
func AskBackground(_, _ *os.File) string { return "" }
