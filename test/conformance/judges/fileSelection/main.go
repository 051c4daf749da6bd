// The judge of fileSelection.test.ts: prints, as one JSON object per line, which
// files go/build selects in each directory named on standard input, for the GOOS,
// GOARCH and CGO_ENABLED of the environment. The first line holds the tags that hold.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/build"
	"os"
)

type selection struct {
	Dir       string
	Go        []string `json:",omitempty"`
	Cgo       []string `json:",omitempty"`
	Asm       []string `json:",omitempty"`
	Test      []string `json:",omitempty"`
	ExtraTest []string `json:",omitempty"`
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	context := build.Default
	encoder.Encode(struct{ ToolTags, ReleaseTags []string }{context.ToolTags, context.ReleaseTags})
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		dir := input.Text()
		// An error (no Go files for this target, two packages) leaves the lists as they are.
		pkg, err := context.ImportDir(dir, 0)
		if pkg == nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		encoder.Encode(selection{dir, pkg.GoFiles, pkg.CgoFiles, pkg.SFiles, pkg.TestGoFiles, pkg.XTestGoFiles})
	}
}
