/** One place where a text names a symbol, and what is done with it there. It must not know how such places are found. */
import type { Span } from "../base/span.ts";

/**
 * TEXT, GLOBL and Go declarations define; a Go function without a body and `//go:cgo_import_` declare; DATA writes.
 * What takes an address, and what does not show how it uses the symbol, refers.
 */
export type Role = (typeof roles)[number];

export const roles = ["defines", "declares", "calls", "reads", "writes", "refers"] as const;

export interface Occurrence {
  /** Of the name as it would be replaced: without `<>`, and in Go without the package before it. */
  readonly span: Span;
  readonly role: Role;
  /** In the body of a macro: it counts where the macro is used. */
  readonly isInMacro: boolean;
}
