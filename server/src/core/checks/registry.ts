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
    code: "missing-text",
    severity: "error",
    title: "A Go function without a body is provided nowhere",
    why: [
      "A Go function without a body is a promise that assembly, another package's `//go:linkname`, C or the compiler",
      "provides one. Where a file name or a build tag leaves a target out, only the link of a program that calls the",
      "function fails, and only on that target: `relocation target not defined`, or `missing function body`. The",
      "finding names the targets, and the places that provide the function on others.",
    ].join("\n"),
    bad: "// lock.go: for every target\nfunc spin(n uint32)\n\n// lock_amd64.s: the only assembly\nTEXT ·spin(SB), NOSPLIT, $0-4",
    good: "// lock_amd64.go: for the targets that have the assembly\nfunc spin(n uint32)\n\n// lock_amd64.s\nTEXT ·spin(SB), NOSPLIT, $0-4",
  },
  {
    code: "orphan-text",
    severity: "warning",
    title: "Nothing refers to an assembly function",
    why: [
      "A TEXT symbol that no Go declaration, no other assembly and no `//go:linkname` names is dead code, or is",
      "misspelt while the function it was meant for goes without a body. No tool of Go speaks of it. Symbols that",
      "only their own file uses should be marked with `<>`. Names without a package, which C or the linker may ask",
      "for, are left alone.",
    ].join("\n"),
    bad: "// func add(x, y int64) int64\nTEXT ·ad(SB), NOSPLIT, $0-24",
    good: "// func add(x, y int64) int64\nTEXT ·add(SB), NOSPLIT, $0-24",
  },
  {
    code: "duplicate-text",
    severity: "error",
    title: "A function is defined twice on one target",
    why: [
      "Two files that a target selects define the same symbol: two TEXT directives, or a TEXT and a Go function with",
      "a body. Only the build for that target fails. Usually a build tag overlaps with a file name's suffix.",
    ].join("\n"),
    bad: "// add_generic.go, without a build constraint\nfunc add(x, y int64) int64 { return x + y }\n\n// add_amd64.s\nTEXT ·add(SB), NOSPLIT, $0-24",
    good: "// add_generic.go\n//go:build !amd64\nfunc add(x, y int64) int64 { return x + y }\n\n// add_amd64.s\nTEXT ·add(SB), NOSPLIT, $0-24",
  },
  {
    code: "framepointer",
    severity: "error",
    title: "The frame pointer is clobbered before it is saved",
    why: [
      "On amd64 and arm64 the frame pointer belongs to the caller: profilers and the execution tracer walk the stack by",
      "it, also from a signal that arrives in the middle of assembly. A function without a frame that uses the register",
      "as any other breaks that walk. The findings are those of `go vet`'s framepointer, which looks at Linux and",
      "macOS only, at functions without a frame (`$0`), and no further than the first branch.",
    ].join("\n"),
    bad: "TEXT ·sum(SB), NOSPLIT, $0-16\n\tMOVQ x+0(FP), BP // frame pointer is clobbered before saving",
    good: "TEXT ·sum(SB), NOSPLIT, $0-16\n\tMOVQ x+0(FP), DX",
  },
  {
    code: "abi-selector",
    severity: "error",
    title: "An ABI selector where the assembler takes none",
    why: [
      "`f<ABIInternal>(SB)` names the function by the convention that passes arguments in registers, which changes from",
      "release to release. The assembler accepts a selector in a few packages of the standard library only, and no",
      "other than `ABI0` and `ABIInternal`. Everywhere else assembly is called with the stack layout of ABI0.",
    ].join("\n"),
    bad: "TEXT ·add<ABIInternal>(SB), NOSPLIT, $0-24\n\tADDQ BX, AX",
    good: "TEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ x+0(FP), AX",
  },
  {
    code: "frame-size",
    severity: "error",
    title: "A frame of a size that the assembler does not take",
    why: [
      "What `$size` may be differs by architecture: a multiple of 4 or 8, 0 beside NOFRAME where the return address is in",
      "a register, and no negative number but the historic one that means NOFRAME (which loong64 never had). A file",
      "that several architectures share is right only on some of them, and the assembler tells only for the one built.",
    ].join("\n"),
    bad: "// f_arm64.s\nTEXT ·f(SB), NOSPLIT|NOFRAME, $16-8",
    good: "// f_arm64.s\nTEXT ·f(SB), NOSPLIT|NOFRAME, $0-8",
  },
  {
    code: "noframe-call",
    severity: "warning",
    title: "A function without a frame loses its return address",
    why: [
      "Where a call leaves the return address in a register (everywhere but on x86 and WebAssembly), the assembler saves",
      "that register in the frame of a function that calls others. NOFRAME says that the function does so by itself. If",
      "it does not, its RET jumps behind its last call, again and again.",
    ].join("\n"),
    bad: "// f_arm64.s\nTEXT ·f(SB), NOSPLIT|NOFRAME, $0-0\n\tCALL ·g(SB)\n\tRET",
    good: "// f_arm64.s\nTEXT ·f(SB), NOSPLIT, $0-0\n\tCALL ·g(SB)\n\tRET",
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

/** How serious a finding of this check is unless the user says otherwise. */
export function severityOf(code: CheckCode): Severity {
  return checks.find((check) => check.code === code)!.severity;
}
