package trail

import "bytes"

// secrets are keys whose values are left out of TrailEvent.Raw: parts of
// credentials that CloudTrail logs or that exports carry along.
var secrets = [][]byte{[]byte("sessionToken"), []byte("secretAccessKey"), []byte("accessToken"), []byte("AccessToken"),
	[]byte("refreshToken"), []byte("RefreshToken"), []byte("SigninToken"), []byte("secret")}

var removed = []byte(`"(removed)"`)

// masked returns a copy of an event without the values of secrets.
func masked(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for from := 0; ; {
		key, value, end := nextSecret(b, from)
		if key < 0 {
			return append(out, b[from:]...)
		}
		out = append(append(out, b[from:value]...), removed...)
		from = end
	}
}

// nextSecret finds the first secret string at or after from.
func nextSecret(b []byte, from int) (key, value, end int) {
	key = -1
	if !bytes.Contains(b[from:], []byte("Token\"")) && !bytes.Contains(b[from:], []byte("secret")) {
		return key, 0, 0 // one of these is in each of secrets, and seldom in an event
	}
	for _, s := range secrets {
		for at := from; ; {
			n := bytes.Index(b[at:], s)
			if n < 0 || key >= 0 && at+n >= key {
				break
			}
			at += n
			i := at + len(s)
			if at > 0 && b[at-1] == '"' && i < len(b) && b[i] == '"' {
				if v := space(b, i+1); v < len(b) && b[v] == ':' {
					if v = space(b, v+1); v < len(b) && b[v] == '"' {
						if e := skipString(b, v); e > 0 {
							key, value, end = at, v, e
							break
						}
					}
				}
			}
			at = i
		}
	}
	return key, value, end
}
