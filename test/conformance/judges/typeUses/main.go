// Typeuses is the judge of names that may be types: it says what go/types takes each
// name for that some type of its package has, and each name behind a dot.
//
//	typeuses GOROOT PACKAGE…  a line for each: file, offset, what it is, "" or what stands before the dot
//
// It is a "type" of the package, or of the one before the dot, an "other" name of that one, or a "value".
// The packages are of the standard library, for linux/amd64. Offsets are bytes of the file.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
)

func main() {
	build.Default.GOROOT = os.Args[1]
	build.Default.GOOS, build.Default.GOARCH, build.Default.CgoEnabled = "linux", "amd64", false
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	files := token.NewFileSet()
	source := importer.ForCompiler(files, "source", nil)
	for _, path := range os.Args[2:] {
		found, err := build.Default.ImportDir(filepath.Join(os.Args[1], "src", path), 0)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		var parsed []*ast.File
		for _, name := range found.GoFiles {
			file, err := parser.ParseFile(files, filepath.Join(found.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			parsed = append(parsed, file)
		}
		info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
		config := types.Config{Importer: source, Sizes: types.SizesFor("gc", "amd64"), Error: func(error) {}}
		pkg, _ := config.Check(path, files, parsed, info)
		for _, file := range parsed {
			say := func(id *ast.Ident, kind, qualifier string) {
				place := files.Position(id.Pos())
				fmt.Fprintf(out, "%s\t%d\t%s\t%s\n", place.Filename, place.Offset, kind, qualifier)
			}
			behindDot := map[*ast.Ident]bool{}
			ast.Inspect(file, func(node ast.Node) bool {
				switch node := node.(type) {
				case *ast.SelectorExpr:
					behindDot[node.Sel] = true
					if x, ok := node.X.(*ast.Ident); ok {
						kind := "value"
						if _, isPackage := info.Uses[x].(*types.PkgName); isPackage {
							kind = "other"
							if _, isType := info.Uses[node.Sel].(*types.TypeName); isType {
								kind = "type"
							}
						}
						say(node.Sel, kind, x.Name)
					} else {
						say(node.Sel, "value", "")
					}
				case *ast.Ident:
					named, _ := pkg.Scope().Lookup(node.Name).(*types.TypeName)
					if named != nil && !behindDot[node] {
						kind := "value"
						if info.Uses[node] == named {
							kind = "type"
						}
						say(node, kind, "")
					}
				}
				return true
			})
		}
	}
}
