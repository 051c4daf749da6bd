/** A small project to edit at random, and the lines to do it with. */

import * as fc from "fast-check";

/** Two packages, one importing the other, for two architectures; enough of everything that findings depend on. */
export const smallProject: Readonly<Record<string, string>> = {
  "go.mod": "module m\n\ngo 1.24\n",
  "p/p.go":
    'package p\n\nimport "m/q"\n\ntype T struct {\n\ta int32\n\tb q.Word\n}\n\nfunc f(x T, y int64) int64\nfunc g(s string, b []byte)\n',
  "p/p_linux.go": "package p\n\nconst n = 4\n\nfunc h(a [n]int16, p *byte) uint8\n",
  "p/p_amd64.s":
    "TEXT ·f(SB), 4, $0-32\n\tMOVL x_a+0(FP), AX\n\tMOVQ x_b+8(FP), BX\n\tMOVQ y+16(FP), CX\n\tMOVQ CX, ret+24(FP)\n\tRET\n\nTEXT ·g(SB), 4, $0-40\n\tMOVQ s_len+8(FP), AX\n\tMOVQ b_cap+32(FP), AX\n\tRET\n",
  "p/h_linux_arm64.s":
    "TEXT ·h(SB), 4, $0-17\n\tMOVH a_0+0(FP), R0\n\tMOVD p+8(FP), R1\n\tMOVB R0, ret+16(FP)\n\tRET\n",
  "q/q.go": "package q\n\ntype Word = uint64\n",
  "q/q_amd64.s": "TEXT ·none(SB), 4, $0-8\n\tRET\n",
};
/** Its source files. */
export const sourceNames = Object.keys(smallProject).filter((name) => name !== "go.mod");

export const goLines = [
  "package p",
  "package q",
  'import "m/q"',
  "//go:build linux",
  "type Word uint32",
  "type Word = uint64",
  "type T struct { a, b, c int64 }",
  "type T [n]q.Word",
  "const n = 2",
  "const n = 2 + len(x)",
  "func f(x T, y int64) int64",
  "func f(y int64, x T)",
  "func none(w Word)",
  "func g(s string, b []byte)",
  "func g() {",
  "}",
  "",
  "/* ",
  "*/",
];
export const asmLines = [
  "TEXT ·f(SB), 4, $0-32",
  "TEXT ·g(SB), 4, $16-40",
  "TEXT ·h<ABIInternal>(SB), 4, $0-17",
  "TEXT ·none(SB), 4, $0",
  "\tMOVQ x_a+0(FP), AX",
  "\tMOVB y+16(FP), CX",
  "\tMOVQ s+0(FP), DX",
  "\tMOVD p+8(FP), R1",
  "\tMOVQ 8(FP), AX",
  "\tMOVQ 24(SP), AX",
  "\tRET",
  "//go:build !windows",
  "DATA x+0(SB)/8, $1",
  "\r",
  "é😀·",
];

/** Takes `remove` lines out at `at` and puts one in. */
export interface Splice {
  readonly file: string;
  readonly at: number;
  readonly remove: number;
  readonly line: string | undefined;
}

export const splices: fc.Arbitrary<Splice> = fc.constantFrom(...sourceNames).chain((file) =>
  fc.record({
    file: fc.constant(file),
    at: fc.nat(12),
    remove: fc.nat(2),
    line: fc.option(fc.constantFrom(...(file.endsWith(".go") ? goLines : asmLines)), { nil: undefined }),
  }),
);

/** The new text, and which lines of the old one are replaced by what. */
export function spliced(
  text: string,
  { at, remove, line }: Splice,
): { text: string; from: number; to: number; inserted: string } {
  const lines = text.split("\n");
  const from = Math.min(at, lines.length - 1);
  const to = Math.min(from + remove, lines.length - 1);
  const inserted = line === undefined ? [] : [line];
  const now = [...lines.slice(0, from), ...inserted, ...lines.slice(to)].join("\n");
  return { text: now, from, to, inserted: inserted.map((line) => line + "\n").join("") };
}
