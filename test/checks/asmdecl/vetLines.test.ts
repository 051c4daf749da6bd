import { describe, expect, it } from "vitest";
import { blockFacts, goInt, opcodeOf, vetFile } from "../../../server/src/core/checks/asmdecl/vetLines.ts";

function symbolOf(line: string) {
  return vetFile(line, true).blocks[0]?.block.symbol;
}

describe("vetFile", () => {
  it("cuts a file into blocks and ends them at TEXT lines vet cannot read", () => {
    const text = "RET\nTEXT ·f(SB), 0, $0\n\tRET\nTEXT f(SB), 0, $0\n\tRET\nTEXT ·g(SB), 0, $0\n";
    const { blocks } = vetFile(text, true);
    expect(blocks.map(({ start, block }) => [start, block.text])).toEqual([
      [4, "TEXT ·f(SB), 0, $0\n\tRET\n"],
      [text.indexOf("TEXT ·g"), "TEXT ·g(SB), 0, $0\n"],
    ]);
  });

  it("keeps the blocks an edit did not touch", () => {
    const before = vetFile("// a\nTEXT ·f(SB), 0, $0\n\tRET\nTEXT ·g(SB), 0, $0\n\tRET\n", true);
    const after = vetFile("// ab\nTEXT ·f(SB), 0, $8\n\tRET\nTEXT ·g(SB), 0, $0\n\tRET\n", true, before);
    expect(after.blocks[0]!.block).not.toBe(before.blocks[0]!.block);
    expect(after.blocks[1]!.block).toBe(before.blocks[1]!.block);
    expect(after.blocks[1]!.start).toBe(before.blocks[1]!.start + 1);
    expect(vetFile(after.text, false, after).blocks[1]!.block).not.toBe(after.blocks[1]!.block);
  });

  it.each([
    ["TEXT ·f(SB), NOSPLIT|NOFRAME, $16-24", ["", "f", "NOSPLIT|NOFRAME", "16", "24"]],
    ["TEXT runtime·f(SB),7,$-8-0", ["runtime", "f", "7", "-8", "0"]],
    ["TEXT ·f(SB), $0", ["", "f", "", "0", ""]],
    ["TEXT ·f(SB), dupok, $0-8", ["", "f", "", "", ""]],
    ["TEXT a·b·f<ABIInternal>(SB)", ["a·b", "f<ABIInternal>", "", "", ""]],
    ["TEXT ·f(SB), 0, $4 ·g(SB), 0, $8", ["·f(SB), 0, $4", "g", "0", "8", ""]],
    ["\tTEXT\u00a0p·f(SB)", ["p", "f", "", "", ""]],
  ])("reads %s", (line, [packagePath, name, flags, localSize, argSize]) => {
    expect(symbolOf(line)).toMatchObject({ packagePath, name, flags, localSize, argSize });
  });

  it.each(["XTEXT ·f(SB)", "TEXT ·(SB)", "TEXT ·f (x)(SB)", "TEXT f(SB)", "// TEXT ·f(SB)"])(
    "does not read %s",
    (line) => {
      expect(symbolOf(line)).toBeUndefined();
    },
  );

  it("collects +build lines up to the first block", () => {
    const lines = [
      "// +build linux",
      "//+build no",
      "// x // \t+build 386 arm",
      "// +builds",
      "TEXT ·f(SB) // +build arm64",
    ];
    const text = [...lines, "// +build mips"].join("\n");
    expect(vetFile(text, true).buildLines).toEqual([["linux"], ["386", "arm"], ["arm64"]]);
  });
});

describe("blockFacts", () => {
  it("finds uses where vet's patterns match", () => {
    const line = "\tMOVQ $x+8(FP), 0(SP)8(SP) -8(SP) é+4(FP) 16(FP) 0(AX) // 24(FP)\n";
    const [facts] = blockFacts(vetFile(`TEXT ·f(SB)\n${line}`, true).blocks[0]!.block).lines;
    const texts = (uses: readonly { start: number; end: number }[]) =>
      uses.map(({ start, end }) => line.slice(start, end));
    // é is U+00E9, below the first letter beyond ASCII that vet takes; ÿ is that letter.
    expect(texts(facts!.named)).toEqual(["$x+8(FP)"]);
    expect(texts(facts!.stackUses)).toEqual(["0(SP)"]);
    expect(texts(facts!.unnamed)).toEqual(["16(FP)"]);
  });

  it("takes letters from U+00FF on for names", () => {
    const { lines } = blockFacts(vetFile("TEXT ·f(SB)\n\tMOVQ ÿ\u{1F600}+8(FP), AX", true).blocks[0]!.block);
    expect(lines[0]!.named[0]!.name).toBe("ÿ\u{1F600}");
  });
});

describe("goInt", () => {
  it("clamps like strconv.Atoi", () => {
    expect(["", "08", "-8", "9".repeat(400)].map(goInt)).toEqual([0, 8, -8, 2 ** 63]);
  });
});

describe("opcodeOf", () => {
  it.each([
    ["\tMOVQ AX, BX", "MOVQ"],
    ["done: RET", "RET"],
    ["A1: 8(FP)", "A"],
    ["AB: 8(FP)", "AB"],
    ["lower: 8(FP)", undefined],
    ["\vMOVQ", undefined],
    ["   ", undefined],
  ])("%j", (line, expected) => {
    expect(opcodeOf(line)).toBe(expected);
  });
});
