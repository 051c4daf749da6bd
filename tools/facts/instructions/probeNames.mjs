/**
 * Which mnemonics each release's assembler knows, asked of the assemblers themselves:
 *
 *     node tools/facts/instructions/probeNames.mjs GOROOT…  > tools/facts/data/instruction_names.json
 *
 * A candidate is any word of the toolchain's own lists and assembly; it is an instruction where
 * `go tool asm` does not call it unrecognized. Nothing else of the lists is used.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Each family of architectures that share an assembler, by the one that is asked, and a system it has a port for. */
const families = [
  ["386", "linux"],
  ["amd64", "linux"],
  ["arm", "linux"],
  ["arm64", "linux"],
  ["loong64", "linux"],
  ["mips", "linux"],
  ["mips64", "linux"],
  ["ppc64", "linux"],
  ["riscv64", "linux"],
  ["s390x", "linux"],
  ["wasm", "js"],
];

const roots = process.argv.slice(2).map((root) => ({ root, minor: releaseOf(root) }));
roots.sort((a, b) => a.minor - b.minor);
const scratch = mkdtempSync(join(tmpdir(), "rt0-names-"));
try {
  const candidates = [...new Set(roots.flatMap(({ root }) => [...candidatesOf(root)]))].sort();
  const names = Object.fromEntries(
    families.map(([goarch, goos]) => {
      const known = roots.map(({ root }) => recognized(root, goos, goarch, candidates));
      return [goarch, spans(candidates, known)];
    }),
  );
  const releases = roots.map(({ minor }) => minor);
  const versions = roots.map(({ root }) => firstLine(`${root}/VERSION`)).join(", ");
  const source = `go tool asm of ${versions}, asked by tools/facts/instructions/probeNames.mjs`;
  const about =
    "Minor numbers of the releases that were asked; per assembler, the mnemonics by the first and the last of these that knows them.";
  process.stdout.write(`${JSON.stringify({ source, about, releases, names }, undefined, 1)}\n`);
} finally {
  rmSync(scratch, { recursive: true });
}

function releaseOf(root) {
  const minor = /^go1\.(\d+)/.exec(firstLine(`${root}/VERSION`))?.[1];
  if (minor === undefined) throw new Error(`${root}: no release of Go`);
  return Number(minor);
}

function firstLine(path) {
  return readFileSync(path, "utf8").split("\n")[0].trim();
}

/** Every word that may be a mnemonic, from the sources of the toolchain and what assembly it has. */
function* candidatesOf(root) {
  for (const directory of [`${root}/src/cmd/internal/obj`, `${root}/src/cmd/asm/internal/arch`])
    for (const path of filesBelow(directory, ".go"))
      for (const [, name] of readFileSync(path, "utf8").matchAll(/"([A-Z][A-Za-z0-9_]*)"/g)) yield name;
  for (const path of filesBelow(`${root}/src`, ".s"))
    for (const [, name] of readFileSync(path, "utf8").matchAll(/(?:^|[;:])[ \t]*([A-Z][A-Za-z0-9_]*)/gm))
      yield name;
}

function filesBelow(directory, ending) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Those of the candidates that an assembler does not call unrecognized. */
function recognized(root, goos, goarch, candidates) {
  const known = new Set(candidates);
  const file = join(scratch, "names.s");
  // The parser stops at nothing: each name has a line, the first of which is the second of the file.
  writeFileSync(file, `TEXT f(SB), 4, $0\n${candidates.map((name) => `\t${name}\n`).join("")}`);
  const { stdout, stderr, error } = spawnSync(
    `${root}/pkg/tool/linux_amd64/asm`,
    ["-e", "-p", "p", "-o", join(scratch, "names.o"), file],
    {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      env: { ...process.env, GOROOT: root, GOOS: goos, GOARCH: goarch },
    },
  );
  if (error) throw error;
  let refused = 0;
  for (const [, line, name] of `${stdout}${stderr}`.matchAll(/:(\d+): unrecognized instruction "([^"]*)"/g)) {
    if (candidates[Number(line) - 2] !== name) throw new Error(`${goarch}: line ${line} is not ${name}`);
    known.delete(name);
    refused++;
  }
  if (refused === 0)
    throw new Error(`${root} ${goarch}: nothing was refused:\n${stdout}${stderr}`.slice(0, 2000));
  return known;
}

/** "19-27": names that each release asked from the first to the last has. A name that went and came again is told by what it is now. */
function spans(candidates, known) {
  const lists = {};
  for (const name of candidates) {
    const having = roots.map(({ minor }, i) => (known[i].has(name) ? minor : undefined));
    const last = having.findLastIndex((minor) => minor !== undefined);
    if (last < 0) continue;
    let first = last;
    while (first > 0 && having[first - 1] !== undefined) first--;
    (lists[`${having[first]}-${having[last]}`] ??= []).push(name);
  }
  return lists;
}
