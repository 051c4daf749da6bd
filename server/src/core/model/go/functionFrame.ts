/**
 * Finds the declaration assembly code stands behind, and its argument frame, on
 * one target and on all others where the answer is the same object.
 */
import { arches, type GoArch } from "../../facts/arch.ts";
import { type Frame, frameOf, type ParamGroup } from "./frame.ts";
import type { Declared, Package } from "./packageScope.ts";
import type { Field, FuncDecl } from "../../syntax/go/ast.ts";
import { funcHeader } from "../../syntax/go/parseDecl.ts";
import type { TargetSet } from "../targets/targetSet.ts";
import { sizeOf } from "./sizes.ts";
import type { Extent, TypeView, Underlying } from "./type.ts";
import { resolveParam } from "./typeExpr.ts";
import type { VariantCache, Scope, View } from "./view.ts";

export interface BodylessFunction {
  readonly declared: Declared<FuncDecl>;
  /** undefined where a type in its signature cannot be resolved. */
  readonly frame: Frame | undefined;
}

export interface FrameOptions {
  /** Lay out for this architecture instead of the target's own. */
  readonly arch: GoArch;
  readonly nestedArraysFromZero: boolean;
}

const frames: VariantCache<Frame | undefined> = new WeakMap();

/**
 * The function that `pkg` declares without a body as `name` on the view's
 * target; where several do, the last, as in vet. `holds` are the targets for
 * which this same answer is right.
 */
export function bodylessFunction(
  view: View,
  pkg: Package,
  name: string,
  options: FrameOptions,
): { readonly found: BodylessFunction | undefined; readonly holds: TargetSet } {
  const candidates = pkg.bodyless.get(name) ?? [];
  const { program, target } = view;
  let others = program.allTargets;
  for (let i = candidates.length - 1; i >= 0; i--) {
    const declared = candidates[i]!;
    const { file } = declared;
    if (file.isTest && !program.options.tests) continue;
    if (!file.targets.has(target)) {
      others = others.andNot(file.targets);
      continue;
    }
    const isOwnArch = options.arch === program.targets[target]!.goarch;
    const compute = () => layOut(view, declared, options);
    const measured = view.measure(() =>
      isOwnArch ? view.cached<Frame | undefined>(frames, declared, undefined, compute) : compute(),
    );
    const holds = others.and(file.targets).and(measured.validOn);
    return { found: { declared, frame: measured.resolved ? measured.value : undefined }, holds };
  }
  return { found: undefined, holds: others };
}

function layOut(
  view: View,
  declared: Declared<FuncDecl>,
  { arch, nestedArraysFromZero }: FrameOptions,
): Frame | undefined {
  const scope: Scope = { file: declared.file, package: declared.package };
  const { type } = funcHeader(declared.decl);
  const groups = (fields: readonly Field[]) => fields.map((field) => paramGroup(view, scope, field));
  const [params, results] = [groups(type.params), groups(type.results)];
  // A type that contains itself has no size; measuring finds out before anyone walks into it.
  for (const group of [...params, ...results]) sizeOf(view, group.type);
  if (!view.resolved) return undefined;
  const { goarch } = view.program.targets[view.target]!;
  const typeView = arch === goarch ? view : foreignView(view, arch);
  return frameOf({
    view: typeView,
    bigEndian: arches[arch].bigEndian,
    params,
    results,
    nestedArraysFromZero,
  });
}

/** The target's types with another architecture's sizes. */
function foreignView(view: View, arch: GoArch): TypeView {
  const { wordSize, maxAlign } = arches[arch];
  const extents = new Map<Underlying, Extent>();
  return {
    sizes: { ...view.sizes, wordSize, maxAlign },
    underlying: (type) => view.underlying(type),
    extentOf(type, compute) {
      const extent = extents.get(type) ?? compute();
      extents.set(type, extent);
      return extent;
    },
  };
}

function paramGroup(view: View, scope: Scope, field: Field): ParamGroup {
  return { names: field.names.map(({ name }) => name), type: resolveParam(view, scope, field) };
}
