package style

import "slices"

// attr are a look's attributes, combined as bits.
type attr uint8

const (
	bold attr = 1 << iota
	faint
	italic
	underline
	reverse
)

// A look is how an ink or back appears. Colours are "#rrggbb" or an ANSI
// number as text; "" is the terminal's own.
type look struct {
	fg, bg string
	attr   attr
	flat   bool
}

// A palette is a look for each ink and back.
type palette struct {
	name  string
	inks  [inks]look
	backs [backs]look
}

// colours are what the palettes differ in: one for what is broken, one for
// what is proven, one for what leads somewhere, and greys.
type colours struct {
	bad, good, warn, note, link   string
	quiet, edge                   string // what may be overlooked
	paper                         string // text on a filled label
	badFill, goodFill, warnFill   string
	cursor, marked, sheet         string // backs
	text                          string // on those backs; "" for the terminal's own
	found, here                   string // backs of what the search found
	tag, attr, value, add, remove string
}

// paint makes a palette of colours.
func paint(name string, c colours) palette {
	p := palette{name: name}
	p.inks = [inks]look{
		Quiet:    {fg: c.quiet},
		Strong:   {attr: bold},
		Head:     {fg: c.quiet, attr: bold},
		Bad:      {fg: c.bad, attr: bold},
		Good:     {fg: c.good},
		Warn:     {fg: c.warn},
		Note:     {fg: c.note},
		Link:     {fg: c.link},
		Key:      {fg: c.link, attr: bold},
		Code:     {fg: c.value},
		Odd:      {fg: c.warn, attr: reverse},
		Differ:   {fg: c.bad, attr: bold | underline},
		Added:    {fg: c.add},
		Gone:     {fg: c.remove},
		Match:    {fg: c.text, bg: c.found},
		Here:     {bg: c.here, fg: c.paper, attr: bold},
		Tag:      {fg: c.tag},
		Attr:     {fg: c.attr},
		Value:    {fg: c.value},
		BadSeal:  {fg: c.paper, bg: c.badFill, attr: bold},
		GoodSeal: {fg: c.paper, bg: c.goodFill, attr: bold},
		WarnSeal: {fg: c.paper, bg: c.warnFill, attr: bold},
		Tab:      {fg: c.quiet},
		TabOn:    {fg: c.link, attr: bold | underline},
		Edge:     {fg: c.edge},
	}
	// A back of our own colour needs text of our own colour: the terminal's
	// may be as dark as the back, where its paper is not what was taken for it.
	p.backs = [backs]look{Cursor: {fg: c.text, bg: c.cursor}, Marked: {fg: c.text, bg: c.marked}}
	if p.backs[Sheet].bg = c.sheet; c.sheet != "" {
		p.backs[Sheet].fg = c.text
	}
	return p
}

// Either is the theme that can be read on dark paper and on light.
const Either = "either"

// palettes are the themes. "terminal" uses only the
// sixteen colours that the terminal's own scheme defines.
var palettes = []palette{
	paint("dark", colours{
		bad: "#ff6b6b", good: "#5fd38d", warn: "#f2b84b", note: "#8ab4f8", link: "#7cc7ff",
		quiet: "#8b949e", edge: "#3b434d", paper: "#101418",
		badFill: "#ff6b6b", goodFill: "#5fd38d", warnFill: "#f2b84b",
		cursor: "#22303f", marked: "#2a2a1c", sheet: "#161c23", text: "#e6edf3",
		found: "#4b4416", here: "#f2b84b",
		tag: "#7cc7ff", attr: "#c3a6ff", value: "#c8d3a8", add: "#5fd38d", remove: "#ff8f8f",
	}),
	paint("light", colours{
		bad: "#b3001b", good: "#0b6b34", warn: "#8a5200", note: "#1f4f99", link: "#005a9e",
		quiet: "#5c6570", edge: "#c3cad1", paper: "#ffffff",
		badFill: "#b3001b", goodFill: "#0b6b34", warnFill: "#8a5200",
		cursor: "#d9e8f7", marked: "#f5ecc9", sheet: "#eef2f6", text: "#16191d",
		found: "#ffe89a", here: "#8a5200",
		tag: "#005a9e", attr: "#6b2fa0", value: "#3f5200", add: "#0b6b34", remove: "#a3001a",
	}),
	// either is for paper of which nothing is known, as in most multiplexers:
	// its colours are as far from black as from white.
	paint(Either, colours{
		bad: "#ed1c2d", good: "#188a48", warn: "#a66c09", note: "#3b79ce", link: "#0b79da",
		quiet: "#737a82", edge: "#737a82", paper: "#ffffff",
		badFill: "#d3182a", goodFill: "#157a40", warnFill: "#935f08",
		cursor: "#0f1720", marked: "#211d0c", sheet: "", text: "#f0f4f8",
		found: "#4a3d00", here: "#935f08",
		tag: "#0b79da", attr: "#955dd6", value: "#6b8226", add: "#188a48", remove: "#ed1c2d",
	}),
	paint("contrast", colours{
		bad: "9", good: "10", warn: "11", note: "14", link: "14",
		quiet: "15", edge: "15", paper: "0",
		badFill: "9", goodFill: "10", warnFill: "11",
		cursor: "", marked: "", sheet: "", text: "",
		found: "", here: "11",
		tag: "14", attr: "13", value: "11", add: "10", remove: "9",
	}).reversed().upon("0", "15"),
	paint("terminal", colours{
		bad: "1", good: "2", warn: "3", note: "6", link: "4",
		quiet: "8", edge: "8", paper: "0",
		badFill: "1", goodFill: "2", warnFill: "3",
		cursor: "", marked: "", sheet: "",
		found: "", here: "3",
		tag: "4", attr: "5", value: "6", add: "2", remove: "1",
	}).reversed(),
	mono,
	{name: "plain"},
}

// reversed shows the cursor and the search's finds without a colour of their
// own, where no grey can be relied on.
func (p palette) reversed() palette {
	p.backs[Cursor] = look{attr: reverse}
	p.backs[Marked] = look{attr: underline}
	p.inks[Match] = look{attr: underline | bold}
	for i := range p.inks {
		if p.inks[i].attr&reverse != 0 || p.inks[i].bg != "" {
			p.inks[i].flat = true
		}
	}
	return p
}

// upon gives the theme a paper of its own, so that its contrast does not
// depend on the terminal's.
func (p palette) upon(paper, text string) palette {
	for b := range p.backs {
		if p.backs[b].bg == "" {
			p.backs[b].fg, p.backs[b].bg = text, paper
		}
	}
	return p
}

// named returns a palette by its name; the one for any paper where there is
// none of it.
func named(name string) palette {
	i := slices.IndexFunc(palettes, func(p palette) bool { return p.name == name })
	if i < 0 {
		return named(Either)
	}
	return palettes[i]
}

// mono is for terminals without colours, and for those who set NO_COLOR.
var mono = palette{
	name: "mono",
	inks: [inks]look{
		Strong: {attr: bold}, Head: {attr: bold}, Bad: {attr: bold}, Key: {attr: bold},
		Odd: {attr: reverse, flat: true}, Differ: {attr: bold | underline},
		Match: {attr: underline | bold}, Here: {attr: reverse | bold, flat: true},
		BadSeal: {attr: reverse | bold, flat: true}, GoodSeal: {attr: reverse | bold, flat: true},
		WarnSeal: {attr: reverse | bold, flat: true}, TabOn: {attr: bold | underline},
	},
	backs: [backs]look{Cursor: {attr: reverse}, Marked: {attr: underline}},
}
