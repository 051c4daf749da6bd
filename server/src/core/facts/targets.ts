/**
 * Which GOOS/GOARCH pairs each Go release builds for, and where cgo works: what
 * `go tool dist list` of that release prints, broken and incomplete ports left out
 * (`cgoEnabled` in cmd/dist/build.go). It must not know what a target means.
 */
import type { GoArch } from "./arch.ts";
import type { GoOS } from "./os.ts";

/** A release of Go 1 is named by its minor number: 27 is Go 1.27. */
export const oldestRelease = 11;
export const newestRelease = 27;

/** A pair such as "linux/amd64". */
export type PortName = `${GoOS}/${GoArch}`;

export interface Port {
  readonly name: PortName;
  /** cgo can be used on it (which does not say that it is on). */
  readonly cgo: boolean;
}

interface PortHistory {
  readonly name: PortName;
  /** First and last release with the port; undefined: still there. */
  readonly first: number;
  readonly last: number | undefined;
  /** First and last release with cgo; undefined `cgoFirst`: never. */
  readonly cgoFirst: number | undefined;
  readonly cgoLast: number | undefined;
}

/** 11 stands for "1.11 or before". */
const history: readonly PortHistory[] = [
  port("aix/ppc64", { first: 12, cgoFirst: 13 }),
  port("android/386"),
  port("android/amd64"),
  port("android/arm"),
  port("android/arm64"),
  port("darwin/386", { last: 14, cgoLast: 12 }),
  port("darwin/amd64"),
  port("darwin/arm", { last: 14 }),
  port("darwin/arm64"),
  port("dragonfly/amd64"),
  port("freebsd/386"),
  port("freebsd/amd64"),
  port("freebsd/arm", { cgoFirst: 13 }),
  port("freebsd/arm64", { first: 14 }),
  port("freebsd/riscv64", { first: 20, last: 25 }),
  port("illumos/amd64", { first: 13 }),
  port("ios/amd64", { first: 16 }),
  port("ios/arm64", { first: 16 }),
  port("js/wasm", { cgoFirst: undefined }),
  port("linux/386"),
  port("linux/amd64"),
  port("linux/arm"),
  port("linux/arm64"),
  port("linux/loong64", { first: 19 }),
  port("linux/mips"),
  port("linux/mips64"),
  port("linux/mips64le"),
  port("linux/mipsle"),
  port("linux/ppc64", { cgoFirst: 27 }),
  port("linux/ppc64le"),
  port("linux/riscv64", { first: 14, cgoFirst: 16 }),
  port("linux/s390x"),
  port("nacl/386", { last: 13, cgoFirst: undefined }),
  port("nacl/amd64p32", { last: 13, cgoFirst: undefined }),
  port("nacl/arm", { last: 13, cgoFirst: undefined }),
  port("netbsd/386"),
  port("netbsd/amd64"),
  port("netbsd/arm"),
  port("netbsd/arm64", { first: 13 }),
  port("openbsd/386"),
  port("openbsd/amd64"),
  port("openbsd/arm", { cgoFirst: 12 }),
  port("openbsd/arm64", { first: 13 }),
  port("openbsd/mips64", { first: 16, last: 20, cgoFirst: 17 }),
  port("openbsd/ppc64", { first: 22, cgoFirst: undefined }),
  port("openbsd/riscv64", { first: 23 }),
  port("plan9/386", { cgoFirst: undefined }),
  port("plan9/amd64", { cgoFirst: undefined }),
  port("plan9/arm", { cgoFirst: undefined }),
  port("solaris/amd64"),
  port("wasip1/wasm", { first: 21, cgoFirst: undefined }),
  port("windows/386"),
  port("windows/amd64"),
  port("windows/arm", { first: 12, last: 23, cgoFirst: undefined }),
  port("windows/arm64", { first: 17 }),
];

/**
 * The ports of a release, sorted by name as the go command prints them. A release before the oldest
 * or after the newest one known here gets that one's ports.
 */
export function portsOf(release: number = newestRelease): readonly Port[] {
  const minor = Math.min(Math.max(release, oldestRelease), newestRelease);
  return history
    .filter((port) => covers(minor, port.first, port.last))
    .map(({ name, cgoFirst, cgoLast }) => ({
      name,
      cgo: cgoFirst !== undefined && covers(minor, cgoFirst, cgoLast),
    }));
}

function covers(release: number, first: number, last: number | undefined): boolean {
  return release >= first && (last === undefined || release <= last);
}

function port(name: PortName, change: Partial<Omit<PortHistory, "name">> = {}): PortHistory {
  const first = change.first ?? oldestRelease;
  return { name, first, last: undefined, cgoFirst: first, cgoLast: undefined, ...change };
}
