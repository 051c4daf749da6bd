/**
 * The operating systems of Go's own toolchain: the one list of the files in os/, each of which says what is known
 * of its own. It must not know architectures, ports (targets.ts) or system calls.
 */
import { aix } from "./os/aix.ts";
import { android } from "./os/android.ts";
import { darwin } from "./os/darwin.ts";
import { dragonfly } from "./os/dragonfly.ts";
import { freebsd } from "./os/freebsd.ts";
import { illumos } from "./os/illumos.ts";
import { ios } from "./os/ios.ts";
import { js } from "./os/js.ts";
import { linux } from "./os/linux.ts";
import { nacl } from "./os/nacl.ts";
import { netbsd } from "./os/netbsd.ts";
import { openbsd } from "./os/openbsd.ts";
import { plan9 } from "./os/plan9.ts";
import { solaris } from "./os/solaris.ts";
import { wasip1 } from "./os/wasip1.ts";
import { windows } from "./os/windows.ts";
import type { OperatingSystem } from "./operatingSystem.ts";

export const oses = {
  aix,
  android,
  darwin,
  dragonfly,
  freebsd,
  illumos,
  ios,
  js,
  linux,
  nacl,
  netbsd,
  openbsd,
  plan9,
  solaris,
  wasip1,
  windows,
} satisfies Readonly<Record<string, OperatingSystem>>;

export type GoOS = keyof typeof oses;

export const gooses = Object.keys(oses) as readonly GoOS[];

/** Names that go/build reads as an operating system and that never had a port, with the release that began to. */
const portless: readonly (readonly [string, number])[] = [
  ["hurd", 12],
  ["zos", 0],
];

/**
 * Every name that go/build reads as an operating system in a file name, with the minor number of
 * the release that began to (0: 1.11 or before). So `x_wasip1.go` is for every target in Go 1.20 and
 * for one in Go 1.21. internal/syslist/syslist.go, before Go 1.24 go/build/syslist.go.
 */
export const knownOSNames: ReadonlyMap<string, number> = new Map([
  ...gooses.map((name): [string, number] => [name, oses[name].nameSince]),
  ...portless,
]);

export function isGoOS(name: string): name is GoOS {
  return Object.hasOwn(oses, name);
}
