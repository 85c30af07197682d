package tui

// A box is the cells of one pane.
type box struct {
	id         string
	x, y, w, h int
}

const (
	smallW, smallH = 40, 10 // below this a notice is all there is
	wide           = 140    // from here on, panes stand beside each other
	tall           = 26     // body rows from which two stand above each other
)

// chrome is how many rows are above and below the panes.
func (m *Model) chrome() (above, below int) {
	if m.h < 16 {
		return 2, 1
	}
	return 3, 2
}

// resize gives every pane on screen its box, the focused one first.
func (m *Model) resize() {
	m.boxes = m.boxes[:0]
	above, below := m.chrome()
	h := m.h - above - below
	if m.w < smallW || m.h < smallH {
		return
	}
	s := m.cur()
	spec, _ := m.spec(s.at)
	main := box{id: s.at, y: above, w: m.w, h: h}
	if m.w >= wide && !m.zoomed {
		var beside []string
		for _, id := range spec.Beside {
			if _, ok := m.spec(id); ok && id != s.at && (len(beside) == 0 || len(beside) == 1 && h >= tall) {
				beside = append(beside, id)
			}
		}
		if len(beside) > 0 {
			main.w = m.w * 58 / 100
			m.boxes = append(m.boxes, main)
			y, left := above, h
			for i, id := range beside {
				bh := left / (len(beside) - i)
				m.boxes = append(m.boxes, box{id, main.w + 1, y + 1, m.w - main.w - 1, bh - 1})
				y, left = y+bh, left-bh
			}
		}
	}
	if len(m.boxes) == 0 {
		m.boxes = append(m.boxes, main)
	}
	for _, b := range m.boxes {
		m.pane(s, b.id).Resize(b.w, b.h)
	}
	if m.sheet != nil {
		m.sheet.resize(m.w, h)
	}
}
