/**
 * The operating systems of Go's own toolchain, as build constraints see them.
 * It must not know architectures, ports (targets.ts) or system calls.
 */

export type GoOS =
  | "aix"
  | "android"
  | "darwin"
  | "dragonfly"
  | "freebsd"
  | "illumos"
  | "ios"
  | "js"
  | "linux"
  | "nacl"
  | "netbsd"
  | "openbsd"
  | "plan9"
  | "solaris"
  | "wasip1"
  | "windows";

export interface OS {
  readonly name: GoOS;
  /** Satisfies the tag `unix`, which exists since Go 1.19 (`UnixOS` in internal/syslist/syslist.go). */
  readonly unix: boolean;
  /** Another system whose tag holds here too (`matchTag` in go/build/build.go). */
  readonly implies: GoOS | undefined;
}

export const oses = {
  aix: os("aix", "unix"),
  android: os("android", "unix", "linux"),
  darwin: os("darwin", "unix"),
  dragonfly: os("dragonfly", "unix"),
  freebsd: os("freebsd", "unix"),
  illumos: os("illumos", "unix", "solaris"),
  ios: os("ios", "unix", "darwin"),
  js: os("js", "other"),
  linux: os("linux", "unix"),
  // Native Client, a port until Go 1.13; its name still constrains a file.
  nacl: os("nacl", "other"),
  netbsd: os("netbsd", "unix"),
  openbsd: os("openbsd", "unix"),
  plan9: os("plan9", "other"),
  solaris: os("solaris", "unix"),
  wasip1: os("wasip1", "other"),
  windows: os("windows", "other"),
} satisfies Record<GoOS, OS>;

/**
 * Every name that go/build reads as an operating system in a file name, with the minor number of
 * the release that began to (0: 1.11 or before). So `x_wasip1.go` is for every target in Go 1.20 and
 * for one in Go 1.21. internal/syslist/syslist.go, before Go 1.24 go/build/syslist.go.
 */
export const knownOSNames: ReadonlyMap<string, number> = new Map([
  ["aix", 12],
  ["android", 0],
  ["darwin", 0],
  ["dragonfly", 0],
  ["freebsd", 0],
  ["hurd", 12],
  ["illumos", 13],
  ["ios", 16],
  ["js", 0],
  ["linux", 0],
  ["nacl", 0],
  ["netbsd", 0],
  ["openbsd", 0],
  ["plan9", 0],
  ["solaris", 0],
  ["wasip1", 21],
  ["windows", 0],
  ["zos", 0],
]);

export function isGoOS(name: string): name is GoOS {
  return Object.hasOwn(oses, name);
}

function os(name: GoOS, family: "unix" | "other", implies?: GoOS): OS {
  return { name, unix: family === "unix", implies };
}
