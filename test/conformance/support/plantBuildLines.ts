/**
 * Writes a module of files whose heads are put together at random from build
 * constraint lines, directives and comments of every kind, sound and broken.
 */
import { type Random, randomFor } from "./random.ts";

const expressions = [
  "linux",
  "!linux",
  "linux && amd64",
  "linux || windows && amd64",
  "(linux || windows) && amd64",
  "!(linux && amd64)",
  "!(linux || !amd64 && (a || b))",
  "(a && b || c) && (d || e)",
  "(a && (b || c && d)) || e",
  "go1.18",
  "go1.18 && go1.x",
  "go118 || go1",
  "go.5 || xgo1.7 || g1.7 || go7",
  "!!linux",
  "linux &",
  "linux | amd64",
  "(linux",
  "linux)",
  "linux, amd64",
  "",
  "é_1.x || 386",
  "unix // ERROR here",
  "a && b && c && d",
  "&& a",
  "!",
];

const plusExpressions = [
  "linux",
  "!linux",
  "linux,amd64",
  "linux windows,amd64",
  "linux windows",
  "!linux !amd64",
  "a,b c",
  "!!linux",
  "linux-amd64",
  "go1.18",
  "go1.x go118",
  "",
  "x,,y",
  "!",
  "é_1.x 386",
  "linux && amd64",
  "unix // ERROR here",
];

/** The line in the older form for an expression, where it is at hand. */
const twins: readonly (readonly [string, readonly string[]])[] = [
  ["linux && amd64", ["linux,amd64"]],
  ["linux || windows && amd64", ["linux windows,amd64"]],
  ["(linux || windows) && amd64", ["linux windows", "amd64"]],
  ["!(linux && amd64)", ["!linux !amd64"]],
  ["!(linux || !amd64 && a)", ["!linux", "amd64 !a"]],
  ["(a && (b || c)) || e", ["a b"]],
  ["a && b && c", ["a", "b", "c"]],
];

const directives = [
  "//go:debug panicnil=1",
  "//go:debug",
  "//go:debugger",
  "//go:nosplit\f",
  "//go:noescape\u00a0x",
  "//go:embed\u2003y",
  "// go:debug x=1",
  "//go:debug\tpanicnil=1",
  "/* //go:debug panicnil=1 */",
];

const others = [
  "",
  "",
  "",
  "// A comment.",
  "/* one */",
  "/* first",
  "   last */ // and more",
  "/* a */ // +build windows",
  "// want +build x",
  "// see +build",
  "//\t+build linux",
  "//+build linux",
  "// +builder linux",
  "//go:builder linux",
  "// //go:build linux",
  "// go:build linux //go:build x",
  "  // +build linux",
  " //go:build linux",
  "// Copyright //go:build",
];

/** Heads that close their block comments, so that what follows is code. */
function head(random: Random): string[] {
  const lines: string[] = [];
  const count = 1 + random.int(7);
  for (let n = 0; n < count; n++) {
    const kind = random.int(10);
    if (kind < 3) lines.push(`//go:build ${random.pick(expressions)}`.trimEnd());
    else if (kind < 5) lines.push(`// +build ${random.pick(plusExpressions)}`.trimEnd());
    else if (kind === 5) {
      const [newer, older] = random.pick(twins);
      lines.push(`//go:build ${newer}`, ...older.map((words) => `// +build ${words}`), "");
    } else if (kind === 6) lines.push(random.pick(directives));
    else if (kind === 7) lines.push("/* block", ...head(random).slice(0, 2).map(withoutMarks), "*/");
    else lines.push(random.pick(others));
  }
  return lines;
}

function withoutMarks(line: string): string {
  return line.replaceAll("/*", "").replaceAll("*/", "");
}

function closed(lines: readonly string[]): string[] {
  // A block comment that is left open takes in what follows up to the next mark.
  const text = lines.join("\n");
  let open = false;
  for (let i = 0; i < text.length; i++) {
    if (!open && text.startsWith("//", i)) i = Math.max(text.indexOf("\n", i), i);
    if (!open && text.startsWith("//", i)) break;
    if (text.startsWith(open ? "*/" : "/*", i)) {
      open = !open;
      i++;
    }
  }
  return open ? [...lines, "*/"] : [...lines];
}

/** The file with its head, and with more of the same behind the package clause or the first instruction. */
function source(random: Random, extension: string, clause: string): string {
  const lines = closed(head(random)).filter((line) => extension === ".s" || !line.startsWith("   last"));
  const gap = random.chance(0.5) ? [""] : [];
  const body = random.chance(0.4) ? closed(head(random)).filter((line) => !line.startsWith("   last")) : [];
  const code = extension === ".go" ? [`package ${clause}`] : ['#include "textflag.h"'];
  const last = extension === ".go" ? ['const S = "//go:build x +build y"'] : [];
  const text = [...lines, ...gap, ...code, ...body, ...last].join("\n");
  const end = random.chance(0.1) ? "" : "\n";
  // In a block comment with carriage returns vet takes lines for others above them; rt0 does not.
  const isMiscounted = extension === ".go" && text.includes("/*");
  return (random.chance(0.15) && !isMiscounted ? text.replaceAll("\n", "\r\n") : text) + end;
}

/** The files of a module, by name; `seed` names the module. */
export function plantBuildLines(seed: string): ReadonlyMap<string, string> {
  const random = randomFor(seed);
  const files = new Map([["go.mod", "module example.com/planted\n\ngo 1.17\n"]]);
  // Nobody builds these for linux, so go/build does not mind what their heads say.
  for (const clause of ["p", "main"]) {
    for (let d = 0; d < 8; d++) {
      const directory = `${clause}${d}`;
      const body = clause === "main" ? "\nfunc main() {}\n" : "";
      files.set(`${directory}/a.go`, `package ${clause}\n${body}`);
      for (let n = 0; n < 50; n++) {
        const extension = random.chance(0.5) ? ".s" : ".go";
        const test = extension === ".go" && random.chance(0.2) ? "_test" : "";
        files.set(`${directory}/f${n}_plan9${test}${extension}`, source(random, extension, clause));
      }
    }
  }
  // These are looked at as parts of the package.
  for (let d = 0; d < 60; d++) {
    files.set(`own${d}/a.go`, "package own\n");
    files.set(`own${d}/b.go`, source(random, ".go", "own"));
    files.set(`own${d}/c.s`, source(random, ".s", "own"));
  }
  return files;
}
