/**
 * What the compiler does with Go functions that have no body: which it makes
 * itself, and in which packages the go command expects some. It must not know files.
 */
import type { GoArch } from "./arch.ts";

const all = undefined;
const allBut386AndArm = but(["386", "arm"]);
const sixtyFourBit = but(["386", "arm", "mips", "mipsle"]);

/**
 * Functions that have no body anywhere, or not for all of these architectures, because the compiler
 * writes each call in place: `initIntrinsics` in cmd/compile/internal/ssagen/intrinsics.go (ssa.go before
 * Go 1.23), and walk and typecheck for getg and FuncPC. Only those are listed that Go's sources leave to it.
 */
const intrinsics: ReadonlyMap<string, ReadonlySet<GoArch> | undefined> = new Map([
  ["internal/abi.FuncPCABI0", all],
  ["internal/abi.FuncPCABIInternal", all],
  ["internal/runtime/sys.GetCallerPC", all],
  ["internal/runtime/sys.GetCallerSP", all],
  ["internal/runtime/sys.GetClosurePtr", all],
  ["runtime.getg", all],
  ["runtime.getcallerpc", all],
  ["runtime.getcallersp", all],
  ["runtime.getclosureptr", all],
  ...["internal/runtime/atomic", "runtime/internal/atomic"].flatMap(
    (path) =>
      [
        [`${path}.LoadAcq`, allBut386AndArm],
        [`${path}.LoadAcquintptr`, allBut386AndArm],
        [`${path}.Loadint32`, allBut386AndArm],
        [`${path}.Storeint32`, allBut386AndArm],
        [`${path}.Casint32`, allBut386AndArm],
        [`${path}.Xaddint32`, allBut386AndArm],
        [`${path}.Xchgint32`, allBut386AndArm],
        [`${path}.Storeint64`, sixtyFourBit],
        [`${path}.Casint64`, sixtyFourBit],
        [`${path}.Xaddint64`, sixtyFourBit],
        [`${path}.Xchgint64`, sixtyFourBit],
      ] as const,
  ),
]);

/** Whether the compiler provides the function for an architecture. */
export function isIntrinsic(symbol: string, arch: GoArch): boolean {
  return intrinsics.has(symbol) && (intrinsics.get(symbol)?.has(arch) ?? true);
}

/**
 * Packages of the standard library without assembly whose bodies the runtime pushes: the go
 * command does not ask the compiler for complete ones (cmd/go/internal/work/gc.go, `gc`).
 */
export const packagesWithoutComplete: ReadonlySet<string> = new Set([
  "bytes",
  "internal/poll",
  "net",
  "os",
  "runtime/metrics",
  "runtime/pprof",
  "runtime/trace",
  "sync",
  "syscall",
  "time",
]);

function but(left: readonly GoArch[]): ReadonlySet<GoArch> {
  const names: readonly GoArch[] = [
    "386",
    "amd64",
    "arm",
    "arm64",
    "loong64",
    "mips",
    "mipsle",
    "mips64",
    "mips64le",
  ];
  const more: readonly GoArch[] = ["ppc64", "ppc64le", "riscv64", "s390x"];
  return new Set([...names, ...more].filter((name) => !left.includes(name)));
}
