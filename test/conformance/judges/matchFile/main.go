// A judge of buildConstraint.test.ts: reads a JSON array of files and prints, as a JSON
// array, which of them go/build selects for the GOOS and GOARCH of the environment.
package main

import (
	"encoding/json"
	"go/build"
	"io"
	"os"
	"strings"
)

type file struct{ Name, Text string }

func main() {
	var files []file
	if err := json.NewDecoder(os.Stdin).Decode(&files); err != nil {
		panic(err)
	}
	verdicts := []bool{}
	for _, f := range files {
		context := build.Default
		context.OpenFile = func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(f.Text)), nil
		}
		match, err := context.MatchFile("/dir", f.Name)
		// As Import does: an error rejects a Go file, and no other.
		verdicts = append(verdicts, match && (err == nil || !strings.HasSuffix(f.Name, ".go")))
	}
	json.NewEncoder(os.Stdout).Encode(verdicts)
}
