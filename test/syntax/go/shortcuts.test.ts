/** What parseGo passes by pattern, tables of constants and plain function headers, it must read as it reads all else. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GoDecl, GoFile } from "../../../server/src/core/syntax/go/ast.ts";
import { isTableName } from "../../../server/src/core/syntax/go/constTable.ts";
import { valueSpecs } from "../../../server/src/core/syntax/go/parseDecl.ts";
import { parseGo } from "../../../server/src/core/syntax/go/parseGo.ts";

describe("tables of constants", () => {
  const name = fc.constantFrom(
    "AF_INET",
    "AF_DECnet",
    "E2BIG",
    "_X",
    "__y",
    "_",
    "B0",
    "Lower",
    "x",
    "SYS_größe",
  );
  const value = fc.constantFrom(
    "",
    " = 0x1",
    "\t= -12",
    " = iota",
    " = A +",
    " = 1.",
    " = Errno(0x7)",
    " = syscall.Signal(9)",
    ' = "a\\"b"',
    ' = "//go:x"',
    " = 'x'",
    " = `(`",
    " = (1)",
    " int = 3",
  );
  const behind = fc.constantFrom(
    "",
    " ",
    " // note",
    " /* ) */",
    " //go:x y",
    ";",
    "\r",
    ' // "("',
    ", Z = 1, 2",
  );
  const spec = fc.tuple(name, value, behind).map((parts) => `\t${parts.join("")}`);
  const plain = fc
    .tuple(
      fc.constantFrom("AF_DECnet", "E2BIG", "_X", "_", "B0"),
      fc.constantFrom("", " = 0x1", '\t= "\\n"', " = Errno(0x7) // ("),
    )
    .map((parts) => `\t${parts.join("")}`);
  const odd = fc.constantFrom("//go:linkname a b", "\t)", "\tconst", "var q int", "/*", "*/");
  const line = fc.oneof(
    { arbitrary: plain, weight: 30 },
    { arbitrary: fc.constantFrom("", "\t// why"), weight: 5 },
    { arbitrary: spec, weight: 2 },
    { arbitrary: odd, weight: 1 },
  );
  const group = fc
    .array(line, { maxLength: 8 })
    .map((lines) => `const (\n${lines.join("\n")}\n)\n\nfunc f()\n`);

  test("have the names that their specs have", () => {
    let tables = 0;
    fc.assert(
      fc.property(group, (text) => {
        for (const decl of parseGo(text).summary.decls) {
          if (decl.kind !== "const" || !decl.isTable) continue;
          tables++;
          const names = valueSpecs(decl).flatMap((spec) => spec.names.map((ident) => ident.name));
          expect(decl.names).toEqual(names);
          expect(decl.names.every(isTableName)).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
    expect(tables).toBeGreaterThan(1000);
  });

  test("end where any other group ends", () => {
    fc.assert(
      fc.property(group, (text) => {
        // A spec that no table has, in front of all others.
        const odd = "\todd = len(x)\n";
        const file = parseGo("package p\n" + text);
        const other = parseGo("package p\n" + text.replace("(\n", `(\n${odd}`));
        const others = other.summary.decls.map((decl) =>
          JSON.stringify(shown(decl))
            .replace(JSON.stringify(odd).slice(1, -1), "")
            .replace('"odd",', "")
            .replace('["odd"]', "[]"),
        );
        const own = file.summary.decls.map((decl) => JSON.stringify(shown(decl)));
        // A group in which nothing else is left is none without it.
        expect(own).toEqual(others.filter((decl) => !decl.endsWith(",[]]")));
        expect(directives(file)).toEqual(directives(other));
        expect(file.errors.map(({ message }) => message)).toEqual(other.errors.map(({ message }) => message));
      }),
      { numRuns: 3000 },
    );
  });
});

test("a function's header is the same wherever its { stands on the line", () => {
  const receiver = fc.constantFrom("", "(r T) ", "(r *T[K]) ", "() ", "(r T)", "(f func()) ");
  const name = fc.constantFrom("f", "Größe", "func", "x1", "_", "f[P any]", "init");
  const list = fc.constantFrom(
    "()",
    "(a, b int)",
    "(f func(int) bool)",
    "(x struct{ a int })",
    '(x [len(")")]int)',
    "(a /* ( */ int)",
    "(f func(func()))",
    "(",
  );
  const result = fc.constantFrom(
    "",
    " int",
    " *T",
    " []p.T",
    " (a, b int)",
    " chan",
    " struct",
    " interface",
    " []func",
    " *",
    " map",
    " (f func(int))",
    " // {",
    " p.",
    " [4]int",
  );
  const body = fc.constantFrom(
    " {\n}",
    " {\n\treturn\n}",
    "",
    " { x() }",
    "{\n}",
    " {\n\tx := `\n}`\n}",
    " {\n}}",
  );
  const fn = fc
    .tuple(receiver, name, list, result, body)
    .map(([r, n, l, s, b]) => `func ${r}${n}${l}${s}${b}`);
  const lines = fc.array(
    fc.oneof({ arbitrary: fn, weight: 6 }, fc.constantFrom("var x int", "", "}", "type T int", ")")),
    {
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(lines, (all) => {
      const text = all.join("\n") + "\n";
      // Neither two blanks in front of a "{" nor one at the end of a header is what the pattern expects.
      const spaced = text.replaceAll(/^(func [^{\n]*?) ?(\{?)$/gm, (_, header: string, open: string) =>
        open === "" ? `${header} ` : `${header}  ${open}`,
      );
      expect(headers(text)).toEqual(headers(spaced));
    }),
    { numRuns: 3000 },
  );
});

function directives({ summary }: GoFile): unknown {
  return summary.directives.map(({ name, args }) => [name, args]);
}

function shown(decl: GoDecl): unknown {
  return decl.kind === "const" || decl.kind === "var" ? [decl.header, decl.names] : decl.header;
}

/** Blanks in headers aside. */
function headers(text: string): unknown {
  return parseGo("package p\n" + text).summary.decls.map((decl) => [
    decl.kind,
    decl.header.replaceAll(" ", ""),
    decl.kind === "func" && [decl.name, decl.isMethod, decl.hasBody],
  ]);
}
