// AsmTokens says what cmd/asm's preprocessor hands to its parser. It reads lines of a file's
// path, its -D and its -I flags, parted by tabs, the flags by commas, and prints for each file
// a form feed and then its tokens, one a line, with an empty line where a line of assembly ends.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"text/scanner"

	"cmd/asm/internal/flags"
	"cmd/asm/internal/lex"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		fields := strings.Split(in.Text(), "\t")
		flags.D = strings.Split(fields[1], ",")
		flags.I = strings.Split(fields[2], ",")
		fmt.Fprint(out, "\f")
		for l := lex.NewLexer(fields[0]); ; {
			tok := l.Next()
			if tok == scanner.EOF {
				break
			}
			if tok == '\n' {
				fmt.Fprintln(out)
			} else if tok != '#' && tok != lex.BuildComment {
				fmt.Fprintln(out, lex.Make(tok, l.Text()))
			}
		}
	}
}
