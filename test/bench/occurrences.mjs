/**
 * Measures where a whole tree names symbols: the tables of all assembly, with what they keep in memory, and then the
 * places of some functions in all files, asked for the first and the second time.
 *
 * RT0_GOROOTS names the tree (the last one is taken).
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");
const core = join(dirname(fileURLToPath(import.meta.url)), "../../server/src/core");
const goroot =
  (process.env.RT0_GOROOTS ?? "").split(":").at(-1) ||
  execFileSync("go", ["env", "GOROOT"]).toString().trim();
const src = join(goroot, "src");

const { asmOccurrences, createSourceFile, occurrencesOf } = await load();
const files = [...sources(src)];
const assembly = files.filter(({ file }) => file.kind === "asm");
const before = memory();
let names = 0;
let count = 0;
const tables = elapsed(() => {
  for (const { file } of assembly) {
    const table = asmOccurrences(file);
    names += [...table.names].length;
    count += table.count;
  }
});
const kept = memory() - before;
process.stdout.write(
  `assembly: ${assembly.length} files, ${names} names, ${count} places: ${tables}, ${(kept / 1e6).toFixed(1)} MB kept\n`,
);
for (const symbol of ["runtime.memmove", "internal/bytealg.IndexByte", "syscall.Syscall", "runtime.throw"]) {
  let found = 0;
  const ask = () => {
    found = 0;
    for (const { file, path } of files) found += occurrencesOf(file, path, symbol).length;
  };
  const first = elapsed(ask);
  process.stdout.write(
    `${symbol.padEnd(28)} ${found} places in ${files.length} files: ${first}, again ${elapsed(ask)}\n`,
  );
}

async function load() {
  const work = mkdtempSync(join(tmpdir(), "rt0-bench-"));
  const outfile = join(work, "occurrences.mjs");
  const contents = ["workspace/sourceFile.ts", "linking/asmOccurrences.ts", "linking/occurrences.ts"].map(
    (path) => `export * from "./${path}";`,
  );
  try {
    await build({
      stdin: { contents: contents.join("\n"), resolveDir: core },
      bundle: true,
      format: "esm",
      platform: "node",
      outfile,
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Every source below a directory but those of testdata, each with its package's path. */
function* sources(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "testdata") yield* sources(path);
    } else if (/\.(?:go|s|h)$/.test(entry.name)) {
      const file = createSourceFile(entry.name, readFileSync(path, "utf8"), undefined);
      yield { file, path: relative(src, directory).replaceAll("\\", "/") };
    }
  }
}

function memory() {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function elapsed(work) {
  const start = performance.now();
  work();
  return `${(performance.now() - start).toFixed(0)} ms`;
}
