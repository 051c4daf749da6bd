/**
 * What the type evaluator asks of the outside: the targets, and the package
 * behind an import path. The workspace implements it over its snapshot; tests
 * may implement it over a few strings.
 */
import type { Package } from "./packageScope.ts";
import type { Target } from "../targets/target.ts";
import type { TargetSet } from "../targets/targetSet.ts";
import type { Sizes } from "./type.ts";

export interface Program {
  readonly targets: readonly Target[];
  readonly allTargets: TargetSet;
  readonly options: ProgramOptions;
  /** Sizes on each target, same index as `targets`. */
  readonly sizes: readonly Sizes[];
  /** For each target, those with the same sizes and byte order: they share argument frames. */
  readonly sameSizes: readonly TargetSet[];
  /** The package that `importer` means by `path`; undefined where it is not at hand. */
  importPackage(importer: Package, path: string): Package | undefined;
  /** Whether a package was asked for that may be at hand soon: what is unresolved now is not remembered. */
  isWaiting(): boolean;
}

export interface ProgramOptions {
  /** Whose size rules: the compiler's, or go/types' before Go 1.22. */
  readonly sizeRules: Sizes["rules"];
  /** Whether a type keeps the name of the alias it was written with, as go/types does from Go 1.23 on. */
  readonly keepAliases: boolean;
  /** Whether a package's own `_test.go` files count, as for `go vet`. */
  readonly tests: boolean;
}
