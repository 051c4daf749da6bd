/**
 * The architectures of Go's own toolchain: one file each under arch/, listed here and nowhere else. It must not
 * know operating systems or releases' ports (targets.ts).
 */
import type { Architecture } from "./architecture.ts";
import { i386 } from "./arch/386.ts";
import { amd64 } from "./arch/amd64.ts";
import { amd64p32 } from "./arch/amd64p32.ts";
import { arm } from "./arch/arm.ts";
import { arm64 } from "./arch/arm64.ts";
import { loong64 } from "./arch/loong64.ts";
import { mips } from "./arch/mips.ts";
import { mips64 } from "./arch/mips64.ts";
import { mips64le } from "./arch/mips64le.ts";
import { mipsle } from "./arch/mipsle.ts";
import { ppc64 } from "./arch/ppc64.ts";
import { ppc64le } from "./arch/ppc64le.ts";
import { riscv64 } from "./arch/riscv64.ts";
import { s390x } from "./arch/s390x.ts";
import { wasm } from "./arch/wasm.ts";

export const arches = {
  "386": i386,
  amd64,
  amd64p32,
  arm,
  arm64,
  loong64,
  mips,
  mipsle,
  mips64,
  mips64le,
  ppc64,
  ppc64le,
  riscv64,
  s390x,
  wasm,
} satisfies Record<string, Architecture>;

export type GoArch = keyof typeof arches;

export const goarches = Object.keys(arches) as readonly GoArch[];

/** Names that go/build reads as an architecture and that never had a port. */
const portless = ["armbe", "arm64be", "mips64p32", "mips64p32le", "ppc", "riscv", "s390", "sparc", "sparc64"];

/**
 * Every name that go/build reads as an architecture in a file name, with the minor number of the
 * release that began to (0: 1.11 or before). internal/syslist/syslist.go, before Go 1.24 go/build/syslist.go.
 */
export const knownArchNames: ReadonlyMap<string, number> = new Map([
  ...goarches.map((name): [string, number] => [name, arches[name].nameSince]),
  ...portless.map((name): [string, number] => [name, 0]),
]);

export function isGoArch(name: string): name is GoArch {
  return Object.hasOwn(arches, name);
}
