/**
 * Keeps a copy of a Go tree and plants random mistakes in its packages with
 * assembly, the same for the same seed. The real tree is only read. A copy belongs to
 * one process at a time; a second process makes a second copy.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { cacheDir, type GoRoot } from "./goroots.ts";
import { hash, type Tree } from "./oracle.ts";
import { plantInAssembly, strayByte } from "./plantAssembly.ts";
import { plantInDeclarations } from "./plantDeclarations.ts";
import { plantedTypes, plantFunctions } from "./plantFunctions.ts";
import type { TypeContext } from "./plantTypes.ts";
import { randomFor, type Random } from "./random.ts";

export interface PlantedTree extends Tree {
  /** Import paths of the packages that were changed. */
  readonly packages: readonly string[];
}

/** Plants the mistakes of a seed in the copy of a tree, in place of those that were there before. */
export function plantTree(root: GoRoot, seed: number): PlantedTree {
  const dir = ownCopy(join(cacheDir, "planted", `${root.version}-${hash([root.dir])}`));
  copyTree(root.dir, dir);
  restore(root.dir, dir);
  const packages = assemblyPackages(root.dir).filter((path) => !path.startsWith("cmd/"));
  const changes = packages.flatMap((path) => plantInPackage(root, path, seed));
  // The list of changes is written first: what is interrupted is restored next time.
  writeFileSync(join(dir, changeList), JSON.stringify(changes.map(({ file }) => file)));
  for (const { file, content } of changes) {
    if (content === undefined) rmSync(join(dir, "src", file));
    else writeFileSync(join(dir, "src", file), content);
  }
  const id = hash([root.dir, root.version, ...changes.flatMap(({ file, content }) => [file, content ?? ""])]);
  return { dir, id, packages };
}

/** Import paths of all directories below `src` that hold assembly, testdata excepted. */
export function assemblyPackages(dir: string): readonly string[] {
  return packagesWhere(dir, (names) => names.some((name) => name.endsWith(".s")));
}

/** Import paths of all directories below `src` for whose file names `holds` is true, testdata excepted. */
export function packagesWhere(dir: string, holds: (names: readonly string[]) => boolean): readonly string[] {
  const found: string[] = [];
  function visit(path: string): void {
    const entries = readdirSync(join(dir, "src", path), { withFileTypes: true });
    if (holds(entries.filter((entry) => entry.isFile()).map(({ name }) => name))) found.push(path);
    for (const entry of entries) {
      if (entry.isDirectory() && entry.name !== "testdata") visit(join(path, entry.name));
    }
  }
  visit("");
  return found.sort();
}

interface Change {
  /** Relative to `src`. */
  readonly file: string;
  /** Undefined where the file is taken away. */
  readonly content: Buffer | undefined;
}

const changeList = "planted.json";

/** The first numbered folder that no other living process uses. */
function ownCopy(stem: string): string {
  mkdirSync(dirname(stem), { recursive: true });
  for (let number = 1; ; number++) {
    const owner = `${stem}-${number}.pid`;
    const pid = existsSync(owner) ? Number(readFileSync(owner, "utf8")) : process.pid;
    if (pid !== process.pid && isAlive(pid)) continue;
    writeFileSync(owner, String(process.pid));
    return `${stem}-${number}`;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function copyTree(from: string, to: string): void {
  const complete = join(to, "VERSION");
  if (existsSync(complete)) return;
  const unfinished = `${to}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const path of packagesWhere(from, () => true)) {
    const names = readdirSync(join(from, "src", path)).filter((name) => /\.(go|s|h|mod|txt)$/.test(name));
    mkdirSync(join(unfinished, "src", path), { recursive: true });
    for (const name of names)
      copyFileSync(join(from, "src", path, name), join(unfinished, "src", path, name));
  }
  copyFileSync(join(from, "VERSION"), join(unfinished, "VERSION"));
  renameSync(unfinished, to);
}

function restore(from: string, to: string): void {
  if (!existsSync(join(to, changeList))) return;
  const changed = JSON.parse(readFileSync(join(to, changeList), "utf8")) as readonly string[];
  for (const file of changed) {
    if (existsSync(join(from, "src", file))) copyFileSync(join(from, "src", file), join(to, "src", file));
    else rmSync(join(to, "src", file), { force: true });
  }
  rmSync(join(to, changeList));
}

function plantInPackage(root: GoRoot, path: string, seed: number): readonly Change[] {
  const dir = join(root.dir, "src", path);
  const names = readdirSync(dir);
  const texts = new Map(
    names
      .filter((name) => /\.(go|s)$/.test(name))
      .map((name) => [name, readFileSync(join(dir, name), "utf8")]),
  );
  const localTypes = simpleTypes(dir);
  const changes = [...texts].flatMap(([name, text]): readonly Change[] => {
    const file = join(path, name);
    // A file's mistakes do not depend on the other files.
    const random = randomFor(`${seed} ${file}`);
    if (!name.endsWith(".s")) {
      const context = typeContext(text, localTypes, root);
      const changed = plantInDeclarations(text, random, context, 0.3);
      return changed === text ? [] : [{ file, content: encode(changed) }];
    }
    const changed = plantInAssembly(text, random, path, random.pick([0.1, 0.25, 0.5]));
    const renamed = random.chance(0.05) ? rename(name, changed, random) : undefined;
    if (renamed === undefined || texts.has(renamed[0])) return [{ file, content: encode(changed) }];
    return [
      { file, content: undefined },
      { file: join(path, renamed[0]), content: encode(renamed[1]) },
    ];
  });
  const packageName = nameOf(path, texts);
  if (packageName === undefined) return changes;
  const arches = [...new Set(root.targets.map((target) => target.slice(target.indexOf("/") + 1)))];
  const added = plantFunctions(packageName, randomFor(`${seed} ${path}`), root.release, arches);
  return [...changes, ...added.map(([name, text]) => ({ file: join(path, name), content: encode(text) }))];
}

/** Moves what a file's name says about the architecture into build lines. */
function rename(name: string, text: string, random: Random): readonly [string, string] | undefined {
  const found =
    /^(.*?)(_[a-z0-9]+)?_(386|amd64|arm|arm64|loong64|mips64x|ppc64le|ppc64|riscv64|s390x)\.s$/.exec(name);
  if (found === null) return undefined;
  const [, stem, os = "", arch] = found;
  return random.pick([
    [`${stem}_zz.s`, `//go:build ${arch}${os === "" ? "" : ` && ${os.slice(1)}`}\n\n${text}`],
    [`${stem}_zz.s`, `// +build ${arch} mips\n\n${text}`],
    [`${stem}_zz.s`, text],
    [`${stem}_linux_${arch}.s`, text],
    [`${stem}${arch}.s`, `//go:build !${arch}\n\n${text}`],
  ] as const);
}

function typeContext(text: string, localTypes: readonly string[], root: GoRoot): TypeContext {
  const imports = [...text.matchAll(/^(?:import |\t)"([\w/]+)"$/gm)].map((found) => found[1]!);
  const importable = imports.filter((path) => path !== "unsafe");
  const importedTypes = importable.flatMap((path) =>
    simpleTypes(join(root.dir, "src", path))
      .filter((name) => /^[A-Z]/.test(name))
      .map((name) => `${basename(path)}.${name}`),
  );
  return {
    localTypes: [...plantedTypes(root.release).localTypes, ...localTypes],
    importedTypes,
    unsafe: imports.includes("unsafe"),
  };
}

/**
 * Names of a package's types that exist at every target and are small: an array of
 * a million elements would have as many components.
 */
function simpleTypes(dir: string): readonly string[] {
  const known = simpleTypesByDir.get(dir);
  if (known !== undefined) return known;
  const names = existsSync(dir) ? readdirSync(dir).filter((name) => /^[a-z0-9]+\.go$/.test(name)) : [];
  const small = String.raw`(?:\*|\[\]|map\[|chan |func\(|interface|u?int\d*\b|float\d\d\b|complex|string\b|bool\b|byte\b|uintptr\b)`;
  const oneLine = new RegExp(`^type (\\w+) (?:= )?${small}.*[^{]$`, "gm");
  const struct = new RegExp(
    `^type (\\w+) struct \\{\n((?:\t\\w+(?:, \\w+)*[ ]+${small}[^{}\n]*\n){1,8})\\}`,
    "gm",
  );
  const types = names.flatMap((name) => {
    const text = readFileSync(join(dir, name), "utf8");
    if (/^\/\/ ?(go:build|\+build)/m.test(text) || packageClause(text) === "main") return [];
    return [...text.matchAll(oneLine), ...text.matchAll(struct)].map((found) => found[1]!);
  });
  simpleTypesByDir.set(dir, types);
  return types;
}

const simpleTypesByDir = new Map<string, readonly string[]>();

/** The name that the package clauses of a directory give, programs of their own and external tests aside. */
function nameOf(path: string, texts: ReadonlyMap<string, string>): string | undefined {
  const names = [...texts]
    .filter(([name]) => !name.endsWith("_test.go"))
    .map(([, text]) => packageClause(text));
  // A doc comment may hold a line that reads like a clause; the directory's own name is the surest.
  return names.find((name) => name === basename(path)) ?? names.find((name) => name !== undefined);
}

function packageClause(text: string): string | undefined {
  return /^\/\/go:build ignore/m.test(text) ? undefined : /^package (\w+)\s*(\/\/.*)?$/m.exec(text)?.[1];
}

function encode(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  if (!text.includes(strayByte)) return bytes;
  const parts = text.split(strayByte).map((part) => Buffer.from(part, "utf8"));
  return Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.of(0xff), part])));
}
