// Gonames is the judge of where Go names something of its package: it says what go/types takes for an object of the
// package's scope.
//
//	gonames GOROOT PACKAGE…  a line for each: file, offset, name, "def" or "use"
//
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
		for kind, names := range map[string]map[*ast.Ident]types.Object{"def": info.Defs, "use": info.Uses} {
			for id, object := range names {
				if object != nil && object.Parent() == pkg.Scope() {
					place := files.Position(id.Pos())
					fmt.Fprintf(out, "%s\t%d\t%s\t%s\n", place.Filename, place.Offset, id.Name, kind)
				}
			}
		}
	}
}
