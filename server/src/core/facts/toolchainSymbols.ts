/**
 * Symbols of the runtime's assembly that no source refers to, because the linker does.
 * It must not know files.
 */

/** What an ELF object for ppc64 expects of its run-time library (cmd/link/internal/ppc64/asm.go). */
const symbols: ReadonlySet<string> = new Set(
  ["savegpr0", "restgpr0", "savegpr1", "restgpr1", "savefpr", "restfpr", "savevr", "restvr"].map(
    (name) => `runtime.elf_${name}`,
  ),
);

export function isToolchainSymbol(symbol: string): boolean {
  return symbols.has(symbol);
}
