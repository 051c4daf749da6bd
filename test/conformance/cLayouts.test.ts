/**
 * The structs of the runtime's C lie where the tree's own compilers, 6c, 8c and 5c, lay them out: every
 * size and every offset in the files that they write for a debugger. RT0_GO_HISTORY names a git directory with Go's commits,
 * from which the compilers are built by gcc; without it the tests are skipped, in CI too.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runRows } from "../cli/runMain.ts";
import { cacheDir } from "./support/goroots.ts";
import { history, treeAt } from "./support/history.ts";

/** Of January 2014, and of September when packages had moved and packing was an error. */
const trees = [
  { commit: "4d239bcea2", path: "src/pkg/runtime" },
  { commit: "0306478fe5", path: "src/runtime" },
];
const paths = ["src", "include"];

const compilers = { amd64: "6c", "386": "8c", arm: "5c" } as const;
type Arch = keyof typeof compilers;

const targets = ["linux", "darwin", "dragonfly", "freebsd", "netbsd", "openbsd", "plan9", "windows"].flatMap(
  (goos) =>
    (["amd64", "386", "arm"] as const)
      .filter((arch) => arch !== "arm" || ["linux", "freebsd", "netbsd"].includes(goos))
      .flatMap((arch) => trees.map((tree) => ({ ...tree, goos, arch, target: `${goos}/${arch}` }))),
);

interface Row {
  readonly type: string;
  readonly size: number;
  readonly fields?: readonly { readonly name: string; readonly offset: number }[];
}

describe.skipIf(history === "").each(targets)("$target, $path", ({ goos, arch, target, commit, path }) => {
  test("sizes and offsets are the compiler's", { timeout: 300_000 }, () => {
    const { dir } = treeAt(commit, paths);
    const rows = runRows<Row>(dir, ["layout", "runtime", "--root", dir, "--target", target]);
    const ours = new Map(rows.map((row) => [row.type, row]));
    const { headers, sources } = structsBy(compilerOf(dir, commit, arch), join(dir, path), goos, arch);
    const goTypes = typesOfGo(join(dir, path));
    const wrong: string[] = [];
    let compared = 0;
    for (const [name, theirs] of [...headers, ...sources]) {
      const row = ours.get(name);
      // Of a name that two sources have nothing is told, and a type of Go comes first.
      if ((!row && !headers.has(name)) || goTypes.has(name)) continue;
      compared++;
      const offsets = new Map(row?.fields?.map(({ name, offset }) => [name, offset]));
      const differs = [...theirs.offsets].some(([field, offset]) => offsets.get(field) !== offset);
      if (row?.size !== theirs.size || differs)
        wrong.push(`${name}: ${describeStruct(theirs)}; rt0: ${row?.size} ${JSON.stringify([...offsets])}`);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(50);
  });
});

/** Of December 2009: its compilers cannot be built without yacc, so gcc is told what they aligned structs to. */
const old = "db18ce2f53";
const oldHeaders = ["runtime.h", "type.h", "malloc.h", "hashmap.h"];

describe.skipIf(history === "").each([
  { arch: "amd64", flags: ["-m64", "-D_64BIT"], align: 8 },
  { arch: "386", flags: ["-m32"], align: 4 },
])("linux/$arch of 2009", ({ arch, flags, align }) => {
  test("sizes and offsets are those of gcc", { timeout: 120_000 }, () => {
    const { dir } = treeAt(old);
    const runtime = join(dir, "src/pkg/runtime");
    const aligned = `aligned(${align})`;
    const packed = withAttribute(join(runtime, `linux/${arch}/defs.h`), "packed");
    const header = [...oldHeaders.map((name) => withAttribute(join(runtime, name), aligned)), packed]
      .join("\n")
      .replaceAll(/\bregister\b/g, "")
      .replaceAll("·", "_")
      .replaceAll(/#include "mheapmap(\d+)\.h"/g, (_, bits: string) =>
        withAttribute(join(runtime, `mheapmap${bits}.h`), aligned),
      );
    const goTypes = typesOfGo(runtime);
    const kinds = new Map(
      [...header.matchAll(/^(struct|union)\s+(\w+)\s*\{/gm)].map(([, kind, name]) => [name!, kind!]),
    );
    const rows = runRows<Row>(dir, ["layout", "runtime", "--root", dir, "--target", `linux/${arch}`]);
    const facts = rows.flatMap(({ type, size, fields = [] }): [string, number][] => {
      const kind = kinds.get(type);
      // A member that is only a type has no name in gcc's eyes.
      const named = fields.filter(({ name }) => name !== "" && !kinds.has(name));
      return kind === undefined || goTypes.has(type)
        ? []
        : [
            [`sizeof(${kind} ${type})`, size],
            ...named.map(({ name, offset }): [string, number] => [
              `__builtin_offsetof(${kind} ${type}, ${name})`,
              offset,
            ]),
          ];
    });
    expect(disagreements(flags, header, facts)).toEqual([]);
    expect(facts.length).toBeGreaterThan(250);
  });
});

/** The text of a header, each of its structs with an attribute for gcc. */
function withAttribute(path: string, attribute: string): string {
  return readFileSync(path, "utf8").replaceAll("}", `} __attribute__((${attribute}))`);
}

/** Names of types that Go declares beside the C: they are what is asked for. */
function typesOfGo(runtime: string): ReadonlySet<string> {
  const files = readdirSync(runtime).filter((name) => name.endsWith(".go"));
  const texts = files.map((name) => readFileSync(join(runtime, name), "utf8"));
  return new Set(texts.flatMap((text) => [...text.matchAll(/^type (\w+)/gm)].map(([, name]) => name!)));
}

/** Those of the expressions that are worth something else to gcc. */
function disagreements(
  flags: readonly string[],
  header: string,
  facts: readonly [string, number][],
): string[] {
  const table = facts.map(([expression]) => `  1 + ${expression},\n`).join("");
  const args = [
    ...flags,
    "-w",
    "-std=gnu89",
    "-ffreestanding",
    "-fplan9-extensions",
    "-S",
    "-o",
    "-",
    "-x",
    "c",
    "-",
  ];
  const input = `${header}\n#undef unsigned\n#undef int\nconst unsigned int rt0_table[] = {\n${table}};\n`;
  const text = execFileSync("gcc", args, { input, encoding: "utf8", stdio: "pipe" });
  const values = [...text.slice(text.indexOf("rt0_table:")).matchAll(/^\s*\.long\s+(\d+)/gm)];
  return facts.flatMap(([expression, value], i) =>
    Number(values[i]?.[1]) - 1 === value
      ? []
      : [`${expression}: ${value}, gcc has ${Number(values[i]?.[1]) - 1}`],
  );
}

interface Struct {
  readonly size: number;
  /** Of members that have a name. */
  readonly offsets: ReadonlyMap<string, number>;
}

function describeStruct({ size, offsets }: Struct): string {
  return `${size} ${JSON.stringify([...offsets])}`;
}

/** What a compiler says of the structs in all headers of a target, and in those of its sources that it can read. */
function structsBy(compiler: string, runtime: string, goos: string, arch: Arch) {
  const work = mkdtempSync(join(tmpdir(), "rt0-c-layouts-"));
  try {
    for (const name of readdirSync(runtime)) {
      if (!/\.[ch]$/.test(name)) continue;
      // The build copies the target's headers to these names.
      const copy = name
        .replace(`_${goos}_${arch}.h`, "_GOOS_GOARCH.h")
        .replace(`_${goos}.h`, "_GOOS.h")
        .replace(`_${arch}.h`, "_GOARCH.h");
      cpSync(join(runtime, name), join(work, copy));
    }
    writeFileSync(join(work, "zasm_GOOS_GOARCH.h"), "");
    const first = [
      "runtime",
      "arch_GOARCH",
      "defs_GOOS_GOARCH",
      "os_GOOS",
      "malloc",
      "type",
      "race",
      "stack",
    ];
    writeFileSync(
      join(work, "all.c"),
      first
        .filter((name) => existsSync(join(work, `${name}.h`)))
        .map((name) => `#include "${name}.h"\n`)
        .join(""),
    );
    const read = (source: string) => {
      const args = ["-D", `GOOS_${goos}`, "-D", `GOARCH_${arch}`, "-I", ".", "-a", "-n", "-o", "out", source];
      const { status } = spawnSync(compiler, args, { cwd: work, env: { GOOS: goos, GOARCH: arch } });
      return status === 0 ? structsOf(readFileSync(join(work, "out"), "utf8")) : undefined;
    };
    const headers = read("all.c");
    if (!headers) throw new Error(`${compiler} cannot read the headers of ${goos}/${arch}`);
    const sources = new Map<string, Struct>();
    for (const source of readdirSync(work).filter((name) => name.endsWith(".c") && isFor(name, goos, arch)))
      for (const [name, struct] of read(source) ?? []) if (!headers.has(name)) sources.set(name, struct);
    return { headers, sources };
  } finally {
    rmSync(work, { recursive: true });
  }
}

function isFor(name: string, goos: string, arch: string): boolean {
  const systems = new Set([...targets.map(({ goos }) => goos), "solaris", "nacl"]);
  const words = name.replace(/\.c$/, "").split("_");
  return words.every(
    (word) => (!systems.has(word) || word === goos) && (!(word in compilers) || word === arch),
  );
}

/** The definitions for the debugger acid: `sizeofG = 8;`, `aggr G`, members between braces. */
function structsOf(text: string): Map<string, Struct> {
  const structs = new Map<string, Struct>();
  for (const [, size, name, body] of text.matchAll(/^sizeof\w+ = (\d+);\naggr (\w+)\n\{\n([^]*?)^\};/gm)) {
    const offsets = new Map<string, number>();
    let depth = 0;
    for (const line of body!.split("\n")) {
      if (line === "\t{") depth++;
      else if (line === "\t};") depth--;
      const [, offset, field] = /^\t.* (\d+) (\w+);$/.exec(line) ?? [];
      if (depth === 0 && field !== undefined) offsets.set(field, Number(offset));
    }
    if (!name!.startsWith("_")) structs.set(name!, { size: Number(size), offsets });
  }
  return structs;
}

/** Builds the compiler of the tree with gcc, once. */
function compilerOf(tree: string, commit: string, arch: Arch): string {
  const name = compilers[arch];
  const directory = join(cacheDir, "compilers", commit);
  const program = join(directory, name);
  if (existsSync(program)) return program;
  mkdirSync(directory, { recursive: true });
  // Tables of instructions' names, which the build generates and only listings need.
  const names = join(directory, "names.c");
  writeFileSync(names, "char *anames5[9999], *anames6[9999], *anames8[9999], *cnames5[9999];\n");
  const parts = [`cmd/${name}`, "cmd/cc", "liblink", "libbio", "lib9", "lib9/fmt", "lib9/utf"];
  const sources = parts.flatMap((part) => {
    const path = join(tree, "src", part);
    return readdirSync(path)
      .filter((file) => file.endsWith(".c") && !/plan9|_win|windows|^mkrune|^test\.c/.test(file))
      .map((file) => join(path, file));
  });
  const strings = { GOOS: "linux", GOARCH: "amd64", GOROOT: "/", GOVERSION: "", GOARM: "6", GO386: "sse2" };
  const defines = Object.entries({ ...strings, GOEXPERIMENT: "", GO_EXTLINK_ENABLED: "" });
  const includes = ["include", `src/cmd/${name}`, "src/cmd/cc"].map((path) => `-I${join(tree, path)}`);
  const flags = [
    "-w",
    "-O0",
    "-std=gnu89",
    "-fcommon",
    "-fno-strict-aliasing",
    "-DPLAN9PORT",
    "-Wl,-z,muldefs",
  ];
  const args = [...flags, ...defines.map(([name, text]) => `-D${name}="${text}"`), ...includes];
  execFileSync("gcc", [...args, "-o", `${program}.new`, names, ...sources, "-lm"], { stdio: "pipe" });
  renameSync(`${program}.new`, program);
  return program;
}
