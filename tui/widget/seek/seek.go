// Package seek is the search that every pane has: which rows match, which of
// them the cursor is at, and how to come to the next. It draws nothing.
package seek

import "sort"

// Hits is how a search went.
type Hits struct {
	At, Of int // the match under the cursor, from 1; how many there are
}

// A Search is a query and the rows that match it. The zero Search looks for
// nothing.
type Search struct {
	Query string
	rows  []int // ascending
	at    int   // index into rows
}

// Over looks for query in n rows, of which match tells whether one matches,
// and comes to rest at the first match at or behind row from, else the first
// of all. It returns the row, -1 without a match.
func (s *Search) Over(query string, n int, match func(row int) bool, from int) (int, Hits) {
	*s = Search{Query: query}
	if query == "" {
		return -1, Hits{}
	}
	for i := range n {
		if match(i) {
			s.rows = append(s.rows, i)
		}
	}
	s.at = sort.SearchInts(s.rows, from)
	if s.at == len(s.rows) {
		s.at = 0
	}
	return s.Row(), s.Hits()
}

// Row is the row of the current match, -1 without one.
func (s *Search) Row() int {
	if s.at < len(s.rows) {
		return s.rows[s.at]
	}
	return -1
}

// Hits tells where the search is.
func (s *Search) Hits() Hits {
	if len(s.rows) == 0 {
		return Hits{}
	}
	return Hits{s.at + 1, len(s.rows)}
}

// Step goes by matches on from row cursor, around the end, and returns the
// row, -1 without a match.
func (s *Search) Step(by, cursor int) (int, Hits) {
	n := len(s.rows)
	if n == 0 {
		return -1, Hits{}
	}
	switch i := sort.SearchInts(s.rows, cursor); {
	case by > 0 && i < n && s.rows[i] == cursor:
		s.at = (i + 1) % n
	case by > 0:
		s.at = i % n
	default:
		s.at = (i - 1 + n) % n
	}
	return s.Row(), s.Hits()
}
