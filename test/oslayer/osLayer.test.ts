import { describe, expect, test } from "vitest";
import { parseTarget } from "../../server/src/core/index.ts";
import { cloneFlagNames } from "../../server/src/core/oslayer/cloneFlags.ts";
import { elfHash, gnuHash } from "../../server/src/core/oslayer/elfHash.ts";
import {
  auxvTagsOf,
  pollerEventsOf,
  pollerOf,
  randomSourceOf,
  sleepAndWakeOf,
  threadStartOf,
  vdsoTablesOf,
} from "../../server/src/core/oslayer/osLayer.ts";

const system = (name: string) => parseTarget(name)!;
const sizes = (name: string) => pollerEventsOf(system(name)).map(({ size }) => size);

describe("hashes of names", () => {
  // The values are those that Go's sources state, and glibc's for "printf".
  test.each([
    ["__vdso_clock_gettime", 0xd35ec75, 0x6e43a318],
    ["__kernel_clock_gettime", 0xb0cd725, 0xdfa941fd],
    ["__vdso_gettimeofday", 0x315ca59, 0xb01bca00],
    ["printf", 0x077905a6, 0x156b2bb8],
    ["", 0, 5381],
  ])("%s", (name, elf, gnu) => {
    expect([elfHash(name), gnuHash(name)]).toEqual([elf, gnu]);
  });

  test("those of every table of Go are the names' own, but for arm64's until Go 1.22", () => {
    const arches = ["386", "amd64", "arm", "arm64", "loong64", "mips64le", "ppc64le", "riscv64", "s390x"];
    const wrong = arches.flatMap((arch) =>
      vdsoTablesOf(system(`linux/${arch}`)).flatMap(({ revision, version, versionHash, symbols }) => [
        ...(elfHash(version) === versionHash ? [] : [`${arch} ${version}`]),
        ...symbols
          .filter(
            (symbol) =>
              elfHash(symbol.name) !== symbol.elfHash ||
              (symbol.gnuHash !== undefined && gnuHash(symbol.name) !== symbol.gnuHash),
          )
          .map(({ name }) => `${arch} ${revision} ${name}`),
      ]),
    );
    expect(wrong).toEqual(["arm64 b7f1777a70 __kernel_clock_gettime"]);
  });
});

test("each system has its own way to start a thread, to sleep and to poll, newest first", () => {
  const first = (of: typeof threadStartOf, name: string) => of(system(name))[0]?.name;
  expect(first(threadStartOf, "android/arm64")).toBe("clone");
  expect(first(threadStartOf, "ios/arm64")).toBe("pthread_create");
  expect(first(threadStartOf, "nacl/386")).toBe("thread_create (80)");
  expect(first(threadStartOf, "illumos/amd64")).toBe("pthread_create");
  expect(first(sleepAndWakeOf, "linux/386")).toBe("futex");
  expect(first(sleepAndWakeOf, "netbsd/arm")).toBe("___lwp_park60 (478) / _lwp_unpark (321)");
  expect(first(pollerOf, "wasip1/wasm")).toBe("poll_oneoff");
  expect(threadStartOf(system("darwin/amd64")).map(({ revision }) => revision)).toEqual([
    "go1.27",
    "b7f1777a70",
    "e785e3acf8",
  ]);
  expect(threadStartOf(system("plan9/arm"))[0]!.constants).toContainEqual({ name: "RFMEM", value: 32 });
});

test("events have the size they have on their target", () => {
  expect(sizes("linux/amd64")).toEqual([12]);
  expect(sizes("linux/arm64")).toEqual([16]);
  expect(sizes("freebsd/386")).toEqual([56]);
  expect(sizes("netbsd/386")).toEqual([28]);
  expect(sizes("wasip1/wasm")).toEqual([48, 32]);
  expect(sizes("plan9/386")).toEqual([]);
});

test("tags of the auxiliary vector, and random bytes", () => {
  expect(auxvTagsOf(system("android/386"))!.tags).toContainEqual({ name: "AT_RANDOM", value: 25 });
  expect(auxvTagsOf(system("freebsd/arm"))!.tags).toContainEqual({ name: "AT_HWCAP", value: 25 });
  expect(auxvTagsOf(system("windows/386"))).toBeUndefined();
  expect(randomSourceOf(system("windows/amd64"))[0]!.name).toContain("ProcessPrng");
});

test("names of clone's flags", () => {
  expect(cloneFlagNames(0x50f00n).map(({ name }) => name)).toEqual([
    "CLONE_VM",
    "CLONE_FS",
    "CLONE_FILES",
    "CLONE_SIGHAND",
    "CLONE_THREAD",
    "CLONE_SYSVSEM",
  ]);
});
