/** Whatever stands in a file, and wherever the pointer is: the editor's questions have an answer and end. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  definition,
  hover,
  inlayHints,
  matrixPreview,
  structPlaces,
  structSizeSummary,
  symbolNames,
  symbolPlaces,
} from "../../server/src/core/index.ts";
import { memoryProject } from "../support/memoryProject.ts";

const pieces = [
  ..."·∕<>()$+-,;:{}[]*/\"'`\\\n\t #",
  "TEXT ·f(SB), 4, $0-8\n",
  "x+0(FP)",
  "SYSCALL\n",
  "MOVQ $39, AX\n",
  '#include "go_asm.h"\n',
  "#define SYS_read",
  "#ifdef GOOS_linux\n",
  "#endif\n",
  "const_few",
  "event_data",
  "libc_open",
  "SIGSEGV",
  "EAGAIN",
  "package p\n",
  "//sys read(fd int) = SYS_READ\n",
  "func f(x int)\n",
  "type event struct {",
  "event",
  "\u{1F600}",
  "\uD800",
];

const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));

test("questions about random texts", () => {
  fc.assert(
    fc.property(text, text, fc.nat(400), (go, asm, at) => {
      const files = new Map([
        ["/m/go.mod", "module m\n"],
        ["/m/p/p.go", `package p\n${go}`],
        ["/m/p/p_linux_amd64.s", asm],
      ]);
      const { ask } = memoryProject(files, "/m", ["/m/p"], ["linux/amd64", "linux/386"]);
      for (const name of ["p.go", "p_linux_amd64.s"]) {
        const { length } = files.get(`/m/p/${name}`)!;
        const offset = Math.min(at, length);
        const found = ask((snapshot) => hover(snapshot, "/m/p", name, offset, { besideGopls: false }));
        if (found) expect(found.span.end).toBeLessThanOrEqual(length);
        ask((snapshot) => definition(snapshot, "/m/p", name, offset));
        ask((snapshot) => inlayHints(snapshot, "/m/p", name, { start: 0, end: length }));
        for (const place of ask((snapshot) => symbolPlaces(snapshot, "/m/p", name)))
          expect(place.span.end).toBeLessThanOrEqual(length);
        for (const place of ask((snapshot) => structPlaces(snapshot, "/m/p", name)))
          ask((snapshot) => structSizeSummary(snapshot, "/m/p", place.name));
      }
      for (const { name } of ask((snapshot) => symbolNames(snapshot, "/m/p")))
        ask((snapshot) => matrixPreview(snapshot, "/m/p", name, [0, 1]));
    }),
    { numRuns: 150 },
  );
});
