// vetoracle is the reference that rt0 is held against: the asmdecl analyzer of a
// Go release, and its go/types and go/build, asked about every package of a tree
// for a list of targets in one process. build.sh builds it with a release's own
// sources; nothing of it is shipped.
//
//	vetoracle vet    -root GOROOT -targets linux/amd64,darwin/arm64 [-pkgs runtime,sync]
//	vetoracle layout -root GOROOT -targets ...    sizes, alignments and offsets of types
//	vetoracle asmhdr -root GOROOT -targets ...    constants and structs, as go_asm.h has them
//	vetoracle files  -root GOROOT -targets ...    the files that go/build selects
//
// It prints a JSON object per line.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/build"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"vetoracle/analysis"
	"vetoracle/asmdecl"
	"vetoracle/asmdecl2018"
)

var (
	root    = flag.String("root", "", "the tree, a GOROOT: its `DIR`/src is read")
	targets = flag.String("targets", "linux/amd64", "`LIST` of targets, separated by commas")
	pkgs    = flag.String("pkgs", "", "`LIST` of import paths; without it every package below src with assembly")
	tests   = flag.Bool("tests", false, "with the in-package test files, as go vet reads them")
	profile = flag.String("profile", "current", "whose asmdecl: current, or 2018")
)

// The tags of the release's own experiments on the target under whose environment the program was started.
var defaultToolTags = append([]string{}, build.Default.ToolTags...)

// The tag of the lowest level of each architecture that has levels.
var levelTags = map[string]string{
	"386":      "386.sse2",
	"amd64":    "amd64.v1",
	"arm":      "arm.7",
	"arm64":    "arm64.v8.0",
	"mips":     "mips.hardfloat",
	"mipsle":   "mipsle.hardfloat",
	"mips64":   "mips64.hardfloat",
	"mips64le": "mips64le.hardfloat",
	"ppc64":    "ppc64.power8",
	"ppc64le":  "ppc64le.power8",
	"riscv64":  "riscv64.rva20u64",
}

// row is what is printed of one thing; its target and package are added.
type row map[string]any

// tree is a GOROOT's sources as one target sees them.
type tree struct {
	src    string
	target string
	goos   string
	goarch string
	sizes  types.Sizes
	ctxt   *build.Context
	fset   *token.FileSet
	loaded map[string]*loaded
}

// loaded is a package after type checking.
type loaded struct {
	build    *build.Package
	types    *types.Package
	info     *types.Info
	files    []*ast.File
	assembly []string
	errors   int
}

func main() {
	if len(os.Args) < 2 {
		fail("usage: vetoracle vet|layout|asmhdr|files [flags]")
	}
	command := os.Args[1]
	flag.CommandLine.Parse(os.Args[2:])
	src, err := filepath.EvalSymlinks(filepath.Join(*root, "src"))
	if err != nil {
		fail(err.Error())
	}
	if src, err = filepath.Abs(src); err != nil {
		fail(err.Error())
	}
	registerABI := registerABIArches(src)
	paths := packagesToAsk(src)
	out := json.NewEncoder(os.Stdout)
	for _, target := range strings.Split(*targets, ",") {
		t := open(src, target, registerABI)
		for _, path := range paths {
			l := t.load(path)
			if l == nil {
				continue
			}
			print := func(r row) {
				r["target"], r["pkg"] = target, path
				if err := out.Encode(r); err != nil {
					fail(err.Error())
				}
			}
			switch command {
			case "files":
				print(row{"go": l.build.GoFiles, "s": l.build.SFiles, "errs": l.errors})
			case "vet":
				t.vet(path, l, print)
			case "layout":
				t.layouts(l, print)
			case "asmhdr":
				constants(l, print)
				t.structs(l, print)
			default:
				fail("no such command: " + command)
			}
		}
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, "vetoracle:", message)
	os.Exit(2)
}

// packagesToAsk returns the packages of -pkgs, or those below src that have assembly.
func packagesToAsk(src string) []string {
	if *pkgs != "" {
		return strings.Split(*pkgs, ",")
	}
	found := map[string]bool{}
	filepath.Walk(src, func(path string, info os.FileInfo, err error) error {
		switch {
		case err != nil:
			return nil
		case info.IsDir() && info.Name() == "testdata":
			return filepath.SkipDir
		case !info.IsDir() && strings.HasSuffix(path, ".s"):
			if dir, err := filepath.Rel(src, filepath.Dir(path)); err == nil {
				found[dir] = true
			}
		}
		return nil
	})
	paths := []string{}
	for path := range found {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	return paths
}

var registerABICase = regexp.MustCompile(`case ((?:"[a-z0-9]+"(?:, )?)+):\s*\n\s*regabi(?:AlwaysOn|Supported) = true`)

// registerABIArches returns the architectures that pass arguments in registers by
// default, as the tree's own internal/buildcfg says; none in trees older than that.
func registerABIArches(src string) map[string]bool {
	arches := map[string]bool{}
	text, _ := os.ReadFile(filepath.Join(src, "internal/buildcfg/exp.go"))
	for _, match := range registerABICase.FindAllStringSubmatch(string(text), -1) {
		for _, quoted := range strings.Split(match[1], ",") {
			arches[strings.Trim(strings.TrimSpace(quoted), `"`)] = true
		}
	}
	return arches
}

func open(src, target string, registerABI map[string]bool) *tree {
	goos, goarch, _ := strings.Cut(target, "/")
	ctxt := build.Default
	ctxt.GOROOT = filepath.Dir(src)
	ctxt.GOOS, ctxt.GOARCH = goos, goarch
	ctxt.CgoEnabled = false
	ctxt.ToolTags = nil
	for _, tag := range defaultToolTags {
		if !strings.HasPrefix(tag, "amd64.") && !strings.Contains(tag, "regabi") {
			ctxt.ToolTags = append(ctxt.ToolTags, tag)
		}
	}
	if registerABI[goarch] {
		ctxt.ToolTags = append(ctxt.ToolTags, "goexperiment.regabiwrappers", "goexperiment.regabiargs")
	}
	if tag := levelTags[goarch]; tag != "" {
		ctxt.ToolTags = append(ctxt.ToolTags, tag)
	}
	// The analyzers ask this for the target.
	build.Default.GOOS, build.Default.GOARCH = goos, goarch
	return &tree{
		src:    src,
		target: target,
		goos:   goos,
		goarch: goarch,
		sizes:  types.SizesFor("gc", goarch),
		ctxt:   &ctxt,
		fset:   token.NewFileSet(),
		loaded: map[string]*loaded{},
	}
}

// Import makes tree a types.Importer: what a package imports is loaded from the same tree.
func (t *tree) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if l := t.load(path); l != nil {
		return l.types, nil
	}
	return nil, fmt.Errorf("no package %s", path)
}

// load reads and checks a package once, in spite of mistakes in it; nil where there is none.
func (t *tree) load(path string) *loaded {
	if l, ok := t.loaded[path]; ok {
		return l
	}
	dir := t.dirOf(path)
	bp, _ := t.ctxt.ImportDir(dir, 0)
	if bp == nil {
		return nil
	}
	l := &loaded{build: bp}
	t.loaded[path] = l
	names := bp.GoFiles
	if *tests {
		names = append(append([]string{}, names...), bp.TestGoFiles...)
	}
	for _, name := range names {
		file, _ := parser.ParseFile(t.fset, filepath.Join(dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if file != nil {
			l.files = append(l.files, file)
		}
	}
	for _, name := range bp.SFiles {
		l.assembly = append(l.assembly, filepath.Join(dir, name))
	}
	l.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{
		Importer:         t,
		IgnoreFuncBodies: true,
		FakeImportC:      true,
		Sizes:            t.sizes,
		Error:            func(error) { l.errors++ },
	}
	l.types, _ = config.Check(path, t.fset, l.files, l.info)
	return l
}

// dirOf returns where a package lies, vendored ones included.
func (t *tree) dirOf(path string) string {
	for _, above := range []string{"", "vendor", "cmd/vendor"} {
		dir := filepath.Join(t.src, above, path)
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
	}
	return filepath.Join(t.src, path)
}

// vet prints what asmdecl reports of a package.
func (t *tree) vet(path string, l *loaded, print func(row)) {
	if len(l.assembly) == 0 {
		return
	}
	report := func(file string, line int, message string) {
		name, _ := filepath.Rel(t.src, file)
		print(row{"file": name, "line": line, "msg": message})
	}
	if *profile == "2018" {
		asmdecl2018.Run(l.build.Name, l.files, l.assembly, l.info, report)
		return
	}
	defer func() {
		// Whoever reads the rows has to know that there may be more.
		if reason := recover(); reason != nil {
			fmt.Fprintln(os.Stderr, t.target, path, "panic", reason)
		}
		if l.errors > 0 {
			fmt.Fprintln(os.Stderr, "type errors", t.target, path, l.errors)
		}
	}()
	_, err := asmdecl.Analyzer.Run(&analysis.Pass{
		Analyzer:   asmdecl.Analyzer,
		Fset:       t.fset,
		Files:      l.files,
		OtherFiles: l.assembly,
		Pkg:        l.types,
		TypesInfo:  l.info,
		TypesSizes: t.sizes,
		Report: func(d analysis.Diagnostic) {
			position := t.fset.Position(d.Pos)
			report(position.Filename, position.Line, d.Message)
		},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, t.target, path, err)
	}
}

// constants prints the constants that go_asm.h has.
func constants(l *loaded, print func(row)) {
	scope := l.types.Scope()
	for _, name := range scope.Names() {
		c, ok := scope.Lookup(name).(*types.Const)
		if !ok {
			continue
		}
		switch value := c.Val(); value.Kind() {
		case constant.Int, constant.Float, constant.String, constant.Bool:
			print(row{"const": name, "value": value.ExactString()})
		}
	}
}

// layouts prints every type that has a layout.
func (t *tree) layouts(l *loaded, print func(row)) {
	t.structs(l, print)
	eachType(l, func(name string, typ types.Type) {
		if _, ok := typ.Underlying().(*types.Struct); ok {
			return
		}
		print(row{"type": name, "size": t.sizes.Sizeof(typ), "align": t.sizes.Alignof(typ)})
	})
}

// structs prints the structs with their fields.
func (t *tree) structs(l *loaded, print func(row)) {
	eachType(l, func(name string, typ types.Type) {
		st, ok := typ.Underlying().(*types.Struct)
		if !ok {
			return
		}
		vars := []*types.Var{}
		for i := 0; i < st.NumFields(); i++ {
			vars = append(vars, st.Field(i))
		}
		var fields []row
		for i, offset := range t.sizes.Offsetsof(vars) {
			typ := vars[i].Type()
			fields = append(fields, row{
				"name": vars[i].Name(), "off": offset, "size": t.sizes.Sizeof(typ), "align": t.sizes.Alignof(typ),
			})
		}
		print(row{"type": name, "size": t.sizes.Sizeof(typ), "align": t.sizes.Alignof(typ), "fields": fields})
	})
}

// eachType calls f for every type of a package that is not generic.
func eachType(l *loaded, f func(name string, typ types.Type)) {
	scope := l.types.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if named, ok := tn.Type().(*types.Named); ok && named.TypeParams().Len() > 0 {
			continue
		}
		func() {
			// Sizes are not to be had of a type with a mistake in it: go/types panics.
			defer func() { recover() }()
			f(name, tn.Type())
		}()
	}
}
