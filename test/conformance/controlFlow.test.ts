/**
 * Control flow against the assembler: its own lists of jumps, read from its sources, and where it sends
 * the jumps of every file of a Go tree that it takes without the constants of a compiled package.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildContext, LineIndex, parseTarget, type Target, TargetSet } from "../../server/src/core/index.ts";
import { arches, type GoArch } from "../../server/src/core/facts/arch.ts";
import { asmCodes } from "../../server/src/core/model/asm/asmCode.ts";
import { asmFlow } from "../../server/src/core/model/asm/asmFlow.ts";
import { asmMacros } from "../../server/src/core/model/asm/asmMacros.ts";
import { createAsmText } from "../../server/src/core/model/asm/asmUnit.ts";
import { tree } from "../cli/runMain.ts";
import { type GoRoot, goRoots, tryGo } from "./support/goroots.ts";

const root = goRoots.findLast(({ release }) => release >= 24);

/** The file of cmd/asm/internal/arch with an architecture's jumps, and the name of its list. */
const lists = {
  "386": ["arch.go", "jumpX86"],
  amd64: ["arch.go", "jumpX86"],
  arm: ["arm.go", "armJump"],
  arm64: ["arm64.go", "arm64Jump"],
  loong64: ["loong64.go", "jumpLoong64"],
  mips: ["mips.go", "jumpMIPS"],
  mips64: ["mips.go", "jumpMIPS"],
  ppc64: ["ppc64.go", "jumpPPC64"],
  riscv64: ["arch.go", "jumpRISCV"],
  s390x: ["s390x.go", "jumpS390x"],
  wasm: ["arch.go", "jumpWasm"],
} as const satisfies Partial<Record<GoArch, readonly [string, string]>>;

/** ADR takes a label and jumps nowhere. */
const noJump = new Set(["ADR", "ADRP"]);

describe.skipIf(root === undefined)("jumps", () => {
  test.each(Object.entries(lists))("of %s", (goarch, [file, list]) => {
    const names = listedJumps(root!.dir, file, list);
    expect(names.length).toBeGreaterThan(3);
    const known = arches[goarch as GoArch].flow.instructions;
    const goElsewhere = [...known].flatMap(([name, flow]) =>
      flow === "jump" || flow === "branch" || flow === "call" ? [name] : [],
    );
    expect(names.filter((name) => !goElsewhere.includes(name))).toEqual([]);
    expect(goElsewhere.filter((name) => !names.includes(name))).toEqual(unlisted[goarch] ?? []);
  });
});

function listedJumps(dir: string, file: string, list: string): readonly string[] {
  const text = readFileSync(join(dir, "src/cmd/asm/internal/arch", file), "utf8");
  const [body = ""] = text.slice(text.search(new RegExp(`(func|var) ${list}\\b`))).split("\n}");
  const names = [...body.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
  if (list !== "jumpX86") return names.filter((name) => !noJump.has(name));
  // Everything with a J: its own names, and the other ones that the assembler gives them.
  const anames = readFileSync(join(dir, "src/cmd/internal/obj/x86/anames.go"), "utf8");
  return [
    ...[...anames.matchAll(/"(J\w+|LOOP\w*|XBEGIN)"/g)].map(([, name = ""]) => name),
    ...[...text.matchAll(/instructions\["(J\w+)"\] = x86/g)].map(([, name = ""]) => name),
    "JMP",
    "CALL",
  ];
}

/** What goes elsewhere but takes no label, so that the assembler reads it as any other instruction. */
const unlisted: Readonly<Record<string, readonly string[]>> = {
  arm: ["BXRET"],
  wasm: ["BrTable", "CallIndirect", "CALLNORESUME"],
};

describe.skipIf(root === undefined)("where jumps go", () => {
  const targets = Object.keys(arches)
    .filter((goarch) => Object.hasOwn(lists, goarch) && goarch !== "wasm")
    .map((goarch) => parseTarget(`linux/${goarch}`)!);

  test.each(targets)("on $name", { timeout: 300_000 }, (target) => {
    // A stub: files that need more of it do not assemble and are left out.
    const scratch = tree({ "go_asm.h": "" });
    const { dir } = root!;
    const suffix = new RegExp(
      `_(?:${target.goarch}|${target.goarch}x|${target.goarch.replace(/le$/, "")}x)\\.s$`,
    );
    const files = readdirSync(join(dir, "src"), { recursive: true, encoding: "utf8" })
      .filter(
        (path) =>
          suffix.test(path) && !/testdata|_(?:darwin|windows|\w+bsd|dragonfly|plan9|solaris|aix)_/.test(path),
      )
      .map((path) => join(dir, "src", path));
    let count = 0;
    for (const file of files) {
      const expected = assembledJumps(root!, scratch, file, target);
      if (!expected) continue;
      const actual = jumpsOf(dir, file, target);
      for (const [from, to] of actual) {
        const lines = expected.get(from);
        // Two jumps on one line, or one that the assembler turned into another instruction.
        if (lines?.length !== 1) continue;
        count++;
        expect([
          file,
          from + 1,
          lines[0]!.includes(to) ? "agrees" : `to line ${to + 1}, not ${lines[0]!.map((line) => line + 1)}`,
        ]).toEqual([file, from + 1, "agrees"]);
      }
    }
    expect(count).toBeGreaterThan(25);
  });
});

/** By line, counted from zero, the lines that each jump there may go to; undefined where the file does not assemble. */
function assembledJumps(
  root: GoRoot,
  scratch: string,
  file: string,
  target: Target,
): ReadonlyMap<number, readonly (readonly number[])[]> | undefined {
  const defines = [...asmMacros(target, buildContext())].flatMap((macro) => ["-D", macro]);
  const include = ["-I", scratch, "-I", join(root.dir, "pkg/include"), "-I", join(root.dir, "src/runtime")];
  const asm = ["tool", "asm", "-S", "-p", "x", ...include, ...defines, "-o", join(scratch, "out.o"), file];
  const { status, stdout: listing } = tryGo(root, asm, { target: target.name });
  if (status !== 0) return undefined;
  const jumps = new Map<number, (readonly number[])[]>();
  for (const fn of listing.split(/^(?=\S)/m)) {
    const rows = [...fn.matchAll(/^\t0x[0-9a-f]+ (\d+) \((.+):(\d+)\)\t(\w+)[^\t\n]*\t?(.*)$/gm)].filter(
      ([, , path]) => file.endsWith(path!) || path === file,
    );
    const lines = new Map<number, number[]>();
    for (const [, pc, , line] of rows)
      lines.set(Number(pc), [...(lines.get(Number(pc)) ?? []), Number(line) - 1]);
    for (const [, pc, , line, name = "", operands = ""] of rows) {
      const goes = arches[target.goarch].flow.instructions.get(name);
      // riscv64 shows distances, and JMP as JAL without a link.
      const [, distance, to = distance && String(Number(pc) + Number(distance))] =
        /(?:^|, )(?:\$(-?\d+)|(\d+))$/.exec(operands) ?? [];
      if ((goes !== "jump" && goes !== "branch" && !operands.startsWith("X0, ")) || to === undefined)
        continue;
      const at = Number(line) - 1;
      jumps.set(at, [...(jumps.get(at) ?? []), lines.get(Number(to)) ?? []]);
    }
  }
  return jumps;
}

/** The lines of each jump and of the step it goes to, as the graph has it. Jumps in macros are left out. */
function* jumpsOf(dir: string, file: string, target: Target): Generator<readonly [number, number]> {
  const text = readFileSync(file, "utf8");
  const lines = new LineIndex(text);
  const include = (path: string) => {
    try {
      return createAsmText(readFileSync(join(dir, "src/runtime", path), "utf8"));
    } catch {
      return undefined;
    }
  };
  const config = { targets: [target], context: buildContext() };
  for (const code of asmCodes(createAsmText(text), TargetSet.all(1), config, include)) {
    for (const fn of code.functions) {
      const { steps, blocks } = asmFlow(fn, target.goarch);
      const lineOf = (step: number): number | undefined => {
        const place = code.written(steps[step]!.statement);
        return place.origin ? undefined : lines.lineAt(place.span.start);
      };
      for (const { to, successors } of blocks) {
        const { flow } = steps[to - 1]!;
        const [goal] = successors;
        if ((flow !== "jump" && flow !== "branch") || goal === undefined) continue;
        // The assembler sends a jump to a jump where that one goes.
        let end = goal;
        for (let hops = 0; hops < 100; hops++) {
          const { from, to: last, successors: next, exits } = blocks[end]!;
          if (last !== from + 1 || steps[from]!.flow !== "jump" || next.length !== 1 || exits.length > 0)
            break;
          end = next[0]!;
        }
        const [jump, landing] = [lineOf(to - 1), lineOf(blocks[end]!.from)];
        if (jump !== undefined && landing !== undefined) yield [jump, landing];
      }
    }
  }
}
