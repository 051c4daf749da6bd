/**
 * The architectures of Go's own toolchain: the one list of the files in arch/, each of which says all that is known
 * of its own. It must not know operating systems, or which releases have which ports (targets.ts).
 */
import { i386 } from "./arch/386.ts";
import { amd64 } from "./arch/amd64.ts";
import { amd64p32 } from "./arch/amd64p32.ts";
import { arm } from "./arch/arm.ts";
import { arm64 } from "./arch/arm64.ts";
import { loong64 } from "./arch/loong64.ts";
import { mips } from "./arch/mips.ts";
import { mipsle } from "./arch/mipsle.ts";
import { mips64 } from "./arch/mips64.ts";
import { mips64le } from "./arch/mips64le.ts";
import { ppc64 } from "./arch/ppc64.ts";
import { ppc64le } from "./arch/ppc64le.ts";
import { riscv64 } from "./arch/riscv64.ts";
import { s390x } from "./arch/s390x.ts";
import { wasm } from "./arch/wasm.ts";
import type { Architecture } from "./architecture.ts";

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
} satisfies Readonly<Record<string, Architecture>>;

export type GoArch = keyof typeof arches;

/**
 * Every name that go/build reads as an architecture in a file name, with the minor number of the
 * release that began to (0: 1.11 or before). Most never had a port. internal/syslist/syslist.go,
 * before Go 1.24 go/build/syslist.go.
 */
export const knownArchNames: ReadonlyMap<string, number> = new Map([
  ["386", 0],
  ["amd64", 0],
  ["amd64p32", 0],
  ["arm", 0],
  ["armbe", 0],
  ["arm64", 0],
  ["arm64be", 0],
  ["loong64", 18],
  ["mips", 0],
  ["mipsle", 0],
  ["mips64", 0],
  ["mips64le", 0],
  ["mips64p32", 0],
  ["mips64p32le", 0],
  ["ppc", 0],
  ["ppc64", 0],
  ["ppc64le", 0],
  ["riscv", 0],
  ["riscv64", 0],
  ["s390", 0],
  ["s390x", 0],
  ["sparc", 0],
  ["sparc64", 0],
  ["wasm", 0],
]);

export function isGoArch(name: string): name is GoArch {
  return Object.hasOwn(arches, name);
}
