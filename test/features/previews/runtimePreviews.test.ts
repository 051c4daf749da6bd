/**
 * The previews of package runtime on runtimes of a few lines: how calls are followed
 * into Go, C and assembly, and what is shown of their arguments. The real runtimes are
 * held against the kernel's own view in test/conformance/threads.test.ts.
 */
import { array, assert, constantFrom, nat, property, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cDeclarationsOf,
  pollerPreview,
  type PreviewModel,
  previewText,
  runtimeDirectory,
  type Snapshot,
  threadPreview,
  vdsoPreview,
} from "../../../server/src/core/index.ts";
import { memoryProject } from "../../support/memoryProject.ts";

type Preview = (
  snapshot: Snapshot,
  directory: string | undefined,
  targets: readonly number[],
) => PreviewModel;

/** What a preview of package /m/runtime with these files shows, without empty lines; two spaces divide columns. */
function shown(
  files: Readonly<Record<string, string>>,
  targets: readonly string[],
  preview: Preview,
): string[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/m/${name}`, text]));
  texts.set("/m/go.mod", "module m\n");
  const directories = [...new Set([...texts.keys()].map((path) => path.slice(0, path.lastIndexOf("/"))))];
  const { ask } = memoryProject(texts, "/m", directories, targets);
  const model = ask((snapshot) =>
    preview(
      snapshot,
      "/m/runtime",
      targets.map((_, i) => i),
    ),
  );
  return previewText(model)
    .split("\n")
    .filter((line) => line !== "")
    .slice(1)
    .map((line) => line.replace(/(\S) {2,}/g, "$1  "));
}

const linux = {
  "runtime/os.go": `package runtime

import "unsafe"

const (
	_CLONE_VM = 0x100
	_CLONE_FS = 0x200
	cloneFlags = _CLONE_VM | /* share */ _CLONE_FS
	_SIG_SETMASK = 2
)

type sigset uint64
type m struct{ stack uintptr }

var sigset_all sigset

func clone(flags int32, stk, mp unsafe.Pointer) int32
func rtsigprocmask(how int32, new, old *sigset, size int32)
func gettid() uint32

func sigprocmask(how int32, new, old *sigset) {
	rtsigprocmask(how, new, old, int32(unsafe.Sizeof(*new)))
}

func newosproc(mp *m) {
	stk := unsafe.Pointer(mp.stack)
	if false {
		gettid()
	}
	var oset sigset
	sigprocmask(_SIG_SETMASK, &sigset_all, &oset)
	ret := retry(func() int32 {
		return clone(cloneFlags, stk, unsafe.Pointer(mp))
	})
	sigprocmask(_SIG_SETMASK, &oset, nil)
	if ret != 0 {
		throw("newosproc")
	}
}

func retry(f func() int32) int32 { return f() }
func throw(s string) { gettid() }
func minit() { gettid() }

func futexsleep(ns int64) {
	if ns < 0 {
		futex(nil)
		return
	}
	futex(&ns)
}

func futex(ts *int64)
`,
  "runtime/sys_linux_amd64.s": `#define SYS_futex 202
TEXT ·clone(SB),4,$0
	MOVL flags+0(FP), DI
	MOVQ stk+8(FP), SI
	MOVQ $0, DX
	MOVQ mp+16(FP), R13
	CMPQ R13, $0
	JEQ nog
	LEAQ 8(R13), R8
	ORQ $0x00080000, DI
nog:
	MOVL $56, AX
	SYSCALL
	CMPQ AX, $0
	JEQ 2(PC)
	RET
	MOVL $186, AX
	SYSCALL
	CALL R12
	MOVL $60, AX
	SYSCALL
TEXT ·rtsigprocmask(SB),4,$0-28
	MOVL how+0(FP), DI
	MOVQ new+8(FP), SI
	MOVQ old+16(FP), DX
	MOVL size+24(FP), R10
	MOVL $14, AX
	SYSCALL
	RET
TEXT ·gettid(SB),4,$0-4
	MOVL $186, AX
	SYSCALL
	RET
TEXT ·futex(SB),4,$0-8
	MOVQ ts+0(FP), R10
	MOVL $SYS_futex, AX
	SYSCALL
	RET
`,
};

describe("thread start", () => {
  test("Go and assembly are followed, flags spelled out, arguments shown where the kernel takes them", () => {
    expect(shown(linux, ["linux/amd64"], threadPreview)).toEqual([
      "on linux/amd64",
      "  newosproc starts a thread",
      "    call  number  arguments",
      "    rt_sigprocmask  14  how: SIG_SETMASK (2), nset: &sigset_all, oset: &oset, sigsetsize: 8",
      "    clone  56  clone_flags: CLONE_VM|CLONE_FS|CLONE_SETTLS (0x80300), newsp: mp.stack, tls: $8(R13)",
      "    rt_sigprocmask  14  how: SIG_SETMASK (2), nset: &oset, oset: nil, sigsetsize: 8",
      "  Flags of clone: 0x80300",
      "    flag  value  set by",
      "    CLONE_VM  0x100  cloneFlags",
      "    CLONE_FS  0x200  cloneFlags",
      "    CLONE_SETTLS  0x80000  assembly",
      "  The new thread, up to minit",
      "    call  number  when",
      "    gettid  186",
      "    gettid  186",
      "    exit  60  should mstart return",
      "  Sleep: futexsleep",
      "    call  number  arguments  when",
      "    futex  202  uaddr: ?, op: ?, val: ?, utime: nil  ns < 0",
      "    futex  202  uaddr: ?, op: ?, val: ?, utime: &ns  ns >= 0",
    ]);
  });

  test("a trap through a pointer, as linux/386 and nacl have it", () => {
    const traps = [
      ["linux/386", "MOVL $224, AX\n\tCALL *runtime·_vdso(SB)", /^ *gettid +224/],
      ["nacl/arm", "MOVW $0x10a00, R8\n\tBL (R8)", /^ *thread_create +80/],
    ] as const;
    for (const [target, code, row] of traps) {
      const files = {
        "runtime/os.go": linux["runtime/os.go"],
        [`runtime/sys_${target.replace("/", "_")}.s`]: `TEXT ·gettid(SB),4,$0\n\t${code}\n\tRET\n`,
      };
      expect(shown(files, [target], threadPreview)).toContainEqual(expect.stringMatching(row));
    }
  });

  test("library calls, with what the struct that is handed over holds", () => {
    const files = {
      "runtime/os_darwin.go": `package runtime

const _DETACHED = 2

type pthreadattr struct {
	state int32
	size  uintptr
}

func pthread_attr_init(attr *pthreadattr) int32 {
	return libcCall(abi.FuncPCABI0(pthread_attr_init_trampoline), &attr)
}
func pthread_attr_init_trampoline()
func libcCall(fn, arg unsafe.Pointer) int32

func newosproc(mp *m) {
	var attr pthreadattr
	attr.state = _DETACHED
	if GOARCH == "amd64" {
		attr.size = 4096
	}
	if pthread_attr_init(&attr) != 0 {
		return
	}
}
`,
      "runtime/amd64.go": '//go:build amd64\n\npackage runtime\n\nconst GOARCH = "amd64"\n',
      "runtime/other.go": '//go:build !amd64\n\npackage runtime\n\nconst GOARCH = "other"\n',
    };
    const lines = shown(files, ["darwin/amd64", "darwin/arm64"], threadPreview);
    expect(lines.filter((line) => !line.includes("  call "))).toEqual([
      "on darwin/amd64",
      "  newosproc starts a thread",
      "    pthread_attr_init  &attr",
      "  attr, pthreadattr: 16 bytes, aligned to 8",
      "    offset  size  field  type",
      "         0  4  state  int32  DETACHED (2)",
      "         4  4  (padding)",
      "         8  8  size  uintptr  4096",
      "  The new thread, up to minit: none",
      "on darwin/arm64",
      "  newosproc starts a thread",
      "    pthread_attr_init  &attr",
      "  attr, pthreadattr: 16 bytes, aligned to 8",
      "    offset  size  field  type",
      "         0  4  state  int32  DETACHED (2)",
      "         4  4  (padding)",
      "         8  8  size  uintptr",
      "  The new thread, up to minit: none",
    ]);
  });

  const c = {
    "runtime/runtime.h":
      "typedef struct M M;\nvoid\tsys·exit(int32);\nvoid newosproc(M*, void*);\nint64 clone(int32, void*, M*);\n",
    "runtime/rt1_amd64_linux.c": `#include "runtime.h"

void
newosproc(M *m, void *stk)
{
	int32 flags;

	flags = 1; /* clone(0, 0, 0) */
	if(clone(flags, stk, m) < 0)
		sys·exit(1);
}
`,
    "runtime/rt1_amd64_darwin.c": "void newosproc(M *m, void *stk) { bsdthread(); }\n",
    "runtime/sys_amd64_linux.s": `TEXT clone(SB),7,$0
	MOVL 8(SP), DI
	MOVQ 16(SP), SI
	MOVL $56, AX
	SYSCALL
	RET
TEXT sys·exit(SB),7,$-8
	MOVL 8(SP), DI
	MOVL $60, AX
	SYSCALL
	RET
`,
  };

  test("a runtime in C, as in 2008", () => {
    expect(shown(c, ["linux/amd64"], threadPreview)).toEqual([
      "on linux/amd64",
      "  newosproc starts a thread",
      "    call  number  arguments",
      "    clone  56  clone_flags: flags, newsp: stk",
    ]);
  });

  test("the runtime's directory is found where it is in C", () => {
    for (const [files, found] of [
      [c, "/m/runtime"],
      [{ "p/p.go": "package p\n" }, undefined],
    ] as const) {
      const texts = new Map(Object.entries(files).map(([name, text]) => [`/m/${name}`, text]));
      const directories = [...new Set([...texts.keys()].map((path) => path.slice(0, path.lastIndexOf("/"))))];
      const { ask } = memoryProject(texts, "/m", directories, ["linux/amd64"]);
      const asked = ask((snapshot) => runtimeDirectory(snapshot, directories[0]!));
      expect(asked).toBe(found);
    }
  });

  test("C declares what assembly defines", () => {
    const texts = new Map(Object.entries(c).map(([name, text]) => [`/m/${name}`, text]));
    const { ask } = memoryProject(texts, "/m", ["/m/runtime"], ["linux/amd64"]);
    const found = (name: string) =>
      ask((snapshot) => cDeclarationsOf(snapshot, "/m/runtime", name, 0)).map(({ file, text, params }) => [
        file,
        text,
        ...params.map(({ place }) => place),
      ]);
    expect(found("sys·exit")).toEqual([["runtime.h", "void sys·exit(int32)", "8(SP)"]]);
    expect(found("clone")).toEqual([
      ["runtime.h", "int64 clone(int32, void*, M*)", "8(SP)", "16(SP)", "24(SP)"],
    ]);
    expect(found("newosproc").map(([file]) => file)).toEqual([
      "runtime.h",
      "rt1_amd64_linux.c",
      "rt1_amd64_darwin.c",
    ]);
    expect(found("gone")).toEqual([]);
  });

  test("without source, what is known of Go", () => {
    const { ask } = memoryProject(new Map(), "/m", [], ["plan9/386"]);
    const [side] = ask((snapshot) => threadPreview(snapshot, undefined, [0])).sides;
    const [start] = side!.sections;
    expect(start!.kind === "table" && start!.rows[0]!.cells.map(({ text }) => text)).toEqual([
      "go1.27",
      "rfork",
      "19",
      "RFPROC 16, RFMEM 32, RFNOWAIT 64",
      "returns 0 in child, which calls tstart_plan9",
    ]);
  });
});

test("a poller's events, as they are filled", () => {
  const files = {
    "runtime/netpoll_kqueue.go": `package runtime

const (
	_EV_ADD = 1
	_EV_CLEAR = 0x20
)

type keventt struct {
	ident  uint64
	filter int16
	flags  uint16
	data   int64
}

func kevent(kq int32, ch *keventt, nch int32, ev *keventt, nev int32) int32 {
	return libcCall(kevent_trampoline, &kq)
}

func netpollopen(fd uintptr) {
	var ev [2]keventt
	*(*uintptr)(unsafe.Pointer(&ev[0].ident)) = fd
	ev[0].flags = _EV_ADD | _EV_CLEAR
	ev[1] = ev[0]
	ev[1].filter = -2
	fill(&ev[1])
	kevent(kq, &ev[0], 2, nil, 0)
}

func fill(e *keventt) { e.data = 7 }

func netpoll() {
	var events [64]keventt
	if delay > 0 {
		kevent(kq, nil, 0, &events[0], int32(len(events)))
	}
}
`,
  };
  expect(shown(files, ["darwin/arm64"], pollerPreview)).toEqual([
    "on darwin/arm64",
    "  A descriptor is added: netpollopen",
    "    call  arguments",
    "    kevent  kq, &ev[0], 2, nil, 0",
    "  ev[0], keventt: 24 bytes, aligned to 8",
    "    offset  size  field  type",
    "         0  8  ident  uint64  fd",
    "         8  2  filter  int16",
    "        10  2  flags  uint16  EV_ADD|EV_CLEAR (33)",
    "        12  4  (padding)",
    "        16  8  data  int64",
    "  ev[1], keventt: 24 bytes, aligned to 8",
    "    offset  size  field  type",
    "         0  8  ident  uint64  fd",
    "         8  2  filter  int16  -2",
    "        10  2  flags  uint16  EV_ADD|EV_CLEAR (33)",
    "        12  4  (padding)",
    "        16  8  data  int64  7",
    "  Wait: netpoll",
    "    call  arguments  when",
    "    kevent  kq, nil, 0, &events[0], len(events)  delay > 0",
    "  events, 64 × keventt, comes back: 24 bytes, aligned to 8",
    "    offset  size  field  type",
    "         0  8  ident  uint64",
    "         8  2  filter  int16",
    "        10  2  flags  uint16",
    "        12  4  (padding)",
    "        16  8  data  int64",
  ]);
});

test("the vDSO's table with its hashes, and tags with who looks at them", () => {
  const files = {
    "runtime/vdso_linux.go": `package runtime

const (
	_AT_RANDOM       = 25
	_AT_SYSINFO_EHDR = 33
)

type vdsoSymbolKey struct {
	name    string
	symHash uint32
	gnuHash uint32
	ptr     *uintptr
}

var vdsoSymbolKeys = []vdsoSymbolKey{
	{"__vdso_clock_gettime", 0xd35ec75, 0x6e43a319, &vdsoClockgettimeSym},
}

func vdsoauxv(tag, val uintptr) {
	switch tag {
	case _AT_SYSINFO_EHDR:
	}
}
`,
  };
  expect(shown(files, ["linux/amd64"], vdsoPreview).slice(0, 8)).toEqual([
    "on linux/amd64",
    "  Looked up in the vDSO",
    "    symbol  ELF hash  GNU hash  into",
    "    __vdso_clock_gettime  0xd35ec75  0x6e43a319, should be 0x6e43a318 ≠  vdsoClockgettimeSym",
    "  Auxiliary vector",
    "    tag  value  looked at in",
    "    AT_RANDOM  25",
    "    AT_SYSINFO_EHDR  33  vdso_linux.go",
  ]);
});

/** The random source on linux/386 and on windows/amd64. */
const random = (files: Readonly<Record<string, string>>): string[] =>
  ["linux/386", "windows/amd64"].map((target) => {
    const lines = shown({ "runtime/a.go": "package runtime\n", ...files }, [target], vdsoPreview);
    const at = lines.indexOf("  Random bytes at start");
    return at < 0
      ? ""
      : lines
          .slice(at + 1)
          .join("")
          .trim();
  });
const linuxRandom = (device: string): string => `package runtime

var urandom_dev = []byte("${device}\\x00")

func sysauxv(tag, val uintptr) {
	switch tag {
	case _AT_RANDOM:
		startupRand = (*[16]byte)(unsafe.Pointer(val))[:]
	}
}

func readRandom(r []byte) int {
	// not "/dev/null"
	fd := open(&urandom_dev[0], 0 /* O_RDONLY */, 0)
	return int(read(fd, unsafe.Pointer(&r[0]), int32(len(r))))
}
`;

describe("where random bytes come from at the start, as the tree has it", () => {
  test("what the kernel hands over, and a device by its variable or by name", () => {
    expect(random({ "runtime/os_linux.go": linuxRandom("/dev/urandom") })[0]).toBe(
      "AT_RANDOM    else /dev/urandom",
    );
    expect(random({ "runtime/os_linux.go": linuxRandom("/dev/random") })[0]).toBe(
      "AT_RANDOM    else /dev/random",
    );
    expect(random({ "runtime/os_linux.go": linuxRandom("/dev/random") })[1]).toBe("");
  });

  test("a function that is called, or one that is not in Go; nothing where there is none", () => {
    const windows =
      "package runtime\n\nfunc getRandomData(r []byte) {\n\tn := stdcall2(_RtlGenRandom, 0, 0)\n\textendRandom(r, n)\n}\n";
    expect(random({ "runtime/os_windows.go": windows })[1]).toBe("RtlGenRandom");
    expect(random({ "runtime/os.go": "package runtime\n\nfunc getRandomData([]byte)\n" })[0]).toBe(
      "getRandomData",
    );
    const none = "package runtime\n\nfunc readRandom(r []byte) int {\n\treturn 0\n}\n";
    expect(random({ "runtime/os.go": none })[0]).toBe("nothing");
    expect(random({})).toEqual(["", ""]);
  });

  test("in C", () => {
    const c =
      'void\nruntime·get_random_data(byte **rnd, int32 *n)\n{\n\tint32 fd = runtime·open("/dev/urandom", 0, 0);\n}\n';
    expect(random({ "runtime/os_linux.c": c })).toEqual(["/dev/urandom", ""]);
  });
});

test("any source is answered, in bounded time", () => {
  const pieces = [
    "",
    "{",
    "}",
    "(",
    ")",
    "newosproc(mp)",
    "&oset",
    "\n",
    "for ",
    "if x {",
    "return",
    ":=",
    "SYSCALL",
    "futex(nil)",
    '"',
    "·",
  ];
  const edit = tuple(nat(1), nat(3000), nat(40), constantFrom(...pieces));
  assert(
    property(array(edit, { maxLength: 4 }), (edits) => {
      const files: Record<string, string> = { ...linux };
      const names = Object.keys(files);
      for (const [which, at, length, piece] of edits) {
        const name = names[which]!;
        files[name] = files[name]!.slice(0, at) + piece + files[name]!.slice(at + length);
      }
      for (const preview of [threadPreview, pollerPreview, vdsoPreview])
        shown(files, ["linux/amd64"], preview);
    }),
    { numRuns: 150 },
  );
  // Twenty functions, each of which calls the next one thirty times.
  const chain = Array.from({ length: 20 }, (_, i) => `func f${i}() {\n${`f${i + 1}()\n`.repeat(30)}}\n`);
  const source = `package runtime\n\nfunc newosproc() { f0() }\n${chain.join("")}func f20()\n`;
  expect(shown({ "runtime/os.go": source }, ["linux/amd64"], threadPreview)[1]).toBe(
    "  newosproc starts a thread: none",
  );
});
