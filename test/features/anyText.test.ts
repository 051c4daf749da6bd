/** Whatever stands in a file, and wherever the pointer is: the editor's questions have an answer and end. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkDirectory,
  definition,
  documentHighlights,
  documentSymbols,
  hover,
  inlayHints,
  matrixPreview,
  structLocations,
  structSizeSummary,
  symbolNames,
  symbolLocations,
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
        ask((snapshot) => documentHighlights(snapshot, "/m/p", name, offset));
        ask((snapshot) => documentSymbols(snapshot, "/m/p", name));
        ask((snapshot) => inlayHints(snapshot, "/m/p", name, { start: 0, end: length }));
        for (const place of ask((snapshot) => symbolLocations(snapshot, "/m/p", name)))
          expect(place.span.end).toBeLessThanOrEqual(length);
        for (const place of ask((snapshot) => structLocations(snapshot, "/m/p", name)))
          ask((snapshot) => structSizeSummary(snapshot, "/m/p", place.name));
      }
      for (const { name } of ask((snapshot) => symbolNames(snapshot, "/m/p")))
        ask((snapshot) => matrixPreview(snapshot, "/m/p", name, [0, 1]));
    }),
    { numRuns: 150 },
  );
});

function many(part: string): string {
  return part.repeat(20_000);
}

test("long texts are checked and asked about in linear time", { timeout: 20_000 }, () => {
  const spaces = " ".repeat(100_000);
  const texts: readonly (readonly [go: string, asm: string])[] = [
    ["", many("//go:build linux\n")],
    ["", many("//go:build")],
    ["", many("# ")],
    ["", `TEXT ·f(SB), 4, $0-0\n\tRET ${many("#")}`],
    [many("const (\n// none\n)\n"), "TEXT ·f(SB), 4, $0-0\n\tRET\n"],
    [many("const (\n\tX = 1\n\ty = 1\n)\n"), "TEXT ·f(SB), 4, $0-0\n\tRET\n"],
    [many("func g() {}; "), "TEXT ·f(SB), 4, $0-0\n\tRET\n"],
    [`func g() {} ${many("//go:build")}`, "TEXT ·f(SB), 4, $0-0\n\tRET\n"],
    ["", `TEXT ·f(SB), 4, $0-0\n\tRET\n${many("//go:build linux\n")}`],
    ["func f(x int)", `TEXT ·f(SB), 4, $0-8\n${spaces}/* */ MOVQ x+0(FP), AX\n\tRET\n`],
    ["func f(x int)", `TEXT ·f(SB), 4, $0-8\n${many("\tXCHGQ BP, x+0(FP)\n")}\tRET\n`],
    ["func a_trampoline()", `TEXT ·a_trampoline(SB), 4, $0-0\n\tJMP${spaces}libc_a(SB)\n`],
    [
      "func a_trampoline()",
      `TEXT ·a_trampoline(SB), 4, $0-0\n\tJMP libc_a(SB)\n\tCALL ${many("a")} b_trampoline\n`,
    ],
    [`func f(event int) { ${many("event{")} }`, "TEXT ·f(SB), 4, $0-0\n\tRET\n"],
    [`func g() { _ = event{${many("event,")}} }\ntype event struct { a int }`, ""],
    [`type event struct { a ${many("*")}event }`, ""],
  ];
  for (const [go, asm] of texts) {
    const files = new Map([
      ["/m/go.mod", "module m\n"],
      ["/m/p/p.go", `package p\n${go}\n`],
      ["/m/p/p_linux_amd64.s", asm],
    ]);
    const { ask, project } = memoryProject(files, "/m", ["/m/p"], ["linux/amd64"]);
    ask((snapshot) => checkDirectory(snapshot, "/m/p", project.profile));
    const offset = files.get("/m/p/p.go")!.lastIndexOf("event");
    ask((snapshot) => hover(snapshot, "/m/p", "p.go", Math.max(offset, 0), { besideGopls: false }));
  }
});

test("lines of millions of characters", { timeout: 60_000 }, () => {
  const long = "a".repeat(12_000_000);
  const lines: readonly (readonly [line: string, go: string])[] = [
    [`"${long}`, `const (\n\tX = "${long}"\n)`],
    [`'${long}`, `const (\n\tX_${long}\n)`],
    [`#define X ${long}`, `func g(${long} int) {\n}`],
    ["#define X \\\n".repeat(1_000_000), `const (\n${"\tX = 1\n".repeat(1_000_000)})`],
  ];
  for (const [line, go] of lines) {
    const files = new Map([
      ["/m/go.mod", "module m\n"],
      ["/m/p/p.go", `package p\n${go}\nfunc f(x int)\n`],
      ["/m/p/p_linux_amd64.s", `#include "h.h"\nTEXT ·f(SB), 4, $0-8\n\tMOVL x+0(FP), AX\n\tRET\n${line}\n`],
      ["/m/p/h.h", `${line}\n`],
      ["/m/p/p.c", `${line}\n`],
    ]);
    const { ask, project } = memoryProject(files, "/m", ["/m/p"], ["linux/amd64"]);
    const found = ask((snapshot) => checkDirectory(snapshot, "/m/p", project.profile));
    expect(found.map(({ code }) => code)).toContain("asmdecl");
  }
});
