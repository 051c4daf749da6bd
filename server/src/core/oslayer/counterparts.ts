/**
 * The same call on other targets. Kernels give one call several names (fstatat, newfstatat,
 * fstatat64), and the newer Linux tables leave out calls that another one can stand for.
 * Names are grouped by what a caller gets, not by how they sound. Sources: the man pages of section 2
 * that describe the names together, and the "Same call, other name" of Go's own package syscall.
 */
import type { Syscall } from "./syscall.ts";
import { syscallByName } from "./syscalls.ts";
import type { System } from "./system.ts";

/** Names of one call, the one to prefer first. */
const sameCall: readonly string[] = [
  "stat stat64",
  "lstat lstat64",
  "fstat fstat64",
  "newfstatat fstatat fstatat64",
  "statfs statfs64",
  "fstatfs fstatfs64",
  "_newselect select",
  "pselect pselect6 pselect6_time64",
  "ugetrlimit getrlimit",
  "mmap mmap2",
  "truncate truncate64",
  "ftruncate ftruncate64",
  "pread pread64",
  "pwrite pwrite64",
  "lseek _llseek",
  "fcntl fcntl64",
  "sendfile sendfile64",
  "getdents64 getdents",
  "fadvise64 fadvise64_64 arm_fadvise64_64 posix_fadvise",
  "sync_file_range sync_file_range2 arm_sync_file_range",
  "umount2 unmount",
  "rt_sigaction sigaction __sigaction_sigtramp",
  "rt_sigprocmask sigprocmask __sigprocmask14",
  "rt_sigsuspend sigsuspend __sigsuspend14",
  "rt_sigpending sigpending __sigpending14",
  "rt_sigtimedwait sigtimedwait __sigtimedwait",
  "sigaltstack __sigaltstack14",
  "sysctl __sysctl",
  "getcwd __getcwd",
  "setuid setuid32",
  "getuid getuid32",
  "setgid setgid32",
  "getgid getgid32",
  "geteuid geteuid32",
  "getegid getegid32",
  "setreuid setreuid32",
  "setregid setregid32",
  "setresuid setresuid32",
  "setresgid setresgid32",
  "getresuid getresuid32",
  "getresgid getresgid32",
  "getgroups getgroups32",
  "setgroups setgroups32",
  "setfsuid setfsuid32",
  "setfsgid setfsgid32",
  "chown chown32",
  "lchown lchown32",
  "fchown fchown32",
  "clock_gettime clock_gettime64",
  "clock_settime clock_settime64",
  "clock_getres clock_getres_time64",
  "clock_nanosleep clock_nanosleep_time64",
  "recvmmsg recvmmsg_time64",
  "semtimedop semtimedop_time64",
  "ppoll ppoll_time64",
  "utimensat utimensat_time64",
  "timer_settime timer_settime64 ktimer_settime",
  "timer_gettime timer_gettime64 ktimer_gettime",
];

/** Calls that a port of Go's runtime uses for one purpose, each on its own system. */
const alike: readonly string[] = [
  "exit _exit exits",
  "exit_group exit",
  "rt_sigreturn sigreturn setcontext",
  "sched_yield thr_yield yield",
  "gettid thr_self _lwp_self getthrid lwp_gettid thread_selfid",
  "tgkill thr_kill thr_kill2 _lwp_kill thrkill lwp_kill __pthread_kill",
  "futex _umtx_op __futex umtx_sleep",
  "clone thr_new _lwp_create __tfork lwp_create bsdthread_create rfork",
  "nanosleep __semwait_signal sleep",
  "epoll_create1 kqueue",
  "epoll_ctl kevent",
  "epoll_pwait kevent",
  "ppoll pollts",
  "unlink remove",
  "execve exec",
  "wait4 await",
  "getrandom getentropy get_random_bytes",
];

/** A call, and what does its work where there is no such call, in the order to look for. */
const successors: ReadonlyMap<string, string> = new Map([
  ["open", "openat"],
  ["creat", "openat"],
  ["pipe", "pipe2"],
  ["pipe2", "pipe"],
  ["fork", "clone"],
  ["vfork", "clone"],
  ["dup2", "dup3"],
  ["access", "faccessat"],
  ["chmod", "fchmodat"],
  ["chown", "fchownat"],
  ["lchown", "fchownat"],
  ["link", "linkat"],
  ["symlink", "symlinkat"],
  ["readlink", "readlinkat"],
  ["rename", "renameat renameat2"],
  ["renameat", "renameat2"],
  ["mkdir", "mkdirat"],
  ["mknod", "mknodat"],
  ["rmdir", "unlinkat"],
  ["unlink", "unlinkat"],
  ["stat", "newfstatat fstatat statx"],
  ["lstat", "newfstatat fstatat statx"],
  ["fstat", "statx"],
  ["newfstatat", "statx"],
  ["utime", "utimensat"],
  ["utimes", "utimensat"],
  ["futimesat", "utimensat"],
  ["getdents", "getdents64"],
  ["select", "pselect6"],
  ["_newselect", "pselect6"],
  ["poll", "ppoll"],
  ["epoll_create", "epoll_create1"],
  ["epoll_wait", "epoll_pwait"],
  ["eventfd", "eventfd2"],
  ["signalfd", "signalfd4"],
  ["inotify_init", "inotify_init1"],
  ["getrlimit", "prlimit64"],
  ["ugetrlimit", "prlimit64"],
  ["setrlimit", "prlimit64"],
  ["getpgrp", "getpgid"],
  ["pause", "ppoll"],
  ["alarm", "setitimer"],
  ["time", "clock_gettime gettimeofday"],
  ["gettimeofday", "clock_gettime"],
  ["send", "sendto"],
  ["recv", "recvfrom"],
  // Plan 9 has the calls with an offset only.
  ["read", "pread"],
  ["write", "pwrite"],
  ["accept", "accept4"],
]);

/**
 * "same": the call itself under its own or another name. "successor": another call does its work there.
 * "alike": another call serves the purpose, with arguments of its own.
 */
export type Relation = "same" | "successor" | "alike";

export interface Counterpart {
  readonly system: System;
  readonly call: Syscall;
  readonly relation: Relation;
}

/**
 * What a call is on each of the other systems; those that have nothing for it are left out. What is
 * kept for old programs, or has no implementation, counts only where there is nothing better.
 */
export function counterparts(call: Syscall, others: readonly System[]): readonly Counterpart[] {
  const names = namesOf(call, sameCall);
  const after = names.flatMap((same) =>
    (successors.get(same) ?? "").split(" ").filter((next) => next !== ""),
  );
  const related = namesOf(call, alike);
  return others.flatMap((system): Counterpart[] => {
    const find = (names: readonly string[], isGood: (call: Syscall) => boolean, relation: Relation) => {
      const found = firstNamed(system, names, isGood);
      return found && { system, call: found, relation };
    };
    const counterpart =
      find(
        names,
        (other) => isUsable(other) && call.entry !== undefined && other.entry === call.entry,
        "same",
      ) ??
      find(names, isUsable, "same") ??
      find(after, isUsable, "successor") ??
      find(related, isUsable, "alike") ??
      find(names, () => true, "same");
    return counterpart ? [counterpart] : [];
  });
}

/** Linux's sys_old_ functions take a pointer to their arguments. */
function isUsable({ standing, entry = "" }: Syscall): boolean {
  return (standing === "current" || standing === "alias") && !entry.startsWith("sys_old_");
}

function firstNamed(
  system: System,
  names: readonly string[],
  isGood: (call: Syscall) => boolean,
): Syscall | undefined {
  for (const name of names) {
    const call = syscallByName(system, name);
    if (call && isGood(call)) return call;
  }
  return undefined;
}

/** The names a call has in the groups it belongs to, its own first. */
function namesOf({ name, aka }: Syscall, groups: readonly string[]): readonly string[] {
  const own = [name, ...aka];
  const others = groups
    .map((group) => group.split(" "))
    .filter((group) => group.some((word) => own.includes(word)));
  return [...new Set([...own, ...others.flat()])];
}
