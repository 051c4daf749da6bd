/**
 * Frame sizes and ABI selectors that the assembler of a release refuses, asked of the
 * assembler itself: one function per file, for every architecture that differs.
 */
import { expect, test } from "vitest";
import { eachRoot } from "./support/eachRoot.ts";
import { placeOf, type WrittenModule, writeModule } from "./support/plantedModule.ts";

const arches = ["386", "amd64", "arm", "arm64", "mips", "mips64", "ppc64le", "riscv64", "s390x", "loong64"];
const targets = arches.map((arch) => `linux/${arch}`);
const sizes = [-12, -8, -4, 0, 4, 8, 12, 16, 20];
const flags = ["NOSPLIT", "NOSPLIT|NOFRAME"];
const selectors = ["", "<ABI0>", "<ABIInternal>"];

const functions = [
  ...flags.flatMap((flag) => sizes.map((size) => `TEXT ·f(SB), ${flag}, $${size}-0\n\tRET\n`)),
  ...selectors.map((abi) => `TEXT ·f(SB), NOSPLIT, $0-0\n\tJMP ·g${abi}(SB)\n`),
];

const files = functions.flatMap((text, i) => [
  [`p${i}/p.go`, "package p\n\nfunc f()\nfunc g()\n"] as const,
  [`p${i}/p.s`, `#include "textflag.h"\n\n${text}`] as const,
]);

eachRoot((root) => {
  test("rt0 reports what the assembler says first", { timeout: 300_000 }, () => {
    const module = writeModule(root, [["go.mod", "module m\n"], ...files]);
    const expected = targets.flatMap((target) =>
      functions.flatMap((_, i) => {
        const message = complaint(module, target, `p${i}/p.s`, root.dir);
        return message === "" ? [] : [`p${i} ${target}: ${message}`];
      }),
    );
    const found = module
      .findings(targets, "frame-size,abi-selector")
      .map((finding) => `${placeOf(finding)}: ${finding.message.replace(/ to \S+$/, "")}`);
    expect(found.sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(80);
  });
});

/** What the assembler says first of a file, without places and names; "" where it takes it. */
function complaint({ go }: WrittenModule, target: string, file: string, goroot: string): string {
  const include = `${goroot}/src/runtime`;
  const { stderr } = go(target, "tool", "asm", "-p", "m", "-I", include, "-o", "out.o", file);
  const [first = ""] = stderr.split("\n");
  return first
    .replace(/^.*?(?=unaligned|negative|frame size|NOFRAME|ABI selector)/, "")
    .replace(/ to "\S+"$/, "");
}
