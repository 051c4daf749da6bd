/**
 * Symbols of assembly that no source refers to, because the linker or the
 * compiler's back end does. It must not know files.
 */

const symbols: ReadonlySet<string> = new Set([
  // Where C's start-up code finds the program (cmd/link/internal/ld/deadcode.go, `init`).
  "main",
  "_main",
  // What an ELF object for ppc64 expects of its run-time library (cmd/link/internal/ppc64/asm.go).
  ...["savegpr0", "restgpr0", "savegpr1", "restgpr1", "savefpr", "restfpr", "savevr", "restvr"].map(
    (name) => `runtime.elf_${name}`,
  ),
  // The loop around a call from the host (cmd/internal/obj/wasm/wasmobj.go).
  "wasm_pc_f_loop_export",
  // Exported to the host (cmd/link/internal/wasm/asm.go, `writeExportSec`).
  ...["_start", "run", "resume", "getsp"].map((name) => `wasm_export_${name}`),
]);

/** Where a program or a shared library starts (`libinit` in cmd/link/internal/ld/lib.go). */
const entryPoint = /^_rt0_\w+$/;

export function isToolchainSymbol(symbol: string): boolean {
  return symbols.has(symbol) || entryPoint.test(symbol);
}
