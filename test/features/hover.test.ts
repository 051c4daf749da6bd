/** What hover and definition say, place by place. Numbers and prototypes are held elsewhere; here it is what is shown where. */
import { describe, expect, test } from "vitest";
import { definition, hover, inlayHints } from "../../server/src/core/index.ts";
import { memoryProject } from "../support/memoryProject.ts";

const asm = `#include "textflag.h"

#include "go_asm.h"

#define SYS_read 0

// func read(fd int32, p unsafe.Pointer, n int32) int32
TEXT ·read(SB),NOSPLIT,$16-28
	MOVL	fd+0(FP), DI
	MOVQ	p+4(FP), SI
	MOVL	$SYS_read, AX
	CALL	·helper(SB)
	CALL	other∕q·run(SB)
	MOVQ	event_data(SI), BX
	MOVQ	$event__size, BX
	MOVQ	$const_few, BX
	CMPQ	AX, $-4095 // EAGAIN
	MOVL	AX, ret+24(FP)
	RET

TEXT ·helper(SB),NOSPLIT,$0-0
	RET
`;
const go = `package p

import "unsafe"

func read(fd int32, p unsafe.Pointer, n int32) int32

//sys	openat(dirfd int, path string) (fd int, err error)
//sys	chtime(path string) (err error) = SYS_UTIMES

const block = _SIGSEGV

const few = 3

type event struct {
	flags uint32
	data  uintptr
}
`;
const use = `package p

import (
	"m/plain"
	"m/q"
)

type empty struct{}

type number int

type holder struct {
	first event // a field
	event uint8 // its name
	none  empty // no fields
	n     number // no struct
	stat  q.Stat // qualified
	plain plain.Plain // no assembly
}

func shadow() int {
	event := 1
	return event + 1
}
`;
const files = new Map([
  ["/m/go.mod", "module m\n\ngo 1.24\n"],
  ["/m/p/p.go", go],
  ["/m/p/use.go", use],
  ["/m/p/use_test.go", "package p_test\n\nvar x = event{}\n"],
  ["/m/p/wait_amd64.go", "package p\n\nfunc wait(e *event) { *e = event{} }\n"],
  ["/m/q/q.go", "package q\n\ntype Stat struct{ a, b, c bool }\n"],
  ["/m/q/q_amd64.s", "TEXT ·f(SB),4,$0\n\tRET\n"],
  ["/m/plain/plain.go", "package plain\n\ntype Plain struct{ a bool }\n"],
  ["/m/p/p_amd64.s", asm],
  [
    "/m/p/trap_linux_amd64.s",
    "TEXT ·trap(SB),4,$0-8\n\tMOVL\tfd+0(FP), DI\n\tMOVL\t$0, AX\n\tSYSCALL\n\tRET\n",
  ],
  ["/m/p/p_arm64.s", "TEXT ·read(SB),4,$0-28\n\tRET\n"],
  ["/m/p/c_darwin.go", "package p\n\nfunc libc_open_trampoline()\n"],
  ["/m/p/c_darwin_amd64.s", "TEXT ·libc_open_trampoline(SB),4,$0\n\tJMP libc_open(SB)\n"],
]);
const targets = ["linux/amd64", "linux/386", "darwin/amd64", "linux/arm64"];
const { ask } = memoryProject(files, "/m", ["/m/p"], targets);

/** At the nth place of a text in a file, one character in. */
function at(file: string, text: string, nth = 0): { readonly file: string; readonly offset: number } {
  let offset = -1;
  for (let i = 0; i <= nth; i++) offset = files.get(`/m/p/${file}`)!.indexOf(text, offset + 1);
  expect(offset).toBeGreaterThanOrEqual(0);
  return { file, offset: offset + 1 };
}

function said(file: string, text: string, nth = 0, besideGopls = false): string {
  const place = at(file, text, nth);
  const options = { besideGopls, link: (directory: string, name: string) => `${directory}/${name}` };
  return ask((snapshot) => hover(snapshot, "/m/p", place.file, place.offset, options))?.markdown ?? "";
}

function defined(file: string, text: string, nth = 0): string[] {
  const place = at(file, text, nth);
  const found = ask((snapshot) => definition(snapshot, "/m/p", place.file, place.offset));
  return (found?.locations ?? []).map(({ file, span }) => {
    const whole = files.get(`/m/p/${file}`)!;
    return `${file}: ${whole.slice(span.start, span.end)}`;
  });
}

describe("a function", () => {
  test("at its TEXT: declaration, arguments, frame, targets", () => {
    expect(said("p_amd64.s", "·read")).toBe(
      [
        "```go",
        "func read(fd int32, p unsafe.Pointer, n int32) int32",
        "```",
        "",
        "declared in [p.go](/m/p/p.go) for linux/amd64",
        "",
        "28 bytes of arguments and results",
        "",
        "| argument | bytes | type |",
        "| --- | ---: | --- |",
        "| `fd+0(FP)` | 4 | `int32` |",
        "| `p+8(FP)` | 8 | `unsafe.Pointer` |",
        "| `n+16(FP)` | 4 | `int32` |",
        "| `ret+24(FP)` | 4 | `int32` |",
        "",
        "16 bytes of local frame",
        "",
        "3 targets, missing on 1 (linux/386)",
        "",
      ].join("\n"),
    );
  });

  test("beside gopls: without the declaration", () => {
    expect(said("p_amd64.s", "·read", 0, true)).toMatch(/^28 bytes/);
  });

  test("at its Go declaration, where arguments lie as the target has them", () => {
    const text = said("p.go", "read");
    expect(text).toContain("28 bytes of arguments and results on linux/amd64, darwin/amd64, linux/arm64");
    expect(text).toContain("16 bytes of arguments and results on linux/386");
    expect(text).toContain("3 targets, missing on 1");
  });

  test("where it is called, and not where a name is no symbol", () => {
    expect(said("p_amd64.s", "·helper")).toContain("2 targets");
    expect(said("p_amd64.s", "DI")).toBe("");
    expect(said("p_amd64.s", "∕q·run")).toBe("");
    expect(said("p.go", "unsafe")).toBe("");
  });
});

test("an argument: name, type, place, and what is wrong with the offset", () => {
  expect(said("p_amd64.s", "p+4(FP)")).toContain("- `unsafe.Pointer`, 8 bytes at `8(FP)`, not at 4\n".trim());
  const right = said("p_amd64.s", "fd+0(FP)");
  expect(right).toContain("func read(fd int32");
  expect(right).toContain("- `int32`, 4 bytes at `0(FP)`");
  expect(right).not.toContain("not at");
});

describe("a system call", () => {
  test("at the instruction and at its number: what is loaded for each argument", () => {
    for (const text of [said("trap_linux_amd64.s", "SYSCALL"), said("trap_linux_amd64.s", "0, AX")]) {
      expect(text).toContain("- `read`, **0** on linux/amd64\n");
      expect(text).toContain("| `DI` | `unsigned int fd` | `fd+0(FP)` |");
      expect(text).toContain("| `DX` | `size_t count` | `not loaded` |");
    }
  });

  test("is named behind the instruction", () => {
    const name = "trap_linux_amd64.s";
    const text = files.get(`/m/p/${name}`)!;
    const hints = (end: number) =>
      ask((snapshot) => inlayHints(snapshot, "/m/p", name, { start: 0, end })).map((hint) => [
        text.slice(0, hint.offset).split("\t").at(-1),
        hint.text,
      ]);
    expect(hints(text.length)).toEqual([["SYSCALL", "read(fd+0(FP), not loaded, not loaded)"]]);
    expect(hints(9)).toEqual([]);
  });

  test("by its macro: number, registers, counterparts", () => {
    const text = said("p_amd64.s", "SYS_read", 1);
    expect(text).toContain("- `read`, **0** on linux/amd64\n");
    expect(text).toContain("- `read`, **3** on darwin/amd64\n");
    expect(text).toContain("| `DI` | `unsigned int fd` |");
    expect(text).toMatch(/- 63 read on .*linux\/arm64/);
  });

  test("on a //sys line: by the function's name, or by what stands behind the sign", () => {
    expect(said("p.go", "openat")).toContain("- `openat`, **257** on linux/amd64");
    expect(said("p.go", "chtime")).toContain("- `utimes`, **235** on linux/amd64");
    expect(said("p.go", "SYS_UTIMES")).toContain("**235**");
    expect(said("p.go", "dirfd")).toBe("");
  });

  test("of a library", () => {
    const text = said("c_darwin_amd64.s", "libc_open(SB)");
    expect(text).toContain("`open` of `/usr/lib/libSystem.B.dylib`");
    expect(text).toContain("int open(");
  });
});

test("a name of go_asm.h", () => {
  expect(said("p_amd64.s", "event_data")).toBe(
    [
      "`event_data` of go\\_asm.h: the field `event.data` of type `uintptr`",
      "",
      "- 8 bytes at offset 8",
      "",
      "declared in [p.go](/m/p/p.go)",
      "",
    ].join("\n"),
  );
  expect(said("p_amd64.s", "event__size")).toContain("the size of `event`\n\n- 16 bytes");
  expect(said("p_amd64.s", "const_few")).toContain("the constant `few`\n\n- `3`");
  expect(defined("p_amd64.s", "event_data")).toEqual(["p.go: data"]);
});

/** As those see it who have previews. */
const withLink = (file: string, text: string) =>
  ask((snapshot) =>
    hover(snapshot, "/m/p", file, at(file, text).offset, {
      besideGopls: true,
      previewLink: (directory, struct) => `command:x?${directory} ${struct}`,
    }),
  )?.markdown;

const eventSizes =
  "`event`: 8 to 16 bytes\n\n- 8 bytes, aligned to 4 on linux/386\n- 16 bytes, aligned to 8 on linux/amd64, darwin/amd64, linux/arm64\n";

test("a struct where it is declared, with a way to its preview for those who can go it", () => {
  expect(said("p.go", "event struct")).toBe(eventSizes);
  expect(said("p.go", "flags uint32")).toBe("");
  const link = "[Preview layout](command:x?/m/p event)\n";
  expect(withLink("p.go", "event struct")).toBe(`${eventSizes}\n${link}`);
  expect(withLink("p_amd64.s", "event_data")?.endsWith(`offset 8\n\n${link}`)).toBe(true);
  expect(withLink("p_amd64.s", "event__size")?.endsWith(`16 bytes\n\n${link}`)).toBe(true);
  expect(withLink("p_amd64.s", "const_few")).not.toContain("Preview");
});

describe("a struct where it is used", () => {
  test("of the package: on the targets that build the file", () => {
    expect(said("wait_amd64.go", "event)")).toBe("`event`: 16 bytes, aligned to 8\n");
    expect(said("wait_amd64.go", "event{}")).toBe("`event`: 16 bytes, aligned to 8\n");
    expect(said("use.go", "event // a field")).toBe(eventSizes);
    expect(withLink("use.go", "event // a field")).toContain("(command:x?/m/p event)");
  });

  test("of another package, with its preview", () => {
    expect(withLink("use.go", "Stat // qualified")).toBe(
      "`Stat`: 3 bytes, aligned to 1\n\n[Preview layout](command:x?/m/q Stat)\n",
    );
    expect(said("use.go", "q.Stat // qualified")).toBe("");
  });

  test("nothing of a variable, a field or a type without fields, nor of a package without assembly", () => {
    expect(said("use.go", "event := 1")).toBe("");
    expect(said("use.go", "event + 1")).toBe("");
    expect(said("use.go", "event uint8 // its name")).toBe("");
    expect(said("use.go", "empty // no fields")).toBe("");
    expect(said("use.go", "number // no struct")).toBe("");
    expect(said("use.go", "Plain // no assembly")).toBe("");
  });

  test("nothing in an external test, where the name is another's", () => {
    expect(said("use_test.go", "event{}")).toBe("");
  });
});

test("sizes are the compiler's in a module of before Go 1.22, whose vet pads no struct at its end", () => {
  const asm =
    '#include "go_asm.h"\nTEXT ·f(SB),4,$0\n\tMOVQ $tail__size, AX\n\tMOVQ outer_next(AX), AX\n\tRET\n';
  const go =
    "package p\n\ntype tail struct {\n\tword uintptr\n\tflag bool\n}\n\ntype outer struct {\n\tin tail\n\tnext bool\n}\n";
  const texts = new Map([
    ["/m/go.mod", "module m\n\ngo 1.19\n"],
    ["/m/p/p.go", go],
    ["/m/p/p_amd64.s", asm],
  ]);
  const old = memoryProject(texts, "/m", ["/m/p"], ["linux/amd64"]);
  const hoverAt = (file: string, text: string) =>
    old.ask((snapshot) =>
      hover(snapshot, "/m/p", file, texts.get(`/m/p/${file}`)!.indexOf(text) + 1, { besideGopls: true }),
    )?.markdown;
  expect(hoverAt("p.go", "tail struct")).toBe("`tail`: 16 bytes, aligned to 8\n");
  expect(hoverAt("p_amd64.s", "tail__size")).toContain("- 16 bytes\n");
  expect(hoverAt("p_amd64.s", "outer_next")).toContain("- 1 byte at offset 16\n");
});

test("errors and signals", () => {
  expect(said("p_amd64.s", "EAGAIN")).toMatch(
    /^`EAGAIN`, also `EWOULDBLOCK`.*\n\n- \*\*11\*\* on .*linux\/amd64/,
  );
  expect(said("p_amd64.s", "EAGAIN")).toContain("**35** on darwin/amd64");
  expect(said("p.go", "_SIGSEGV")).toContain("**11**");
});

describe("a constant that the package declares", () => {
  const sources = {
    "zsysnum_openbsd_amd64.go": [
      "const SYS_MMAP = 197",
      "const SYS_CLOSE = 7",
      "const SYS_READ = 1 << 20",
      "const SYS_WRITE = 4",
      "const SYS___THREXIT = 302",
      "const SYS_MAXSYSCALL = 4",
    ],
    "zerrors_linux_amd64.go": ["const ENOSYS = 0x27", "const ENOENT = 2", "const SIGPIPE = Signal(14)"],
    "signal.go": ["type Signal int"],
    "use_linux.go": ["const here = ENOSYS", "const there = q.ENOSYS"],
  };
  const texts = new Map(
    Object.entries(sources).map(([name, lines]) => [
      `/c/p/${name}`,
      ["package p", "", ...lines, ""].join("\n"),
    ]),
  );
  texts.set("/c/go.mod", "module c\n\ngo 1.24\n");
  const project = memoryProject(texts, "/c", ["/c/p"], ["linux/amd64", "linux/arm64", "openbsd/amd64"]);
  const hoverAt = (file: keyof typeof sources, text: string) => {
    const offset = texts.get(`/c/p/${file}`)!.indexOf(text) + text.length;
    return (
      project.ask((snapshot) => hover(snapshot, "/c/p", file, offset, { besideGopls: true }))?.markdown ?? ""
    );
  };

  test("is the system call of its number, whatever the kernel has under its name today", () => {
    const file = "zsysnum_openbsd_amd64.go";
    expect(hoverAt(file, "SYS_MMAP")).toMatch(/^- `mmap`, \*\*197\*\* on openbsd\/amd64 \(removed; until /);
    expect(hoverAt(file, "SYS_WRITE")).toMatch(/^- `write`, \*\*4\*\* on openbsd\/amd64\n/);
    expect(hoverAt(file, "SYS___THREXIT")).toMatch(/^- `__threxit`, \*\*302\*\* on openbsd\/amd64\n/);
    expect(hoverAt(file, "SYS_MAXSYSCALL")).toBe("");
    expect(hoverAt(file, "SYS_CLOSE")).not.toContain("close(int fd)");
    expect(hoverAt(file, "SYS_CLOSE")).toMatch(
      /\*\*7\*\* on .*though named SYS\\_CLOSE: to the kernel close is 6/,
    );
    expect(hoverAt(file, "SYS_READ")).toBe(
      "- **1048576** on openbsd/amd64 (no system call has this number; to the kernel read is 3)\n",
    );
  });

  test("has the number of the source, with a word where the kernel calls it something else", () => {
    const wrong = "**39** on linux/amd64; to the kernel 39 is `ENOTEMPTY` and `ENOSYS` is 38\n";
    expect(hoverAt("zerrors_linux_amd64.go", "ENOSYS")).toContain(wrong);
    expect(hoverAt("use_linux.go", "here = ENOSYS")).toContain(wrong);
    expect(hoverAt("use_linux.go", "here = ENOSYS")).toContain("- **38** on linux/arm64\n");
    expect(hoverAt("use_linux.go", "q.ENOSYS")).toContain("- **38** on linux");
    expect(hoverAt("use_linux.go", "q.ENOSYS")).not.toContain("to the kernel");
    expect(hoverAt("zerrors_linux_amd64.go", "ENOENT")).toContain("- **2** on linux/amd64\n");
    expect(hoverAt("zerrors_linux_amd64.go", "SIGPIPE")).toContain(
      "**14** on linux/amd64; in the runtime's table 14 is `SIGALRM` and `SIGPIPE` is 13\n",
    );
  });
});

describe("definition", () => {
  test("from a TEXT to the declaration, from that to every TEXT, from a call to what runs", () => {
    expect(defined("p_amd64.s", "·read")).toEqual(["p.go: read"]);
    expect(defined("p.go", "read")).toEqual(["p_amd64.s: ·read", "p_arm64.s: ·read"]);
    expect(defined("p_amd64.s", "·helper")).toEqual(["p_amd64.s: ·helper"]);
    expect(defined("p_amd64.s", "AX")).toEqual([]);
  });
});

test("a function that C declares, in a tree of Go's first years", () => {
  const asm = "TEXT sys·exit(SB),1,$-8\n\tMOVL 8(SP), DI\n\tMOVL 16(SP), SI\n\tRET\n";
  const texts = new Map([
    ["/old/runtime/runtime.h", "void sys·exit(int32 code);\n"],
    ["/old/runtime/rt1_amd64_linux.s", asm],
  ]);
  const old = memoryProject(texts, "/old", ["/old/runtime"], ["linux/amd64"]);
  const hoverAt = (text: string) =>
    old.ask((snapshot) =>
      hover(snapshot, "/old/runtime", "rt1_amd64_linux.s", asm.indexOf(text) + 1, { besideGopls: false }),
    )?.markdown;
  expect(hoverAt("sys·exit")).toBe(
    [
      "```c",
      "void sys·exit(int32 code)",
      "```",
      "",
      "| place | parameter |",
      "| --- | --- |",
      "| `8(SP)` | `int32 code` |",
      "",
      "declared in runtime.h",
      "",
    ].join("\n"),
  );
  expect(hoverAt("8(SP)")).toBe("`int32 code` at the entry of\n\n```c\nvoid sys·exit(int32 code)\n```\n");
  expect(hoverAt("16(SP)")).toBeUndefined();
  const places = old.ask((snapshot) =>
    definition(snapshot, "/old/runtime", "rt1_amd64_linux.s", asm.indexOf("sys") + 1),
  )?.locations;
  expect(places).toEqual([{ directory: "/old/runtime", file: "runtime.h", span: { start: 5, end: 13 } }]);
});
