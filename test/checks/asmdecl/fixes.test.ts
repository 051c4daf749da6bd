/** A fix does away with its finding; what the finding hid may show then. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../server/src/core/index.ts";
import { type Fixture, parseFixture } from "../../support/annotations.ts";
import { findingsOf } from "./checkFiles.ts";

const directory = new URL("fixtures/", import.meta.url);

describe("fixes of asmdecl findings", () => {
  for (const name of readdirSync(directory)) {
    it(name, () => {
      const fixture = parseFixture(readFileSync(new URL(name, directory), "utf8"));
      const findings = findingsOf(fixture);
      for (const finding of findings.filter(({ fix }) => fix)) {
        const after = findingsOf(applyFix(fixture, finding));
        const count = (list: readonly Finding[]) =>
          list.filter(({ line, message }) => line === finding.line && message === finding.message).length;
        expect(count(after), finding.message).toBeLessThan(count(findings));
      }
    });
  }

  it("offers none where targets need different texts", () => {
    const fixture = parseFixture(
      [
        "targets: linux/amd64, linux/386",
        "-- p.go --",
        "package p",
        "func f(x uintptr, y uintptr)",
        "func g(x uintptr, y uintptr)",
        "-- p.s --",
        "TEXT ·f(SB), 0, $0-9",
        "TEXT ·g(SB), 0, $0",
        "\tMOVB y+1(FP), AX",
        "\tMOVB x+1(FP), AX",
        "",
      ].join("\n"),
    );
    const fixes = findingsOf(fixture).map(({ message, fix }) => [message, fix?.edits[0]?.newText]);
    expect(fixes.filter(([, text]) => text !== undefined)).toEqual([
      ["[amd64] g: invalid offset x+1(FP); expected x+0(FP)", "x+0(FP)"],
      ["[386] g: invalid offset x+1(FP); expected x+0(FP)", "x+0(FP)"],
    ]);
  });
});

function applyFix(fixture: Fixture, { file, fix }: Finding): Fixture {
  const files = fixture.files.map((source) => {
    if (source.path !== file) return source;
    const text = fix!.edits.reduceRight(
      (text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end),
      source.text,
    );
    return { ...source, text };
  });
  return { ...fixture, files };
}
