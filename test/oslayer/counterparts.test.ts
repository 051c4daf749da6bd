import { expect, test } from "vitest";
import { parseTarget } from "../../server/src/core/model/targets/target.ts";
import { counterparts } from "../../server/src/core/oslayer/counterparts.ts";
import { syscallByName, syscallsOf } from "../../server/src/core/oslayer/syscalls.ts";

const on = (name: string) => parseTarget(name)!;

function counterpart(from: string, name: string, to: string): string {
  const [found] = counterparts(syscallByName(on(from), name)!, [on(to)]);
  return found ? `${found.call.name} ${found.call.number} ${found.relation}` : "none";
}

test.each([
  ["linux/amd64", "newfstatat", "linux/386", "fstatat64 300 same"],
  ["linux/amd64", "newfstatat", "linux/arm64", "newfstatat 79 same"],
  ["linux/386", "fstatat64", "darwin/arm64", "fstatat64 470 same"],
  ["linux/amd64", "newfstatat", "darwin/arm64", "fstatat 469 same"],
  ["linux/amd64", "fstat", "freebsd/amd64", "fstat 551 same"],
  // 386's select and mmap take a pointer to their arguments; _newselect and mmap2 do not.
  ["linux/amd64", "select", "linux/386", "_newselect 142 same"],
  ["linux/amd64", "select", "linux/arm64", "pselect6 72 successor"],
  ["linux/amd64", "mmap", "linux/386", "mmap2 192 same"],
  ["linux/amd64", "mmap", "linux/s390x", "mmap 90 same"],
  ["linux/amd64", "getrlimit", "linux/arm", "ugetrlimit 191 same"],
  ["linux/amd64", "getrlimit", "linux/s390x", "getrlimit 191 same"],
  ["linux/amd64", "open", "linux/arm64", "openat 56 successor"],
  ["linux/amd64", "pipe", "linux/riscv64", "pipe2 59 successor"],
  ["linux/amd64", "pipe", "freebsd/amd64", "pipe2 542 successor"],
  ["linux/amd64", "fork", "linux/loong64", "clone 220 successor"],
  ["linux/amd64", "epoll_wait", "linux/arm64", "epoll_pwait 22 successor"],
  ["linux/amd64", "gettid", "netbsd/amd64", "_lwp_self 311 alike"],
  ["linux/amd64", "futex", "openbsd/amd64", "futex 83 same"],
  ["linux/amd64", "futex", "freebsd/amd64", "_umtx_op 454 alike"],
  ["linux/amd64", "epoll_create1", "darwin/amd64", "kqueue 362 alike"],
  ["openbsd/amd64", "pad_mmap", "freebsd/amd64", "mmap 477 same"],
  ["freebsd/amd64", "freebsd11_kevent", "netbsd/386", "kevent 435 same"],
  ["linux/amd64", "read", "plan9/386", "pread 50 successor"],
  ["linux/amd64", "io_uring_setup", "plan9/386", "none"],
])("%s %s on %s: %s", (from, name, to, expected) => {
  expect(counterpart(from, name, to)).toBe(expected);
});

test("a call is its own counterpart", () => {
  for (const target of ["linux/amd64", "linux/mips", "freebsd/amd64", "netbsd/386", "darwin/arm64"]) {
    for (const call of syscallsOf(on(target))) {
      if (call.standing !== "current" || call.entry?.startsWith("sys_old_")) continue;
      const [found] = counterparts(call, [on(target)]);
      // Of two with one function behind them either will do.
      const isSame =
        found?.call.number === call.number ||
        (found?.call.entry !== undefined && found.call.entry === call.entry);
      expect([call.name, isSame]).toEqual([call.name, true]);
    }
  }
});
