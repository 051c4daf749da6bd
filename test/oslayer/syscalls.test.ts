import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseTarget } from "../../server/src/core/model/targets/target.ts";
import { migMessage } from "../../server/src/core/oslayer/darwinCalls.ts";
import { linuxPseudoConstants } from "../../server/src/core/oslayer/linuxCalls.ts";
import { goConstant, prototypeText } from "../../server/src/core/oslayer/syscall.ts";
import {
  callSystems,
  meaningsOf,
  syscallByName,
  syscallByNumber,
  syscallsNamed,
  syscallsOf,
} from "../../server/src/core/oslayer/syscalls.ts";
import { systemName } from "../../server/src/core/oslayer/system.ts";

const on = (name: string) => parseTarget(name)!;

// Numbers from the systems' own headers: <asm/unistd.h> of each architecture, <sys/syscall.h>.
test.each([
  ["linux/amd64", "read", 0],
  ["linux/amd64", "exit_group", 231],
  ["linux/386", "read", 3],
  ["linux/386", "exit_group", 252],
  ["linux/arm", "exit_group", 248],
  ["linux/arm64", "exit_group", 94],
  ["linux/loong64", "clone3", 435],
  ["linux/riscv64", "riscv_flush_icache", 259],
  ["linux/mips", "exit_group", 4246],
  ["linux/mipsle", "exit_group", 4246],
  ["linux/mips64", "exit_group", 5205],
  ["linux/mips64le", "exit_group", 5205],
  ["linux/ppc64", "exit_group", 234],
  ["linux/ppc64le", "exit_group", 234],
  ["linux/s390x", "exit_group", 248],
  ["android/arm64", "openat", 56],
  ["darwin/amd64", "bsdthread_create", 360],
  ["ios/arm64", "kevent", 363],
  ["freebsd/arm64", "thr_new", 455],
  ["netbsd/386", "_lwp_create", 309],
  ["openbsd/arm", "__tfork", 8],
  ["dragonfly/amd64", "lwp_create", 495],
  ["plan9/386", "rfork", 19],
  ["nacl/arm", "write", 13],
])("%s %s is %i", (target, name, number) => {
  expect(syscallByName(on(target), name)).toMatchObject({ name, number, class: "unix", standing: "current" });
  expect(syscallByNumber(on(target), number)).toMatchObject({ name, number });
});

test("a name may be as Go, the kernel or the master file writes it", () => {
  const mmap = syscallByName(on("linux/amd64"), "mmap")!;
  expect(syscallByName(on("linux/amd64"), "SYS_MMAP")).toBe(mmap);
  expect(syscallByName(on("linux/amd64"), "sys_mmap")).toBe(mmap);
  expect(goConstant(mmap)).toBe("SYS_MMAP");
  // bsd/kern/syscalls.master calls it sys_fgetxattr only in some releases.
  expect(syscallByName(on("darwin/amd64"), "sys_close")?.number).toBe(6);
  expect(syscallByName(on("darwin/amd64"), "SYS_ATSOCKET")?.name).toBe("ATsocket");
  expect(syscallByName(on("linux/amd64"), "nothing")).toBeUndefined();
  expect(syscallByName(on("windows/amd64"), "read")).toBeUndefined();
});

test("every system's table says where it comes from, and finds each of its calls again", () => {
  expect(callSystems().map(systemName)).toContain("linux/loong64");
  expect(callSystems().map(systemName)).not.toContain("android/arm64");
  const wrong: string[] = [];
  for (const system of callSystems()) {
    const calls = syscallsOf(system);
    expect(calls.length).toBeGreaterThan(40);
    for (const call of calls) {
      const { name, number, source, prototype } = call;
      const isWhole =
        source !== "" &&
        prototype?.source !== "" &&
        /^\w+$/.test(name) &&
        Number.isInteger(number) &&
        meaningsOf(system, number, call.class).includes(call) &&
        syscallsNamed(system, name).includes(call) &&
        (prototype?.parameters ?? []).every(({ type, name }) => type !== "" && /^[A-Za-z_]\w*$/.test(name));
      if (!isWhole) wrong.push(`${systemName(system)} ${name}`);
    }
  }
  expect(wrong).toEqual([]);
});

function order(arch: string): string | undefined {
  const clone = syscallByName(on(`linux/${arch}`), "clone");
  return clone?.prototype?.parameters.map(({ name }) => name).join(" ");
}

describe("linux", () => {
  test("the generic table has none of the old calls", () => {
    for (const arch of ["arm64", "riscv64", "loong64"]) {
      for (const name of ["open", "pipe", "fork", "epoll_wait"]) {
        expect(syscallByName(on(`linux/${arch}`), name)).toBeUndefined();
      }
      expect(syscallByName(on(`linux/${arch}`), "epoll_pwait")?.number).toBe(22);
    }
  });

  test("Go's own names on arm: an EABI kernel does not implement them", () => {
    const names = "time umount stime alarm utime getrlimit select readdir mmap socketcall syscall ipc".split(
      " ",
    );
    for (const name of names) {
      expect(syscallByName(on("linux/arm"), name)).toMatchObject({
        standing: "unimplemented",
        prototype: undefined,
        note: expect.stringContaining("EABI") as string,
      });
    }
    expect(syscallByName(on("linux/arm"), "mmap2")).toMatchObject({ number: 192, standing: "current" });
  });

  test("Go's aliases are the kernel's calls under another name", () => {
    expect(syscallByName(on("linux/arm64"), "fstatat")).toMatchObject({ number: 79, standing: "alias" });
    expect(syscallByNumber(on("linux/arm64"), 79)?.name).toBe("newfstatat");
    expect(syscallByName(on("linux/arm64"), "sync_file_range2")).toMatchObject({
      number: 84,
      standing: "alias",
    });
    expect(syscallByNumber(on("linux/386"), 219)?.name).toBe("madvise");
  });

  test("setitimer is misspelt in Go's assembly", () => {
    expect(syscallByName(on("linux/arm64"), "SYS_setittimer")).toMatchObject({
      name: "setitimer",
      number: 103,
    });
  });

  test("bookkeeping of the headers is no call", () => {
    expect(syscallByName(on("linux/arm64"), "arch_specific_syscall")).toBeUndefined();
    expect(linuxPseudoConstants("arm64").get("arch_specific_syscall")).toBe(244);
    expect(linuxPseudoConstants("mipsle").get("linux_syscalls")).toBe(4346);
    expect(linuxPseudoConstants("amd64").size).toBe(0);
  });

  test("clone's arguments are in three orders", () => {
    expect(order("amd64")).toBe("clone_flags newsp parent_tidptr child_tidptr tls");
    expect(order("loong64")).toBe(order("amd64"));
    for (const arch of ["386", "arm", "arm64", "mips", "mips64le", "ppc64", "riscv64"]) {
      expect(order(arch)).toBe("clone_flags newsp parent_tidptr tls child_tidptr");
    }
    expect(order("s390x")).toBe("newsp clone_flags parent_tidptr child_tidptr tls");
  });

  test("the prototype is that of the function the table names", () => {
    const text = (arch: string, name: string) => prototypeText(syscallByName(on(`linux/${arch}`), name)!);
    expect(text("amd64", "write")).toBe("long write(unsigned int fd, const char *buf, size_t count)");
    expect(text("amd64", "getpid")).toBe("long getpid(void)");
    // One pointer to the six arguments.
    expect(text("386", "mmap")).toBe("long mmap(struct mmap_arg_struct *arg)");
    expect(text("s390x", "mmap")).toMatch(/^long mmap\(struct \w+ \*arg\)$/);
    expect(text("386", "select")).toBe("long select(struct sel_arg_struct *arg)");
    expect(text("arm", "sigsuspend")).toBe("long sigsuspend(int unused1, int unused2, old_sigset_t mask)");
    expect(text("mips", "sigsuspend")).toBe("long sigsuspend(sigset_t *uset)");
    expect(text("ppc64le", "mmap")).toContain("off_t offset");
    expect(text("mips", "pipe")).toBe("long pipe(void)");
    expect(syscallByName(on("linux/mips64le"), "pipe")?.note).toBe(
      "the two descriptors come back in R2 and R3",
    );
  });

  test("a number without a function behind it is unimplemented", () => {
    expect(syscallByName(on("linux/amd64"), "create_module")?.standing).toBe("unimplemented");
    expect(syscallByName(on("linux/ppc64"), "select")?.standing).toBe("unimplemented");
    expect(syscallByName(on("linux/mips"), "syscall")?.standing).toBe("current");
  });

  test("arm has private calls", () => {
    expect(syscallByName(on("linux/arm"), "cacheflush")).toMatchObject({ number: 0xf0002, class: "private" });
    expect(syscallByNumber(on("linux/arm"), 0xf0005, { class: "private" })?.name).toBe("set_tls");
    expect(syscallByNumber(on("linux/arm"), 0xf0005)).toBeUndefined();
  });
});

describe("versions", () => {
  test("openbsd renumbers", () => {
    const mmap = (version?: string) => syscallByName(on("openbsd/amd64"), "mmap", { version })?.number;
    expect([mmap(), mmap("2026-01-01"), mmap("2019-10-17")]).toEqual([49, 49, 197]);
    const at197 = (version?: string) => syscallByNumber(on("openbsd/amd64"), 197, { version })?.name;
    expect([at197("2019-10-17"), at197("2022-06-01"), at197("2025-01-01")]).toEqual([
      "mmap",
      "pad_mmap",
      undefined,
    ]);
    // Without a version the last meaning, which says that it is gone.
    expect(syscallByNumber(on("openbsd/amd64"), 197)).toMatchObject({
      name: "pad_mmap",
      standing: "removed",
    });
    expect(meaningsOf(on("openbsd/amd64"), 49).map(({ name }) => name)).toEqual([
      "mmap",
      "getlogin59",
      "getlogin",
    ]);
  });

  test("freebsd has pairs after a change of ABI", () => {
    const number = (name: string, version?: string) =>
      syscallByName(on("freebsd/amd64"), name, { version })?.number;
    expect([
      number("kevent"),
      number("kevent", "12"),
      number("kevent", "11.4"),
      number("kevent", "9"),
    ]).toEqual([560, 560, 363, 363]);
    expect([number("fhstat"), number("fhstat", "11")]).toEqual([553, 299]);
    expect([number("getgroups"), number("getgroups", "14.1")]).toEqual([595, 79]);
    expect(syscallByNumber(on("freebsd/amd64"), 363)).toMatchObject({
      name: "freebsd11_kevent",
      standing: "compat",
      until: "11",
    });
  });

  test("netbsd's names drop the version", () => {
    const kevent = syscallByName(on("netbsd/arm64"), "kevent");
    expect(kevent).toMatchObject({ name: "kevent", number: 435, aka: ["__kevent50"] });
    expect(syscallByName(on("netbsd/arm64"), "__kevent50")).toBe(kevent);
    expect(syscallByName(on("netbsd/arm64"), "kevent", { version: "5.1" })?.number).toBe(345);
    // Of three generations the middle one.
    expect(syscallByName(on("netbsd/arm64"), "fhstat", { version: "4.0" })?.number).toBe(398);
    expect(syscallByName(on("netbsd/arm64"), "fhstat")?.number).toBe(451);
  });

  test("darwin's bsdthread_register changed its arguments twice", () => {
    const count = (version?: string) =>
      syscallByName(on("darwin/amd64"), "bsdthread_register", { version })?.prototype?.parameters.length;
    expect([count("10.5"), count("10.9"), count("10.10"), count("15"), count()]).toEqual([3, 6, 7, 7, 7]);
    expect(count("xnu-2422.1.72")).toBe(6);
    expect(syscallByNumber(on("darwin/amd64"), 430, { version: "10.6" })?.name).toBe("pid_suspend");
    expect(syscallByNumber(on("darwin/amd64"), 430)?.name).toBe("fileport_makeport");
  });
});

test("Mach's messages", () => {
  expect(migMessage(3418)).toMatchObject({ name: "semaphore_create", subsystem: "task", isReply: false });
  expect(migMessage(3519)).toMatchObject({ name: "semaphore_destroy", isReply: true });
  expect(migMessage(1)).toBeUndefined();
});

const header = "/usr/include/x86_64-linux-gnu/asm/unistd_64.h";
test.skipIf(!exists(header))("every number of this machine's kernel header", () => {
  const numbers = [...readFileSync(header, "utf8").matchAll(/^#define __NR_(\w+) (\d+)$/gm)];
  expect(numbers.length).toBeGreaterThan(300);
  for (const [, name, number] of numbers) {
    expect([name, syscallByName(on("linux/amd64"), name!)?.number]).toEqual([name, Number(number)]);
  }
});

function exists(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
