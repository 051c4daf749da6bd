import { expect, test } from "vitest";
import { faulty, faultyMessage, rows, runMain, tree } from "./runMain.ts";

const two = ["--target", "linux/amd64,windows/amd64"];

test("json: one object per finding, with all its targets", () => {
  const { status, stdout } = runMain(tree(faulty), ["check", "--format", "json", ...two]);
  expect(status).toBe(1);
  expect(rows(stdout)).toEqual([
    {
      file: "add/add_amd64.s",
      line: 2,
      column: 7,
      endLine: 2,
      endColumn: 14,
      code: "asmdecl",
      severity: "error",
      message: faultyMessage,
      package: "add",
      targets: ["linux/amd64", "windows/amd64"],
    },
  ]);
});

test("json --per-target: one object per finding and target", () => {
  const { stdout } = runMain(tree(faulty), ["check", "--format", "json", "--per-target", ...two]);
  const found = rows<{ target: string; targets?: unknown }>(stdout);
  expect(found.map(({ target }) => target)).toEqual(["linux/amd64", "windows/amd64"]);
  expect(found[0]).not.toHaveProperty("targets");
});

test("json names files from the root, wherever the user stands", () => {
  const directory = tree({ "go.mod": "module example.org/m\n", ...faulty });
  const [row] = rows(runMain(`${directory}/add`, ["check", "--format", "json", ...two]).stdout);
  expect(row).toMatchObject({ file: "add/add_amd64.s", package: "example.org/m/add" });
});

test("vet: each package once, though its subdirectories lie between its files", () => {
  const declaration = "package p\n\nfunc f()\n";
  const assembly = "TEXT ·f(SB), 0, $0-8\n\tRET\n";
  const directory = tree({
    "go.mod": "module m\n",
    "p/p.go": declaration,
    "p/a_amd64.s": assembly,
    "p/m/p.go": declaration,
    "p/m/a_amd64.s": assembly,
    "p/z_amd64.s": assembly,
  });
  expect(runMain(directory, ["check", "--rules", "asmdecl", "--format", "vet"]).stdout).toBe(
    [
      "# m/p",
      "p/a_amd64.s:1:1: [amd64] f: wrong argument size 8; expected $...-0",
      "p/z_amd64.s:1:1: [amd64] f: wrong argument size 8; expected $...-0",
      "# m/p/m",
      "p/m/a_amd64.s:1:1: [amd64] f: wrong argument size 8; expected $...-0",
      "",
    ].join("\n"),
  );
});

test("vet --per-target: each package and target once", () => {
  const { stdout } = runMain(tree(faulty), ["check", "--format", "vet", "--per-target", ...two]);
  const finding = `add/add_amd64.s:2:1: ${faultyMessage}`;
  expect(stdout).toBe(["# add [linux/amd64]", finding, "# add [windows/amd64]", finding, ""].join("\n"));
});

test("github: one annotation per finding, from the top of the repository", () => {
  const directory = tree(
    Object.fromEntries(Object.entries(faulty).map(([name, text]) => [`a,b/${name}`, text])),
  );
  const here = runMain(`${directory}/a,b`, ["check", "--format", "github", ...two]);
  expect(here.stdout).toMatch(/^::error file=add\/add_amd64.s,line=2,/);
  const inActions = runMain(`${directory}/a,b`, ["check", "--format", "github", ...two], {
    GITHUB_WORKSPACE: directory,
  });
  expect(inActions.stdout).toBe(
    "::error file=a%2Cb/add/add_amd64.s,line=2,endLine=2,col=7,endColumn=14,title=rt0 asmdecl::" +
      `${faultyMessage} (on linux/amd64, windows/amd64)\n`,
  );
});

/** What sarif-schema-2.1.0.json requires of the parts that are used here, and what code hosts read. */
interface Sarif {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] };
    };
    readonly columnKind: string;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly relatedLocations?: readonly unknown[];
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
          readonly region: {
            readonly startLine: number;
            readonly startColumn: number;
            readonly endColumn: number;
          };
        };
      }[];
    }[];
  }[];
}

test("sarif: the structure that the schema requires", () => {
  const { stdout } = runMain(tree(faulty), ["check", "--format", "sarif", ...two]);
  const log = JSON.parse(stdout) as Sarif;
  expect(log.version).toBe("2.1.0");
  expect(log.$schema).toContain("sarif-2.1.0");
  const [run] = log.runs;
  expect(log.runs).toHaveLength(1);
  expect(run!.tool.driver.name).toBe("rt0");
  expect(run!.columnKind).toBe("utf16CodeUnits");
  const ids = run!.tool.driver.rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const [result] = run!.results;
  expect(ids[result!.ruleIndex]).toBe(result!.ruleId);
  expect(["error", "warning", "note", "none"]).toContain(result!.level);
  expect(result!.message).toEqual({ text: faultyMessage });
  expect(result!.locations[0]!.physicalLocation).toEqual({
    artifactLocation: { uri: "add/add_amd64.s", uriBaseId: "SRCROOT" },
    region: { startLine: 2, startColumn: 7, endColumn: 14 },
  });
});

test("sarif: places that explain a finding, in their own files", () => {
  const text = "TEXT ·f(SB), 0, $0\n\tRET\n";
  const directory = tree({
    "p/p.go": "package p\n\nfunc f()\n\nvar _ = f\n",
    "p/a_amd64.s": text,
    "p/b_amd64.s": `// again\n${text}`,
  });
  const { stdout } = runMain(directory, ["check", "--format", "sarif", "--rules", "duplicate-text", ...two]);
  const [result] = (JSON.parse(stdout) as Sarif).runs[0]!.results;
  expect(result!.relatedLocations).toEqual([
    {
      id: 0,
      message: { text: "also defined here on all 2 targets" },
      physicalLocation: {
        artifactLocation: { uri: "p/a_amd64.s", uriBaseId: "SRCROOT" },
        region: { startLine: 1, startColumn: 6, endColumn: 8 },
      },
    },
  ]);
});

test("sarif: a clean tree is a run without results, and addresses are escaped", () => {
  const uriOf = (text: string) =>
    (JSON.parse(text) as Sarif).runs[0]!.results[0]!.locations[0]!.physicalLocation.artifactLocation.uri;
  const spaced = tree(
    Object.fromEntries(Object.entries(faulty).map(([name, text]) => [`a b#é/${name}`, text])),
  );
  expect(uriOf(runMain(spaced, ["check", "--format", "sarif"]).stdout)).toBe(
    "a%20b%23%C3%A9/add/add_amd64.s",
  );
  const outside = runMain("/", ["check", "--root", spaced, "--format", "sarif"], {
    GITHUB_WORKSPACE: "/elsewhere",
  });
  expect(uriOf(outside.stdout)).toBe(`file://${spaced}/a%20b%23%C3%A9/add/add_amd64.s`);
  const empty = runMain(tree({ "p.go": "package p\n" }), ["check", "--format", "sarif"]);
  expect(empty.status).toBe(0);
  expect((JSON.parse(empty.stdout) as Sarif).runs[0]!.results).toEqual([]);
});

test.each(["json", "vet", "github"])("%s prints nothing for a clean tree", (format) => {
  expect(runMain(tree({ "p.go": "package p\n" }), ["check", "--format", format])).toEqual({
    status: 0,
    stdout: "",
    stderr: [],
  });
});
