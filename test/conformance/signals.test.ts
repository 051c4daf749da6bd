/**
 * What `rt0 signals` says of a Go tree is what a real Go program of that release does when it starts. strace shows
 * linux/amd64 and linux/386 with the structs' contents; QEMU's own trace shows other architectures, without. Outside
 * CI the tests are skipped where the tools are missing.
 */
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { PreviewSection } from "../../server/src/core/index.ts";
import { runRows } from "../cli/runMain.ts";
import { eachRoot, eachRootOf } from "./support/eachRoot.ts";
import { buildJudge, type GoRoot, goRoots, inCI, runGo } from "./support/goroots.ts";
import { qemuThreads, straceThreads } from "./support/traces.ts";

const skipped = (tool: string): boolean => !inCI && !existsSync(`/usr/bin/${tool}`);

/** One call of rt_sigaction: what is asked for, or what is set. */
interface Installed {
  readonly number: number;
  readonly flags: bigint;
  readonly mask: string;
  readonly handler: string;
  readonly restorer: string;
}

eachRoot((root) => {
  describe.skipIf(skipped("strace")).each(["amd64", "386"])("linux/%s under strace", (goarch) => {
    let lines: readonly string[];
    let preview: Preview;
    let symbols: ReadonlyMap<bigint, string>;

    beforeAll(() => {
      const program = buildJudge(root, "hello", { target: `linux/${goarch}` });
      const calls = "trace=rt_sigaction,rt_sigprocmask,sigaltstack";
      lines = straceThreads(program, ["-X", "verbose", "-e", calls]).flat();
      symbols = symbolsOf(root, program);
      preview = previewOf(root, goarch);
    }, 300_000);

    test("each signal is given the handler, the flags, the mask and the restorer of the preview", () => {
      const old = new Map<number, string>();
      const installed: Installed[] = [];
      for (const line of lines) {
        const [, number, action, before] =
          /rt_sigaction\((\d+) [^,]*, (NULL|\{.*?\}), (NULL|\{.*?\}), 8\)/.exec(line) ?? [];
        if (number === undefined) continue;
        if (action === "NULL") old.set(Number(number), /sa_handler=(\w+)/.exec(before!)![1]!);
        else installed.push(readAction(Number(number), action!, symbols));
      }
      const ignored = [1, 2].filter((number) => old.get(number) === "0x1");
      const expected = preview.handled.filter((number) => !ignored.includes(number));
      const { flags, handler, restorer } = preview;
      expect(installed).toEqual(
        expected.map((number): Installed => ({ number, flags, mask: "~[]", handler, restorer })),
      );
      expect([...old.keys()].slice(0, preview.asked.length)).toEqual(preview.asked);
    });

    test("the signal stack, the mask and the calls' numbers", () => {
      const stacks = lines.filter((line) => /sigaltstack\(\{/.test(line));
      const sizes = new Set(
        stacks.map((line) => /ss_flags=(\w+), ss_size=(\d+)/.exec(line)?.slice(1).join(" ")),
      );
      expect([...sizes]).toEqual([`0 ${preview.stackSize}`]);
      const masks = lines.filter((line) => line.includes("rt_sigprocmask("));
      expect(masks.length).toBeGreaterThan(3);
      for (const line of masks) expect(line).toMatch(/rt_sigprocmask\((0|0x[12]) \/\* SIG_\w+ \*\/, .*, 8\)/);
      const numbers = lines.flatMap((line) => {
        const [, number, name] = /\[ *(\d+)\] (rt_sigaction|rt_sigprocmask|sigaltstack)\(/.exec(line) ?? [];
        return name === undefined ? [] : [`${name} ${number}`];
      });
      expect([...new Set(numbers)].sort()).toEqual([...preview.calls].sort());
    });

    test("strace has the preview's names for the signals", () => {
      const named = lines.flatMap((line) => {
        const [, number, name] = /rt_sigaction\((\d+) \/\* (SIG\w+) \*\//.exec(line) ?? [];
        return name === undefined || Number(number) > 31 ? [] : [`${number} ${name}`];
      });
      expect([...new Set(named)]).toEqual(
        preview.asked
          .filter((number) => number < 32)
          .map((number) => `${number} ${preview.names.get(number)}`),
      );
    });
  });
});

const emulated = [
  ["arm", "qemu-arm"],
  ["arm64", "qemu-aarch64"],
  ["riscv64", "qemu-riscv64"],
  ["s390x", "qemu-s390x"],
  ["mips", "qemu-mips"],
  ["ppc64le", "qemu-ppc64le"],
] as const;

eachRootOf({ where: (root) => root === goRoots.at(-1) }, (root) => {
  describe.each(emulated)("linux/%s under QEMU", (goarch, emulator) => {
    test.skipIf(skipped(emulator))("the calls and their order", { timeout: 300_000 }, () => {
      const program = buildJudge(root, "hello", { target: `linux/${goarch}` });
      const trace = qemuThreads(emulator, program).flat().join("\n");
      const preview = previewOf(root, goarch);
      const numbers = new Map([...preview.names].map(([number, name]) => [name, number]));
      // QEMU's other name for SIGABRT, and its number of SIGSTKFLT on mips, which has no such signal.
      numbers.set("SIGIOT", 6);
      if (goarch === "mips") numbers.set("SIGSTKFLT", 7);
      const calls = [...trace.matchAll(/rt_sigaction\((\w+),(NULL|0x\w+),(NULL|0x\w+)\)/g)].map(
        ([, signal = "", action]) => `${action === "NULL" ? "ask" : "set"} ${numbers.get(signal) ?? signal}`,
      );
      const expected = preview.asked.flatMap((number) => [
        `ask ${number}`,
        ...(preview.handled.includes(number) ? [`set ${number}`] : []),
      ]);
      expect(withoutIgnored(calls, expected)).toEqual(expected);
      // QEMU names calls by their numbers.
      const names = preview.calls.map((call) => call.split(" ")[0]!);
      for (const name of names) expect(trace).toContain(`${name}(`);
    });
  });
});

/** A signal that the test itself was started with ignored is asked for, and not set. */
function withoutIgnored(calls: readonly string[], expected: readonly string[]): readonly string[] {
  const missing = ["set 1", "set 2"].filter((call) => expected.includes(call) && !calls.includes(call));
  return missing.length === 0
    ? calls
    : calls.flatMap((call) => {
        const set = call.replace("ask", "set");
        return missing.includes(set) ? [call, set] : [call];
      });
}

function symbolsOf(root: GoRoot, program: string): ReadonlyMap<bigint, string> {
  const listing = runGo(root, ["tool", "nm", program]);
  const found = listing.matchAll(/^ *([0-9a-f]+) [Tt] runtime\.(\w+)(?:\.abi0)?$/gm);
  return new Map(Array.from(found, ([, address, name]) => [BigInt(`0x${address}`), name!]));
}

function readAction(number: number, text: string, symbols: ReadonlyMap<bigint, string>): Installed {
  const [, handler = "0", mask = "", flags = "0"] =
    /sa_handler=(\w+), sa_mask=(~?\[.*?\]), sa_flags=(\w+)/.exec(text) ?? [];
  const [, restorer] = /sa_restorer=(\w+)/.exec(text) ?? [];
  const name = (address: string) => symbols.get(BigInt(address)) ?? address;
  return {
    number,
    flags: BigInt(flags),
    mask,
    handler: name(handler),
    restorer: restorer === undefined ? "" : name(restorer),
  };
}

interface Preview {
  /** The signals that are asked for at start, and of these the ones that get a handler without cgo. */
  readonly asked: readonly number[];
  readonly handled: readonly number[];
  readonly names: ReadonlyMap<number, string>;
  readonly flags: bigint;
  readonly handler: string;
  /** "" for none. */
  readonly restorer: string;
  readonly stackSize: number;
  /** As "rt_sigaction 13". */
  readonly calls: readonly string[];
}

function previewOf({ dir }: GoRoot, goarch: string): Preview {
  const args = ["signals", "--root", dir, "--target", `linux/${goarch}`];
  const [side] = runRows<{ sections: readonly PreviewSection[] }>(dir, args);
  const section = (key: string) => side!.sections.find((found) => found.key === key)!;
  const table = (key: string) => {
    const found = section(key);
    return found.kind === "table" ? found.rows.map(({ cells }) => cells.map(({ text }) => text)) : [];
  };
  const signals = table("signals").flatMap(([range = "", name = "", flags = "", start = ""]) => {
    const [first = 0, last = first] = range.split("–").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => ({ number: first + i, name, flags, start }));
  });
  const stores = table("stores");
  const stored = (field: string): string =>
    stores.find(([name, , when]) => name === field && (when === "" || when === "!iscgo"))?.[1] ?? "";
  expect(stored("sa_mask")).toBe("every signal");
  const stack = section("stackt");
  const size = stack.kind === "bytes" ? stack.fields.find(({ name }) => name === "ss_size")!.note! : "";
  const isBigEndian = ["s390x", "mips", "ppc64"].includes(goarch);
  const bytes = size.match(/../g)!;
  return {
    asked: signals.filter(({ start }) => start !== "").map(({ number }) => number),
    handled: signals.filter(({ start }) => start.startsWith("handler")).map(({ number }) => number),
    names: new Map(signals.map(({ number, name }) => [number, name])),
    flags: BigInt(/0x[0-9a-f]+/.exec(stored("sa_flags"))![0]),
    handler: stored("sa_handler"),
    restorer: stored("sa_restorer"),
    stackSize: Number.parseInt((isBigEndian ? bytes : bytes.reverse()).join(""), 16),
    calls: [
      ...new Set(
        ["install", "stack", "mask"].flatMap((key) => table(key).map(([name, n]) => `${name} ${n}`)),
      ),
    ],
  };
}
