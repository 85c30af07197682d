package cli

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestManualShowsTextAsItIs(t *testing.T) {
	c := &cobra.Command{
		Use: "try FILE", Short: "Try it", Run: func(*cobra.Command, []string) {},
		Long:    ".TH is no macro here,\n'nor this, and C:\\new no line.\n\n  $ kept  as it is\n\nOn it goes.",
		Example: "  try --as-of x",
	}
	c.Flags().StringP("as-of", "a", "now", "judge as of `TIME`")
	c.Flags().Bool("twice", false, "once more")
	c.Flags().Bool("secret", false, "")
	if err := c.Flags().MarkHidden("secret"); err != nil {
		t.Fatal(err)
	}
	got := manual(c)
	for _, want := range []string{
		".SH NAME\ntry \\- Try it\n.SH SYNOPSIS\n\\fBtry\\fR FILE [flags]\n",
		"\n\\&.TH is no macro here,\n\\&'nor this, and C:\\enew no line.\n.PP\n.PP\n.nf\n  $ kept  as it is\n.PP\n.fi\nOn it goes.\n",
		".TP\n\\fB\\-a\\fR, \\fB\\-\\-as\\-of\\fR \\fITIME\\fR\njudge as of TIME (default now)\n",
		".TP\n\\fB\\-\\-twice\\fR\nonce more\n",
		".SH EXAMPLES\n.PP\n.nf\n  try \\-\\-as\\-of x\n.fi\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, not := range []string{"secret", "SEE ALSO", "EVERY COMMAND"} {
		if strings.Contains(got, not) {
			t.Errorf("%q is in\n%s", not, got)
		}
	}
}
