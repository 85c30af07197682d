package expression_test

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/samlens/diag/expression"
)

func TestLazy(t *testing.T) {
	e := expression.Lazy(`^a(b+)$`)
	if m := e().FindStringSubmatch("abb"); len(m) != 2 || m[1] != "bb" {
		t.Errorf("got %q", m)
	}
	if first, again := e(), e(); first != again {
		t.Error("compiled twice")
	}
}

// TestAllCompile finds the expressions that the sources hand to Lazy: a
// malformed one would otherwise show only where it is used.
func TestAllCompile(t *testing.T) {
	found := 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil //nolint:nilerr // the compiler says it better
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			if s, ok := call.Fun.(*ast.SelectorExpr); !ok || s.Sel.Name != "Lazy" {
				return true
			} else if x, ok := s.X.(*ast.Ident); !ok || x.Name != "expression" {
				return true
			}
			at := set.Position(call.Pos())
			source, ok := literal(call.Args[0])
			if !ok {
				t.Errorf("%s: the expression is no literal", at)
				return true
			}
			if _, err := regexp.Compile(source); err != nil {
				t.Errorf("%s: %v", at, err)
			}
			found++
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 10 {
		t.Errorf("found %d expressions: are they handed to something else now?", found)
	}
}

// literal is the value of a string literal or of several joined by +.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		return constant.StringVal(constant.MakeFromLiteral(e.Value, e.Kind, 0)), true
	case *ast.BinaryExpr:
		x, okX := literal(e.X)
		y, okY := literal(e.Y)
		return x + y, okX && okY
	}
	return "", false
}
