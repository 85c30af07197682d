package capture

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/har"
)

func mustHost(host string) *url.URL { return &url.URL{Host: host} }

// readHAR reads a browser archive.
func readHAR(name string, r io.Reader, beside attach) Source {
	src := Source{Name: name, Kind: KindHAR}
	var s *story
	generation := -1
	log, err := har.Read(r, func(g int, e *har.Entry) error {
		if g != generation || s == nil {
			generation, s = g, newStory(evidence.FormHAR)
			s.beside, s.rawParam = beside, true
		}
		s.add(e)
		return nil
	})
	if err != nil {
		src.Err = &Error{Kind: ErrUnreadable, Source: name, Found: "reading broke off: " + printable(err.Error(), 200), Offset: -1, Err: err}
		return src
	}
	if s == nil || generation != log.Generation {
		s = newStory(evidence.FormHAR)
	}
	s.writer = writer(log)
	return finish(src, s, log)
}

// writer names the program that wrote an archive.
func writer(l har.Log) string {
	name := strings.TrimSpace(l.Creator)
	switch {
	case strings.EqualFold(name, "WebInspector"):
		name = "Chrome DevTools (WebInspector)"
	case strings.HasPrefix(name, "WebKit"):
		name = "Safari (" + name + ")"
	case name != "" && l.Version != "":
		name += " " + l.Version
	}
	if l.Browser != "" && !strings.Contains(strings.ToLower(l.Browser), strings.ToLower(name)) {
		name += ", " + l.Browser
	}
	return printable(name, 100)
}

// finish makes the source of what was read.
func finish(src Source, s *story, log har.Log) Source {
	var broken []evidence.Repair
	if log.Broken != nil {
		what := fmt.Sprintf("the file breaks off at byte %d; the %s before it were read", log.BrokenAt, count(s.requests, "request"))
		if _, ok := errors.AsType[*har.SyntaxError](log.Broken); ok {
			what = fmt.Sprintf("the JSON is broken at byte %d; the %s before it were read", log.BrokenAt, count(s.requests, "request"))
		}
		src.Notes = append(src.Notes, Note{Text: what, Offset: log.BrokenAt})
		broken = append(broken, evidence.Repair{What: what, At: evidence.Spot{In: evidence.InHAR, Start: int(log.BrokenAt), End: int(log.BrokenAt)}, Offset: int(log.BrokenAt)})
	}
	if log.Encoding != "" {
		src.Notes = append(src.Notes, Note{Text: "the file is " + log.Encoding + " and was read as such", Offset: -1})
		broken = append(broken, evidence.Repair{What: "read as " + log.Encoding, At: evidence.Spot{In: evidence.InHAR}, Offset: -1})
	}
	if log.Nulls > 0 {
		src.Notes = append(src.Notes, Note{Text: count(log.Nulls, "entry") + " of the list are empty and were left out", Offset: -1})
	}
	if s.dropped > 0 {
		src.Notes = append(src.Notes, Note{Text: count(s.dropped, "SAML message") + " beyond the limits were left out", Offset: -1})
	}
	ins, other, err := s.signIns()
	for i := range ins {
		ins[i].Capture.Repairs = append(ins[i].Capture.Repairs, broken...)
	}
	src.SignIns, src.Other = ins, other
	if err != nil {
		err.Source = src.Name
		switch {
		case log.Broken != nil && s.requests == 0 && !log.Null:
			err = &Error{Kind: ErrBroken, Source: src.Name, Offset: log.BrokenAt, Err: log.Broken,
				Found: fmt.Sprintf("the HAR breaks off at byte %d, before the first whole request", log.BrokenAt), Next: "export it again and wait until the browser has saved it"}
		case log.Broken != nil:
			err.Found = fmt.Sprintf("the HAR breaks off at byte %d; before that: %s", log.BrokenAt, err.Found)
			err.Next = "export it again and wait until the browser has saved it. " + err.Next
			err.Offset = log.BrokenAt
		case log.Null:
			err.Found = "the HAR's list of entries is empty (null): nothing was recorded"
		}
		src.Err = err
	}
	return src
}
