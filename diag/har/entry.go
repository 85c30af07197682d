package har

import (
	"errors"
	"time"
)

// Limits of what is kept of one entry, in bytes of JSON as the file has them.
const (
	// MaxDocument is how much of an answer's body is kept.
	MaxDocument = 256 << 10
	// MaxPost is how much of a request body is kept that carries SAML. AWS
	// takes 100,000 characters of base64.
	MaxPost = 4 << 20
	// maxSmall is how much is kept of URLs, header values and the like.
	maxSmall = 64 << 10
)

// A Span is a stretch of the file: [Start, End) in bytes. Both are 0 where
// the bytes in the file are not those that were read (UTF-16, compressed).
type Span struct{ Start, End int64 }

// An Entry is one request and its answer, as far as a sign-in needs them.
type Entry struct {
	Index int // position in log.entries, nulls counted
	At    Span
	// Started is startedDateTime; zero where absent or unreadable. Took is
	// the entry's time, 0 where unknown.
	Started time.Time
	Took    time.Duration
	Comment string

	Method, URL     string
	Origin, Referer string // request headers, of a POST only
	Post            Post

	Status   int
	Date     time.Time // response header Date; zero where absent
	Location string    // response header Location, else redirectURL
	Content  Content
	// Cut tells that the file ends inside this entry; the request is whole.
	Cut bool
}

// A Post is a request's postData.
type Post struct {
	Present             bool
	MIME                string
	Encoding            string // "base64" as some proxies write it
	Comment             string // why a browser left it out
	File                string // name of the file beside that holds it (Playwright)
	Text                string // only where it carries SAML or WS-Federation
	Size                int64  // bytes of text in the file, escapes and all
	TextAt              Span   // the string, without its quotes
	Over                bool   // longer than MaxPost
	Params              []Param
	ParamsWithoutValues int // how many parameters are not kept
}

// A Param is one parameter of a sign-in: a SAML message, relay state, role.
// Whether its value is percent-encoded differs by the program that wrote it.
type Param struct {
	Name, Value string
	Index       int // position in params
	ValueAt     Span
	Over        bool
}

// A Content is the body of an answer.
type Content struct {
	MIME     string
	Encoding string // "base64" or ""
	Comment  string
	File     string
	Text     string // HTML documents only; still base64 where Encoding says so
	Present  bool   // text was there, kept or not
	Over     bool   // longer than MaxDocument
}

// A Log is what the archive says of itself, and how reading it ended.
type Log struct {
	// Found tells that there was a log with a list of entries; Null that the
	// list was null or no list.
	Found, Null      bool
	Creator, Version string // log.creator
	Browser          string // log.browser, "name version"
	Comment          string
	Entries          int // how many there were, nulls counted
	Nulls            int // how many were null or no objects
	// Generation counts the lists of entries begun: where a key is repeated,
	// only entries of the last generation count.
	Generation int
	// Broken is why reading stopped before the end: the file ends early, or
	// a *SyntaxError. Entries before it are whole. BrokenAt is the byte.
	Broken   error
	BrokenAt int64
	// Encoding is the file's own where it is not UTF-8: "UTF-16LE", "UTF-16BE".
	Encoding string
	BOM      bool
	Keys     []string // the first keys of the outermost object
}

// Truncated reports whether the file ends in the middle.
func (l Log) Truncated() bool { return errors.Is(l.Broken, errCut) }
