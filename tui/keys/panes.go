package keys

// The actions of single panes.
const (
	CopyUndo   Action = "copy-undo"
	PowerShell Action = "powershell"
	RawPretty  Action = "raw-or-pretty"
	YankKey    Action = "copy-name"
	YankPath   Action = "copy-path"
	YankValue  Action = "copy-value"
	YankBranch Action = "copy-subtree"
	CopyPEM    Action = "copy-pem"
)

var verdictKeys = []Binding{
	{"verdict", Open, []string{"enter"}, "proof", "the finding in full; every pane goes to its place", nil},
	{"verdict", Copy, []string{"y"}, "copy fix", "copy the fix, or the command under the cursor", nil},
	{"verdict", CopyUndo, []string{"u"}, "", "copy how to take the fix back", nil},
	{"verdict", PowerShell, []string{"P"}, "", "commands for sh or for PowerShell", nil},
	{"verdict", Left, []string{"h", "left"}, "", "the hop before", nil},
	{"verdict", Right, []string{"l", "right"}, "", "the hop after", nil},
}

var findingKeys = []Binding{
	{"finding", Open, []string{"enter"}, "go there", "to the place of the evidence under the cursor", nil},
	{"finding", Copy, []string{"y"}, "copy", "copy the command or value under the cursor, else the fix", nil},
	{"finding", CopyUndo, []string{"u"}, "copy undo", "copy how to take the fix back", nil},
	{"finding", PowerShell, []string{"P"}, "PowerShell", "commands for sh or for PowerShell", nil},
}

var assertionKeys = []Binding{
	{"assertion", Open, []string{"enter"}, "follow", "to the finding or the pane that tells more; else fold or unfold", nil},
	{"assertion", RawPretty, []string{"t"}, "raw", "as sent, or laid out", nil},
	{"assertion", YankKey, []string{"yk"}, "name", "copy the element's or attribute's name", nil},
	{"assertion", YankPath, []string{"yp"}, "path", "copy its path", nil},
	{"assertion", YankValue, []string{"yv"}, "value", "copy its value", nil},
	{"assertion", YankBranch, []string{"ys", "yy"}, "all of it, as sent", "copy all that is below it, as sent", nil},
	{"assertion", Depth, []string{"d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9"}, "to that depth", "unfold to that depth", nil},
}

var attributesKeys = []Binding{
	{"attributes", Open, []string{"enter"}, "in the assertion", "show it in the assertion, or its finding", nil},
}

var certsKeys = []Binding{
	{"certs", CopyPEM, []string{"p"}, "PEM", "copy this certificate as PEM", nil},
	{"certs", Copy, []string{"y"}, "copy", "copy the field under the cursor", nil},
	{"certs", Left, []string{"h", "left"}, "", "the certificate to the left", nil},
	{"certs", Right, []string{"l", "right"}, "", "the certificate to the right", nil},
}
