/**
 * The `go_asm.h` that a real go command has made for each package with assembly: what the
 * compiler wrote while the packages were built for a target. Answers are kept, as they
 * depend on nothing but the toolchain.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { cacheDir, type GoRoot, tryGo } from "./goroots.ts";

/** By import path, the lines behind each `#define`, sorted. */
export type Headers = Readonly<Record<string, readonly string[]>>;

export function goAsmHeaders(root: GoRoot, target: string, packages: readonly string[]): Headers {
  const dir = join(cacheDir, "goasm");
  const name = [basename(root.dir), root.version, target, ...packages].join("-");
  const file = join(dir, `${name.replace(/[^\w.-]+/g, "_")}.json`);
  if (!existsSync(file)) {
    mkdirSync(dir, { recursive: true });
    writeFileSync(file, JSON.stringify(build(root, target, packages)));
  }
  return JSON.parse(readFileSync(file, "utf8")) as Headers;
}

function build(root: GoRoot, target: string, packages: readonly string[]): Headers {
  const work = mkdtempSync(join(tmpdir(), "rt0-goasm-"));
  try {
    // What is compiled already, in a cache or a release before 1.20, is not compiled again and leaves no header.
    const env = { GOCACHE: join(work, "cache"), GOTMPDIR: work };
    const { stderr, status } = tryGo(root, ["build", "-a", "-x", "-work", ...packages], { target, env });
    if (status !== 0) throw new Error(stderr.slice(-4000));
    const built = /^WORK=(.*)$/m.exec(stderr)![1]!;
    const headers: Record<string, string[]> = {};
    for (const [, path, header] of stderr.matchAll(/ -p (\S+) .*-asmhdr \$WORK(\S+)/g)) {
      const text = readFileSync(join(built, header!), "utf8");
      headers[path!] = Array.from(text.matchAll(/^#define (.*)$/gm), ([, define]) => define!).sort();
    }
    return headers;
  } finally {
    rmSync(work, { recursive: true });
  }
}
