// Package style says how text looks without saying how a terminal is told.
//
// Panes write lines of spans, each span in an [Ink]: what the text means, such
// as Bad or Quiet. A [Theme], made once for the terminal at hand, turns lines
// into bytes. A pane therefore knows neither colours nor escape sequences, and
// the last step before the terminal is one function, [Theme.Paint], which lets
// no control character, bidi mark or invisible character through.
//
// Widths are cells as package ansi counts them, grapheme by grapheme.
package style
