/** `rt0 syscalls`, as people and machines read it. */
import { expect, test } from "vitest";
import { rows, runMain } from "../cli/runMain.ts";

const run = (...argv: string[]) => runMain("/", ["syscalls", ...argv]);
const text = (...argv: string[]) => run(...argv).stdout;

interface Row {
  readonly target: string;
  readonly number: number;
  readonly name: string;
  readonly class: string;
  readonly standing: string;
  readonly arguments?: readonly { readonly name: string; readonly places: readonly string[] }[];
  readonly counterpartOf?: string;
  readonly relation?: string;
  readonly misfit?: string;
}

const json = (...argv: string[]) => rows<Row>(text("--format", "json", ...argv));

test("the table of a target: its ABI, then a line for each call", () => {
  const [head, ...lines] = text("--target", "linux/amd64").split("\n");
  expect(head).toBe(
    "linux/amd64: SYSCALL, number in AX, arguments in DI SI DX R10 R8 R9; result in AX (DX second); -4095..-1 in result register = -errno",
  );
  expect(lines[0]).toBe("    0  long read(unsigned int fd, char *buf, size_t count)");
  expect(lines).toContain("  174  create_module  (unimplemented)");
  expect(json("--target", "linux/amd64").slice(0, 2)).toMatchObject([
    { target: "linux/amd64", number: 0, name: "read", class: "unix", standing: "current" },
    { number: 1, name: "write" },
  ]);
});

test("one call: its arguments' registers, and what it is elsewhere", () => {
  const lines = text("--target", "linux/mips", "pread64").split("\n");
  expect(lines.slice(0, 8)).toEqual([
    "pread64 on linux/mips: 4200, SYS_PREAD64",
    "",
    "  long pread64(unsigned int fd, char *buf, size_t count, loff_t pos)",
    "",
    "  R4                unsigned int fd",
    "  R5                char *buf",
    "  R6                size_t count",
    "  16(R29), 20(R29)  loff_t pos",
  ]);
  expect(lines).toContain("   153 pread    darwin");
  expect(lines).toContain("   180 pread64  linux/386, linux/arm, linux/s390x");
  expect(lines).toContain("  libc.a/shr_64.o pread  aix/ppc64");
  expect(lines.slice(-5, -1)).toEqual([
    "Sources",
    "  arch/mips/kernel/syscalls/syscall_o32.tbl (Linux 6.19.9, abis o32)",
    "  fs/read_write.c",
    expect.stringMatching(/^ {2}go1\.27:.*asm_linux_mipsx\.s:\d+/),
  ]);

  const [call, ...others] = json("--target", "linux/mips", "pread64");
  expect(call?.arguments?.at(-1)).toEqual({ type: "loff_t", name: "pos", places: ["16(R29)", "20(R29)"] });
  expect(others).toContainEqual(
    expect.objectContaining({
      target: "plan9/386",
      name: "pread",
      number: 50,
      counterpartOf: "pread64",
      relation: "same",
    }),
  );
});

test.each([
  ["darwin/amd64", ["0x2000000+4"], "write on darwin/amd64: 4, SYS_WRITE"],
  ["darwin/amd64", ["$(0x2000000+4)"], "write on darwin/amd64: 4, SYS_WRITE"],
  ["darwin/amd64", ["4"], "write on darwin/amd64: 4, SYS_WRITE"],
  ["darwin/arm", ["--", "-31"], "mach_msg_trap on darwin/arm: 31 of Mach traps"],
  ["darwin/arm", ["~30"], "mach_msg_trap on darwin/arm: 31 of Mach traps"],
  ["netbsd/arm", ["0xa00000|340"], "__sigaction_sigtramp on netbsd/arm: 340, SYS___SIGACTION_SIGTRAMP"],
  ["linux/mips64", ["5001"], "write on linux/mips64: 5001, SYS_WRITE"],
  ["android/arm64", ["SYS_OPENAT"], "openat on android/arm64: 56, SYS_OPENAT"],
  ["nacl/386", ["13"], "write on nacl/386: 13, SYS_WRITE"],
  ["openbsd/amd64", ["197"], "pad_mmap on openbsd/amd64: 197, SYS_PAD_MMAP"],
  [
    "openbsd/amd64",
    ["pthread_create"],
    "pthread_create on openbsd/amd64: libpthread.so pthread_create  (runtime)",
  ],
  [
    "windows/amd64",
    ["WriteFile"],
    "WriteFile on windows/amd64: kernel32.dll WriteFile  (runtime, 5 arguments)",
  ],
])("%s %j", (target, argv, head) => {
  const { status, stdout, stderr } = run("--target", target, ...argv);
  expect(stdout.split("\n")[0]).toBe(head);
  expect({ status, stderr }).toEqual({ status: 0, stderr: [] });
});

test("a number says what is wrong with its class or base", () => {
  expect(text("--target", "darwin/amd64", "0x2000004")).toContain("\n  0x2000004 is 0x2000000 (unix) + 4\n");
  expect(text("--target", "linux/mips", "4")).toContain(
    "\n  the trap itself wants it with its base or class\n",
  );
  expect(json("--target", "linux/arm", "0x900004")[0]).toMatchObject({
    name: "write",
    misfit: "foreign base",
  });
});

test("systems that are called through libraries, and wasm, list what Go imports", () => {
  expect(text("--target", "solaris/amd64")).toContain("\n  libc.so port_create  (runtime)\n");
  expect(text("--target", "wasip1/wasm")).toContain(
    "  wasi_snapshot_preview1 sched_yield  func sched_yield() errno",
  );
  expect(json("--target", "windows/386")).toContainEqual(
    expect.objectContaining({
      target: "windows/386",
      name: "CloseHandle",
      library: "kernel32.dll",
      arguments: 1,
    }),
  );
});

test.each([
  [[], "syscalls: name one target with --target"],
  [["--target", "all"], "syscalls: name one target with --target"],
  [["--target", "linux/386,linux/arm"], "syscalls: name one target with --target"],
  [["--target", "linux/vax"], 'linux/vax: unknown target; "rt0 targets" lists them'],
  [["--target", "windows/mips"], "windows/mips: Go has no such port"],
  [["--target", "linux/amd64", "read", "write"], "syscalls: takes one name or number"],
  [["--target", "linux/amd64", "frobnicate"], "frobnicate: no system call of linux/amd64"],
  [["--target", "linux/arm64", "open"], "open: no system call of linux/arm64; there is openat, 56"],
  [["--target", "linux/amd64", "9999"], "9999: no system call of linux/amd64"],
  [
    ["--target", "linux/amd64", "0x99999999999999999999"],
    "0x99999999999999999999: no system call of linux/amd64",
  ],
  [["--target", "aix/ppc64", "4"], "4: programs of aix/ppc64 call functions by name, not by number"],
])("%j is a mistake", (argv, line) => {
  expect(run(...argv)).toEqual({ status: 2, stdout: "", stderr: [line] });
});
