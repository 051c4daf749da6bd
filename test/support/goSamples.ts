/** Go sources for tests that try any text: a sample with every shape of declaration, and ways to break it. */
import * as fc from "fast-check";
import { expect } from "vitest";
import type { GoFile } from "../../server/src/core/syntax/go/ast.ts";

export const sampleGo = `// Package p has one of each.
package p

import (
	"unsafe"
	_ "embed"
)

//go:linkname now time.now
func now() (sec int64, nsec int32, mono int64)

type (
	// List is generic.
	List[T interface{ ~int | ~string }] struct {
		next *List[T] \`json:"next"\`
		unsafe.Pointer
		a, b [2 * N]func(x ...int) <-chan struct{}
	}
	Op = func(a, b int) (int, error)
)

const (
	N = 1 << iota
	_
	s = "a{" + \`raw }
\` + string('}')
)

var table = map[string][]T{"x": {{1, 2}, {3}}, "y": nil}

func (l *List[T]) Len() (n int) {
	for ; l != nil; l = l.next { // }
		n++ /* { */
	}
	return n
}

var f = func() interface{ M() } { return x[1:2].(T) }
`;

const fragments = sampleGo.split(/(?<=[^\w])|(?=[^\w])/);

/** Random text, Go tokens in random order, and the sample with a cut or a changed character. */
export const brokenGo: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(fc.constantFrom(...fragments), { maxLength: 200 }).map((list) => "package p\n" + list.join("")),
  fc
    .tuple(fc.nat(sampleGo.length), fc.nat(sampleGo.length))
    .map(([a, b]) => sampleGo.slice(0, a) + sampleGo.slice(b)),
  fc
    .tuple(fc.nat(sampleGo.length), fc.constantFrom(..."{}()[]\"'`/*\n\\;,.aé0 "))
    .map(([i, c]) => sampleGo.slice(0, i) + c + sampleGo.slice(i + 1)),
);

/** What holds for every text: spans lie in it, in order, without overlap, and show what they claim. */
export function checkPlaces(file: GoFile): void {
  const { text, summary, declSpans } = file;
  expect(declSpans.length).toBe(summary.decls.length);
  expect(file.importSpans.length).toBe(summary.imports.length);
  expect(file.directiveSpans.length).toBe(summary.directives.length);
  let last = 0;
  declSpans.forEach(({ header, body, doc }, i) => {
    if (text.slice(header.start, header.end) !== summary.decls[i]!.header)
      expect.fail("a place is not its header's");
    for (const span of [doc, header, body]) {
      if (span === undefined) continue;
      if (!(last <= span.start && span.start < span.end && span.end <= text.length)) {
        expect.fail(`span ${span.start}-${span.end} after ${last} in ${text.length}`);
      }
      last = span.end;
    }
  });
  for (const span of [
    ...file.importSpans,
    ...file.directiveSpans,
    ...file.errors.map((error) => error.span),
  ]) {
    if (!(0 <= span.start && span.start <= span.end && span.end <= text.length)) {
      expect.fail(`span ${span.start}-${span.end} in ${text.length}`);
    }
  }
  for (const { decl } of summary.directives) expect(decl).toBeLessThan(Math.max(1, declSpans.length));
}
