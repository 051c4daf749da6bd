/**
 * Every check rt0 makes: its code, how serious a finding is unless the user says
 * otherwise, and what docs/checks.md says of it. The command line, the editor's
 * settings and the documents are made from this table.
 */

export type Severity = "error" | "warning" | "information" | "hint";

export interface Check {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why the fault matters and how it comes about, in Markdown. */
  readonly why: string;
  readonly bad: string;
  readonly good: string;
}

export const checks = [
  {
    code: "asmdecl",
    severity: "error",
    title: "Assembly does not match its Go declaration",
    why: [
      "Assembly code names its arguments and results by offset (`x+0(FP)`), and nothing but this check holds the",
      "offsets, widths and frame sizes against the Go declaration. A wrong one reads or writes another argument.",
      "The findings are those of `go vet`'s asmdecl, word for word, on every target at once; the range is exact,",
      "and targets on which the same line is wrong in the same way are one finding.",
    ].join("\n"),
    bad: "// func add(x, y int64) int64\nTEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ x+8(FP), AX // invalid offset x+8(FP); expected x+0(FP)",
    good: "// func add(x, y int64) int64\nTEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ x+0(FP), AX",
  },
  {
    code: "whitelist",
    severity: "warning",
    title: "A whitelist entry matches nothing",
    why: [
      "A whitelist in the form of the old `cmd/vet/all` hides findings that are known and accepted. An entry that",
      "matches no finding any more hides the next mistake of the same words; it should go.",
    ].join("\n"),
    bad: "runtime/asm_ARCHSUFF.s: [GOARCH] gone: function gone missing Go declaration",
    good: "(the line removed)",
  },
] as const satisfies readonly Check[];

export type CheckCode = (typeof checks)[number]["code"];
