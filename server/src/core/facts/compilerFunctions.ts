/**
 * What the compiler does with Go functions that have no body: which it makes
 * itself, and in which packages the go command expects some. It must not know files.
 */
import { arches, type GoArch } from "./arch.ts";

/** The widest of a function's operands, in bits, where only some architectures leave it to the compiler. */
type AtomicBits = 32 | 64;

/**
 * Functions that have no body anywhere, or not for all architectures, because the compiler
 * writes each call in place: `initIntrinsics` in cmd/compile/internal/ssagen/intrinsics.go (ssa.go before
 * Go 1.23), and walk and typecheck for getg and FuncPC. Only those are listed that Go's sources leave to it.
 */
const intrinsics: ReadonlyMap<string, "everywhere" | AtomicBits> = new Map<string, "everywhere" | AtomicBits>(
  [
    ...[
      "internal/abi.FuncPCABI0",
      "internal/abi.FuncPCABIInternal",
      "internal/runtime/sys.GetCallerPC",
      "internal/runtime/sys.GetCallerSP",
      "internal/runtime/sys.GetClosurePtr",
      "runtime.getg",
      "runtime.getcallerpc",
      "runtime.getcallersp",
      "runtime.getclosureptr",
    ].map((symbol) => [symbol, "everywhere"] as const),
    ...["internal/runtime/atomic", "runtime/internal/atomic"].flatMap((path) => [
      ...atomics(path, 32, "LoadAcq LoadAcquintptr Loadint32 Storeint32 Casint32 Xaddint32 Xchgint32"),
      ...atomics(path, 64, "Storeint64 Casint64 Xaddint64 Xchgint64"),
    ]),
  ],
);

/** Whether the compiler provides the function for an architecture. */
export function isIntrinsic(symbol: string, arch: GoArch): boolean {
  const bits = intrinsics.get(symbol);
  return bits === "everywhere" || (bits !== undefined && bits <= arches[arch].compiler.atomics);
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

function atomics(path: string, bits: AtomicBits, names: string): (readonly [string, AtomicBits])[] {
  return names.split(" ").map((name) => [`${path}.${name}`, bits]);
}
