import { array, assert, constantFrom, property, record, subarray } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyWhitelist,
  type ListedFinding,
  type WhitelistFile,
  whitelistNames,
  writeWhitelist,
} from "../../server/src/core/checks/whitelist.ts";
import { parseTarget } from "../../server/src/core/model/targets/target.ts";
import { TargetSet } from "../../server/src/core/model/targets/targetSet.ts";

const names = ["linux/386", "linux/amd64", "android/386", "linux/mips", "linux/mipsle", "windows/amd64"];
const targets = names.map((name) => parseTarget(name)!);

function on(...wanted: string[]): TargetSet {
  return TargetSet.where(names.length, (i) => wanted.includes(names[i]!));
}

function finding(file: string, message: string, ...wanted: string[]): ListedFinding {
  return { file, message, targets: on(...wanted) };
}

function list(name: string, ...lines: string[]): WhitelistFile {
  return { name, text: lines.join("\n") };
}

function show(set: TargetSet): (string | undefined)[] {
  return [...set].map((i) => names[i]);
}

function apply(files: readonly WhitelistFile[], findings: readonly ListedFinding[]) {
  const { visible, unmatched } = applyWhitelist(files, findings, targets);
  return {
    visible: visible.map(({ message, targets: set }) => [message, ...show(set)]),
    unmatched: unmatched.map(({ file, line, targets: set }) => [`${file}:${line}`, ...show(set)]),
  };
}

describe("applyWhitelist", () => {
  it("reads the files of a target: system, architecture, both, word size, shared suffix", () => {
    expect(whitelistNames(parseTarget("linux/mipsle")!)).toEqual(
      ["all", "linux", "mipsle", "linux_mipsle", "32bit", "mipsx", "linux_mipsx"].map(
        (name) => name + ".txt",
      ),
    );
    expect(whitelistNames(parseTarget("android/arm64")!)).toEqual(
      ["all", "android", "arm64", "android_arm64", "64bit"].map((name) => name + ".txt"),
    );
  });

  it("fills templates in, Android's files being Linux's", () => {
    const files = [
      list("all.txt", "p/a_GOOS_GOARCH.s: [GOARCH] f: x"),
      list("mipsx.txt", "p/a_ARCHSUFF.s: [GOARCH] f: y"),
    ];
    const findings = [
      finding("p/a_linux_386.s", "[386] f: x", "linux/386", "android/386"),
      finding("p/a_linux_amd64.s", "[amd64] f: x", "linux/amd64"),
      finding("p/a_mipsx.s", "[mips] f: y", "linux/mips"),
      finding("p/a_mipsx.s", "[mipsle] f: y", "linux/mipsle"),
    ];
    expect(apply(files, findings)).toEqual({
      visible: [],
      unmatched: [["all.txt:0", "linux/mips", "linux/mipsle", "windows/amd64"]],
    });
  });

  it("counts equal lines", () => {
    const once = list("386.txt", "// why", "", "p/a.s: [386] f: x");
    const one = finding("p/a.s", "[386] f: x", "linux/386");
    expect(apply([once], [one, one])).toEqual({
      visible: [["[386] f: x", "linux/386"]],
      unmatched: [["386.txt:2", "android/386"]],
    });
    const two = list("linux_386.txt", "p/a.s: [386] f: x", "p/a.s: [386] f: x\r");
    expect(apply([once, two], [one, one]).unmatched).toEqual([
      ["386.txt:2", "android/386"],
      ["linux_386.txt:1", "linux/386"],
    ]);
  });

  it("leaves a finding visible on the targets where nothing hides it", () => {
    const files = [list("linux.txt", "p/a.s: [386] f: x")];
    expect(apply(files, [finding("p/a.s", "[386] f: x", "linux/386", "android/386")])).toEqual({
      visible: [["[386] f: x", "android/386"]],
      unmatched: [["linux.txt:0", "linux/amd64", "linux/mips", "linux/mipsle"]],
    });
  });

  it("does not look at entries for Go files", () => {
    expect(apply([list("all.txt", "p/a.go: unreachable code", "nonsense")], []).unmatched).toEqual([]);
  });
});

describe("entries for Go files", () => {
  it("hide findings, and may match nothing: they were vet's", () => {
    const files = [list("all.txt", "p/a.go: f has no body", "p/b.go: possible misuse of unsafe.Pointer")];
    const findings = [
      finding("p/a.go", "f has no body", "linux/386"),
      finding("p/a.go", "g has no body", "linux/386"),
    ];
    expect(apply(files, findings)).toEqual({ visible: [["g has no body", "linux/386"]], unmatched: [] });
  });
});

describe("writeWhitelist", () => {
  it("puts an entry where it covers most", () => {
    const files = writeWhitelist(
      [
        finding("p/a.s", "[386] f: x", "linux/386", "android/386"),
        finding("p/a.s", "[386] f: y", "android/386"),
        finding("p/m.s", "[mips] f: x", "linux/mips"),
        finding("p/m.s", "[mipsle] f: x", "linux/mipsle"),
        finding("p/m.s", "[mips] f: y", "linux/mips"),
      ],
      targets,
    );
    expect(files).toEqual([
      list("386.txt", "p/a.s: [386] f: x", ""),
      list("android_386.txt", "p/a.s: [386] f: y", ""),
      list("mips.txt", "p/m.s: [mips] f: y", ""),
      list("mipsx.txt", "p/m.s: [GOARCH] f: x", ""),
    ]);
  });

  it("leaves out what the format cannot say", () => {
    expect(writeWhitelist([finding("p/a.s", "[386] getGOOS: x", "linux/386")], targets)).toEqual([]);
  });

  it("hides exactly what it was written for", () => {
    const anyFinding = record({
      file: constantFrom("p/a.s", "p/b.s"),
      message: constantFrom("[386] f: x", "[mips] f: x", "[mipsle] f: x", "[amd64] f: x", "no brackets"),
      targets: subarray(names).map((some) => on(...some)),
    });
    assert(
      property(array(anyFinding), (findings) => {
        expect(apply(writeWhitelist(findings, targets), findings)).toEqual({ visible: [], unmatched: [] });
      }),
    );
  });
});
