package awsx

import "time"

// Windows are the questions to CloudTrail about a sign-in: its sign-ins, then
// what was changed before it. Their times are zero where the sign-in's is not
// known.
func Windows(s Subject) []Window {
	ws := signInWindows(s, time.Time{}, time.Time{})
	n := len(ws)
	ws = append(ws, changeWindows(s, time.Time{}, time.Time{})...)
	if s.At.IsZero() {
		return ws
	}
	for i := range ws {
		ws[i].From, ws[i].To = s.At.Add(-signInSpan), s.At.Add(after)
		if i >= n {
			ws[i].From = s.At.Add(-changeSpan)
		}
	}
	return ws
}

func signInWindows(s Subject, from, to time.Time) (ws []Window) {
	for _, r := range s.regions() {
		ws = append(ws, Window{Region: r, EventName: "AssumeRoleWithSAML", From: from, To: to})
	}
	if s.Region != "" && s.Instance != "" {
		ws = append(ws, Window{Region: s.Region, EventName: "GetFederationToken", From: from, To: to})
	}
	return ws
}

func changeWindows(s Subject, from, to time.Time) (ws []Window) {
	iam, connect := changing()
	for _, n := range iam {
		ws = append(ws, Window{Region: Home(s.Partition), EventName: n, From: from, To: to})
	}
	if s.Region != "" && s.Instance != "" {
		for _, n := range connect {
			ws = append(ws, Window{Region: s.Region, EventName: n, From: from, To: to})
		}
	}
	return ws
}
