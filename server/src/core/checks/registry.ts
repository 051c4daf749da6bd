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
    code: "asmdecl-expanded",
    severity: "error",
    title: "Code of a macro, an included file or behind `;` does not match its Go declaration",
    why: [
      "`go vet` reads assembly line by line and knows no preprocessor: it passes over arguments in the bodies of",
      "macros and in included files, statements behind a `;`, code behind DATA lines, and functions whose TEXT line",
      "holds a macro. This check makes the same comparisons, in the same words, on the code as each target assembles",
      "it. A finding stands at the use of the macro, and the place in its body goes with it.",
    ].join("\n"),
    bad: "// func add(x, y int64) int64\n#define LOAD(arg, off, reg) MOVQ arg+off(FP), reg\n\nTEXT ·add(SB), NOSPLIT, $0-24\n\tLOAD(x, 8, AX) // invalid offset x+8(FP); expected x+0(FP)",
    good: "// func add(x, y int64) int64\n#define LOAD(arg, off, reg) MOVQ arg+off(FP), reg\n\nTEXT ·add(SB), NOSPLIT, $0-24\n\tLOAD(x, 0, AX)",
  },
  {
    code: "asmdecl-misread",
    severity: "hint",
    title: "`go vet` misreads the assembly",
    why: [
      "`go vet` reports a fault in a line that the assembler reads otherwise: a block comment, the body of a macro, a",
      "branch of an `#ifdef` that the target does not assemble, the second statement on a line. Or it takes the width",
      "of an instruction from its last letters: `VMOVD` and `CMOVLEQ` move 4 bytes, and vet asks for 8. The code is",
      "right, and the hint says why. With this check on, as it is by default, such findings are not shown as `asmdecl`;",
      "with `--rules asmdecl` alone, everything that vet says is shown, right or wrong. A file that does not assemble, or",
      "includes one that cannot be found, refutes nothing.",
    ].join("\n"),
    bad: "// func add(x, y int64) int64\nTEXT ·add(SB), NOSPLIT, $0-24\n\t/*\n\tMOVQ z+0(FP), AX\n\t*/",
    good: "// func add(x, y int64) int64\nTEXT ·add(SB), NOSPLIT, $0-24\n\t// MOVQ z+0(FP), AX",
  },
  {
    code: "argument-width",
    severity: "error",
    title: "A load or store is not as wide as the argument",
    why: [
      "`go vet` compares widths on some architectures only: none of arm64, riscv64 and wasm, and nowhere those of",
      "vector and pair moves; on x86 it guesses them from a mnemonic's last letters, and takes `VMOVD` for 8 bytes. A",
      "load that is too wide takes the next argument, or padding that nobody cleared, for the upper half of the value;",
      "a store that is too wide overwrites its neighbour; one that is too narrow leaves half of a value as it was. A",
      "move of several whole arguments at once is meant, and left alone.",
    ].join("\n"),
    bad: "// func futex(addr *uint32, op int32) int32, on arm64\n\tMOVD op+8(FP), R1 // moves 8 bytes, int32 has 4",
    good: "// func futex(addr *uint32, op int32) int32, on arm64\n\tMOVW op+8(FP), R1",
  },
  {
    code: "result-unwritten",
    severity: "warning",
    title: "A result is never written",
    why: [
      "A function in assembly returns in its argument frame, which nobody clears before the call: a result that no",
      "instruction stores to is whatever the caller's stack happened to hold. `go vet` looks only at a result called",
      "`ret`, the name of a single unnamed one. Functions that pass an address of their arguments on are left alone.",
    ].join("\n"),
    bad: "// func divide(x, y int64) (q, r int64)\n\tMOVQ AX, q+16(FP)\n\tRET",
    good: "// func divide(x, y int64) (q, r int64)\n\tMOVQ AX, q+16(FP)\n\tMOVQ DX, r+24(FP)\n\tRET",
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
      "with an offset added to the name, and to strings, slices and structs, is left alone, and so are several whole",
      "numbers that a register of floating point takes at once.",
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
    code: "libc-trampoline",
    severity: "hint",
    title: "Go never uses a trampoline into C",
    why: [
      "A trampoline is called by its address alone, which Go takes with `abi.FuncPCABI0(open_trampoline)` or reads from",
      "a variable that assembly fills, `libc_open_trampoline_addr`. One of which Go only declares the function or the",
      "variable is left over, or another's address is taken in its place; the linker drops it and says nothing. Any",
      "mention in Go code counts as a use, tests left out. Trampolines that Go does not declare are `orphan-text`.",
    ].join("\n"),
    bad: "// func open_trampoline()\n// libcCall(unsafe.Pointer(abi.FuncPCABI0(openat_trampoline)), unsafe.Pointer(&args))\nTEXT ·open_trampoline(SB), NOSPLIT, $0-0\n\tJMP libc_open(SB)",
    good: "// func open_trampoline()\n// libcCall(unsafe.Pointer(abi.FuncPCABI0(open_trampoline)), unsafe.Pointer(&args))\nTEXT ·open_trampoline(SB), NOSPLIT, $0-0\n\tJMP libc_open(SB)",
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
    code: "late-build-line",
    severity: "warning",
    title: "A build constraint in assembly stands too late to count",
    why: [
      "The go command reads constraints on lines of their own above the first line of code, and a `#include` is code:",
      "a `//go:build` line below it is a mere comment, and the file is built for every target that its name allows. `go",
      "vet` stops reading there, and `buildtag` with it. Block comments and `// +build` lines are left alone.",
    ].join("\n"),
    bad: '#include "textflag.h"\n\n//go:build !purego\n\nTEXT ·add(SB), NOSPLIT, $0-24',
    good: '//go:build !purego\n\n#include "textflag.h"\n\nTEXT ·add(SB), NOSPLIT, $0-24',
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
    code: "tag-combination",
    severity: "warning",
    title: "With another value of a build tag, a function is provided nowhere, or twice",
    why: [
      "A tag such as `purego` or `noasm` exchanges assembly for Go code. The constraints of four kinds of files have to",
      "fit together for that: the declarations without a body, the assembly, the Go code in its place, and the files of",
      "the architectures that have no assembly. Where they leave a gap or overlap, only a build with the tag fails,",
      "on the targets concerned, and it is seldom tried. Both values of each custom tag are tried where a package's",
      "files mention at most four.",
    ].join("\n"),
    bad: "// add_amd64.go\nfunc add(x, y int64) int64\n\n// add_amd64.s\n//go:build !purego",
    good: "// add_amd64.go\n//go:build !purego\nfunc add(x, y int64) int64\n\n// add_amd64.s\n//go:build !purego\n\n// add_generic.go\n//go:build !amd64 || purego\nfunc add(x, y int64) int64 { return x + y }",
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
    code: "frame-pointer-flow",
    severity: "warning",
    title: "A way through the function loses the caller's frame pointer",
    why: [
      "Where a function has no frame, the assembler neither saves nor restores BP (amd64) or R29 (arm64). Whatever way",
      "the code takes, the register must hold at the return what it held at the start: profilers and tracers follow it",
      "up the stack, on every system. Vet's `framepointer` looks at Linux and macOS and stops at the first jump; this",
      "check follows the jumps, sees a register that is saved and never restored, and knows that a function with a",
      "frame, or with a call outside NOFRAME, is looked after.",
    ].join("\n"),
    bad: "TEXT ·f(SB), NOSPLIT, $0-8\n\tMOVQ BP, R12\n\tMOVQ x+0(FP), BP\n\tTESTQ BP, BP\n\tJEQ done\n\tMOVQ R12, BP\ndone:\n\tRET // BP is not restored on a way to this return",
    good: "TEXT ·f(SB), NOSPLIT, $0-8\n\tMOVQ BP, R12\n\tMOVQ x+0(FP), BP\n\tMOVQ R12, BP\n\tRET",
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
    code: "blocked-reference",
    severity: "error",
    title: "The linker refuses a reference into the standard library",
    why: [
      "Since Go 1.23 a `//go:linkname` from outside reaches only those names of the standard library that it gives away",
      "by a linkname of its own, and since Go 1.27 assembly is held to the same: `invalid reference to runtime.x`. What",
      "is marked `//go:linknamestd` the library keeps for itself. Assembly has another limit: a Go function that is",
      "called in registers has an entry for it only where the compiler made one. A program that is linked with",
      "`-checklinkname=0` is not checked; for one such, switch this check off.",
    ].join("\n"),
    bad: "//go:linkname allglen runtime.allglen\nvar allglen uintptr",
    good: "//go:linkname nanotime runtime.nanotime\nfunc nanotime() int64",
  },
  {
    code: "stack-map",
    severity: "warning",
    title: "Assembly calls Go without a map of its frame",
    why: [
      "When a goroutine's stack grows or is scanned, the runtime must know of every frame on it where the pointers are.",
      "A function in assembly that calls Go and has locals says NO_LOCAL_POINTERS of them; what it knows of arguments",
      "comes from the Go declaration. Where either is missing the program runs until the first call that needs more",
      "stack, or the first collection at that moment, and then stops with `fatal error: missing stackmap`.",
    ].join("\n"),
    bad: "// func callback()\n// func each() { … }\nTEXT ·callback(SB), NOSPLIT, $16-0\n\tCALL ·each(SB)\n\tRET",
    good: "TEXT ·callback(SB), NOSPLIT, $16-0\n\tNO_LOCAL_POINTERS\n\tCALL ·each(SB)\n\tRET",
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
  {
    code: "syscall-number",
    severity: "error",
    title: "A system call's number is another call's",
    why: [
      "A number in assembly stands for whatever the target's kernel has under it: copied from another architecture or",
      "system it opens where it should close. rt0 follows constants to the trap and knows the tables of every system:",
      "it reports a number that is not the one of the `SYS_` macro it came from, and one that no call has.",
    ].join("\n"),
    bad: "// f_linux_mips64x.s\n#define SYS_fcntl 5080 // rename; fcntl is 5070",
    good: "// f_linux_mips64x.s\n#define SYS_fcntl 5070",
  },
  {
    code: "syscall-comment",
    severity: "warning",
    title: "The comment beside a system call's number names another call",
    why: [
      "Where numbers have no names a comment tells which call is meant. If it names another one than the number stands",
      "for, one of the two is wrong. Only a comment that is the name of a call, or has one with `sys_`, is read so.",
    ].join("\n"),
    bad: "// f_darwin_amd64.s\n\tMOVL $(0x2000000+37), AX // getpid",
    good: "// f_darwin_amd64.s\n\tMOVL $(0x2000000+20), AX // getpid",
  },
  {
    code: "trap-form",
    severity: "warning",
    title: "The kernel is not called as the target's kernel is",
    why: [
      "Each target has its own instruction, register and form of number: `SYSCALL` with AX, `SVC` with R8 or R16,",
      "`0x2000000+n` on darwin/amd64, `4000+n` on linux/mips, `-n` for a Mach trap, the number in the instruction on",
      "netbsd/arm. Code that was copied from another target traps all the same, and something else happens.",
    ].join("\n"),
    bad: "// f_linux_arm64.s: R7 is arm's register\n\tMOVD $172, R7\n\tSVC $0",
    good: "// f_linux_arm64.s\n\tMOVD $172, R8\n\tSVC $0",
  },
  {
    code: "syscall-arguments",
    severity: "hint",
    title: "A system call's argument is not loaded",
    why: [
      "The kernel reads as many registers as the call's prototype has parameters. One that nothing was loaded into has",
      "whatever the caller left there; and one that is loaded from the same Go argument as another is most often a copy",
      "that was not changed. Calls that read an argument only under a condition, as `open` does its mode, are left out.",
    ].join("\n"),
    bad: "// f_linux_amd64.s\n\tMOVL fd+0(FP), DI\n\tMOVQ p+8(FP), SI\n\tMOVL $1, AX // write\n\tSYSCALL",
    good: "// f_linux_amd64.s\n\tMOVL fd+0(FP), DI\n\tMOVQ p+8(FP), SI\n\tMOVL n+16(FP), DX\n\tMOVL $1, AX // write\n\tSYSCALL",
  },
  {
    code: "syscall-error",
    severity: "warning",
    title: "A system call's failure is looked for in the wrong place",
    why: [
      "Linux returns -errno; darwin and the BSDs set the carry flag and return errno; linux on mips sets R7, on ppc64 the",
      "summary overflow bit. Code that came from another target tests what its kernel never touches. Only the instruction",
      "right behind the trap is looked at.",
    ].join("\n"),
    bad: "// f_linux_amd64.s\n\tSYSCALL\n\tJCC ok",
    good: "// f_linux_amd64.s\n\tSYSCALL\n\tCMPQ AX, $0xfffffffffffff001\n\tJLS ok",
  },
  {
    code: "foreign-assembly",
    severity: "warning",
    title: "A file is built for architectures whose assembly it is not",
    why: [
      "A file without a suffix such as `_amd64` or a `//go:build` line is built for every architecture, and the assembler of",
      "any other than its own refuses it line by line. Packages with such a file build on one architecture only. The finding",
      "names whose assembly it is; what other checks say of the targets that cannot assemble it is left out.",
    ].join("\n"),
    bad: "// add.s, for every architecture\nTEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ x+0(FP), AX",
    good: "// add_amd64.s\nTEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ x+0(FP), AX",
  },
  {
    code: "instruction-unknown",
    severity: "error",
    title: "The assembler has no such instruction",
    why: [
      "`go tool asm` says `unrecognized instruction` in a build for that very target alone, and one such line hides every",
      "later error of the build. What each assembler knows was asked of the assemblers of Go 1.19 to 1.27; with a newer Go",
      "rt0 is silent. In a Go tree, instructions that the tree's own assembler has count too.",
    ].join("\n"),
    bad: "// add_amd64.s\nTEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ x+0(FP), AX\n\tADDQQ y+8(FP), AX // did you mean ADDQ?",
    good: "// add_amd64.s\nTEXT ·add(SB), NOSPLIT, $0-24\n\tMOVQ x+0(FP), AX\n\tADDQ y+8(FP), AX",
  },
  {
    code: "instruction-since",
    severity: "warning",
    title: "An older Go that the module admits does not have the instruction",
    why: [
      "The `go` line of a go.mod says which Go is old enough to build the module. An instruction that Go's assembler has",
      "learned since then breaks the build of everybody who still has such a Go, and a few have gone again. A constraint such",
      "as `//go:build go1.24` leaves a file to newer releases.",
    ].join("\n"),
    bad: "// go.mod: go 1.21\n// f_loong64.s\n\tVADDV V1, V2, V3 // from Go 1.25 on",
    good: "// go.mod: go 1.25\n// f_loong64.s\n\tVADDV V1, V2, V3",
  },
] as const satisfies readonly Check[];

export type CheckCode = (typeof checks)[number]["code"];

/** How serious a finding of this check is unless the user says otherwise. */
export function severityOf(code: CheckCode): Severity {
  return checks.find((check) => check.code === code)!.severity;
}
