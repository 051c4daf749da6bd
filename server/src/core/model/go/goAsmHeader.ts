/**
 * The names of `go_asm.h`, the header that the compiler writes for a package's assembly:
 * `const_NAME` for its constants, `TYPE__size` and `TYPE_FIELD` for its structs
 * (`dumpasmhdr` in cmd/compile/internal/gc/export.go). One name is found without making
 * the whole header, since code uses few of thousands. Sizes and offsets are the
 * compiler's, whatever the view's own. It must not know assembly.
 */
import type { TypeDecl } from "../../syntax/go/ast.ts";
import { typeHeader } from "../../syntax/go/parseDecl.ts";
import { type Constant, constantString } from "./constant.ts";
import { declaredConstant } from "./constantExpr.ts";
import { type Declared, declares, type Package } from "./packageScope.ts";
import { fieldOffsets, sizeOf } from "./sizes.ts";
import type { Struct, Type } from "./type.ts";
import { declaredType } from "./typeExpr.ts";
import { compilerView, type View } from "./view.ts";

export type GoAsmName = GoAsmConstant | GoAsmSize | GoAsmField;

interface Common {
  /** As assembly writes it. */
  readonly name: string;
  /** What the name stands for, as the compiler writes it: a number, `true`, `"text"`. */
  readonly value: string;
  /** The constant, or the struct type. */
  readonly declared: Declared;
}

export interface GoAsmConstant extends Common {
  readonly kind: "constant";
  readonly constant: Constant;
}

export interface GoAsmSize extends Common {
  readonly kind: "size";
}

export interface GoAsmField extends Common {
  readonly kind: "field";
  readonly field: string;
  readonly type: Type;
  /** From the start of the struct, in bytes. */
  readonly offset: number;
  /** Of the field, in bytes. */
  readonly size: number;
}

/** What a name of the header is made from, which is known without laying out a struct. */
export type GoAsmSource =
  | { readonly kind: "constant"; readonly declared: Declared; readonly constant: Constant }
  | { readonly kind: "size"; readonly declared: Declared<TypeDecl> }
  | {
      readonly kind: "field";
      readonly declared: Declared<TypeDecl>;
      readonly struct: Struct;
      readonly at: number;
    };

/** What `name` is made from on the view's target; undefined where the header does not have it. */
export function goAsmSource(view: View, pkg: Package, name: string): GoAsmSource | undefined {
  if (name.startsWith("const_")) {
    const found = constantSource(view, pkg, name.slice("const_".length));
    if (found) return found;
  }
  for (const [type, field] of splits(name)) {
    const found = structOf(view, pkg, type);
    if (!found) continue;
    const at = found.struct.fields.findIndex((candidate) => candidate.name === field);
    if (at >= 0) return { kind: "field", ...found, at };
    if (field === "_size") return { kind: "size", declared: found.declared };
  }
  return undefined;
}

/** What `name` stands for in the package's go_asm.h on the view's target; undefined where it is not there. */
export function goAsmName(view: View, pkg: Package, name: string): GoAsmName | undefined {
  const source = goAsmSource(view, pkg, name);
  switch (source?.kind) {
    case "constant":
      return constantName(source);
    case "size":
      return sizeName(view, source.declared);
    case "field": {
      const { declared, struct, at } = source;
      return fieldName(view, declared, struct, at, fieldOffsets(compilerView(view), struct.fields)[at]!);
    }
    default:
      return undefined;
  }
}

/** The whole header on the view's target, by declaration name; what cannot be resolved is left out. */
export function goAsmHeader(view: View, pkg: Package): readonly GoAsmName[] {
  return [...pkg.scope.keys()].sort().flatMap((name) => {
    const { resolved, value } = view.measure(() => namesOf(view, pkg, name));
    return resolved ? value : [];
  });
}

function namesOf(view: View, pkg: Package, name: string): GoAsmName[] {
  const constant = constantSource(view, pkg, name);
  if (constant) return [constantName(constant)];
  const found = structOf(view, pkg, name);
  if (!found) return [];
  const { declared, struct } = found;
  const offsets = fieldOffsets(compilerView(view), struct.fields);
  const fields = struct.fields.flatMap((field, i) =>
    field.name === "_" ? [] : [fieldName(view, declared, struct, i, offsets[i]!)],
  );
  return [sizeName(view, declared), ...fields];
}

/** The fields of a struct type of the package; undefined where it is none, or generic. */
export function structFieldNames(view: View, pkg: Package, type: string): readonly string[] | undefined {
  return structOf(view, pkg, type)?.struct.fields.map(({ name }) => name);
}

/** Nobody has a longer one, and it could be read in too many ways. */
const longestName = 300;

/** Each way to read `type_field`: both parts may have underscores of their own. */
export function* splits(name: string): Generator<readonly [type: string, field: string]> {
  if (name.length > longestName) return;
  for (let at = name.indexOf("_", 1); at > 0; at = name.indexOf("_", at + 1)) {
    const field = name.slice(at + 1);
    if (field !== "" && field !== "_") yield [name.slice(0, at), field];
  }
}

/** The declaration in the package itself: a header made for its tests is another one. */
function lookup(view: View, pkg: Package, name: string): Declared | undefined {
  const declared = view.lookup(pkg, pkg, name);
  return declared?.file.isTest ? undefined : declared;
}

type ConstantSource = Extract<GoAsmSource, { readonly kind: "constant" }>;

function constantSource(view: View, pkg: Package, name: string): ConstantSource | undefined {
  const declared = lookup(view, pkg, name);
  if (!declares(declared, "const")) return undefined;
  const { type, value } = declaredConstant(view, declared);
  return value && !isFloating(view, type) ? { kind: "constant", declared, constant: value } : undefined;
}

function constantName({ declared, constant }: ConstantSource): GoAsmConstant {
  return {
    kind: "constant",
    name: `const_${declared.name}`,
    value: constantString(constant),
    declared,
    constant,
  };
}

/** Floating-point and complex constants are left out of the header. */
function isFloating(view: View, type: Type): boolean {
  const under = view.underlying(type);
  return under.kind === "basic" && /float|complex/.test(under.name);
}

function structOf(
  view: View,
  pkg: Package,
  name: string,
): { readonly declared: Declared<TypeDecl>; readonly struct: Struct } | undefined {
  const declared = lookup(view, pkg, name);
  if (!declares(declared, "type")) return undefined;
  // Compilers before 1.20 wrote some generic types too, in a size of their own.
  if (typeHeader(declared.decl).typeParams.length > 0) return view.fail(undefined);
  const struct = view.underlying(declaredType(view, declared, []));
  return struct.kind === "struct" ? { declared, struct } : undefined;
}

function sizeName(view: View, declared: Declared<TypeDecl>): GoAsmSize {
  const size = sizeOf(compilerView(view), declaredType(view, declared, []));
  return { kind: "size", name: `${declared.name}__size`, value: String(size), declared };
}

function fieldName(
  view: View,
  declared: Declared<TypeDecl>,
  struct: Struct,
  at: number,
  offset: number,
): GoAsmField {
  const { name: field, type } = struct.fields[at]!;
  const size = sizeOf(compilerView(view), type);
  return {
    kind: "field",
    name: `${declared.name}_${field}`,
    value: String(offset),
    declared,
    field,
    type,
    offset,
    size,
  };
}
