/**
 * The calls that the preview of thread start shows are those that the system sees a Go
 * program make: strace on the architectures this machine runs, with numbers, and
 * qemu's own trace on the others, which names calls by their numbers. The program is built
 * by the release whose source the preview reads.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PreviewSide, TableSection } from "../../server/src/core/index.ts";
import { runRows, tree } from "../cli/runMain.ts";
import { eachRootOf } from "./support/eachRoot.ts";
import { buildJudge, type GoRoot, goRoots, inCI } from "./support/goroots.ts";

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
    const [first, second] = threads
      .flat()
      .filter(({ name, args }) => name === "epoll_ctl" && args.includes("EPOLL_CTL_ADD"))
      .map(({ args }) => constantsIn(/\{events=([^,]*)/.exec(args)![1]!));
    const noted = (name: string) =>
      constantsIn(events(name).find((field) => /^events$/i.test(field.name))!.note!);
    expect(noted("netpollinit")).toEqual(first);
    expect(noted("netpollopen")).toEqual(second);
    expectSame(
      threads
        .flat()
        .filter(({ name }) => name === "epoll_ctl")
        .slice(1, 2),
      shown("netpollopen"),
    );
  });
});

/** The calls that each thread of a program makes. */
function trace(program: string): Traced[][] {
  const traces = tree({});
  execFileSync("strace", ["-ff", "-n", "-qq", "-o", join(traces, "t"), program], { stdio: "pipe" });
  return readdirSync(traces).map((name) => readTrace(readFileSync(join(traces, name), "utf8")));
}

/** `[ 56] clone(child_stack=…) = 7`; signals and exits are left out. */
function readTrace(text: string): Traced[] {
  return [...text.matchAll(/^\[ *(\d+)\] (\w+)\((.*)$/gm)].map(([, number, name = "", args = ""]) => ({
    name,
    number: Number(number),
    args,
  }));
}

eachRootOf({ where: (root) => root === goRoots.at(-1) }, (root) => {
  describe.each(Object.entries(emulated))("linux/%s under QEMU", (goarch, name) => {
    const emulator = `qemu-${name}`;
    test.skipIf(!inCI && !isInstalled(emulator))("the calls and their order", { timeout: 120_000 }, () => {
      const target = `linux/${goarch}`;
      const program = buildJudge(root, "threads", { target });
      // With one P no other thread is started while the first one starts.
      const env = { ...process.env, GOMAXPROCS: "1" };
      const { stderr } = spawnSync(emulator, ["-strace", program], { encoding: "utf8", env });
      const { start, inThread } = previewOf(root, target);
      const names = new Set([...start, ...inThread].map(({ name }) => name));
      // Threads share a prefix, the process's number, and write into each other's lines.
      const [, pid] = /^(\d+) /.exec(stderr)!;
      const calls = [...stderr.matchAll(new RegExp(`${pid} (\\w+)\\(([^()]*(?:\\(nil\\))?[^()]*)`, "g"))]
        .map(([, name = "", args = ""]) => ({ name, args }))
        .filter(({ name }) => names.has(name));
      const at = calls.findIndex(({ name }) => name === "clone");
      const own = start.findIndex(({ name }) => name === "clone");
      expect(flagNames(calls[at]!.args)).toEqual(flagNames(start[own]!.args));
      expect(calls.slice(at - own, at).map(({ name }) => name)).toEqual(
        start.slice(0, own).map(({ name }) => name),
      );
      const rest = start.slice(own + 1).map(({ name }) => name);
      const child = inThread.map(({ name }) => name);
      const seen = calls.slice(at + 1, at + 1 + rest.length + child.length).map(({ name }) => name);
      expect([seen, isShuffle(seen, rest, child)]).toEqual([seen, true]);
    });
  });
});

/** Whether a list is two others, each in its order, run together. */
function isShuffle(all: readonly string[], a: readonly string[], b: readonly string[]): boolean {
  const [head, ...rest] = all;
  if (head === undefined) return a.length === 0 && b.length === 0;
  return (
    (a[0] === head && isShuffle(rest, a.slice(1), b)) || (b[0] === head && isShuffle(rest, a, b.slice(1)))
  );
}
