/**
 * Writes a module of packages whose assembly takes a name from go_asm.h that is declared
 * under a build constraint, in a way that the header may leave out, or not at all.
 */
import type { PlantedModule } from "./plantedModule.ts";

const module = "example.com/names";

const conditions = ["", "linux", "!amd64", "windows || 386", "ignore", "unix && amd64"];

/** A declaration, and operands that name what it declares or almost. */
const declarations: readonly (readonly [declared: string, ...operands: readonly string[]])[] = [
  ["const a = 4", "$const_a", "$const_b", "$(const_a+4)", "$const_a_"],
  ["const a float64 = 4", "$const_a"],
  ["const a = 1.5", "$const_a"],
  ["const a = 2.0", "$const_a"],
  ["const a = 'x'", "$const_a"],
  ["const a int = 2.0", "$const_a"],
  ["const a uint8 = 1 << 7", "$const_a"],
  ["var a = 4", "$const_a"],
  ["type t struct{ a, b int32 }", "t_b(R)", "$t__size", "t_c(R)", "$t_a", "(t_a+t_b)(R)", "t_b+4(R)"],
  [
    "type t struct {\n\tu\n\t_ int\n}\n\ntype u struct{ x int }",
    "t_u(R)",
    "(t_u+u_x)(R)",
    "t_x(R)",
    "t__(R)",
  ],
  ["type t = struct{ a_b int }", "t_a_b(R)", "$t__size"],
  ["type u struct{ x int }\n\ntype t u", "t_x(R)"],
  ["type u struct{ x int }\n\ntype t = u", "t_x(R)", "u_x(R)"],
  ["type t [4]int", "$t__size"],
  ["type t interface{ a() }", "t_a(R)"],
  ["func t_a() {}", "t_a(R)"],
];

/** How a line of code stands in its file. */
const frames: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => `#ifdef GOOS_linux\n${line}\n#endif`,
  (line) => `#define LINE ${line.trim()}\n#ifndef GOARCH_386\n\tLINE\n#endif`,
  (line) => `// ${line}`,
];

export function plantHeaderNames(): PlantedModule {
  const files = new Map([["go.mod", `module ${module}\n\ngo 1.24\n`]]);
  const directories: string[] = [];
  for (const [n, [declared, ...operands]] of declarations.entries()) {
    for (const [i, operand] of operands.entries()) {
      for (const [k, frame] of frames.entries()) {
        const condition = conditions[(n + i + k) % conditions.length]!;
        const directory = `p${directories.length}`;
        directories.push(directory);
        const clause = `package ${directory}\n\n`;
        files.set(`${directory}/p.go`, `${clause}func f()\n`);
        const constraint = condition === "" ? "" : `//go:build ${condition}\n\n`;
        files.set(`${directory}/declared.go`, `${constraint}${clause}${declared}\n`);
        for (const [arch, move, register] of [
          ["amd64", "MOVQ", "AX"],
          ["386", "MOVL", "AX"],
          ["arm64", "MOVD", "R1"],
        ] as const) {
          const line = frame(`\t${move} ${operand.replace("(R)", `(${register})`)}, ${register}`);
          const text = `#include "go_asm.h"\n\nTEXT ·f(SB), 4, $0-0\n${line}\n\tRET\n`;
          files.set(`${directory}/p_${arch}.s`, text);
        }
      }
    }
  }
  return { path: module, files, directories };
}
