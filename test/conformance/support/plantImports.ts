/**
 * Writes a module of packages that call symbols of C, each imported and called under
 * build constraints of its own, so that on some targets the import is missing. Every few
 * packages have a main package: the linker stops after twenty symbols that it does not find.
 */

import type { PlantedModule } from "./plantedModule.ts";

const module = "example.com/imports";

const conditions = [
  "",
  "darwin",
  "!darwin",
  "amd64",
  "arm64 || solaris",
  "openbsd && amd64",
  "ignore",
  "unix && !openbsd",
];

const branches: readonly (readonly [before: string, after: string])[] = [
  ["", ""],
  ["#ifdef GOOS_darwin", "#endif"],
  ["#ifndef GOARCH_arm64", "#endif"],
  ["#define CALLED(x) JMP x(SB)\n#ifdef GOOS_openbsd", "#endif"],
];

export function plantImports(): PlantedModule {
  const files = new Map([["go.mod", `module ${module}\n\ngo 1.24\n`]]);
  const directories: string[] = [];
  const plant = (imported: string, called: string, directive: string, code: string): void => {
    const n = directories.length;
    const directory = `p${n}`;
    const symbol = `libc_f${n}x`;
    const clause = (constraint: string): string =>
      (constraint === "" ? "" : `//go:build ${constraint}\n\n`) + `package ${directory}\n\n`;
    files.set(
      `${directory}/import.go`,
      `${clause(imported)}//go:cgo_import_dynamic ${directive.replaceAll("NAME", symbol)} getpid "libc.so"\n`,
    );
    files.set(`${directory}/p.go`, `${clause("")}var Use = func() {}\n`);
    files.set(
      `${directory}/call.go`,
      `${clause(called)}func trampoline()\n\nfunc init() { Use = trampoline }\n`,
    );
    const constraint = called === "" ? "" : `//go:build ${called}\n\n`;
    files.set(
      `${directory}/call.s`,
      `${constraint}TEXT ·trampoline(SB), 4, $0-0\n${code.replaceAll("NAME", symbol)}\n\tRET\n`,
    );
    directories.push(directory);
  };
  for (const imported of conditions) {
    for (const called of conditions) plant(imported, called, "NAME", "\tCALL NAME(SB)");
    for (const [before, after] of branches) {
      const call = before.includes("CALLED") ? "CALLED(NAME)" : "JMP NAME(SB)";
      plant(imported, "", "NAME", `${before}\n\t${call}\n${after}`);
    }
  }
  for (const called of conditions) {
    plant("", called, "NAMEs", "\tCALL NAME(SB)");
    plant("", called, "NAME", "\tCALL NAMEs(SB)");
    plant("", called, "_", "\tCALL NAME(SB)");
  }
  for (let n = 0; n < directories.length; n += 12) {
    const some = directories.slice(n, n + 12);
    const imports = some.map((directory) => `import "${module}/${directory}"\n`).join("");
    const uses = some.map((directory) => `\t${directory}.Use()\n`).join("");
    files.set(`mains/m${n}/main.go`, `package main\n\n${imports}\nfunc main() {\n${uses}}\n`);
  }
  return { path: module, files, directories };
}
