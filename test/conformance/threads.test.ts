/**
 * The calls that the preview of thread start shows are those that the system sees a Go
 * program make: strace on the architectures this machine runs, with numbers, and
 * qemu's own trace on the others, which names calls by their numbers. The program is built
 * by the release whose source the preview reads.
 */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { PreviewSide, TableSection } from "../../server/src/core/index.ts";
import { runRows } from "../cli/runMain.ts";
import { eachRootOf } from "./support/eachRoot.ts";
import { buildJudge, type GoRoot, goRoots, inCI } from "./support/goroots.ts";
import { straceThreads, qemuThreads } from "./support/traces.ts";

/** GOARCH and the emulator's name for it. */
const emulated = {
  arm: "arm",
  arm64: "aarch64",
  riscv64: "riscv64",
  s390x: "s390x",
  mips: "mips",
  mips64le: "mips64el",
  ppc64le: "ppc64le",
  loong64: "loongarch64",
} as const;

/** A call as a trace shows it: its number where the trace has one, and its arguments as text. */
interface Traced {
  readonly name: string;
  readonly number: number | undefined;
  readonly args: string;
}

/** A row of a preview's table of calls. */
interface Shown {
  readonly name: string;
  readonly number: number;
  readonly args: string;
  readonly when: string;
}

interface Preview {
  readonly start: readonly Shown[];
  readonly inThread: readonly Shown[];
  readonly sleep: readonly Shown[];
  readonly wake: readonly Shown[];
}

function previewOf({ dir }: GoRoot, target: string): Preview {
  const args = ["threads", "--root", dir, "--target", target];
  const [side] = runRows<PreviewSide>(dir, args);
  const calls = (key: string): Shown[] => {
    const found = side!.sections.find((section): section is TableSection => section.key === key);
    return found ? callsOf(found) : [];
  };
  return {
    start: calls("start"),
    // What would happen should mstart return does not.
    inThread: calls("new").filter(({ when }) => when !== "should mstart return"),
    sleep: calls("futexsleep"),
    wake: calls("futexwakeup"),
  };
}

function callsOf(table: TableSection): Shown[] {
  return table.rows.map(({ cells }) => {
    const [name = "", number = "", args = "", when = ""] = cells.map(({ text }) => text);
    return { name, number: Number(number), args, when };
  });
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}

/** The constants among the arguments, without those in structs. */
function operands(args: string): string[] {
  return constantsIn(args.replace(/\{.*/, ""));
}

/** Names of constants such as EPOLL_CTL_ADD. */
function constantsIn(text: string): string[] {
  return (text.match(/\b[A-Z]+_[A-Z]+\b|\bEPOLL\w+/g) ?? []).toSorted();
}

/** Names of the flags in a trace's or a preview's `flags`. */
function flagNames(text: string): string[] {
  return [...text.matchAll(/\bCLONE_\w+/g)].map(([name]) => name).toSorted();
}

function adds({ name, args }: Traced): boolean {
  return name === "epoll_ctl" && args.includes("EPOLL_CTL_ADD");
}

/** The events a traced epoll_ctl asks for. */
function eventsOf({ args }: Traced): string[] {
  return constantsIn(/\{events=([^,]*)/.exec(args)![1]!);
}

function expectSame(traced: readonly Traced[], shown: readonly Shown[]): void {
  expect(traced.map(({ name, number }) => [name, number])).toEqual(
    shown.map(({ name, number }) => [name, number]),
  );
}

const lacksStrace = !inCI && !(process.arch === "x64" && isInstalled("strace"));
const traceable = ["linux/amd64", "linux/386"];

eachRootOf({ skip: lacksStrace }, (root) => {
  test.each(traceable)("start, sleep and wake on %s under strace", { timeout: 120_000 }, (target) => {
    const threads = trace(buildJudge(root, "threads", { target }));
    const { start, inThread, sleep, wake } = previewOf(root, target);

    const main = threads.find((calls) => calls.some(({ name }) => name === "execve"))!;
    const at = main.findIndex(({ name }) => name === "clone");
    const own = start.findIndex(({ name }) => name === "clone");
    const around = main.slice(at - own, at - own + start.length);
    expectSame(around, start);
    expect(flagNames(around[own]!.args)).toEqual(flagNames(start[own]!.args));
    // All signals are blocked meanwhile, and the mask is put back.
    expect(around.map(({ args }) => args.slice(0, 16))).toEqual([
      "SIG_SETMASK, ~[]",
      expect.anything(),
      "SIG_SETMASK, [],",
    ]);
    expect(start.map(({ args }) => /\bset|\bhow/.test(args))).toEqual([true, expect.anything(), true]);

    const others = threads.filter((calls) => calls !== main && calls.length >= inThread.length);
    expect(others.length).toBeGreaterThan(1);
    for (const calls of others) expectSame(calls.slice(0, inThread.length), inThread);

    const all = threads.flat();
    for (const [op, shown] of [
      ["FUTEX_WAIT", sleep],
      ["FUTEX_WAKE", wake],
    ] as const) {
      const numbers = new Set(shown.map(({ number }) => number));
      const ops = new Set(shown.map(({ args }) => /\bFUTEX_\w+/.exec(args)![0]));
      const seen = all.filter(({ name, args }) => name.startsWith("futex") && args.includes(op));
      expect(seen.length).toBeGreaterThan(0);
      for (const { number, args } of seen) {
        expect(numbers).toContain(number);
        expect(ops).toContain(/\bFUTEX_\w+/.exec(args)![0]);
      }
    }
  });

  test.each(traceable)("the poller on %s under strace", { timeout: 180_000 }, (target) => {
    const threads = trace(buildJudge(root, "netpoll", { target }));
    const args = ["netpoll", "--root", root.dir, "--target", target];
    const { sections } = runRows<PreviewSide>(root.dir, args)[0]!;
    const shown = (key: string) =>
      callsOf(sections.find((section): section is TableSection => section.key === key)!).filter(
        ({ when }) => when === "",
      );

    const calls = threads.find((thread) => thread.some(({ name }) => name.startsWith("epoll_create")))!;
    const at = calls.findIndex(({ name }) => name.startsWith("epoll_create"));
    const init = shown("netpollinit");
    const seen = calls.slice(at, at + init.length);
    expectSame(seen, init);
    // The event is drawn below the table, so of epoll_ctl the operation alone is compared.
    expect(seen.map((call) => operands(call.args))).toEqual(init.map((call) => operands(call.args)));

    const events = (name: string) =>
      sections.flatMap((section) =>
        section.kind === "bytes" && section.key.startsWith(`${name} ev`) ? section.fields : [],
      );
    const noted = (name: string) =>
      constantsIn(events(name).find((field) => /^events$/i.test(field.name))!.note!);
    expect(seen.filter(adds).map(eventsOf)).toEqual([noted("netpollinit")]);
    // The goroutine that opens may have moved to another thread by then.
    const opened = threads.flat().filter((call) => adds(call) && !seen.includes(call));
    expect(opened.length).toBeGreaterThan(0);
    for (const call of opened) {
      expect(eventsOf(call)).toEqual(noted("netpollopen"));
      expectSame([call], shown("netpollopen"));
    }
  });
});

/** The calls that each thread of a program makes: `[ 56] clone(child_stack=…) = 7`; exits are left out. */
function trace(program: string): Traced[][] {
  return straceThreads(program, ["-qq"]).map((lines) =>
    lines.flatMap((line) => {
      const [, number, name, args] = /^\[ *(\d+)\] (\w+)\((.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, number: Number(number), args: args! }];
    }),
  );
}

eachRootOf({ where: (root) => root === goRoots.at(-1) }, (root) => {
  describe.each(Object.entries(emulated))("linux/%s under QEMU", (goarch, name) => {
    const emulator = `qemu-${name}`;
    test.skipIf(!inCI && !isInstalled(emulator))("the calls and their order", { timeout: 120_000 }, () => {
      const target = `linux/${goarch}`;
      const program = buildJudge(root, "threads", { target });
      const [main, ...others] = qemuThreads(emulator, program).map(emulatedCalls);
      const { start, inThread } = previewOf(root, target);
      const at = main!.findIndex(({ name }) => name === "clone");
      const own = start.findIndex(({ name }) => name === "clone");
      const around = main!.slice(at - own, at - own + start.length);
      expect(around.map(({ name }) => name)).toEqual(start.map(({ name }) => name));
      expect(flagNames(around[own]!.args)).toEqual(flagNames(start[own]!.args));
      const inside = inThread.map(({ name }) => name);
      const whole = others.filter((calls) => calls.length >= inside.length);
      expect(whole.length).toBeGreaterThan(1);
      for (const calls of whole) {
        expect(calls.slice(0, inside.length).map(({ name }) => name)).toEqual(inside);
      }
    });
  });
});

/** `4711 clone(CLONE_VM|…,child_stack=…) = 4712`; a call that QEMU has no name for is called "Unknown". */
function emulatedCalls(lines: readonly string[]): { name: string; args: string }[] {
  return lines.map((line) => {
    const [, name = "", args = ""] = /^\d+ (\w+)(.*)$/.exec(line) ?? [];
    return { name, args };
  });
}
