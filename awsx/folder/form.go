package folder

import (
	"encoding/json"
	"strconv"
	"time"

	"example.com/samlens/awsx"
)

// The forms below are the AWS CLI's output of the calls that matter, field by
// field as the services' models name them. They are read and written: a folder
// that was collected reads back as what AWS had said.

// stamp is a timestamp in any of the forms that the AWS CLI prints: ISO 8601
// (version 2), or seconds since 1970 (version 1). What is none is zero.
type stamp struct{ time.Time }

func (s *stamp) UnmarshalJSON(b []byte) error {
	if n, err := strconv.ParseFloat(string(b), 64); err == nil {
		s.Time = time.UnixMilli(int64(n * 1000)).UTC()
		return nil
	}
	var t string
	if json.Unmarshal(b, &t) == nil {
		for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05"} {
			if at, err := time.Parse(layout, t); err == nil {
				s.Time = at.UTC()
				return nil
			}
		}
	}
	return nil
}

func (s stamp) MarshalJSON() ([]byte, error) { return json.Marshal(s.Format(time.RFC3339Nano)) }

// doc is a policy document: a JSON object as the CLI prints it, or a string,
// percent-encoded or not, as the API answers it.
type doc string

func (d *doc) UnmarshalJSON(b []byte) error {
	s := string(b)
	if len(b) > 0 && b[0] == '"' {
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
	}
	*d = doc(awsx.PolicyText(s))
	return nil
}

func (d doc) MarshalJSON() ([]byte, error) {
	if json.Valid([]byte(d)) {
		return []byte(d), nil
	}
	return json.Marshal(string(d))
}
