/**
 * The table of operand widths against the assembler: each mnemonic of arm64 and riscv64 is
 * assembled as a load or a store, and the width read from the instruction's encoding, as the
 * manuals of the two architectures define it. What those of x86 are encoded as is read by GNU
 * objdump. The table of plain moves says the same wherever both know a mnemonic.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { operandWidths } from "../../server/src/core/checks/asmdecl/operandWidths.ts";
import { profileFor } from "../../server/src/core/checks/asmdecl/profile.ts";
import { opcodeOf } from "../../server/src/core/checks/asmdecl/vetLines.ts";
import { arches, type GoArch } from "../../server/src/core/facts/arch.ts";
import { fieldWidth, operandWidth } from "../../server/src/core/facts/memoryWidth.ts";
import { tree } from "../cli/runMain.ts";
import { eachRoot } from "./support/eachRoot.ts";
import { type GoRoot, runGo, tryGo } from "./support/goroots.ts";

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

/** The operands that instructions of x86 may have beside the argument, for each register `R` of vectors. */
const x86Operands = [
  ..."M, AX; AX, M; M, F0; F0, M; M; $1, M, AX; M, K1; K1, M".split("; "),
  ...["X", "Y", "Z"].flatMap((letter) =>
    "M, R0; R0, M; M, R1, R0; $1, M, R0; $1, R0, M; $1, M, R1, R0".replaceAll("R", letter).split("; "),
  ),
];

/** Those instructions of x86 that the table has and the assembler takes, with their code in hexadecimal digits. */
function assembledX86(root: GoRoot, arch: "386" | "amd64"): readonly { line: string; code: string }[] {
  const cwd = tree({});
  const names = mnemonics(join(root.dir, "src/cmd/internal/obj/x86")).filter(
    (name) => operandWidth(arches[arch], name, "X0") !== undefined,
  );
  let lines = names.flatMap((name) => x86Operands.map((operands) => `${name} ${operands}`));
  for (let tries = 0; tries < 5; tries++) {
    const source = lines.map((line, i) => `TEXT ·f${i}(SB), 4, $0-64\n${withArgument(line)}\nRET\n`).join("");
    writeFileSync(join(cwd, "p.s"), source);
    const args = ["tool", "asm", "-e", "-p", "p", "-S", "-o", "p.o", "p.s"];
    const { status, stdout, stderr } = tryGo(root, args, { cwd, target: `linux/${arch}` });
    if (status === 0) return codeOf(stdout).map((code, i) => ({ line: lines[i]!, code: code.join("") }));
    const refused = new Set(
      Array.from(stderr.matchAll(/p\.s:(\d+)/g), ([, line]) => Math.floor((Number(line) - 1) / 3)),
    );
    lines = lines.filter((_, i) => !refused.has(i));
  }
  throw new Error("the assembler goes on refusing");
}

const objdump = spawnSync("objdump", ["--version"]).status === 0;
const x86Sizes = { BYTE: 1, WORD: 2, DWORD: 4, QWORD: 8, TBYTE: 10, XMMWORD: 16, YMMWORD: 32, ZMMWORD: 64 };

/** The bytes of memory that an instruction names, in Intel's notation; undefined where it names none. */
function x86Widths(codes: readonly string[], arch: "386" | "amd64"): readonly (number | undefined)[] {
  const cwd = tree({});
  // For an instruction of 15 bytes at most, and what follows it.
  const room = 64;
  const bytes = Buffer.alloc(codes.length * room, 0x90);
  codes.forEach((code, i) => bytes.write(code, i * room, "hex"));
  writeFileSync(join(cwd, "code"), bytes);
  const machine = arch === "386" ? "i386" : "i386:x86-64";
  const options = ["-D", "-b", "binary", "-m", machine, "-M", "intel", "code"];
  const { stdout } = spawnSync("objdump", options, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  const sizes = new Map(
    Array.from(stdout.matchAll(/^ *([0-9a-f]+):\t[^\t\n]*\t.*?\b([A-Z]+) PTR/gm), ([, at, size]) => [
      Number.parseInt(at!, 16),
      x86Sizes[size as keyof typeof x86Sizes],
    ]),
  );
  return codes.map((_, i) => sizes.get(i * room));
}

/** The code of each TEXT in a listing, as bytes in hexadecimal digits. */
function codeOf(listing: string): readonly (readonly string[])[] {
  return listing
    .split(/^(?=\S)/m)
    .filter((block) => /^\S*\.f\d+ /.test(block))
    .map((block) =>
      [...block.matchAll(/^\t0x[0-9a-f]{4} ((?:[0-9a-f]{2} )+)/gm)].flatMap(([, hex]) =>
        hex!.trim().split(" "),
      ),
    );
}

/** The mnemonic may have an M in it too. */
function withArgument(line: string): string {
  return line.replace(/\bM\b/, "x+0(FP)");
}

eachRoot((root) => {
  test.each(["arm64", "riscv64"] as const)("%s as it is assembled", { timeout: 60_000 }, (arch) => {
    const lines = instructions[arch].map(withArgument);
    const source = lines.map((line, i) => `TEXT ·f${i}(SB), 4, $0-64\n\t${line}\n\tRET\n`).join("");
    const listing = runGo(root, ["tool", "asm", "-p", "p", "-S", "-o", "p.o", "p.s"], {
      cwd: tree({ "p.s": source }),
      target: `linux/${arch}`,
    });
    const widths = codeOf(listing).map((bytes) => {
      const words = Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) =>
        Number.parseInt([3, 2, 1, 0].map((n) => bytes[4 * i + n]).join(""), 16),
      );
      return words.map((word) => decoders[arch](word)).find((width) => width !== undefined);
    });
    const table = lines.map((line) => operandWidth(arches[arch], line.split(" ", 1)[0]!, line));
    expect(table.map((width, i) => `${lines[i]}: ${width}`)).toEqual(
      widths.map((width, i) => `${lines[i]}: ${width}`),
    );
  });

  test.skipIf(!objdump).each(["386", "amd64"] as const)(
    "%s as it is assembled",
    { timeout: 60_000 },
    (arch) => {
      const assembled = assembledX86(root, arch);
      const codes = assembled.map(({ code }) => code);
      const widths = x86Widths(codes, arch);
      expect(
        assembled.map(({ line }) => `${line}: ${operandWidth(arches[arch], line.split(" ", 1)[0]!, line)}`),
      ).toEqual(assembled.map(({ line }, i) => `${line}: ${widths[i]}`));
      expect(new Set(assembled.map(({ line }) => line.split(" ", 1)[0])).size).toBeGreaterThan(120);
    },
  );

  test("every instruction of the tree that moves an argument has a width", { timeout: 60_000 }, () => {
    const found = argumentLines(join(root.dir, "src")).map(({ arch, name, line }) => {
      const vet = operandWidths(profileFor(root.release), arches[arch], opcodeOf(name)!).destination;
      return { arch, name, line, width: operandWidth(arches[arch], name, line) ?? vet };
    });
    // That of an address is all that vet knows of LEA.
    expect(found.filter(({ width }) => width === 0)).toEqual([]);
    expect(new Set(found.map(({ arch, name }) => `${arch} ${name}`)).size).toBeGreaterThan(25);
    expect(found.length).toBeGreaterThan(2500);
  });

  test("both tables agree on the assembler's mnemonics", () => {
    const both = Object.entries(objectPackages).flatMap(([arch, directory]) =>
      mnemonics(join(root.dir, "src/cmd/internal/obj", directory)).flatMap((name) => {
        const facts = arches[arch as GoArch];
        const widths = [operandWidth(facts, name, ""), fieldWidth(facts, name)] as const;
        return widths.includes(undefined) ? [] : [{ arch, name, widths }];
      }),
    );
    expect(both.filter(({ widths: [one, other] }) => one !== other)).toEqual([]);
    expect(both.length).toBeGreaterThan(30);
  });
});

/** The lines with an argument in the assembly files of a directory and below, of four architectures by the files' names. */
function argumentLines(directory: string): { arch: GoArch; name: string; line: string }[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === "testdata" ? [] : argumentLines(path);
    const arch = /_(386|amd64|arm64|riscv64)\.s$/.exec(entry.name)?.[1] as GoArch | undefined;
    if (arch === undefined) return [];
    const lines = readFileSync(path, "utf8").matchAll(
      /^[ \t]*([A-Z][A-Z0-9]*)[A-Za-z.]*[ \t]+(?:[^\n/]*[ \t,])?\w+\+\d+\(FP\).*/gm,
    );
    return Array.from(lines, ([line, name]) => ({ arch, name: name!, line }));
  });
}

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
