/**
 * A module of small packages, each of which exchanges assembly for Go code by
 * build tags, more or less well, is built and linked by a real toolchain for several
 * targets with each combination of the tags. What fails with some tags and with none
 * or fewer of them does not, rt0 must report, and nothing else.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";
import { goEnvironment, maySkip, toolchains } from "./goToolchain.ts";
import { randomFor } from "./support/random.ts";

const module = "example.com/tagged";
const targets = ["linux/amd64", "darwin/arm64"];
const combinations = ["", "noasm", "purego", "noasm,purego"];

test.skipIf(maySkip)("rt0 reports what fails only with tags", { timeout: 600_000 }, () => {
  const toolchain = toolchains().at(-1)!;
  const { files, packages } = plant();
  const root = mkdtempSync(join(tmpdir(), "rt0-tags-"));
  try {
    for (const [name, text] of files) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const failing = new Set<string>();
    for (const target of targets)
      for (const tags of combinations)
        for (const name of failures(target, tags)) failing.add(`${name} ${target} ${tags}`);
    const { stdout } = runMain(root, [
      "check",
      "--per-target",
      `--root=${root}`,
      `--goroot=${toolchain.goroot}`,
      `--target=${targets.join()}`,
      "--rules=tag-combination",
      "--format=json",
      "./...",
    ]);
    const reported = new Set(
      rows<{ package: string; target: string; message: string }>(stdout).map(
        ({ package: path, target, message }) => {
          const tags = /^with tags? (.*?) on /.exec(message)![1]!.replace(" and ", ",");
          return `${path.slice(module.length + 1)} ${target} ${tags}`;
        },
      ),
    );
    const faults = packages.flatMap((name) =>
      targets.flatMap((target) => combinations.slice(1).map((tags) => ({ name, target, tags }))),
    );
    const isFailing = ({ name, target }: { name: string; target: string }, tags: string): boolean =>
      failing.has(`${name} ${target} ${tags}`);
    const key = ({ name, target, tags }: (typeof faults)[number]): string => `${name} ${target} ${tags}`;
    const needed = faults.filter(
      (fault) => isFailing(fault, fault.tags) && !fewer(fault.tags).some((tags) => isFailing(fault, tags)),
    );
    const invented = [...reported].filter((fault) => !failing.has(fault));
    const missed = needed.map(key).filter((fault) => !reported.has(fault));
    expect({ missed, invented }).toEqual({ missed: [], invented: [] });
    // Neither side may agree by saying nothing, or everything.
    expect(needed.length).toBeGreaterThan(60);
    expect(faults.length - failing.size).toBeGreaterThan(60);
  } finally {
    rmSync(root, { recursive: true });
  }

  /** The packages that do not build, or make a program that does not link. */
  function failures(target: string, tags: string): readonly string[] {
    const [os, arch] = target.split("/");
    const program = join(toolchain.goroot, "bin", "go");
    const build = (...args: readonly string[]): string => {
      const env = { ...goEnvironment(toolchain), GOOS: os, GOARCH: arch };
      const { stderr } = spawnSync(program, ["build", `-tags=${tags}`, ...args], {
        cwd: root,
        env,
        encoding: "utf8",
      });
      return stderr;
    };
    const compiled = build("./...");
    const failing = packages.filter((name) => compiled.includes(`# ${module}/${name}\n`));
    // The linker gives up early, so it is asked again without those that it has named.
    for (;;) {
      const left = packages.filter((name) => !failing.includes(name));
      const imports = left.map((name) => `import "${module}/${name}"\n`).join("");
      const calls = left.map((name) => `\t${name}.Use()\n`).join("");
      mkdirSync(join(root, "cmd"), { recursive: true });
      writeFileSync(join(root, "cmd/main.go"), `package main\n\n${imports}\nfunc main() {\n${calls}}\n`);
      const linked = build("-o", join(root, "bin") + "/", "./cmd");
      rmSync(join(root, "cmd"), { recursive: true });
      const named = left.filter((name) => linked.includes(`${module}/${name}.`));
      if (linked !== "" && named.length === 0) throw new Error(linked);
      if (named.length === 0) return failing;
      failing.push(...named);
    }
  }
});

/** The combinations with fewer tags. */
function fewer(tags: string): readonly string[] {
  return tags.includes(",") ? ["", ...tags.split(",")] : [""];
}

function head(constraint: string): string {
  return constraint === "" ? "" : `//go:build ${constraint}\n\n`;
}

function plant(): { readonly files: ReadonlyMap<string, string>; readonly packages: readonly string[] } {
  const random = randomFor("tag combinations");
  const constraints = [
    "amd64",
    "arm64",
    "amd64 || arm64",
    "amd64 && !purego",
    "!purego",
    "purego",
    "!noasm && !purego",
    "noasm || purego",
    "noasm",
    "!noasm",
    "!amd64",
    "!amd64 || purego",
    "!arm64 || noasm",
    "linux && !noasm",
    "!linux",
    "",
  ];
  const files = new Map([["go.mod", `module ${module}\n\ngo 1.20\n`]]);
  const packages: string[] = [];
  for (let n = 0; n < 120; n++) {
    const name = `p${n}`;
    packages.push(name);
    const [declared, text, generic] = [
      random.pick(constraints),
      random.pick(constraints),
      random.pick(constraints),
    ];
    // Where nothing is declared nothing is called.
    const some = declared === "" || generic === "" ? "" : `(${declared}) || (${generic})`;
    files.set(`${name}/p.go`, `package ${name}\n`);
    files.set(`${name}/use.go`, `${head(some)}package ${name}\n\nfunc Use() int { return f(1) }\n`);
    const none = some === "" ? undefined : `!(${some})`;
    if (none) files.set(`${name}/unused.go`, `${head(none)}package ${name}\n\nfunc Use() int { return 0 }\n`);
    files.set(`${name}/declared.go`, `${head(declared)}package ${name}\n\nfunc f(x int) int\n`);
    files.set(`${name}/generic.go`, `${head(generic)}package ${name}\n\nfunc f(x int) int { return x }\n`);
    files.set(`${name}/text.s`, `${head(text)}TEXT ·f(SB), 4, $0-16\n\tRET\n`);
    if (random.chance(0.5))
      files.set(`${name}/other.s`, "// It makes the compiler accept functions without bodies.\n");
    files.set(
      `mains/${name}/main.go`,
      `package main\n\nimport "${module}/${name}"\n\nfunc main() { ${name}.Use() }\n`,
    );
  }
  return { files, packages };
}
