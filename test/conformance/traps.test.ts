/**
 * The system calls that rt0 reads out of assembly, on whole Go trees: none overlooked, the numbers those
 * of the files' own #define lines and of package syscall of the same tree, and what has no name listed
 * with its reason. RT0_GO_HISTORY names a git directory with Go's commits, for trees in which every
 * system was still called by traps; without it those are skipped, in CI too.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { meaningsOf, parseTarget } from "../../server/src/core/index.ts";
import { goRoots } from "./support/goroots.ts";
import { history, treeAt } from "./support/history.ts";
import { outputLines } from "./support/lines.ts";
import { rt0Program } from "./support/rt0.ts";

interface Row {
  readonly target: string;
  readonly package: string;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly kind: "trap" | "library";
  readonly number?: number;
  readonly value?: number;
  readonly name?: string;
  readonly class?: string;
  readonly macro?: string;
  readonly misfit?: string;
  readonly unresolved?: string;
}

interface Tree {
  readonly name: string;
  readonly dir: string;
}

const commits = ["376898ca8b", "e785e3acf8", "b7f1777a70"];
const roots = goRoots.map(({ dir, version }): Tree => ({ name: version, dir }));

describe.skipIf(roots.length === 0).each(roots)("$name", (tree) => {
  test("every trap is found, and named unless its number is an argument", { timeout: 300_000 }, async () => {
    const rows = await trapsOf(tree.dir, ["std", "cmd"]);
    expect(missing(tree, rows)).toEqual([]);
    expect(summary(rows.filter((row) => row.unresolved !== undefined && !isArgument(row)))).toEqual(
      unnamed[tree.name.replace(/^(go1\.\d+)\..*/, "$1")] ?? [],
    );
    expect(summary(rows.filter(({ misfit }) => misfit !== undefined))).toEqual([]);
  });

  test("numbers are those of the #define lines and of package syscall", { timeout: 300_000 }, async () => {
    const rows = (await trapsOf(tree.dir, ["std", "cmd"])).filter(({ kind }) => kind === "trap");
    const defined = wrongAgainstDefines(tree, rows);
    expect(defined.wrong).toEqual([]);
    expect(defined.count).toBeGreaterThan(500);
    const constants = wrongAgainstSyscall(tree, rows);
    expect(constants.wrong).toEqual([]);
    expect(constants.count).toBeGreaterThan(400);
  });
});

describe.skipIf(history === "").each(commits)("%s", (commit) => {
  test("every trap is found and named", { timeout: 300_000 }, async () => {
    const tree = { name: commit, dir: treeAt(commit).dir };
    const rows = await trapsOf(tree.dir, [join(tree.dir, "src/...")]);
    expect(missing(tree, rows)).toEqual([]);
    expect(summary(rows.filter((row) => row.unresolved !== undefined && !isArgument(row)))).toEqual(
      unnamed[commit] ?? [],
    );
    expect(wrongAgainstDefines(tree, rows).wrong).toEqual([]);
    expect(wrongAgainstSyscall(tree, rows).wrong).toEqual(misnamed[commit] ?? []);
  });
});

/** What has no name, by release or commit, and why. docs/syscall-traps.md tells more. */
const unnamed: Readonly<Record<string, readonly string[]>> = {
  // getpid's number is loaded into R4, where the kernel looks for an argument.
  "go1.19": [
    "runtime/sys_openbsd_mips64.s:124 runtime·raiseproc: the caller leaves the number in its register",
  ],
  e785e3acf8: [
    // What runtime·_vdso points to where the kernel has no entry point: the caller has loaded the number.
    "runtime/rt0_linux_386.s:20 _fallback_vdso: the caller leaves the number in its register",
    // Taken over from freebsd; dragonfly has no such call. docs/syscall-traps.md tells more.
    "runtime/sys_dragonfly_amd64.s:70 runtime·exit1: no such call 431",
  ],
  b7f1777a70: [
    // The helper that the Mach traps are called through.
    "runtime/sys_darwin_386.s:387 runtime·sysenter: the caller leaves the number in its register",
  ],
};

/** Numbers that package syscall has for another call. */
const misnamed: Readonly<Record<string, readonly string[]>> = {
  e785e3acf8: [
    // select(2) as it is today; 82 is one that few kernels still have.
    "runtime/sys_linux_arm.s:366 android/arm SYS_SELECT is 82: 142",
    "runtime/sys_linux_arm.s:366 linux/arm SYS_SELECT is 82: 142",
  ],
  b7f1777a70: [
    // 5080 is rename. docs/syscall-traps.md tells more.
    "runtime/sys_linux_mips64x.s:436 linux/mips64 SYS_FCNTL is 5070: 5080",
    "runtime/sys_linux_mips64x.s:436 linux/mips64le SYS_FCNTL is 5070: 5080",
  ],
};

function isArgument({ unresolved }: Row): boolean {
  return unresolved?.startsWith("the number is an argument") ?? false;
}

/** One line for a place, whatever the target. */
function summary(rows: readonly Row[]): string[] {
  const lines = rows.map(
    (row) =>
      `${row.package}/${row.file}:${row.line} ${row.function}: ${row.misfit ?? row.unresolved}${row.value === undefined ? "" : ` ${row.value}`}`,
  );
  return [...new Set(lines)].sort();
}

const runs = new Map<string, Promise<readonly Row[]>>();

function trapsOf(root: string, packages: readonly string[]): Promise<readonly Row[]> {
  const run = runs.get(root) ?? collect(root, packages);
  runs.set(root, run);
  return run;
}

async function collect(root: string, packages: readonly string[]): Promise<readonly Row[]> {
  const args = [rt0Program, "traps", "--root", root, "--format", "json", ...packages];
  const rows: Row[] = [];
  for await (const line of outputLines({ program: process.execPath, args, allowed: [0] })) {
    rows.push(JSON.parse(line) as Row);
  }
  expect(rows.length).toBeGreaterThan(30);
  return rows;
}

/** Lines with a trap's mnemonic, by a plain search of the files rt0 has found any in, that rt0 has not found. */
function missing({ dir }: Tree, rows: readonly Row[]): string[] {
  const places = new Set(rows.map((row) => `${row.package}/${row.file}:${row.line}`));
  return filesOf(dir, rows).flatMap(([path, text]) => {
    const lines = text.split("\n").flatMap((line, i) => {
      const isTrap =
        /^[^/#]*\b(?:SYSCALL|SYSENTER|SVC|SWI|ECALL|INVOKE_SYSCALL|NACL_SYS\w+)\b(?! *\\$)/.test(line) ||
        /^[^/#]*\bINT\s+\$(?:0x8|64)/.test(line);
      return isTrap && !line.endsWith("\\") && !places.has(`${path}:${i + 1}`)
        ? [`${path}:${i + 1} ${line.trim()}`]
        : [];
    });
    return lines;
  });
}

/** The files of the rows, by "package/file". */
function filesOf(dir: string, rows: readonly Row[]): readonly (readonly [string, string])[] {
  const paths = [
    ...new Set(rows.filter(({ kind }) => kind === "trap").map((row) => `${row.package}/${row.file}`)),
  ];
  return paths.map((path) => [path, textOf(dir, path)]);
}

function textOf(dir: string, path: string): string {
  const full = [join(dir, "src", path), join(dir, path), path].find((candidate) => existsSync(candidate));
  if (full === undefined) throw new Error(`${path}: not there`);
  return readFileSync(full, "utf8");
}

/** A number that came from a macro is what that macro's #define line says, by arithmetic of our own. */
function wrongAgainstDefines({ dir }: Tree, rows: readonly Row[]) {
  const wrong = new Set<string>();
  let count = 0;
  for (const [path, text] of filesOf(dir, rows)) {
    const headers = [...text.matchAll(/^#include "(\w+\.h)"/gm)].map(([, name = ""]) => {
      const header = join(dir, "src", path, "..", name);
      return existsSync(header) ? readFileSync(header, "utf8") : "";
    });
    const defines = new Map(
      [...[...headers, text].join("\n").matchAll(/^#define\s+(\w+)\s+(.+?)\s*(?:\/[/*].*)?$/gm)].map(
        ([, name = "", body = ""]) => [name, body],
      ),
    );
    for (const row of rows) {
      if (`${row.package}/${row.file}` !== path || row.macro === undefined || row.value === undefined)
        continue;
      count++;
      const expected = sum(defines.get(row.macro) ?? "", defines);
      // nacl's is the number of a slot.
      if (expected !== row.value && !(row.target.startsWith("nacl/") && expected === row.number))
        wrong.add(`${path}:${row.line} ${row.macro} ${expected}: ${row.value}`);
    }
  }
  return { wrong: [...wrong], count };
}

/** `(SYS_BASE + 253)`, `SWI_OS_NETBSD | 1`, `(0x2000000+360)`. */
function sum(body: string, defines: ReadonlyMap<string, string>): number {
  const parts = body.replace(/[()]/g, "").split(/\s*[+|]\s*/);
  return parts.reduce((total, part) => {
    const known = defines.get(part);
    return total + (known === undefined ? Number(part) : sum(known, defines));
  }, 0);
}

/**
 * A number is what SYS_ and the name of the call is in package syscall of the tree, on the same target;
 * and what SYS_ and the name of the macro is.
 */
function wrongAgainstSyscall({ dir }: Tree, rows: readonly Row[]) {
  const directory = join(dir, "src/syscall");
  const files = existsSync(directory) ? readdirSync(directory) : [];
  const wrong = new Set<string>();
  let count = 0;
  for (const row of rows) {
    if (row.number === undefined || row.class !== "unix") continue;
    const [goos, goarch] = row.target
      .replace(/^android/, "linux")
      .replace(/^ios/, "darwin")
      .split("/");
    const names = [`zsysnum_${goos}_${goarch}.go`, `zsysnum_${goos}.go`, `zsyscall_${goos}_${goarch}.go`];
    const file = names.find((name) => files.includes(name));
    if (file === undefined) continue;
    const text = readFileSync(join(directory, file), "utf8");
    const constants = new Map(
      [...text.matchAll(/^\s*SYS_(\w+)\s*= (\d+)/gm)].map(([, name = "", number]) => [name, Number(number)]),
    );
    const system = parseTarget(row.target)!;
    const means = (number: number, name: string) =>
      meaningsOf(system, number).some((call) =>
        [call.name, ...call.aka].some((known) => known.toUpperCase() === name),
      );
    for (const name of [row.name?.toUpperCase(), row.macro?.replace("SYS_", "").toUpperCase()]) {
      const number = constants.get(name ?? "");
      if (number === undefined) continue;
      count++;
      // The system has since given the call another number, and package syscall has kept the first.
      const isEarlier = means(number, name!) && means(row.number, name!);
      if (number !== row.number && !isEarlier)
        wrong.add(
          `${row.package}/${row.file}:${row.line} ${row.target} SYS_${name} is ${number}: ${row.number}`,
        );
    }
    // Where package syscall has the number under a name, that is one of the call's names.
    const named = [...constants].filter(([, number]) => number === row.number).map(([name]) => name);
    if (named.length === 0 || row.name === undefined) continue;
    count++;
    const isKnown = named.some((name) => name === row.name?.toUpperCase() || means(row.number!, name));
    if (!isKnown)
      wrong.add(
        `${row.package}/${row.file}:${row.line} ${row.target} ${row.number} is SYS_${named}: ${row.name}`,
      );
  }
  return { wrong: [...wrong].sort(), count };
}
