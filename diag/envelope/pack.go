package envelope

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"unicode/utf8"
)

// errBomb tells that a compressed value grows beyond MaxDocument.
var errBomb = errors.New("more than 20 MB")

// inflate reads r to its end within MaxDocument.
func inflate(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxDocument+1))
	if len(b) > MaxDocument {
		return nil, errBomb
	}
	return b, err
}

// unpack decompresses what base64 gave, where it is compressed.
func (t *text) unpack(raw []byte, redirect bool, deflated *bool) ([]byte, error) {
	if XML(raw) {
		return raw, nil
	}
	var out []byte
	var err error
	switch {
	case len(raw) > 2 && raw[0] == 0x1F && raw[1] == 0x8B:
		var z *gzip.Reader
		if z, err = gzip.NewReader(bytes.NewReader(raw)); err == nil {
			out, err = inflate(z)
		}
		t.packed("gzip undone", err)
	case len(raw) > 2 && raw[0] == 0x78 && (uint(raw[0])<<8|uint(raw[1]))%31 == 0:
		var z io.ReadCloser
		if z, err = zlib.NewReader(bytes.NewReader(raw)); err == nil {
			out, err = inflate(z)
		}
		t.packed("zlib compression undone", err)
	default:
		out, err = inflate(flate.NewReader(bytes.NewReader(raw)))
		if err != nil && !errors.Is(err, errBomb) {
			if XML(out) {
				return nil, &Error{Kind: BadPack, Offset: -1, Reason: "the DEFLATE compression breaks off or is damaged"}
			}
			return raw, nil // not compressed at all
		}
		if err == nil && !XML(out) {
			return raw, nil
		}
		*deflated = err == nil
		if !redirect {
			t.packed("DEFLATE of the Redirect binding undone", err)
		}
	}
	switch {
	case errors.Is(err, errBomb):
		return nil, &Error{Kind: TooLarge, Offset: -1, Reason: "the value decompresses to more than 20 MB"}
	case err != nil:
		return nil, &Error{Kind: BadPack, Offset: -1, Reason: "the value is compressed, and the compression breaks off or is damaged"}
	}
	return out, nil
}

func (t *text) packed(what string, err error) {
	if err == nil {
		t.mend(what, -1, 0)
	}
}

// foreign is the error for a value that is base64 of something else.
func foreign(raw []byte) error {
	what := "bytes that are no text"
	switch head := bytes.TrimSpace(raw[:min(len(raw), 64)]); {
	case len(head) == 0:
		what = "nothing"
	case bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte("\xFF\xD8\xFF")), bytes.HasPrefix(head, []byte("GIF8")):
		what = "an image"
	case bytes.HasPrefix(head, []byte("%PDF")):
		what = "a PDF"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		what = "a zip archive"
	case bytes.HasPrefix(head, []byte(`{"alg"`)), bytes.HasPrefix(head, []byte(`{"typ"`)), bytes.HasPrefix(head, []byte(`{"kid"`)):
		what = "a JSON Web Token (OpenID Connect, not SAML)"
	case head[0] == '{' || head[0] == '[':
		what = "JSON"
	case raw[0] == 0x30 && len(raw) > 4 && raw[1] >= 0x80:
		what = "a certificate or key"
	case utf8.Valid(raw):
		what = "a text that is no XML"
	}
	return &Error{Kind: NotSAML, Offset: -1, Reason: "the value is base64 of " + what + ", not of a SAML message"}
}
