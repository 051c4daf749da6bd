/**
 * Writes a module of packages with one trampoline into C each, which Go code reaches in
 * one of several ways, on some targets or on none.
 */
import type { PlantedModule } from "./plantedModule.ts";

const module = "example.com/trampolines";

interface Way {
  /** Of Go, where the trampoline is declared, and where it is used under the constraint. */
  readonly declared: string;
  readonly used: string;
  readonly assembly: string;
}

const body = "\tJMP libc_getpid(SB)\n";
const ofFile = `TEXT f_trampoline<>(SB), 4, $0-0\n${body}`;
const address = "DATA ·f_trampoline_addr(SB)/8, $f_trampoline<>(SB)\nGLOBL ·f_trampoline_addr(SB), 8, $8\n";

const ways: readonly Way[] = [
  {
    declared: "func f_trampoline()",
    used: "func init() { Use = f_trampoline }",
    assembly: `TEXT ·f_trampoline(SB), 4, $0-0\n${body}`,
  },
  {
    declared: "// f_trampoline is for somebody.\nfunc f_trampoline()",
    used: "func init() {\n\tcall := f_trampoline\n\tUse = func() { call() }\n}",
    assembly: `TEXT ·f_trampoline(SB), 4, $0-0\n\tCALL libc_getpid(SB)\n\tRET\n`,
  },
  {
    declared: "var f_trampoline_addr uintptr",
    used: "func init() { Use = func() { println(f_trampoline_addr) } }",
    assembly: ofFile + address,
  },
  {
    declared: "var (\n\tf_trampoline_addr uintptr\n)",
    used: "var Address = &f_trampoline_addr\n\nfunc init() { Use = func() { println(*Address) } }",
    assembly: address + ofFile,
  },
];

const conditions = ["", "darwin", "!darwin", "amd64", "arm64", "ignore", "openbsd && arm64"];

export function plantTrampolines(): PlantedModule {
  const files = new Map([["go.mod", `module ${module}\n\ngo 1.24\n`]]);
  const directories: string[] = [];
  for (const condition of conditions) {
    for (const { declared, used, assembly } of ways) {
      const directory = `p${directories.length}`;
      const constraint = condition === "" ? "" : `//go:build ${condition}\n\n`;
      const library = '//go:cgo_import_dynamic libc_getpid getpid "libc.so"\n\nvar Use = func() {}\n';
      files.set(`${directory}/p.go`, `package ${directory}\n\n${library}\n${declared}\n`);
      files.set(`${directory}/use.go`, `${constraint}package ${directory}\n\n${used}\n`);
      files.set(`${directory}/p.s`, assembly);
      directories.push(directory);
    }
  }
  const imports = directories.map((directory) => `import "${module}/${directory}"\n`).join("");
  const uses = directories.map((directory) => `\t${directory}.Use()\n`).join("");
  files.set("main/main.go", `package main\n\n${imports}\nfunc main() {\n${uses}}\n`);
  return { path: module, files, directories };
}
