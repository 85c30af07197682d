package folder

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"example.com/samlens/diag/expression"
)

// plain brings a file's bytes to UTF-8 without a byte order mark. PowerShell 5
// writes the output of `aws … > file.json` as UTF-16 with one.
func plain(b []byte) []byte {
	var bo binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return b[3:]
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		bo = binary.LittleEndian
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		bo = binary.BigEndian
	case len(b) > 3 && b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0:
		bo, b = binary.LittleEndian, append([]byte("\xFF\xFE"), b...) // the mark was lost on the way
	default:
		return b
	}
	b = b[2:]
	out := make([]byte, 0, len(b)/2)
	for len(b) >= 2 {
		r := rune(bo.Uint16(b))
		b = b[2:]
		if utf16.IsSurrogate(r) && len(b) >= 2 {
			r = utf16.DecodeRune(r, rune(bo.Uint16(b)))
			b = b[2:]
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

var errGzipBound = errors.New("it is larger than 256 MiB when unpacked")

// unpack opens a gzip file; other bytes come back as they are.
func unpack(b []byte) ([]byte, error) {
	if !bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
		return b, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(out) > maxFile {
		return nil, errGzipBound
	}
	return out, nil
}

// cliError is how the AWS CLI prints an error, which lands in the file where
// standard error was redirected too.
var cliError = expression.Lazy(`^\s*(?:aws: \[ERROR\]: )?An error occurred \(([A-Za-z.]+)\) when calling the ([A-Za-z0-9]+) operation(?: \([^)]*\))?: ([^\r\n]*)`)

// An refusal is an AWS CLI error: what was asked, and what AWS said.
type refusal struct{ Op, Code, Message string }

func asRefusal(b []byte) (refusal, bool) {
	if len(b) > 16<<10 {
		return refusal{}, false
	}
	m := cliError().FindSubmatch(b)
	if m == nil {
		return refusal{}, false
	}
	return refusal{Op: string(m[2]), Code: string(m[1]), Message: string(m[3])}, true
}

// otherOutput names the AWS CLI output format that a text is in, where it is
// not JSON; "" where it is none.
func otherOutput(b []byte) string {
	t := bytes.TrimSpace(b)
	switch {
	case bytes.HasPrefix(t, []byte("-----")) && bytes.Contains(t, []byte("\n|")):
		return "table"
	case yamlKey().Match(t):
		return "yaml"
	case textRow().Match(t):
		return "text"
	}
	return ""
}

// textRow is a first line such as `ROLE<tab>arn:…`.
var textRow = expression.Lazy(`^[A-Z]{4,}\t`)

// yamlKey is a first line such as `UserSummaryList:` or `Role:`.
var yamlKey = expression.Lazy(`^[A-Z][A-Za-z]+:\r?\n`)
