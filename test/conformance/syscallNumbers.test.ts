/**
 * The numbers of system calls against sources they were not taken from: the constants SYS_X in
 * package syscall of a Go tree, and those of golang.org/x/sys/unix, whose directory RT0_XSYS names.
 * docs/syscall-differences.md lists every difference with its reason; the test reads it there.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageConstants, parseTarget } from "../../server/src/core/index.ts";
import { linuxPseudoConstants } from "../../server/src/core/oslayer/linuxCalls.ts";
import { meaningsOf, syscallByName } from "../../server/src/core/oslayer/syscalls.ts";
import { memoryProject } from "../support/memoryProject.ts";
import { goRoots, inCI } from "./support/goroots.ts";

interface Source {
  /** As docs/syscall-differences.md calls it. */
  readonly name: string;
  readonly directory: string;
}

const goTrees = goRoots
  .filter(({ release }) => release === 24)
  .map(({ dir }): Source => ({ name: "Go 1.24", directory: join(dir, "src/syscall") }));
const xsys = process.env["RT0_XSYS"];
if (xsys === undefined && inCI) throw new Error("RT0_XSYS names no directory of golang.org/x/sys/unix");
const sources = [...goTrees, ...(xsys === undefined ? [] : [{ name: "x/sys 0.3.0", directory: xsys }])];

const page = readFileSync(join(import.meta.dirname, "../../docs/syscall-differences.md"), "utf8");

test("every difference that is listed has a reason", () => {
  expect(tableRows(page).filter((cells) => cells.length !== 5 || cells.includes(""))).toEqual([]);
});

/** What makes the C preprocessor see a kernel header as a compiler for that GOARCH does, in Debian's directories. */
const kernelHeaders: readonly (readonly [goarch: string, triple: string, flags: readonly string[]])[] = [
  ["386", "x86_64-linux-gnu", ["-U__x86_64__", "-D__i386__"]],
  ["amd64", "x86_64-linux-gnu", []],
  ["arm", "arm-linux-gnueabihf", ["-D__ARM_EABI__"]],
  ["arm64", "aarch64-linux-gnu", ["-D__aarch64__"]],
  ["mips", "mips-linux-gnu", ["-D_MIPS_SIM=1"]],
  ["mips64", "mips64-linux-gnuabi64", ["-D_MIPS_SIM=3"]],
  ["ppc64", "powerpc64-linux-gnu", ["-D__powerpc64__"]],
  ["riscv64", "riscv64-linux-gnu", ["-D__riscv_xlen=64"]],
  ["s390x", "s390x-linux-gnu", ["-D__s390x__"]],
];

describe.each(kernelHeaders)("Linux headers of %s", (goarch, triple, flags) => {
  const directories = [`/usr/include/${triple}`, `/usr/${triple}/include`];
  const directory = directories.find((path) => existsSync(`${path}/asm/unistd.h`));

  test.skipIf(directory === undefined || !existsSync("/usr/bin/cpp"))("every __NR_ has its number", () => {
    const options = ["-P", "-nostdinc", `-I${directory}`, "-I/usr/include", ...flags, "-"];
    const include = "#include <asm/unistd.h>\n";
    const names = [
      ...preprocess(include, ["-dM", ...options]).matchAll(/^#define (__NR_|__ARM_NR_)([a-z_]\w*) /gm),
    ];
    expect(names.length).toBeGreaterThan(280);
    // Expanded, a number is a sum: (4000 + 3).
    const asked = names.map(([, prefix, name]) => `rt0 "${name}" = ${prefix}${name} ;\n`);
    const values = [...preprocess(include + asked.join(""), options).matchAll(/rt0 "(\w+)" = (.*?) ;/gs)];
    const system = parseTarget(`linux/${goarch}`)!;
    const bookkeeping = /^(?:Linux|syscalls|arch_specific_syscall)$/;
    const wrong = values.flatMap(([, name = "", sum = ""]) => {
      const number = [...sum.matchAll(/0x[0-9a-f]+|\d+/gi)].reduce(
        (total, [part]) => total + Number(part),
        0,
      );
      const call = syscallByName(system, name);
      return bookkeeping.test(name) || call?.number === number ? [] : [`${name} ${number}: ${call?.number}`];
    });
    expect(values).toHaveLength(names.length);
    expect(wrong).toEqual(headerOnly[goarch] ?? []);
  });
});

function preprocess(input: string, options: readonly string[]): string {
  return execFileSync("cpp", options, { input, encoding: "utf8" });
}

/** A second name, which only arm's header has, for arm_sync_file_range. */
const headerOnly: Readonly<Record<string, readonly string[]>> = { arm: ["sync_file_range2 341: undefined"] };

/** One constant whose number is another here, or that has none here. */
interface Difference {
  readonly targets: readonly string[];
  readonly constant: string;
  readonly there: number;
  readonly here: string;
}

describe.skipIf(sources.length === 0).each(sources)("$name", ({ name, directory }) => {
  const files = readdirSync(directory).filter((file) => /^zsysnum_\w+\.go$/.test(file));
  const texts = new Map(
    files.map((file) => [`/numbers/all/${file}`, readFileSync(join(directory, file), "utf8")] as const),
  );
  const targets = files.flatMap((file) => targetOf(file) ?? []);

  test("the constants are read alike by a plain search of the text", () => {
    const constants = constantsOf(texts, targets);
    let count = 0;
    for (const file of files) {
      const target = targetOf(file);
      if (target === undefined) continue;
      const plain = [...texts.get(`/numbers/all/${file}`)!.matchAll(/^\tSYS_(\w+)\s*= (\d+)/gm)];
      const found = constants.get(target)!;
      expect([file, found.size]).toEqual([file, plain.length]);
      for (const [, constant, number] of plain) {
        expect([file, constant, found.get(constant!)]).toEqual([file, constant, Number(number)]);
        count++;
      }
    }
    expect(count).toBeGreaterThan(8000);
  });

  test("every difference is listed with its reason", () => {
    expect(rowsOf(differences(constantsOf(texts, targets)))).toEqual(listed(name));
  });

  test("every number that is known here means what it does there, or once did", () => {
    const excused = new Set(differences(constantsOf(texts, targets)).flatMap(keysOf));
    const wrong: string[] = [];
    for (const [target, constants] of constantsOf(texts, targets)) {
      const system = parseTarget(target)!;
      for (const [constant, number] of constants) {
        if (excused.has(`${target} ${constant}`)) continue;
        if (linuxPseudoConstants(system.goarch).get(constant.toLowerCase()) === number) continue;
        const names = meaningsOf(system, number).flatMap(({ name, aka }) => [name, ...aka]);
        if (!names.some((name) => bare(name) === bare(constant)))
          wrong.push(`${target} ${constant} ${number}: ${names}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** "linux/amd64" of zsysnum_linux_amd64.go; undefined where Go has no such target. */
function targetOf(file: string): string | undefined {
  const [, goos = "", goarch = "386"] = /^zsysnum_([a-z0-9]+)(?:_([a-z0-9]+))?\.go$/.exec(file) ?? [];
  return parseTarget(`${goos}/${goarch}`)?.name;
}

/** Some tables have sys_ in a name, and then Go has SYS_ twice. */
function bare(name: string): string {
  return name.toUpperCase().replace(/^SYS_/, "");
}

/** By target, SYS_X without SYS_ and its value, as rt0 itself reads the files. */
function constantsOf(
  texts: ReadonlyMap<string, string>,
  targets: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const all = new Map([...texts, ["/numbers/go.mod", "module numbers\n\ngo 1.24\n"]]);
  const { ask } = memoryProject(all, "/numbers", ["/numbers/all"], targets);
  return new Map(
    targets.map((target, i) => {
      const constants = ask((snapshot) => packageConstants(snapshot, "/numbers/all", i));
      const calls = constants.filter(({ name }) => name.startsWith("SYS_"));
      return [target, new Map(calls.map(({ name, value }) => [name.slice("SYS_".length), Number(value)]))];
    }),
  );
}

/** One for all targets that have it in common. */
function differences(all: ReadonlyMap<string, ReadonlyMap<string, number>>): readonly Difference[] {
  const found = new Map<string, { targets: string[]; constant: string; there: number; here: string }>();
  for (const [target, constants] of all) {
    const system = parseTarget(target)!;
    const pseudo = linuxPseudoConstants(system.goarch);
    for (const [constant, there] of constants) {
      const number = syscallByName(system, constant, { class: "unix" })?.number;
      if (number === there || (system.goos === "linux" && pseudo.get(constant.toLowerCase()) === there))
        continue;
      const here = number === undefined ? "none" : String(number);
      const key = `${system.goos} ${constant} ${there} ${here}`;
      const difference = found.get(key) ?? { targets: [], constant, there, here };
      difference.targets.push(target);
      found.set(key, difference);
    }
  }
  return [...found.values()];
}

function keysOf({ targets, constant }: Difference): string[] {
  return targets.map((target) => `${target} ${constant}`);
}

/** As in the document's table, without the reason. */
function rowsOf(differences: readonly Difference[]): string[] {
  return differences
    .map(
      ({ targets, constant, there, here }) =>
        `${targetsText(targets)} | SYS_${constant} | ${there} | ${here}`,
    )
    .sort();
}

/** "openbsd/386 amd64 arm" */
function targetsText(targets: readonly string[]): string {
  const [goos = ""] = targets[0]!.split("/");
  return `${goos}/${targets.map((target) => target.slice(goos.length + 1)).join(" ")}`;
}

/** The rows that the document has for a source, without their reasons. */
function listed(source: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${source}\n`)) ?? "";
  return tableRows(section)
    .map((cells) => cells.slice(0, 4).join(" | "))
    .sort();
}

function tableRows(markdown: string): string[][] {
  const rows = markdown.split("\n").filter((line) => /^\| \w+\//.test(line));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}
