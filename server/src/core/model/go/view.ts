/**
 * How one target reads the program, and on which other targets the same reading
 * holds. Whoever computes something through a view intersects `holds` with the
 * target sets of all that it looked at; `remember` stores the result with that
 * set, so that the next target finds it instead of computing it again. 47
 * targets then cost little more than the differences between them.
 *
 * It must not know the syntax of types and constants; typeExpr.ts and
 * constantExpr.ts read those.
 */
import type { Expr, ImportSpec } from "../../syntax/go/ast.ts";
import type { Constant } from "./constant.ts";
import type { Declared, Package, PackageFile } from "./packageScope.ts";
import { packageNames } from "./packageScope.ts";
import type { Program } from "./program.ts";
import type { TargetSet } from "../targets/targetSet.ts";
import type { Extent, Sizes, Type, TypeView, Underlying } from "./type.ts";

/** Where an expression stands: what its names mean. */
export interface Scope {
  readonly file: PackageFile;
  readonly package: Package;
  /** Type parameters of the declaration, bound to arguments or to themselves. */
  readonly typeParams?: ReadonlyMap<string, Type>;
  /** The value of iota; undefined outside constant declarations. */
  readonly iota?: number;
}

/** A value and the targets it is right for. */
export interface Variant<T> {
  readonly validOn: TargetSet;
  /** Whether every name it depends on was found. */
  readonly resolved: boolean;
  readonly value: T;
}

/** Remembered values by what they were computed from. */
export type VariantCache<T> = WeakMap<object, Variant<T>[]>;

const extents: VariantCache<Extent> = new WeakMap();
const noExtent: Extent = { size: 0, align: 1 };

/** Nesting beyond this is given up as unresolved; no real declaration comes near. */
const maxDepth = 300;

/** What reads syntax for a view: types have lengths that are constants, and constants have types. */
export interface SyntaxReaders {
  underlyingOf(view: View, type: Type): Underlying;
  constantValue(view: View, scope: Scope, expr: Expr): Constant | undefined;
}

export class View implements TypeView {
  readonly program: Program;
  readonly target: number;
  /** The targets on which all that was computed since the last `measure` holds alike. */
  validOn: TargetSet;
  /** Whether every name since the last `measure` was found. */
  resolved = true;

  private readonly readers: SyntaxReaders;
  private readonly running = new Set<object>();
  private depth = 0;
  /** Set where nesting was too deep, until all that nests is given up: a generic type may double with each level. */
  private isTooDeep = false;

  constructor(program: Program, target: number, readers: SyntaxReaders) {
    this.program = program;
    this.target = target;
    this.validOn = program.sameSizes[target]!;
    this.readers = readers;
  }

  /** Looking at sizes narrows `holds` to the targets that share them. */
  get sizes(): Sizes {
    this.narrow(this.program.sameSizes[this.target]!);
    return this.program.sizes[this.target]!;
  }

  underlying(type: Type): Underlying {
    return type.kind === "named" || type.kind === "alias" ? this.readers.underlyingOf(this, type) : type;
  }

  /** The value of a constant expression; undefined where it is not constant or cannot be resolved. */
  constantValue(scope: Scope, expr: Expr): Constant | undefined {
    return this.readers.constantValue(this, scope, expr);
  }

  extentOf(type: Underlying, compute: () => Extent): Extent {
    return this.cached(extents, type, noExtent, compute);
  }

  /** Records that something holds only on `targets`. */
  narrow(targets: TargetSet): void {
    if (this.validOn !== targets) this.validOn = this.validOn.and(targets);
  }

  /** Records that a name was not found, and gives `fallback` back. */
  fail<T>(fallback: T): T {
    this.resolved = false;
    return fallback;
  }

  /** Runs `compute` from a clean slate and says on which targets, and whether completely, its value holds. */
  measure<T>(compute: () => T): Variant<T> {
    const { validOn, resolved } = this;
    this.validOn = this.program.allTargets;
    this.resolved = true;
    const value = compute();
    const variant = { validOn: this.validOn, resolved: this.resolved, value };
    this.validOn = validOn;
    this.resolved = resolved;
    return variant;
  }

  /**
   * The value for `key` on this target: remembered, or computed and remembered,
   * unless it is unresolved only because a package is still being waited for.
   * A value that depends on itself, or nests too deep, is `fallback`, unresolved.
   */
  cached<T>(memo: VariantCache<T>, key: object, fallback: T, compute: () => T): T {
    let variants = memo.get(key);
    let variant = variants && variantFor(variants, this.target);
    if (!variant) {
      if (this.running.has(key) || !this.descend()) return this.fail(fallback);
      this.running.add(key);
      variant = this.measure(compute);
      this.ascend();
      this.running.delete(key);
      if (variant.resolved || !this.program.isWaiting()) {
        variants = memo.get(key);
        if (variants) variants.push(variant);
        else memo.set(key, [variant]);
      }
    }
    this.narrow(variant.validOn);
    if (!variant.resolved) this.resolved = false;
    return variant.value;
  }

  /** Runs `compute` one level deeper; `fallback`, unresolved, where that is too deep. */
  nested<T>(fallback: T, compute: () => T): T {
    if (!this.descend()) return this.fail(fallback);
    const value = compute();
    this.ascend();
    return value;
  }

  private descend(): boolean {
    this.isTooDeep ||= this.depth >= maxDepth;
    if (this.isTooDeep) return false;
    this.depth++;
    return true;
  }

  private ascend(): void {
    if (--this.depth === 0) this.isTooDeep = false;
  }

  /** The package-level declaration that `name` has in `pkg` on this target, seen from `from`. */
  lookup(from: Package, pkg: Package, name: string): Declared | undefined {
    const candidates = pkg.scope.get(name);
    if (!candidates) return undefined;
    const tests = from === pkg && this.program.options.tests;
    for (const declared of candidates) {
      if (declared.file.isTest && !tests) continue;
      if (declared.file.targets.has(this.target)) {
        this.narrow(declared.file.targets);
        return declared;
      }
    }
    // Not found here, but elsewhere it is: what follows from that holds only where it is missing too.
    for (const { file } of candidates) this.narrow(this.program.allTargets.andNot(file.targets));
    return undefined;
  }

  /** The package a file means by `name` before a dot: a package, "unsafe", or undefined. */
  importedPackage(scope: Scope, name: string): Package | "unsafe" | undefined {
    const { imports } = scope.file.summary;
    const open = (path: string) =>
      path === "unsafe" ? path : this.program.importPackage(scope.package, path);
    for (const spec of imports) if (spec.name === name) return open(spec.path);
    // Those whose path ends in the name first: packages that are not looked into need not be read.
    for (const isLikely of [true, false]) {
      for (const spec of imports) {
        const { path } = spec;
        if (spec.name !== "" || (path.includes(name) && lastElement(path) === name) !== isLikely) continue;
        const pkg = open(path);
        if (pkg === "unsafe") {
          if (name === "unsafe") return pkg;
        } else if (pkg && packageNames(pkg)[this.target] === name) return pkg;
      }
    }
    return undefined;
  }

  /** The packages whose names a file sees without qualification (`import . "path"`). */
  dotImports(scope: Scope): readonly Package[] {
    const { imports } = scope.file.summary;
    // Asked of every name that the package itself does not declare, `int` among them.
    if (!imports.some(isDotImport)) return [];
    return imports
      .filter(isDotImport)
      .flatMap((spec) => this.program.importPackage(scope.package, spec.path) ?? []);
  }
}

function variantFor<T>(variants: readonly Variant<T>[], target: number): Variant<T> | undefined {
  for (const variant of variants) if (variant.validOn.has(target)) return variant;
  return undefined;
}

/**
 * The view with the compiler's rules for sizes, whatever its own are: what the kernel and assembly are handed
 * is what the compiler made.
 */
export function compilerView(view: View): TypeView {
  const { sizes } = view;
  if (sizes.rules === "gc") return view;
  return {
    sizes: { ...sizes, rules: "gc" },
    underlying: (type) => view.underlying(type),
    extentOf: (type, compute) => view.cached(compilerExtents, type, noExtent, compute),
  };
}

const compilerExtents: VariantCache<Extent> = new WeakMap();

function isDotImport(spec: ImportSpec): boolean {
  return spec.name === ".";
}

/** The element of an import path that usually is the package's name: `v2` and `.v2` are versions. */
function lastElement(path: string): string {
  const parts = path.split("/");
  const last = parts.at(-1)!;
  return (/^v[0-9]+$/.test(last) && parts.length > 1 ? parts.at(-2)! : last).replace(/\.v[0-9]+$/, "");
}
