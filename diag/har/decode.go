package har

import (
	"bufio"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// decode brings a file to UTF-8 without its byte order mark. enc names the
// encoding where it was another.
func decode(r io.Reader) (out io.Reader, enc string, bom bool, err error) {
	b := bufio.NewReaderSize(r, 4096)
	head, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, "", false, err
	}
	switch {
	case len(head) >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF:
		_, err := b.Discard(3)
		return b, "", true, err
	case len(head) >= 2 && head[0] == 0xFF && head[1] == 0xFE:
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(b), "UTF-16LE", true, nil
	case len(head) >= 2 && head[0] == 0xFE && head[1] == 0xFF:
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Reader(b), "UTF-16BE", true, nil
	case len(head) >= 2 && head[0] == '{' && head[1] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Reader(b), "UTF-16LE", false, nil
	case len(head) >= 2 && head[0] == 0 && head[1] == '{':
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder().Reader(b), "UTF-16BE", false, nil
	}
	return b, "", false, nil
}
