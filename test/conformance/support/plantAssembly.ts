/**
 * Plants random mistakes in lines of Go assembly: the slips people make, and the
 * spellings on which a checker that reads lines with regular expressions differs
 * from one that reads tokens. It must not know files or targets.
 */
import { randomPart } from "./plantTypes.ts";
import type { Random } from "./random.ts";

export interface AssemblyContext {
  /** The import path of the package the file belongs to. */
  readonly packagePath: string;
  /** Names seen in the file as `name+0(FP)`. */
  readonly names: readonly string[];
}

/** Returns the line changed, perhaps as several lines or none, or undefined where the mistake has no place. */
type Mistake = (line: string, random: Random, context: AssemblyContext) => string | undefined;

/** Stands for a byte that is no UTF-8, until the file is written. */
export const strayByte = "\uE0FF";

const slot = /(\$?)([\p{L}\p{N}_]+)\+(\d+)\(FP\)/u;
const stackAccess = /([\w.]*[-+])?(\d+)\((SP|RSP|R13|R29|R15|R1|R3)\)/;
const opcode = /^(\s*(?:\w+:)?\s*)([A-Z][A-Z0-9]*)(\s)/;

/** Moves of every width, and opcodes whose last letters look like a width. */
export const opcodes = [
  "MOVB MOVBU MOVBZ MOVH MOVHU MOVHZ MOVW MOVWU MOVWZ MOVL MOVQ MOVD MOVV MOVF MOVO MOVOU MOVSD MOVSS MOVUPS",
  "FMOVS FMOVD FMOVDP FMOVF FMOVFP FMOVLP FMOVL SETEQ PINSRD PEXTRD LEAL LEAQ LEAW CMPQ CMPB ADDSD SQRTSS",
  "MOVBQZX MOVWBR MOVDU FABSD PMULLD X B MOVQ.P MOVW.EQ movq LDP STP VLD1.P I64Load",
].flatMap((line) => line.split(" "));
const stackRegisters = ["SP", "RSP", "R13", "R29", "R15", "R1", "R3"];
const flags = [
  "7",
  "0",
  "4",
  "NOSPLIT",
  "NOFRAME",
  "NOSPLIT|NOFRAME",
  "(NOSPLIT|NOFRAME)",
  "WRAPPER",
  "NOSPLIT | NOFRAME",
  "nosplit",
];

function replaceSlot(
  change: (slot: { dollar: string; name: string; offset: number; text: string }, random: Random) => string,
): Mistake {
  return (line, random) => {
    const found = slot.exec(line);
    if (found === null) return undefined;
    const [text, dollar = "", name = "", offset = ""] = found;
    const changed = change({ dollar, name, offset: Number(offset), text }, random);
    return line.slice(0, found.index) + changed + line.slice(found.index + text.length);
  };
}

const slotMistakes: readonly Mistake[] = [
  replaceSlot(
    ({ dollar, name, offset }, random) => `${dollar}${name}+${Math.max(0, offset + nudge(random))}(FP)`,
  ),
  replaceSlot(
    ({ dollar, name, offset }, random) => `${dollar}${name}+${Math.max(0, offset + nudge(random))}(FP)`,
  ),
  replaceSlot(({ dollar, name, offset }, random) => `${dollar}${misspelled(name, random)}+${offset}(FP)`),
  replaceSlot(({ dollar, name, offset }, random) => `${dollar}${name}${randomPart(random)}+${offset}(FP)`),
  replaceSlot(({ dollar, name, offset }) => `${dollar}${name.replace(/_[a-z0-9]+$/, "")}+${offset}(FP)`),
  replaceSlot(({ dollar, name, offset }) => `${dollar === "" ? "$" : ""}${name}+${offset}(FP)`),
  replaceSlot(({ name }) => `${name}(FP)`),
  replaceSlot(({ offset }) => `${offset}(FP)`),
  replaceSlot(({ name, offset }, random) =>
    random.pick([
      `-${offset}(FP)`,
      `+${offset}(FP)`,
      `${name}-${offset}(FP)`,
      `${name}+0x${offset}(FP)`,
      `${name}+(${offset})(FP)`,
      `${name}+0${offset}(FP)`,
      `${name}+8+${offset}(FP)`,
      `${name}+${offset} (FP)`,
      `${name} +${offset}(FP)`,
      `*${name}+${offset}(FP)`,
      `${name}<>+${offset}(FP)`,
      `·${name}+${offset}(FP)`,
      `${offset}(FP)(AX*1)`,
      `${name}+99999999999999999999(FP)`,
      `${name}+${offset}(fp)`,
      `(${offset}(FP))`,
      `[${name}+${offset}(FP)]`,
    ]),
  ),
  replaceSlot(({ text }, random) => `${text}, ${random.pick(["x", "ret", "arg"])}+${random.int(6) * 4}(FP)`),
  (line, random) => changeOpcode(line, () => random.pick(opcodes)),
  (line, random) => changeOpcode(line, () => random.pick(opcodes)),
  (line) => changeOpcode(line, (op) => op.replace(/[LQDVW]$/, "B")),
  (line) => changeOpcode(line, (op) => op.replace(/[QDV]$/, "W")),
  (line) => changeOpcode(line, () => "LEAQ"),
  (line) => changeOpcode(line, () => ""),
  (line, random, { names }) =>
    names.length > 0
      ? line.replace(slot, (text) => text.replace(/^\$?[^+]+/, random.pick(names)))
      : undefined,
  // The operands trade places.
  (line) => {
    const found = /^(\s*\S+\s+)([^,/]+),\s*([^,/\n]+)$/.exec(line);
    return found === null ? undefined : `${found[1]}${found[3]!.trim()}, ${found[2]!.trim()}`;
  },
];

const textMistakes: readonly Mistake[] = [
  (line, random) =>
    changeFrame(line, (frame, args) => `$${frame}-${Math.max(0, args + 4 * (random.int(5) - 2))}`),
  (line, random) => changeFrame(line, (frame, args) => `$${frame + 8 * (random.int(9) - 4)}-${args}`),
  (line, random) =>
    changeFrame(line, (frame, args) =>
      random.pick([
        `$${frame}`,
        "",
        `$-8`,
        `$-${args}`,
        `$0x${frame}-${args}`,
        `$(${frame}*2)-${args}`,
        `$${frame} - ${args}`,
        "$",
        `$0-0`,
        `$0-${args}`,
        `$${frame}-0${args}`,
        `$${frame}-x`,
        `$framesize-${args}`,
        `$~${frame}-${args}`,
      ]),
    ),
  (line, random) =>
    line.replace(
      /(\(SB\)\s*,\s*)[^,$]*(,|$)/,
      (_, start: string, end: string) => start + random.pick(flags) + end,
    ),
  (line) => line.replace(/(\(SB\)\s*),[^,]*,/, "$1,"),
  (line, random) =>
    renameText(
      line,
      (name) =>
        `${name}${random.pick(["<ABIInternal>", "<ABIInternal>", "<ABI0>", "<ABI>", "<>", "<abi0>"])}`,
    ),
  (line) => renameText(line, (name) => name.replace(/<.*>$/, "")),
  (line, random) => renameText(line, (name) => misspelled(name, random)),
  (line, random) =>
    renameText(line, (name) => random.pick([`${name} `, `(${name})`, `${name}é`, `${name}+8`, `${name}·x`])),
  (line, random, { packagePath }) =>
    line.replace(/^(TEXT\s+)[^\s·(]*·/, (_, start: string) => {
      const last = packagePath.slice(packagePath.lastIndexOf("/") + 1);
      const whole = packagePath.replaceAll("/", "∕");
      return `${start}${random.pick([whole, whole, last, "runtime", `"".`, `${whole} `, packagePath, "main"])}·`;
    }),
  (line, random) =>
    line.replace(/^TEXT(\s+)/, (_, space: string) =>
      random.pick([`\tTEXT${space}`, `TEXT\t`, `XTEXT${space}`, "TEXT\u00a0", `TEXT ${space}`, "text "]),
    ),
  (line) => line.replace(/,\s*/g, ","),
  (line) => line.replace(/,\s*/g, " , "),
  (line, random) => `${line}\n${random.pick([...stackWrites(random), ...stackReads(random)])}`,
  (line) => `${line}\n${line}`,
];

const returnMistakes: readonly Mistake[] = [
  () => "",
  () => "\tRET\tzzOther(SB)",
  () => "\tRET\t// zzOther(SB)",
  () => "\tJMP\tzzOther(SB)",
  () => "\tRETFIE",
  () => "zzDone: RET;",
  (line) => `${line}\n\tRET`,
  (line) => `\tMOVD\tRET, R0\n${line}`,
];

const stackMistakes: readonly Mistake[] = [
  (line, random) =>
    line.replace(
      stackAccess,
      (_, before: string | undefined, offset: string, register: string) =>
        `${before ?? ""}${Number(offset) + random.pick([4, 8, 16, 64, 512])}(${register})`,
    ),
  (line, random) =>
    line.replace(stackAccess, (_, _before, offset: string, register: string) =>
      random.pick([
        `-${offset}(${register})`,
        `x-${offset}(${register})`,
        `x+${offset}(${register})`,
        `${offset}(SP)`,
        `(${register})`,
      ]),
    ),
  (line, random) =>
    line.replace(stackAccess, (_, _before, offset: string) => `${offset}(${random.pick(stackRegisters)})`),
  (line, random) => `${line}\n${random.pick(stackReads(random))}`,
];

const anyLineMistakes: readonly Mistake[] = [
  (line, random) => `${line}\n${random.pick(stackWrites(random))}`,
  (line, random) => `${line}\n${random.pick(stackReads(random))}`,
  (line, random) =>
    `${line}\n${random.pick(["\tRET", "\tSYSCALL", "\tSVC", "\tECALL", "\tCallImport", "\tMOVD R0, R3", "\tXORPS X0, F0"])}`,
  (line, random) =>
    `${line}\n${random.pick(["DATA zzData<>+0(SB)/8, $1", "GLOBL zzData<>(SB), 8, $8", "\tDATA\tzzData+0(SB)/4, $2"])}`,
  (line, random) =>
    `${line}\n${random.pick(["// +build amd64 arm64 386", "//+build arm mips64 riscv64", "//go:build ppc64 || s390x", "/* +build arm */", "x // // +build loong64 wasm"])}`,
  (line) => `// ${line}`,
  (line) => line.replace(/(\S)(\s+)(\S)/, "$1 // $3"),
  (line) => line.replace(/(\s)(\S+)$/, "$1/* $2 */"),
  (line) => `/*\n${line}\n*/`,
  (line) => line.replace(/^\s*/, "zzLabel:\t"),
  (line) => line.replace(/^\s*/, "1: "),
  (line) => line.replace(/^\s+/, ""),
  (line) => line.replace(/\t/g, " "),
  (line) => line.replace(/(\w) +(\S)/, "$1\t$2"),
  (line) => line.replace(/([A-Z]+)\s+/, "$1\u00a0"),
  (line) => line.replace(/,\s*/, ",\u2003"),
  (line) => line.replace(/,\s*/, ",\t"),
  (line) => line.replace(/\+(\d+)\(/, "é+$1("),
  (line) => line.replace(/\+(\d+)\(/, "ÿ+$1("),
  (line) => line.replace(/\+(\d+)\(/, "¡+$1("),
  (line) => line.replace(/\+(\d+)\(/, "😀+$1("),
  (line) => line.replace(/\+(\d+)\(/, `${strayByte}+$1(`),
  (line) => `${line}\r`,
  (line) => `${line}; ${line.trim()}`,
  () => "",
];

/** Plants mistakes in about `share` of the lines that matter to arguments and frames, and in some others. */
export function plantInAssembly(text: string, random: Random, packagePath: string, share: number): string {
  const lines = text.split("\n");
  const names = [...new Set([...text.matchAll(new RegExp(slot, "gu"))].map((found) => found[2]!))];
  const context = { packagePath, names };
  const changed = lines.map((line) => {
    const [mistakes, likelihood] = mistakesFor(line, share);
    if (!random.chance(likelihood)) return line;
    const changed = random.pick(mistakes)(line, random, context) ?? line;
    // Now and then two mistakes meet on a line.
    return random.chance(0.1) ? (random.pick(anyLineMistakes)(changed, random, context) ?? changed) : changed;
  });
  return changed.join(random.chance(0.03) ? "\r\n" : "\n");
}

function mistakesFor(line: string, share: number): readonly [readonly Mistake[], number] {
  if (/^\s*TEXT\b/.test(line)) return [textMistakes, share];
  if (slot.test(line))
    return /\bret/.test(line) ? [[...slotMistakes, () => ""], share] : [slotMistakes, share];
  if (/\bRET\b/.test(line)) return [returnMistakes, share / 2];
  if (stackAccess.test(line)) return [stackMistakes, share / 2];
  return [anyLineMistakes, line.trim() === "" || line.startsWith("//") ? 0 : share / 25];
}

export function stackWrites(random: Random): readonly string[] {
  const register = random.pick(stackRegisters);
  return [
    `\tADD\t$8, ${register}`,
    `\tMOVD\tR1,\t${register}`,
    `\tNOP\t${register}`,
    `\tSUBQ\t$16,${register}`,
    `\tADD $8, ${register}_x`,
  ];
}

/** Uses of words near the stack pointer; `register` is the architecture's own, or any without it. */
export function stackReads(random: Random, register = random.pick(stackRegisters)): readonly string[] {
  const offset = random.int(20) * 4;
  return [
    `\tMOVD\t${offset}(${register}), R4`,
    `\tMOVL\tAX, ${offset}(${register})`,
    `\tMOVW\tR4,-${offset}(${register})`,
    `\tCALL\tx+${offset}(${register})`,
  ];
}

function nudge(random: Random): number {
  return random.pick([-8, -4, -1, 1, 4, 8]);
}

function misspelled(name: string, random: Random): string {
  const at = random.int(name.length);
  return random.pick([
    `${name}s`,
    `${name.slice(0, at)}${name.slice(at + 1)}` || "x",
    name.slice(0, at) + name[at] + name.slice(at),
    name.toUpperCase(),
    "ret",
    "argframe",
    "ret_",
    "ret1",
    "arg",
    "_",
  ]);
}

function changeOpcode(line: string, change: (opcode: string) => string): string | undefined {
  return opcode.test(line)
    ? line.replace(opcode, (_, start: string, op: string, space: string) => start + change(op) + space)
    : undefined;
}

function changeFrame(line: string, change: (frame: number, args: number) => string): string | undefined {
  const found = /\$(-?\d+)(?:-(\d+))?/.exec(line);
  if (found === null) return undefined;
  const changed = change(Number(found[1]), Number(found[2] ?? 0));
  return line.slice(0, found.index) + changed + line.slice(found.index + found[0].length);
}

function renameText(line: string, change: (name: string) => string): string {
  return line.replace(/·([^\s(]+)\(SB\)/, (_, name: string) => `·${change(name)}(SB)`);
}
