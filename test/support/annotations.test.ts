import { describe, expect, it } from "vitest";
import { annotate, type FixtureFinding, parseFixture } from "./annotations.ts";

const plain = ["why", "-- a.s --", "TEXT ·f(SB), 0, $0", "\tMOVQ x+8(FP), AX", "\tRET", ""].join("\n");

function finding(text: string, message: string, targets?: readonly string[]): FixtureFinding {
  const start = parseFixture(plain).files[0]!.text.indexOf(text);
  return {
    path: "a.s",
    start,
    end: start + text.length,
    severity: "error",
    code: "asmdecl",
    message,
    targets,
  };
}

describe("annotations", () => {
  it("writes carets under a range, and columns where carets have no room", () => {
    const findings = [
      finding("x+8(FP)", "wrong", ["linux/386"]),
      finding("·f", "gone"),
      finding("RET", "ret"),
    ];
    expect(annotate(plain, findings).split("\n").slice(2)).toEqual([
      "TEXT ·f(SB), 0, $0",
      "//   ^^ error asmdecl: gone",
      "\tMOVQ x+8(FP), AX",
      "\t//   ^^^^^^^ error asmdecl: wrong (linux/386)",
      "\tRET",
      "\t// @1-4 error asmdecl: ret",
      "",
    ]);
  });

  it("takes its own markers out again", () => {
    const findings = [finding("x+8(FP)", "wrong"), finding("x+8(FP)", "also"), finding("RET", "ret")];
    const annotated = annotate(plain, findings);
    expect(parseFixture(annotated)).toEqual(parseFixture(plain));
    expect(annotate(annotated, findings)).toBe(annotated);
    expect(annotate(annotated, [])).toBe(plain);
  });

  it("keeps comments that are no markers", () => {
    const text = "-- a.s --\n// ^ not a marker\n// error asmdecl: nor this\n";
    expect(annotate(text, [])).toBe(text);
  });

  it("takes places out and aligns carets with what is written", () => {
    const text = "-- a.s --\nJMP /*to*/ab/*|*/c\n";
    const [file] = parseFixture(text).files;
    expect(file).toEqual({
      path: "a.s",
      text: "JMP abc\n",
      places: new Map([
        ["to", 4],
        ["|", 6],
      ]),
    });
    const found = { path: "a.s", start: 4, end: 7, severity: "hint", code: "x", message: "m" } as const;
    expect(annotate(text, [found])).toBe("-- a.s --\nJMP /*to*/ab/*|*/c\n//        ^^^^^^^^ hint x: m\n");
  });
});
