/**
 * A module of small packages, each of which exchanges assembly for Go code by
 * build tags, more or less well, is built and linked by a real toolchain for several
 * targets with each combination of the tags. What fails with some tags and with none
 * or fewer of them does not, rt0 must report, and nothing else.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { goRoots } from "./support/goroots.ts";
import { placeOf, type WrittenModule, writeModule } from "./support/plantedModule.ts";
import { randomFor } from "./support/random.ts";
import { differences } from "./support/rows.ts";

const root = goRoots.at(-1);
const path = "example.com/tagged";
const targets = ["linux/amd64", "darwin/arm64"];
const combinations = ["", "noasm", "purego", "noasm,purego"];

test.skipIf(!root)("rt0 reports what fails only with tags", { timeout: 600_000 }, () => {
  const { files, packages } = plant();
  const module = writeModule(root!, files);
  const failing = new Set(
    targets.flatMap((target) =>
      combinations.flatMap((tags) =>
        failures(module, packages, target, tags).map((name) => `${name} ${target} ${tags}`),
      ),
    ),
  );
  const reported = module.findings(targets, "tag-combination").map((finding) => {
    const tags = /^with tags? (.*?) on /.exec(finding.message)![1]!.replace(" and ", ",");
    return `${placeOf(finding)} ${tags}`;
  });
  const places = packages.flatMap((name) => targets.map((target) => `${name} ${target}`));
  const needed = places.flatMap((place) =>
    combinations
      .slice(1)
      .filter((tags) => failing.has(`${place} ${tags}`))
      .filter((tags) => !fewer(tags).some((tags) => failing.has(`${place} ${tags}`)))
      .map((tags) => `${place} ${tags}`),
  );
  expect(differences(needed, reported).missing).toEqual([]);
  expect(differences(failing, reported).unexpected).toEqual([]);
  // Neither side may agree by saying nothing, or everything.
  expect(needed.length).toBeGreaterThan(60);
  expect(places.length * (combinations.length - 1) - failing.size).toBeGreaterThan(60);
});

/** The packages that do not build, or make a program that does not link. */
function failures(
  { directory, go }: WrittenModule,
  packages: readonly string[],
  target: string,
  tags: string,
): readonly string[] {
  const compiled = go(target, "build", `-tags=${tags}`, "./...").stderr;
  const failing = packages.filter((name) => compiled.includes(`# ${path}/${name}\n`));
  // The linker gives up early, so it is asked again without those that it has named.
  for (;;) {
    const left = packages.filter((name) => !failing.includes(name));
    const imports = left.map((name) => `import "${path}/${name}"\n`).join("");
    const calls = left.map((name) => `\t${name}.Use()\n`).join("");
    mkdirSync(join(directory, "cmd"));
    writeFileSync(join(directory, "cmd/main.go"), `package main\n\n${imports}\nfunc main() {\n${calls}}\n`);
    const linked = go(target, "build", `-tags=${tags}`, "-o", "bin/", "./cmd").stderr;
    rmSync(join(directory, "cmd"), { recursive: true });
    const named = left.filter((name) => linked.includes(`${path}/${name}.`));
    if (linked !== "" && named.length === 0) throw new Error(linked);
    if (named.length === 0) return failing;
    failing.push(...named);
  }
}

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
  const files = new Map([["go.mod", `module ${path}\n\ngo 1.20\n`]]);
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
      `package main\n\nimport "${path}/${name}"\n\nfunc main() { ${name}.Use() }\n`,
    );
  }
  return { files, packages };
}
