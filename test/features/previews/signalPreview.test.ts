/** What the preview of signals reads from a small runtime, and what it says without one. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { signalPreview } from "../../../server/src/core/features/previews/signalPreview.ts";
import type {
  PreviewModel,
  PreviewSection,
} from "../../../server/src/core/features/previews/previewModel.ts";
import { memoryProject } from "../../support/memoryProject.ts";

const directory = "/go/src/runtime";
const table = `package runtime

const (
	_SigNotify = 1 << iota
	_SigKill
	_SigThrow
	_SigPanic
	_SigDefault
	_SigGoExit
	_SigSetStack
	_SigUnblock
)

type sigTabT struct {
	flags int32
	name  string
}

var sigtable = [...]sigTabT{
	{0, "SIGNONE: no trap"},
	{_SigNotify + _SigKill, "SIGHUP: hangup"},
	5: {_SigThrow | _SigUnblock, "SIGTRAP: trace trap"},
	{_SigNotify, "signal 6"},
	{_SigNotify, "signal 7"},
	{_SigSetStack, "signal 8"},
}
`;
const setsig = `package runtime

const (
	_SA_SIGINFO  = 0x4
	_SA_RESTORER = 0
	_SA_ONSTACK  = 0x8000000
)

type sigset uint64

type sigactiont struct {
	sa_handler  uintptr
	sa_flags    uint32
	sa_restorer uintptr
	sa_mask     sigset
}

var sigset_all = ^sigset(0)

func setsig(i uint32, fn uintptr) {
	var sa sigactiont
	sa.sa_flags = _SA_SIGINFO | _SA_RESTORER | _SA_ONSTACK
	sa.sa_mask = sigset_all
	if goarchIsBig {
		sa.sa_restorer = funcPC(sigreturn)
	}
	if fn == funcPC(sighandler) {
		if iscgo {
			fn = funcPC(cgoSigtramp)
		} else {
			fn = funcPC(sigtramp)
		}
	}
	sa.sa_handler = fn
	sigaction(i, &sa, nil)
}

func mpreinit(mp *m) {
	mp.gsignal = malg(20 * 1024)
}

type stackt struct {
	ss_sp   *byte
	ss_size uintptr
}
`;
const files = {
  "signals.go": table,
  "os_linux.go": setsig,
  "big_s390x.go": "package runtime\n\nconst goarchIsBig = true\n",
  "big_amd64.go": "package runtime\n\nconst goarchIsBig = false\n",
};

function preview(texts: Record<string, string>, targets: readonly string[]): PreviewModel {
  const all = new Map(Object.entries(texts).map(([name, text]) => [`${directory}/${name}`, text]));
  all.set("/go/src/unsafe/unsafe.go", "package unsafe\n");
  const project = memoryProject(all, "/go", [directory], targets);
  return project.ask((snapshot) => signalPreview(snapshot, directory, [...targets.keys()]));
}

function section(model: PreviewModel, key: string, side = 0): PreviewSection | undefined {
  return model.sides[side]?.sections.find((section) => section.key === key);
}

function cells(found: PreviewSection | undefined): string[][] {
  return found?.kind === "table" ? found.rows.map(({ cells }) => cells.map(({ text }) => text)) : [];
}

test("the table of signals, with keys and runs", () => {
  expect(cells(section(preview(files, ["linux/amd64"]), "signals"))).toEqual([
    ["0", "SIGNONE", "", ""],
    ["1", "SIGHUP", "Notify Kill", "handler, unless ignored"],
    ["2–4", "signal N", "", ""],
    ["5", "SIGTRAP", "Throw Unblock", "handler"],
    ["6–7", "signal N", "Notify", "handler"],
    ["8", "signal 8", "SetStack", "SA_ONSTACK for C's handler"],
  ]);
});

test("what setsig stores: flags spelled out, conditions that the target decides decided", () => {
  const model = preview(files, ["linux/amd64", "linux/s390x"]);
  const flags = ["sa_flags", "SA_SIGINFO|SA_ONSTACK (0x8000004)", ""];
  const rows = cells(section(model, "stores")).map((row) => row.slice(0, 3));
  expect(rows).toEqual([
    flags,
    ["sa_mask", "every signal", ""],
    ["sa_handler", "cgoSigtramp", "iscgo"],
    ["sa_handler", "sigtramp", "!iscgo"],
  ]);
  expect(cells(section(model, "stores", 1)).map((row) => row.slice(0, 3))).toContainEqual([
    "sa_restorer",
    "sigreturn",
    "",
  ]);
});

test("older ways to write it: a target named in a tree that its build completes, conversions, the handler as it comes", () => {
  const older = setsig
    .replace("if goarchIsBig {", 'if GOARCH == "386" || GOARCH == "amd64" {')
    .replace(/if fn == .*?\n\t\}\n/s, "")
    .replace("funcPC(sigreturn)", "unsafe.Pointer(funcPC(sigreturn))")
    .replace(
      "sa.sa_mask = sigset_all",
      "sa.sa_mask = ^uint64(0)\n\tif restart {\n\t\tsa.sa_flags |= 0x100\n\t}",
    );
  const model = preview({ "signals.go": table, "os_linux.go": older }, ["linux/amd64", "linux/arm64"]);
  const rows = cells(section(model, "stores")).map((row) => row.slice(0, 3));
  expect(rows).toEqual([
    ["sa_flags", "SA_SIGINFO|SA_ONSTACK (0x8000004)", ""],
    ["sa_mask", "every signal", ""],
    ["sa_flags", "also 0x100", "restart"],
    ["sa_restorer", "sigreturn", ""],
    ["sa_handler", "sighandler", ""],
  ]);
  expect(cells(section(model, "stores", 1)).map(([field]) => field)).not.toContain("sa_restorer");
});

test("the bytes, in the order of the machine", () => {
  const model = preview(files, ["linux/amd64", "linux/s390x"]);
  const notes = (side: number) => {
    const found = section(model, "action", side);
    return found?.kind === "bytes" ? found.fields.map(({ offset, note }) => [offset, note]) : [];
  };
  expect(notes(0)).toEqual([
    [0, "the address of cgoSigtramp if iscgo; the address of sigtramp if !iscgo"],
    [8, "04000008"],
    [12, "00000000"],
    [16, "0000000000000000"],
    [24, "ffffffffffffffff"],
  ]);
  expect(notes(1)[1]).toEqual([8, "08000004"]);
});

test("the signal stack is as large as the allocation that is asked for, rounded up", () => {
  const found = section(preview(files, ["linux/amd64"]), "stackt");
  expect(found?.kind === "bytes" && found.fields.map(({ note }) => note)).toEqual([
    "where the stack begins",
    "0080000000000000",
  ]);
});

test("without a runtime at hand: what is known of Go's own", () => {
  const project = memoryProject(new Map([["/m/go.mod", "module m\n"]]), "/m", [], ["linux/amd64", "js/wasm"]);
  const model = project.ask((snapshot) => signalPreview(snapshot, undefined, [0, 1]));
  expect(cells(section(model, "signals"))).toContainEqual(["35–64", "signal N", "Notify", "handler"]);
  expect(cells(section(model, "constants"))).toContainEqual(["SA_RESTORER", "0x4000000"]);
  expect(section(model, "action")).toBeUndefined();
  expect(section(model, "summary", 1)).toMatchObject({ notes: [{ text: "there are no signals here" }] });
});

test("fields of any size", () => {
  const huge = setsig
    .replace("type sigset uint64", "type sigset [1 << 40]byte")
    .replace("*byte", "[1 << 50]byte");
  const found = section(preview({ ...files, "os_linux.go": huge }, ["linux/amd64"]), "action");
  expect(found?.kind === "bytes" && found.fields.find(({ name }) => name === "sa_mask")?.note).toBe(
    "1099511627776 bytes of ff",
  );
});

test("any text is answered", () => {
  const lines = [...table.split("\n"), ...setsig.split("\n")];
  fc.assert(
    fc.property(fc.shuffledSubarray(lines), (kept) => {
      const text = ["package runtime", ...kept].join("\n");
      expect(preview({ "p.go": text }, ["linux/mips"]).sides).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});
