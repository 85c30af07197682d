package live

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"
)

// reading are the operations that only read. guarded is the one that does not
// and the file that alone may call it.
var reading = regexp.MustCompile(`^(Get|List|Describe|Search|Lookup|Simulate)[A-Z]`)

const (
	guarded     = "AssumeRoleWithSAML"
	guardedFile = "asksts.go"
)

// An operation of the SDK cannot be called without its input, a struct named
// after it in the service's own package, nor paged without NewOpPaginator.
// Every mention of such a name in this package's source has to be of a reading
// operation; handing over nil instead of an input is found as well.
func TestOnlyReadingOperationsAreCalled(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	ops := map[string]bool{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		services := servicesOf(t, tree)
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				pkg, ok := n.X.(*ast.Ident)
				if !ok || !services[pkg.Name] {
					return true
				}
				name := n.Sel.Name
				op, isInput := strings.CutSuffix(name, "Input")
				if !isInput {
					op, isInput = strings.CutSuffix(strings.TrimPrefix(name, "New"), "Paginator")
				}
				switch {
				case !isInput && name != "NewFromConfig" && name != "Client" && !strings.HasSuffix(name, "Output"):
					t.Errorf("%s uses %s.%s, which this test does not know", f.Name(), pkg.Name, name)
				case isInput && op == guarded:
					if f.Name() != guardedFile {
						t.Errorf("%s calls %s", f.Name(), op)
					}
				case isInput && !reading.MatchString(op):
					t.Errorf("%s calls %s:%s, which does not only read", f.Name(), pkg.Name, op)
				case isInput:
					ops[op] = true
				}
			case *ast.CallExpr:
				// api.DeleteRole(ctx, nil) would name no input.
				sel, ok := n.Fun.(*ast.SelectorExpr)
				if ok && len(n.Args) >= 2 && ast.IsExported(sel.Sel.Name) {
					if id, ok := n.Args[1].(*ast.Ident); ok && id.Name == "nil" {
						t.Errorf("%s calls %s with nil", f.Name(), sel.Sel.Name)
					}
				}
			}
			return true
		})
	}
	if len(ops) < 20 {
		t.Errorf("only %d operations were found: %v", len(ops), ops)
	}
}

// servicesOf are the names under which a file imports packages of services.
func servicesOf(t *testing.T, tree *ast.File) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, im := range tree.Imports {
		path := strings.Trim(im.Path.Value, `"`)
		rest, ok := strings.CutPrefix(path, "github.com/aws/aws-sdk-go-v2/service/")
		if strings.HasPrefix(path, "github.com/aws/aws-sdk-go/") {
			t.Errorf("the old SDK is imported: %s", path)
		}
		if !ok || strings.Contains(rest, "/") { // types and documents call nothing
			continue
		}
		if im.Name != nil {
			if im.Name.Name == "." || im.Name.Name == "_" {
				t.Errorf("%s is imported as %q, behind which calls would hide", path, im.Name.Name)
			}
			rest = im.Name.Name
		}
		out[rest] = true
	}
	return out
}

func TestTheGuardedCallStandsAlone(t *testing.T) {
	b, err := os.ReadFile(guardedFile)
	if err != nil {
		t.Fatal(err)
	}
	guard, call := strings.Index(string(b), "age > maxAge"), strings.Index(string(b), guarded+"(ctx, &sts")
	if guard < 0 || call < 0 || guard > call {
		t.Error("the age is not judged before the call")
	}
}
