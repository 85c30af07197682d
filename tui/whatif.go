package tui

// whatIf shows what would become of the sign-in if the finding's fix that
// changes a document were made: nothing is, and nobody is asked.
func (m *Model) whatIf() {
	s := m.cur()
	f, ok := findingOf(s)
	if !ok {
		m.said = "there is no finding, so there is no fix to try"
		return
	}
	for _, fix := range f.Fixes {
		if text, ok := m.o.WhatIf(s.Diagnosis, f, fix); ok {
			m.layText("what if", fix.Title+"\n\n"+text)
			return
		}
	}
	m.said = f.ID() + ": its fix cannot be tried here"
}
