// Godecls is the judge of rt0's Go declarations: it says what go/parser finds in
// a file, in the words of rt0's tree.
//
//	godecls DIR          one line for each .go file below DIR without syntax errors: its path, the hash of its print
//	godecls -print FILE  the print itself
//
// Offsets are bytes of the file.
package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == "-print" {
		text, err := describe(os.Args[2])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Stdout.Write(text)
		return
	}
	root := os.Args[1]
	var paths []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".go") {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	lines := make([]string, len(paths))
	var group sync.WaitGroup
	slots := make(chan bool, 4)
	for i, path := range paths {
		group.Add(1)
		slots <- true
		go func(i int, path string) {
			defer func() { <-slots; group.Done() }()
			if text, err := describe(path); err == nil {
				lines[i] = fmt.Sprintf("%s\t%x\n", path, sha256.Sum256(text))
			}
		}(i, path)
	}
	group.Wait()
	os.Stdout.WriteString(strings.Join(lines, ""))
}

type printer struct {
	bytes.Buffer
	src  []byte
	base int
}

func describe(path string) ([]byte, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	p := &printer{src: src, base: set.File(file.Package).Base()}
	p.WriteString("package " + file.Name.Name)
	p.span(file.Package, file.Name.End())
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			p.WriteString("\nfunc " + decl.Name.Name)
			p.span(decl.Pos(), decl.Type.End())
			if decl.Body != nil {
				p.WriteString(" body")
				p.span(decl.Body.Pos(), decl.Body.End())
			}
			p.doc(decl.Doc)
			p.WriteByte(' ')
			p.fields(decl.Recv)
			p.expr(decl.Type)
		case *ast.GenDecl:
			switch decl.Tok {
			case token.IMPORT:
				for _, spec := range decl.Specs {
					p.importSpec(spec.(*ast.ImportSpec))
				}
			case token.TYPE:
				for _, spec := range decl.Specs {
					doc := decl.Doc
					if decl.Lparen.IsValid() {
						doc = spec.(*ast.TypeSpec).Doc
					}
					p.typeSpec(spec.(*ast.TypeSpec), doc)
				}
			default:
				// An empty group declares nothing.
				if len(decl.Specs) > 0 {
					p.values(decl)
				}
			}
		}
	}
	return p.Bytes(), nil
}

func (p *printer) importSpec(spec *ast.ImportSpec) {
	name := ""
	if spec.Name != nil {
		name = spec.Name.Name
	}
	// Escapes stay: no path needs one, and rt0 reads none.
	path := spec.Path.Value[1 : len(spec.Path.Value)-1]
	p.WriteString("\nimport " + name + " " + path)
	p.span(spec.Pos(), spec.Path.End())
}

func (p *printer) typeSpec(spec *ast.TypeSpec, doc *ast.CommentGroup) {
	p.WriteString("\ntype " + spec.Name.Name)
	p.span(spec.Pos(), spec.End())
	p.doc(doc)
	p.WriteByte(' ')
	p.fields(spec.TypeParams)
	if spec.Assign.IsValid() {
		p.WriteByte('=')
	}
	p.expr(spec.Type)
}

func (p *printer) values(decl *ast.GenDecl) {
	p.WriteString("\n" + decl.Tok.String())
	p.span(decl.Pos(), decl.End())
	p.doc(decl.Doc)
	for i, spec := range decl.Specs {
		spec := spec.(*ast.ValueSpec)
		p.WriteString("\n\t" + strconv.Itoa(i) + " ")
		for _, name := range spec.Names {
			p.expr(name)
		}
		if spec.Type != nil {
			p.WriteByte(':')
			p.expr(spec.Type)
		}
		p.WriteByte('=')
		p.exprs(spec.Values)
	}
}

// doc prints where a doc comment stands and the directives in it.
func (p *printer) doc(doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	p.WriteString(" doc")
	p.span(doc.Pos(), doc.End())
	for _, comment := range doc.List {
		text, isLine := strings.CutPrefix(comment.Text, "//")
		before := p.src[:int(comment.Slash)-p.base]
		line := before[bytes.LastIndexByte(before, '\n')+1:]
		// The compiler calls a directive misplaced that does not stand first on its line.
		if !isLine || len(bytes.Trim(line, " \t\r\ufeff")) > 0 {
			continue
		}
		name, args := text, ""
		if i := strings.IndexAny(text, " \t"); i >= 0 {
			name, args = text[:i], strings.TrimSpace(text[i:])
		}
		if name == "export" || strings.HasPrefix(name, "go:") && name != "go:" {
			p.WriteString(" //" + name + " " + args)
		}
	}
}

func (p *printer) span(start, end token.Pos) {
	p.WriteByte('@')
	p.WriteString(strconv.Itoa(int(start) - p.base))
	p.WriteByte('-')
	p.WriteString(strconv.Itoa(int(end) - p.base))
}

func (p *printer) fields(list *ast.FieldList) {
	p.WriteByte('[')
	if list != nil {
		for _, field := range list.List {
			p.WriteByte('{')
			for _, name := range field.Names {
				p.expr(name)
			}
			p.WriteByte('|')
			p.expr(field.Type)
			if field.Tag != nil {
				p.WriteString(field.Tag.Value)
			}
			p.span(field.Pos(), field.End())
			p.WriteByte('}')
		}
	}
	p.WriteByte(']')
}

func (p *printer) exprs(list []ast.Expr) {
	for i, x := range list {
		if i > 0 {
			p.WriteByte(',')
		}
		p.expr(x)
	}
}

// node prints a kind, the expressions below it, and its span.
func (p *printer) node(x ast.Expr, kind string, below ...ast.Expr) {
	p.WriteString(kind)
	p.WriteByte('(')
	p.exprs(below)
	p.WriteByte(')')
	p.span(x.Pos(), x.End())
}

func (p *printer) expr(x ast.Expr) {
	switch x := x.(type) {
	case nil:
		p.WriteByte('-')
	case *ast.Ident:
		p.WriteString(x.Name)
		p.span(x.Pos(), x.End())
	case *ast.BasicLit:
		kind := map[token.Token]string{token.INT: "int", token.FLOAT: "float", token.IMAG: "imaginary", token.CHAR: "rune", token.STRING: "string"}[x.Kind]
		p.WriteString(kind + " " + x.Value)
		p.span(x.Pos(), x.End())
	case *ast.SelectorExpr:
		p.node(x, "selector", x.X, x.Sel)
	case *ast.IndexExpr:
		p.node(x, "index", x.X, x.Index)
	case *ast.IndexListExpr:
		p.node(x, "index", append([]ast.Expr{x.X}, x.Indices...)...)
	case *ast.StarExpr:
		p.node(x, "star", x.X)
	case *ast.ParenExpr:
		p.node(x, "paren", x.X)
	case *ast.CompositeLit:
		p.node(x, "composite", append([]ast.Expr{x.Type}, x.Elts...)...)
	case *ast.FuncLit:
		p.node(x, "funcLit", x.Type)
	case *ast.UnaryExpr:
		p.node(x, "unary"+x.Op.String(), x.X)
	case *ast.BinaryExpr:
		p.node(x, "binary"+x.Op.String(), x.X, x.Y)
	case *ast.CallExpr:
		p.node(x, "call", append([]ast.Expr{x.Fun}, x.Args...)...)
	case *ast.SliceExpr:
		p.node(x, "slice", x.X)
	case *ast.TypeAssertExpr:
		p.node(x, "typeAssert", x.X, x.Type)
	case *ast.KeyValueExpr:
		p.node(x, "keyValue", x.Key, x.Value)
	case *ast.Ellipsis:
		p.node(x, "ellipsis", x.Elt)
	case *ast.ArrayType:
		p.node(x, "array", x.Len, x.Elt)
	case *ast.MapType:
		p.node(x, "map", x.Key, x.Value)
	case *ast.ChanType:
		p.node(x, map[ast.ChanDir]string{ast.SEND: "chan send", ast.RECV: "chan receive", ast.SEND | ast.RECV: "chan both"}[x.Dir], x.Value)
	case *ast.FuncType:
		p.WriteString("funcType(")
		p.fields(x.TypeParams)
		p.fields(x.Params)
		p.fields(x.Results)
		p.WriteByte(')')
		p.span(x.Pos(), x.End())
	case *ast.StructType:
		p.WriteString("struct")
		p.fields(x.Fields)
		p.span(x.Pos(), x.End())
	case *ast.InterfaceType:
		p.WriteString("interface")
		p.fields(x.Methods)
		p.span(x.Pos(), x.End())
	default:
		p.WriteString(fmt.Sprintf("%T", x))
	}
}
