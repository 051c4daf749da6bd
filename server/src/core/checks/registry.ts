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
    code: "go-asm-name",
    severity: "error",
    title: "Assembly uses a name that go_asm.h does not have",
    why: [
      "The compiler writes `go_asm.h` anew for each target: `const_NAME` for the package's constants, `TYPE__size` and",
      "`TYPE_FIELD` for its structs. A constant or field that is renamed, or that only some targets declare, leaves",
      "the assembler with a name that means nothing (`expected pseudo-register`, `illegal or missing addressing",
      "mode`), and only on those targets. Floating-point constants and generic types are not in the header.",
    ].join("\n"),
    bad: '// type queue struct { head, tail uint32 }\n#include "go_asm.h"\n\tMOVL queue_first(DI), AX // queue has no field first',
    good: '// type queue struct { head, tail uint32 }\n#include "go_asm.h"\n\tMOVL queue_head(DI), AX',
  },
  {
    code: "go-asm-width",
    severity: "warning",
    title: "Assembly moves a field in another width than it has",
    why: [
      "Nothing holds the width of an instruction against the field that it names through `go_asm.h`. One that is too",
      "wide reads or overwrites the next field, one that is too narrow leaves a part of it behind, and a field whose",
      "type changes (`int32` to `int64`) takes no assembly along. What is wider than a register is taken in parts; access",
      "with an offset added to the name, and to strings, slices and structs, is left alone.",
    ].join("\n"),
    bad: '// type queue struct { head, tail uint32 }\n#include "go_asm.h"\n\tMOVQ queue_head(DI), AX // reads tail too',
    good: '// type queue struct { head, tail uint32 }\n#include "go_asm.h"\n\tMOVL queue_head(DI), AX',
  },
  {
    code: "libc-import",
    severity: "error",
    title: "A symbol of C is called that nothing imports",
    why: [
      "On macOS, OpenBSD, Solaris, illumos and AIX Go makes system calls through the C library: assembly calls",
      '`libc_open`, and `//go:cgo_import_dynamic libc_open open "…"` says what that is. The directive stands in a Go file',
      "of its own targets; where it is missing, only the link of a program that needs it fails (`relocation target",
      "libc_open not defined`), and a Go variable linked with such a name is silently a variable of its own, and zero.",
    ].join("\n"),
    bad: '//go:cgo_import_dynamic libc_open open "/usr/lib/libSystem.B.dylib"\n\nTEXT ·open_trampoline(SB), NOSPLIT, $0-0\n\tJMP libc_openat(SB)',
    good: '//go:cgo_import_dynamic libc_open open "/usr/lib/libSystem.B.dylib"\n\nTEXT ·open_trampoline(SB), NOSPLIT, $0-0\n\tJMP libc_open(SB)',
  },
  {
    code: "libc-arguments",
    severity: "warning",
    title: "A trampoline takes arguments that Go does not pass",
    why: [
      "`libcCall` hands a trampoline the address of a struct, or of the caller's own arguments, which the assembly takes",
      "apart by offset: nothing holds these offsets against the Go code. A trampoline that reads behind the end, or over",
      "two arguments at once, calls C with what happens to lie there. A function that passes the address of its first",
      "argument needs `//go:cgo_unsafe_args`, or the others are not there.",
    ].join("\n"),
    bad: "// args := struct{ fd, flags int32 }{fd, flags}\n// libcCall(unsafe.Pointer(abi.FuncPCABI0(f_trampoline)), unsafe.Pointer(&args))\nTEXT ·f_trampoline(SB), NOSPLIT, $0\n\tMOVL 8(DI), SI // behind the end",
    good: "// args := struct{ fd, flags int32 }{fd, flags}\n// libcCall(unsafe.Pointer(abi.FuncPCABI0(f_trampoline)), unsafe.Pointer(&args))\nTEXT ·f_trampoline(SB), NOSPLIT, $0\n\tMOVL 4(DI), SI",
  },
  {
    code: "libc-unused",
    severity: "hint",
    title: "Nothing uses a symbol imported from C",
    why: [
      "A `//go:cgo_import_dynamic` whose name no assembly and no `//go:linkname` mentions is left over, or the name is",
      "misspelt on one side.",
    ].join("\n"),
    bad: '//go:cgo_import_dynamic libc_opne open "/usr/lib/libSystem.B.dylib"\n\n\tJMP libc_open(SB)',
    good: '//go:cgo_import_dynamic libc_open open "/usr/lib/libSystem.B.dylib"\n\n\tJMP libc_open(SB)',
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
    code: "vdso-hash",
    severity: "error",
    title: "A hash in a vDSO table is not that of its symbol",
    why: [
      "Go's runtime finds the functions that Linux maps into every process by their names' ELF and GNU hashes, which",
      "stand as numbers in its tables. With a wrong number the function is not found, and nothing says so: each call",
      "enters the kernel instead. The finding gives the right number.",
    ].join("\n"),
    bad: 'var vdsoSymbolKeys = []vdsoSymbolKey{\n\t{"__kernel_clock_gettime", 0xd35ec75, 0x6e43a318, &vdsoClockgettimeSym},\n}',
    good: 'var vdsoSymbolKeys = []vdsoSymbolKey{\n\t{"__kernel_clock_gettime", 0xb0cd725, 0xdfa941fd, &vdsoClockgettimeSym},\n}',
  },
  {
    code: "layout-differs",
    severity: "error",
    title: "A struct does not have the layout the kernel gives it",
    why: [
      "Packages runtime, syscall and golang.org/x/sys/unix declare in Go what the kernel reads and writes in C. A field",
      "at another offset, or of another width, is a call that fails, or memory that is overwritten, on that",
      "architecture alone: C packs `struct epoll_event` on amd64 only, so a Go struct that works there loses its",
      "file descriptors on arm64. Nothing that Go has compares the two. Linux's layouts are those that a C compiler",
      "gives its headers; other systems' are those of Go 1.27. Fields that only one side names, padding, and a",
      "size that differs at the end are not compared.",
    ].join("\n"),
    bad: "// defs_linux_arm64.go\ntype EpollEvent struct {\n\tEvents uint32\n\tFd     int32 // the kernel has it at offset 8\n\tPad    int32\n}",
    good: "// defs_linux_arm64.go\ntype EpollEvent struct {\n\tEvents uint32\n\t_      int32\n\tFd     int32\n\tPad    int32\n}",
  },
  {
    code: "buildtag",
    severity: "warning",
    title: "A build constraint line is malformed or misplaced",
    why: [
      "A `//go:build` line behind the package clause, or a `// +build` line without a blank line below it, is a mere",
      "comment: the file is built for every target. Where both forms are there and disagree, each Go release before",
      "1.17 builds other files than those after. The findings are those of `go vet`'s buildtag, word for word, in",
      "Go files and assembly alike, whatever the target selects.",
    ].join("\n"),
    bad: '//go:build linux && amd64\n// +build linux\n\n#include "textflag.h"',
    good: '//go:build linux && amd64\n\n#include "textflag.h"',
  },
  {
    code: "directive",
    severity: "warning",
    title: "A directive stands where it has no effect",
    why: [
      "`//go:debug` counts only in Go files of package main and in tests, before the package clause; assembly is no",
      "place for it. White space other than a blank or a tab does not end a directive's name. The findings are those",
      "of `go vet`'s directive, word for word.",
    ].join("\n"),
    bad: '// clock_amd64.s\n//go:debug asynctimerchan=1\n\n#include "textflag.h"',
    good: "// main.go\n//go:debug asynctimerchan=1\n\npackage main",
  },
  {
    code: "never-built",
    severity: "warning",
    title: "No target builds a file",
    why: [
      "The go command passes over a file whose constraint cannot be met, and says nothing: what is in it is missing",
      "on every target. Mostly the end of its name (`_linux`, `_arm64`) contradicts its `//go:build` line. Tags that",
      "are not Go's own count as ones that somebody may set, and systems and architectures that only other compilers",
      "know as targets.",
    ].join("\n"),
    bad: "// futex_linux.s\n//go:build freebsd",
    good: "// futex_freebsd.s\n//go:build freebsd",
  },
  {
    code: "unknown-tag",
    severity: "hint",
    title: "A build tag is nearly the name of a system or an architecture",
    why: [
      "A misspelt GOOS or GOARCH in a build constraint is a custom tag, which nobody sets: the file is built nowhere,",
      "or with `!` everywhere. So are names that other tools have for what Go calls otherwise: `x86_64`, `aarch64`,",
      "`macos`. A tag that is given by `--tags` is left alone.",
    ].join("\n"),
    bad: "//go:build linxu && x86_64",
    good: "//go:build linux && amd64",
  },
  {
    code: "ignore",
    severity: "warning",
    title: "A comment that hides findings is wrong or hides nothing",
    why: [
      "`// rt0:ignore CODE reason`, on a line of its own, hides the findings of that check on the next line of code;",
      "several codes are separated by commas. Without a reason nobody can tell later whether it still holds, with a",
      "misspelt code it hides nothing, and one that hides nothing any more hides the next mistake. Whether it hides",
      "something is told only where every target is checked, and no further tags are given.",
    ].join("\n"),
    bad: "// rt0:ignore asmdecl\n\tMOVQ x+8(FP), AX",
    good: "// rt0:ignore asmdecl the caller passes the second half here\n\tMOVQ x+8(FP), AX",
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
