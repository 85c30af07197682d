package xmldsig

import (
	"errors"
	"io"
)

// A meter passes bytes on as long as the inspector has work left.
type meter struct {
	to io.Writer
	in *inspector
}

var errWork = errors.New("more than is computed here")

// Write is a writer's.
func (m meter) Write(p []byte) (int, error) {
	if m.in.left -= len(p); m.in.left < 0 {
		return 0, errWork
	}
	return m.to.Write(p)
}
