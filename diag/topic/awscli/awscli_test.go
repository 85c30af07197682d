package awscli

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	tests := []struct{ line, wrong string }{
		{"aws iam get-role --role-name R", ""},
		{"aws iam get-role --role-name=R --query 'Role.AssumeRolePolicyDocument' --output text", ""},
		{"aws connect list-users --instance-id I --page-size 1000 --no-paginate", ""},
		{"aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithSAML", ""},
		{"aws account list-regions --region-opt-status-contains ENABLED DISABLED", ""},
		{"aws iam attach-role-policy \u2014role-name R \u2014policy_arn P", "misspelt"},
		{"aws iam attach-role-policy --role-name R --policy_arn P", "misspelt"},
		{"aws iam attach-role-policy --role-name R", "wants --policy-arn"},
		{"aws create-user --username U", "no operation"},
		{"aws iam get-role --role R", "no option --role"},
		{"aws iam get-role --role-name", "wants a value"},
		{"aws iam get-role --role-name R --role-name S", "twice"},
		{"aws iam get-role --role-name R --no-paginate yes", "takes no value"},
		{"aws iam get-role R --role-name R", "is no option"},
		{"aws iam", "no call"},
		{"gcloud iam roles", "no call"},
	}
	for _, tt := range tests {
		calls := split(tt.line)
		err := Check(calls[0])
		if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
			t.Errorf("%s: got %v, want %q", tt.line, err, tt.wrong)
		}
	}
}

func TestCalls(t *testing.T) {
	text := "Words about aws iam get-role.\n    $ aws iam get-role --role-name R > role.json\n    PS> aws sts get-caller-identity | ConvertFrom-Json\n" +
		"    $ aws iam list-roles \\\n        --path-prefix '/a b/' | grep x && aws iam list-saml-providers\n    $ echo aws\n"
	var got []string
	for _, c := range Calls(text) {
		got = append(got, strings.Join(c, "_"))
	}
	want := []string{"aws_iam_get-role_--role-name_R", "aws_sts_get-caller-identity", "aws_iam_list-roles_--path-prefix_/a b/", "aws_iam_list-saml-providers"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// The table agrees with an AWS CLI of version 1, whose modules can be asked.
// Where none is installed the table stands by itself.
func TestTableAgreesWithTheCLI(t *testing.T) {
	const program = `
import sys, warnings
warnings.filterwarnings("ignore")
from awscli.clidriver import create_clidriver
services = create_clidriver()._get_command_table()
for line in sys.stdin:
    f = line.split()
    args = services[f[0]]._get_command_table()[f[1]].arg_table
    out = []
    for name, a in args.items():
        if name in ("cli-input-json", "cli-input-yaml", "generate-cli-skeleton"): continue
        required = getattr(a, "required", False)
        out.append(name + ("!" if required else "") + ("?" if a.cli_type_name == "boolean" else ""))
    missing = [o for o in f[2:] if o not in out]
    forgotten = [o for o in out if o.endswith("!") and o not in f[2:]]
    if missing or forgotten: print(f[0], f[1], "not in the CLI:", missing, "required and not in the table:", forgotten)
`
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no Python to ask the AWS CLI with")
	}
	if exec.CommandContext(t.Context(), python, "-c", "import awscli.clidriver").Run() != nil {
		t.Skip("no AWS CLI of version 1 is installed")
	}
	cmd := exec.CommandContext(t.Context(), python, "-c", program)
	cmd.Stdin = strings.NewReader(operations)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Skipf("the AWS CLI could not be asked: %v\n%s", err, out)
	}
	if s := strings.TrimSpace(string(out)); s != "" {
		t.Errorf("the table and the AWS CLI differ:\n%s", s)
	}
}
