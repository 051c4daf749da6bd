// The judge of buildConstraint.test.ts: reads a JSON array of lines and prints, as a JSON
// array, what go/build/constraint makes of each.
package main

import (
	"encoding/json"
	"go/build/constraint"
	"os"
)

type verdict struct {
	Expr  string
	Error string
}

func main() {
	var lines []string
	if err := json.NewDecoder(os.Stdin).Decode(&lines); err != nil {
		panic(err)
	}
	verdicts := []verdict{}
	for _, line := range lines {
		expr, err := constraint.Parse(line)
		if err != nil {
			verdicts = append(verdicts, verdict{Error: err.Error()})
		} else {
			verdicts = append(verdicts, verdict{Expr: expr.String()})
		}
	}
	json.NewEncoder(os.Stdout).Encode(verdicts)
}
