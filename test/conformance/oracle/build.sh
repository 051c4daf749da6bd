#!/usr/bin/env bash
# Builds the reference checker, main.go beside this, with the asmdecl analyzer of a Go release:
#
#     GOROOT=DIR [OLDGO=DIR] build.sh OUT
#
# GOROOT is the toolchain; its own analyzer, the one of its go vet, is built in (default: that of the go on the PATH).
# OLDGO is a Go tree of April 2018, commit b7f1777a70, whose analyzer becomes -profile 2018. OUT is a folder that is
# made anew. Prints the path of the program, OUT/vetoracle. No network is asked, nor are the trees changed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUT}
export GOROOT=${GOROOT:-$(go env GOROOT)}
tools=$GOROOT/src/cmd/vendor/golang.org/x/tools

rm -rf "$out"
mkdir -p "$out"/{analysis,asmdecl,asmutil,asmdecl2018}
cp "$here/main.go" "$out/"
printf 'module vetoracle\ngo %s\n' "$(sed -n '1s/^go\([0-9]*\.[0-9]*\).*/\1/p' "$GOROOT/VERSION")" > "$out/go.mod"

# The interface of analyzers. Go 1.19 to 1.21 keep two hooks of it in a package that cannot be imported from here.
cp "$tools"/go/analysis/{analysis,diagnostic}.go "$out/analysis/"
if grep -q internal/analysisinternal "$out/analysis/analysis.go"; then
  mkdir -p "$out/analysisinternal"
  cat > "$out/analysisinternal/hooks.go" << 'GO'
package analysisinternal

import "go/types"

var (
	GetTypeErrors func(any) []types.Error
	SetTypeErrors func(any, []types.Error)
)
GO
  sed -i 's#"golang.org/x/tools/internal/analysisinternal"#"vetoracle/analysisinternal"#' "$out/analysis/analysis.go"
fi

# The analyzer. Its two helpers move from release to release, so they are supplied here.
cp "$tools"/go/analysis/passes/asmdecl/*.go "$out/asmdecl/"
sed -i '
  s#"golang.org/x/tools/go/analysis"#"vetoracle/analysis"#
  s#"golang.org/x/tools/internal/analysis/analyzerutil"#analyzerutil "vetoracle/asmutil"#
  s#"golang.org/x/tools/go/analysis/passes/internal/analysisutil"#analysisutil "vetoracle/asmutil"#
  s#ReadFile(pass\.Fset, #ReadFile(pass, #
' "$out/asmdecl/asmdecl.go"
cat > "$out/asmutil/asmutil.go" << 'GO'
package asmutil

import (
	"go/token"
	"os"

	"vetoracle/analysis"
)

func ReadFile(pass *analysis.Pass, name string) ([]byte, *token.File, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	file := pass.Fset.AddFile(name, -1, len(content))
	file.SetLinesForContent(content)
	return content, file, nil
}

func LineStart(file *token.File, line int) token.Pos { return file.LineStart(line) }
GO

# The checker of 2018 was part of a command, whose other parts shim2018.go.txt stands for.
cp "$here/shim2018.go.txt" "$out/asmdecl2018/shim.go"
if [ -n "${OLDGO:-}" ]; then
  sed 's#^package main#package asmdecl2018#' "$OLDGO/src/cmd/vet/asmdecl.go" > "$out/asmdecl2018/asmdecl.go"
else
  printf 'package asmdecl2018\n\nfunc asmCheck(*Package) { panic("built without OLDGO") }\n' > "$out/asmdecl2018/asmdecl.go"
fi

cd "$out"
GOFLAGS=-mod=mod GOTOOLCHAIN=local GOPROXY=off "$GOROOT/bin/go" build -o vetoracle .
echo "$PWD/vetoracle"
