/**
 * The table of operand widths against the assembler: each mnemonic of arm64 and riscv64 is
 * assembled as a load or a store, and the width read from the instruction's encoding, as the
 * manuals of the two architectures define it. The table of plain moves says the same wherever
 * both know a mnemonic.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { accessWidth } from "../../server/src/core/checks/goAsm/accessWidths.ts";
import type { GoArch } from "../../server/src/core/facts/arch.ts";
import { operandWidth } from "../../server/src/core/facts/operandWidths.ts";
import { tree } from "../cli/runMain.ts";
import { eachRoot } from "./support/eachRoot.ts";
import { runGo } from "./support/goroots.ts";

/** Mnemonics with operands, `M` for the argument. */
const instructions = {
  arm64: [
    ..."MOVB MOVBU MOVH MOVHU MOVW MOVWU MOVD".split(" ").map((name) => `${name} M, R1`),
    ..."MOVB MOVH MOVW MOVD".split(" ").map((name) => `${name} R1, M`),
    ..."FMOVS FMOVD FMOVQ".split(" ").flatMap((name) => [`${name} M, F1`, `${name} F1, M`]),
    ..."LDP LDPW LDPSW".split(" ").map((name) => `${name} M, (R1, R2)`),
    ..."STP STPW".split(" ").map((name) => `${name} (R1, R2), M`),
    ..."FLDPS FLDPD FLDPQ".split(" ").map((name) => `${name} M, (F1, F2)`),
    ..."FSTPS FSTPD FSTPQ".split(" ").map((name) => `${name} (F1, F2), M`),
  ],
  riscv64: [
    ..."MOVB MOVBU MOVH MOVHU MOVW MOVWU MOV".split(" ").map((name) => `${name} M, X5`),
    ..."MOVB MOVH MOVW MOV".split(" ").map((name) => `${name} X5, M`),
    ..."MOVF MOVD".split(" ").map((name) => `${name} M, F5`),
    ..."MOVF MOVD".split(" ").map((name) => `${name} F5, M`),
  ],
} as const;

const decoders = { arm64: arm64Width, riscv64: riscv64Width };

/** Of a load or store, from the Arm Architecture Reference Manual, C4.1 "Loads and stores". */
function arm64Width(word: number): number | undefined {
  const [size, isVector, opc] = [word >>> 30, (word >>> 26) & 1, (word >>> 22) & 3];
  switch ((word >>> 27) & 7) {
    case 7:
      return isVector && opc >= 2 ? 16 : 1 << size;
    case 5:
      return 2 * (isVector ? 4 << size : size === 2 ? 8 : 4);
    default:
      return undefined;
  }
}

/**
 * Of a load or store, from the RISC-V unprivileged manual: opcodes LOAD, LOAD-FP, STORE, STORE-FP, and the
 * stack-pointer forms of compressed instructions, which a word may begin with.
 */
function riscv64Width(word: number): number | undefined {
  if ((word & 3) === 2) return [undefined, 8, 4, 8, undefined, 8, 4, 8][(word >>> 13) & 7];
  return [0x03, 0x07, 0x23, 0x27].includes(word & 0x7f) ? 1 << ((word >>> 12) & 3) : undefined;
}

eachRoot((root) => {
  test.each(["arm64", "riscv64"] as const)("%s as it is assembled", { timeout: 60_000 }, (arch) => {
    // The mnemonic may have an M in it too.
    const lines = instructions[arch].map((line) => line.replace(/\bM\b/, "x+0(FP)"));
    const source = lines.map((line, i) => `TEXT ·f${i}(SB), 4, $0-64\n\t${line}\n\tRET\n`).join("");
    const listing = runGo(root, ["tool", "asm", "-p", "p", "-S", "-o", "p.o", "p.s"], {
      cwd: tree({ "p.s": source }),
      target: `linux/${arch}`,
    });
    const widths = listing
      .split(/^(?=\S)/m)
      .slice(0, lines.length)
      .map((block) => {
        const bytes = [...block.matchAll(/^\t0x[0-9a-f]{4} ((?:[0-9a-f]{2} )+)/gm)].flatMap(([, hex]) =>
          hex!.trim().split(" "),
        );
        const words = Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) =>
          Number.parseInt([3, 2, 1, 0].map((n) => bytes[4 * i + n]).join(""), 16),
        );
        return words.map((word) => decoders[arch](word)).find((width) => width !== undefined);
      });
    const table = lines.map((line) => operandWidth(arch, line.split(" ", 1)[0]!, line));
    expect(table.map((width, i) => `${lines[i]}: ${width}`)).toEqual(
      widths.map((width, i) => `${lines[i]}: ${width}`),
    );
  });

  test("both tables agree on the assembler's mnemonics", () => {
    const both = Object.entries(objectPackages).flatMap(([arch, directory]) =>
      mnemonics(join(root.dir, "src/cmd/internal/obj", directory)).flatMap((name) => {
        const widths = [operandWidth(arch as GoArch, name, ""), accessWidth(arch as GoArch, name)] as const;
        return widths.includes(undefined) ? [] : [{ arch, name, widths }];
      }),
    );
    expect(both.filter(({ widths: [one, other] }) => one !== other)).toEqual([]);
    expect(both.length).toBeGreaterThan(30);
  });
});

const objectPackages = {
  amd64: "x86",
  arm: "arm",
  arm64: "arm64",
  loong64: "loong64",
  mips: "mips",
  ppc64: "ppc64",
  riscv64: "riscv",
  s390x: "s390x",
} as const satisfies Partial<Record<GoArch, string>>;

/** The names of an architecture's instructions. */
function mnemonics(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => name.startsWith("anames"))
    .flatMap((name) => [...readFileSync(join(directory, name), "utf8").matchAll(/^\t"(\w+)",$/gm)])
    .map(([, name]) => name!);
}
