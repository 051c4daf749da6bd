/**
 * Writes a module of packages with pairing faults. Every package is called by a
 * main package, some by one of their own: the linker stops at the first symbol it
 * finds twice, and after twenty that it does not find.
 */
import type { PlantedModule } from "./plantedModule.ts";

export interface PlantedPairing extends PlantedModule {
  /** Of the packages, those that the output of a build of the whole module says are at fault. */
  faultyIn(output: string): readonly string[];
}

/** Whether the output of a build of the whole module says that a package is at fault. */
type IsFailure = (output: string, directory: string) => boolean;

const module = "example.com/planted";

/** A set of targets, as a build constraint and, where there is one, as the end of a file name. */
interface Condition {
  readonly constraint: string;
  readonly suffix?: string;
}

const conditions: readonly Condition[] = [
  ...["linux", "windows", "darwin", "amd64", "arm64", "386"].map((name) => ({
    constraint: name,
    suffix: `_${name}`,
  })),
  { constraint: "linux && amd64", suffix: "_linux_amd64" },
  { constraint: "darwin && arm64", suffix: "_darwin_arm64" },
  { constraint: "plan9", suffix: "_plan9" },
  ...[
    "linux",
    "!linux",
    "!amd64",
    "amd64 || 386",
    "linux && !amd64",
    "unix",
    "!unix",
    "darwin || windows",
  ].map((constraint) => ({ constraint })),
  ...["ignore", "!ignore", "gc", "cgo", "go1.18", "go1.18 && !386"].map((constraint) => ({ constraint })),
];

/** Where code between these lines counts, in assembly. */
const branches: readonly (readonly [before: string, after: string])[] = [
  ...["GOOS_linux", "GOOS_windows", "GOARCH_amd64", "GOARCH_arm64", "NOTHING", "GOAMD64_v1"].flatMap(
    (macro) => [[`#ifdef ${macro}`, "#endif"] as const, [`#ifndef ${macro}`, "#endif"] as const],
  ),
  ["#ifdef GOOS_linux\n#ifdef GOARCH_386", "#endif\n#endif"],
  ["#ifdef GOOS_linux\n#else", "#endif"],
  ["#define HERE\n#undef HERE\n#ifdef HERE", "#endif"],
  ["/*", "*/"],
];

const text = (name: string): string => `TEXT ${name}(SB), 4, $0-16\n\tRET\n`;
const user = "//go:noinline\nfunc Use() int { return f(1) }\n";
const declared = "func f(x int) int\n";
const withBody = "func f(x int) int { return x }\n";
/** Lets a Go file have directives that concern the linker. */
const unsafe = 'import _ "unsafe"\n';
const marker = "//go:linkname f\n";

export function plantPairing(): PlantedPairing {
  const files = new Map([["go.mod", `module ${module}\n\ngo 1.24\n`]]);
  const plants = new Map<string, IsFailure>();
  const linked: string[] = [];
  let main = 0;

  const write = (directory: string, name: string, source: string): void => {
    const clause = name.endsWith(".go")
      ? `package ${directory.slice(directory.lastIndexOf("/") + 1)}\n\n`
      : "";
    const [, constraint, rest] = /^(\/\/go:build .*\n)?([^]*)$/.exec(source)!;
    files.set(`${directory}/${name}`, `${constraint === undefined ? "" : constraint + "\n"}${clause}${rest}`);
  };
  const link = (imports: readonly string[], calls: readonly string[]): void => {
    const lines = imports
      .map((path) => `import ${calls.includes(path) ? "" : "_ "}"${module}/${path}"\n`)
      .join("");
    const uses = calls.map((path) => `\t${path.slice(path.lastIndexOf("/") + 1)}.Use()\n`).join("");
    files.set(`mains/m${main++}/main.go`, `package main\n\n${lines}\nfunc main() {\n${uses}}\n`);
  };
  const plant = (kind: string, isFailure: IsFailure): string => {
    const directory = `${kind}/${kind}${plants.size}`;
    plants.set(directory, isFailure);
    return directory;
  };

  for (const [n, condition] of conditions.entries()) {
    const other = conditions[(n * 7 + 3) % conditions.length]!;
    compileFaults(condition, other);
    linkFaults(condition);
    if (n < 6) duplicates(condition, conditions[n + 9]!);
  }
  for (const branch of branches) branchFaults(branch);
  for (let n = 0; n < linked.length; n += 12) {
    const calls = linked.slice(n, n + 12);
    link(
      [...calls, ...calls.map((path) => `${path}/giver`).filter((path) => files.has(`${path}/giver.go`))],
      calls,
    );
  }
  const directories = [...plants.keys()];
  const faultyIn = (output: string) =>
    directories.filter((directory) => plants.get(directory)!(output, directory));
  return { path: module, files, directories, faultyIn };

  function compileFaults(condition: Condition, other: Condition): void {
    const bodyless = plant("nobody", failsToCompile);
    write(bodyless, "p.go", declared + user);
    writeUnder(condition, bodyless, "text", ".s", text("·f"));

    const pushed = plant("pushed", failsToCompile);
    write(pushed, "p.go", declared + user);
    writeUnder(condition, pushed, "empty", ".s", "");
    write(
      `${pushed}/giver`,
      "giver.go",
      `${unsafe}\n//go:linkname g ${module}/${pushed}.f\nfunc g(x int) int { return x }\n`,
    );

    const marked = plant("marked", failsToCompile);
    write(marked, "p.go", `${unsafe}\n${marker}${declared}${user}`);
    writeUnder(condition, marked, "text", ".s", text("·f"));
    write(marked, "rest.s", `//go:build !(${condition.constraint})\n${text("·f")}`);

    const both = plant("both", failsToCompile);
    write(both, "p.go", user);
    writeUnder(condition, both, "body", ".go", withBody);
    write(both, "declared.go", `//go:build !(${condition.constraint})\n${declared}`);
    writeUnder(other, both, "text", ".s", text("·f"));
    write(both, "rest.s", `//go:build !(${condition.constraint}) && !(${other.constraint})\n${text("·f")}`);
  }

  function linkFaults(condition: Condition): void {
    const opposite = { constraint: `!(${condition.constraint})` };
    const removed = plant("removed", failsToLink);
    write(removed, "p.go", declared + user);
    write(removed, "empty.s", "");
    writeUnder(condition, removed, "text", ".s", text("·f"));

    const renamed = plant("renamed", failsToLink);
    write(renamed, "p.go", declared + user);
    writeUnder(condition, renamed, "text", ".s", text("·ff"));
    writeUnder(opposite, renamed, "rest", ".s", text("·f"));

    const pulled = plant("pulled", failsToLink);
    write(pulled, "p.go", `${unsafe}\n//go:linkname f ${module}/${pulled}/giver.g\n${declared}${user}`);
    write(`${pulled}/giver`, "giver.go", "");
    writeUnder(condition, `${pulled}/giver`, "given", ".go", "func g(x int) int { return x }\n");

    const given = plant("given", failsToLink);
    write(given, "p.go", declared + user);
    write(given, "empty.s", "");
    write(`${given}/giver`, "giver.go", "");
    const push = `${unsafe}\n//go:linkname g ${module}/${given}.f\nfunc g(x int) int { return x }\n`;
    writeUnder(condition, `${given}/giver`, "given", ".go", push);

    const foreign = plant("foreign", failsToLink);
    write(foreign, "p.go", declared + user);
    write(foreign, "empty.s", "");
    write(`${foreign}/giver`, "giver.go", "");
    const symbol = `${module}/${foreign}`.replaceAll(".", "·").replaceAll("/", "∕");
    writeUnder(condition, `${foreign}/giver`, "text", ".s", text(`${symbol}·f`));
    linked.push(removed, renamed, pulled, given, foreign);
  }

  function branchFaults([before, after]: readonly [string, string]): void {
    const conditional = plant("branch", failsToLink);
    write(conditional, "p.go", declared + user);
    write(conditional, "text.s", `${before}\n${text("·f")}${after}\n`);
    const macro = plant("macro", failsToLink);
    write(macro, "p.go", declared + user);
    const define = `#define DEFINE(name) TEXT name(SB), 4, $0-16; RET\n`;
    write(macro, "text.s", `${define}${before}\nDEFINE(·f)\n${after}\n`);
    linked.push(conditional, macro);

    const twice = plant("twice", failsToCompile);
    write(twice, "p.go", declared + user);
    write(twice, "text.s", `${text("·f")}${before}\n${text("·f")}${after}\n`);
  }

  function duplicates(condition: Condition, other: Condition): void {
    const twice = plant("linktwice", definesTwice);
    write(twice, "p.go", declared + user);
    writeUnder(condition, twice, "one", ".s", text("·f"));
    writeUnder(other, twice, "two", ".s", text("·f"));
    write(twice, "rest.s", `//go:build !(${condition.constraint}) && !(${other.constraint})\n${text("·f")}`);
    link([twice], [twice]);
  }

  function writeUnder(
    { constraint, suffix }: Condition,
    directory: string,
    name: string,
    extension: string,
    source: string,
  ): void {
    if (suffix !== undefined) write(directory, `${name}${suffix}${extension}`, source);
    else write(directory, `${name}${extension}`, `//go:build ${constraint}\n${source}`);
  }
}

/** The compiler or the assembler names the package at the head of what it has to say. */
function failsToCompile(output: string, directory: string): boolean {
  return output.includes(`# ${module}/${directory}\n`);
}

function failsToLink(output: string, directory: string): boolean {
  return output.includes(`${module}/${directory}.Use: relocation target `);
}

function definesTwice(output: string, directory: string): boolean {
  return output.includes(`duplicated definition of symbol ${module}/${directory}.f,`);
}
