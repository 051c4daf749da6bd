/** Blocks of small functions, on every architecture, and of any text at all. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arches, type GoArch } from "../../../server/src/core/facts/arch.ts";
import type { AsmFunction } from "../../../server/src/core/model/asm/asmCode.ts";
import { type AsmFlow, asmFlow } from "../../../server/src/core/model/asm/asmFlow.ts";
import { parseAsm } from "../../../server/src/core/syntax/asm/parser.ts";

const all = Object.keys(arches) as GoArch[];

function functionOf(body: string): AsmFunction {
  const { statements } = parseAsm(`TEXT ·f(SB), 4, $0-0\n${body}\n`);
  const [text] = statements;
  if (text?.kind !== "text") throw new Error("no TEXT");
  const end = statements.findIndex(({ kind }, i) => i > 0 && kind === "text");
  return { text, name: "·f", source: "", statements: statements.slice(1, end < 0 ? undefined : end) };
}

function flowOf(goarch: GoArch, body: string): AsmFlow {
  return asmFlow(functionOf(body), goarch);
}

/** "0-2 → 1 3, return": the steps of a block and what comes after it. */
function blocks(goarch: GoArch, body: string): string[] {
  return flowOf(goarch, body).blocks.map(({ from, to, successors, exits }) => {
    const after = [
      successors.join(" "),
      ...exits.map((exit) => (exit.kind === "tail" ? exit.symbol.name : exit.kind)),
    ];
    return `${from}-${to} → ${after.filter((part) => part !== "").join(", ")}`;
  });
}

test("what reads alike on every architecture", () => {
  for (const goarch of all.filter((name) => name !== "wasm")) {
    expect([goarch, blocks(goarch, "WORD $1\nJMP done\nWORD $2\ndone: RET")]).toEqual([
      goarch,
      ["0-2 → 2", "2-3 → 2", "3-4 → return"],
    ]);
    expect(blocks(goarch, "JMP ·g(SB)\nCALL ·g(SB)\nUNDEF")).toEqual(["0-1 → ·g", "1-3 → stop"]);
    expect(blocks(goarch, "RET ·g(SB)\nWORD $1")).toEqual(["0-1 → ·g", "1-2 → end"]);
    expect(blocks(goarch, "JMP nowhere\nJMP 4(R9)")).toEqual(["0-1 → unknown", "1-2 → unknown"]);
  }
});

describe("relative jumps count what the assembler counts", () => {
  test("labels and data are nothing, PCDATA and LOCK are something", () => {
    const body = "JMP 3(PC)\nlabel:\nPCDATA $0, $1\nDATA t<>(SB)/8, $1\nLOCK\nXADDL AX, (BX)\nRET";
    expect(blocks("amd64", body)).toEqual(["0-1 → 2", "1-3 → 2", "3-5 → return"]);
  });

  test("back, onto itself, to the TEXT and out of the function", () => {
    expect(blocks("amd64", "NOP\nJMP -1(PC)")).toEqual(["0-2 → 0"]);
    expect(blocks("amd64", "NOP\nJMP 0(PC)")).toEqual(["0-1 → 1", "1-2 → 1"]);
    expect(blocks("amd64", "NOP\nJNE -2(PC)\nRET")).toEqual(["0-2 → 0 1", "2-3 → return"]);
    expect(blocks("amd64", "JMP 5(PC)\nJMP -9(PC)")).toEqual(["0-1 → unknown", "1-2 → unknown"]);
  });

  test("a macro that stays counts as one", () => {
    expect(blocks("amd64", "JMP 2(PC)\nNO_LOCAL_POINTERS\nRET")).toEqual([
      "0-1 → 2",
      "1-2 → 2",
      "2-3 → return",
    ]);
  });
});

/** A conditional jump to a label, a return through the link register, a trap. */
const samples: readonly (readonly [GoArch, branch: string, back: string | undefined, trap: string])[] = [
  ["386", "JCC", undefined, "INT $0x80"],
  ["amd64", "JLS", undefined, "SYSCALL"],
  ["arm", "BCC", "B (R14)", "SWI $0"],
  ["arm64", "CBZ R0,", "B (R30)", "SVC"],
  ["loong64", "BEQ R4, R5,", "JMP (R1)", "SYSCALL"],
  ["mips", "BNE R1, R2,", "JMP (R31)", "SYSCALL"],
  ["mips64le", "BEQ R7,", "JMP (R31)", "SYSCALL"],
  ["ppc64le", "BVC", "BR (LR)", "SYSCALL"],
  ["riscv64", "BNE T0, ZERO,", "JMP (X1)", "ECALL"],
  ["s390x", "CMPBEQ R1, $0,", "BR R14", "SYSCALL"],
];

test.each(samples)("%s", (goarch, branch, back, trap) => {
  expect(blocks(goarch, `${branch} away\n${trap}\nRET\naway: UNDEF`)).toEqual([
    "0-1 → 2 1",
    "1-3 → return",
    "3-4 → stop",
  ]);
  expect(flowOf(goarch, trap).steps.map(({ flow }) => flow)).toEqual(["trap"]);
  if (back !== undefined) expect(blocks(goarch, back)).toEqual(["0-1 → return"]);
});

test("every name of the link register returns, and of no other", () => {
  for (const jump of ["JMP (LR)", "BR LR", "JMP (R14)", "BR R14"])
    expect(blocks("s390x", jump)).toEqual(["0-1 → return"]);
  for (const jump of ["JMP (R30)", "B (LR)"]) expect(blocks("arm64", jump)).toEqual(["0-1 → return"]);
  for (const jump of ["JMP (X1)", "JMP (RA)"]) expect(blocks("riscv64", jump)).toEqual(["0-1 → return"]);
  expect(blocks("s390x", "JMP (R1)")).toEqual(["0-1 → unknown"]);
  // A label of that name, where the assembler has no such register.
  expect(blocks("arm", "LR: NOP\nB LR")).toEqual(["0-2 → 0"]);
});

test("arm", () => {
  expect(blocks("arm", "B.EQ done\nRET.NE\ndone: MOVW.P 4(R13), R15")).toEqual([
    "0-1 → 2 1",
    "1-2 → 2, return",
    "2-3 → unknown",
  ]);
  expect(blocks("arm", "MOVW R15, R1\nCMP R1, R15\nMOVM.IA.W (R13), [R4-R8, R15]")).toEqual([
    "0-3 → unknown",
  ]);
  expect(blocks("arm", "BL.NE ·g(SB)\nB.LT ·g(SB)\nRET")).toEqual(["0-2 → 1, ·g", "2-3 → return"]);
});

test("riscv64's links to nowhere", () => {
  expect(blocks("riscv64", "JAL X0, done\nNOP\ndone: JALR ZERO, (T0)")).toEqual([
    "0-1 → 2",
    "1-2 → 2",
    "2-3 → unknown",
  ]);
});

test("a call of a label goes there too", () => {
  expect(blocks("ppc64", "BL sub\nRET\nsub: BR (LR)")).toEqual(["0-1 → 1 2", "1-2 → return", "2-3 → return"]);
});

test("a return under a condition", () => {
  expect(blocks("ppc64le", "BC 12, 30, (LR)\nNOP")).toEqual(["0-1 → 1, return", "1-2 → end"]);
});

test("wasm's structure", () => {
  expect(blocks("wasm", "Block\nLoop\nBrIf $1\nBr $0\nEnd\nEnd\nRET")).toEqual([
    "0-1 → 1",
    "1-3 → 4 2",
    "3-4 → 1",
    "4-5 → 4",
    "5-7 → return",
  ]);
  expect(blocks("wasm", "If\nUnreachable\nElse\nNop\nEnd\nReturn")).toEqual([
    "0-1 → 1 3",
    "1-2 → stop",
    "2-3 → 4",
    "3-4 → 4",
    "4-6 → return",
  ]);
  expect(blocks("wasm", "again: Loop\nGet R0\nBrIf again\nEnd\nReturn")).toEqual([
    "0-3 → 0 1",
    "3-5 → return",
  ]);
});

test("nothing at all has no block", () => {
  expect(flowOf("amd64", "").blocks).toEqual([]);
  expect(flowOf("amd64", "label:").blocks).toEqual([]);
});

const names = [...new Set(all.flatMap((goarch) => [...arches[goarch].flow.instructions.keys()]))];
const line = fc
  .oneof(
    fc.tuple(
      fc.constantFrom(...names, "Block", "If", "Else", "End", "MOVM", "ADD.EQ", "a:", "b:", "TEXT", "\u0000"),
      fc.constantFrom(
        "",
        "a",
        "b",
        "-1(PC)",
        "2(PC)",
        "99999999999999999999(PC)",
        "R15",
        "(LR)",
        "$1",
        "$-1",
        "·g(SB)",
        "*a",
        "[R1",
      ),
    ),
  )
  .map(([name, operand]) => `${name} ${operand}`);

test("any text has a graph in which every edge has two ends", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom(...all), (lines, goarch) => {
      const { steps, blocks } = flowOf(goarch, lines.join("\n"));
      let at = 0;
      blocks.forEach(({ from, to, successors, predecessors, exits }, i) => {
        expect(from).toBe(at);
        expect(to).toBeGreaterThan(from);
        expect(successors.length + exits.length).toBeGreaterThan(0);
        for (const successor of successors) expect(blocks[successor]!.predecessors).toContain(i);
        for (const predecessor of predecessors) expect(blocks[predecessor]!.successors).toContain(i);
        at = to;
      });
      expect(at).toBe(steps.length);
    }),
  );
});
