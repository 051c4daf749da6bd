/**
 * What a package looks up in the kernel's vDSO: the entries of its tables of
 * symbol and version keys (`vdsoSymbolKey{"__vdso_clock_gettime", 0xd35ec75, …}`),
 * with the hashes the source states. It must not know which hash is right.
 *
 * A table is told by the type of its entries: a struct with `key` at the end of its
 * name, a string, and integers whose names say which hash they hold. That is
 * vdsoSymbolKey and vdsoVersionKey since Go 1.10, symbol_key and version_key before
 * (runtime/vdso_linux_amd64.go).
 */
import { memo } from "../../base/memo.ts";
import type { Expr, Node, StructType, TypeDecl, VarDecl } from "../../syntax/go/ast.ts";
import { typeHeader, valueSpecs } from "../../syntax/go/parseDecl.ts";
import { toInteger } from "./constant.ts";
import { constantValue } from "./constantExpr.ts";
import type { Package, PackageFile } from "./packageScope.ts";
import type { Scope, View } from "./view.ts";

export interface VdsoEntry {
  readonly kind: "symbol" | "version";
  /** One code unit per byte. */
  readonly name: string;
  readonly elf: StatedHash | undefined;
  readonly gnu: StatedHash | undefined;
  /** The variable that takes the address, as written: `vdsoClockgettimeSym`. */
  readonly variable: string | undefined;
  /** The table, and where the entry stands in its header. */
  readonly decl: VarDecl;
  readonly node: Node;
}

export interface StatedHash {
  readonly value: bigint;
  /** Where it is written in the header of the entry's table. */
  readonly node: Node;
}

type Role = "name" | "elf" | "gnu" | "variable" | "other";

/** The entries that a file's tables have on the view's target, in the order of the source. */
export function vdsoEntries(view: View, pkg: Package, file: PackageFile): VdsoEntry[] {
  const types = keyTypes(pkg);
  if (types.size === 0) return [];
  const scope: Scope = { file, package: pkg };
  const entries: VdsoEntry[] = [];
  for (const decl of file.summary.decls) {
    if (decl.kind !== "var" || !mentionsOne(decl.header, types)) continue;
    for (const { values } of valueSpecs(decl)) {
      for (const value of values) {
        for (const { type, literal } of keyLiterals(value)) {
          const roles = types.get(type);
          const entry = roles && readEntry(view, scope, decl, literal, type, roles);
          if (entry) entries.push(entry);
        }
      }
    }
  }
  return entries;
}

/** Whether a package can have any entry: it declares a type of keys. */
export function hasVdsoTables(pkg: Package): boolean {
  return keyTypes(pkg).size > 0;
}

interface Field {
  readonly name: string;
  readonly role: Role;
}

/** The types of keys that a package declares, by name, with what each field holds. */
const keyTypes = memo((pkg: Package): ReadonlyMap<string, readonly Field[]> => {
  const types = new Map<string, readonly Field[]>();
  for (const { summary } of pkg.files) {
    for (const decl of summary.decls) {
      if (decl.kind !== "type" || !isKeyName(decl.name)) continue;
      const fields = keyFields(decl);
      if (fields) types.set(decl.name, fields);
    }
  }
  return types;
});

function isKeyName(name: string): boolean {
  // Most types are told by their last letters.
  return name.slice(-3).toLowerCase() === "key" && /(?:symbol|version)_?key$/i.test(name);
}

/** Undefined where the type is no struct of a name and a hash. */
function keyFields(decl: TypeDecl): readonly Field[] | undefined {
  const { type } = typeHeader(decl);
  if (type.kind !== "struct") return undefined;
  const fields = fieldsOf(type);
  const has = (role: Role) => fields.filter((field) => field.role === role).length === 1;
  return has("name") && has("elf") ? fields : undefined;
}

function fieldsOf({ fields }: StructType): Field[] {
  return fields.flatMap(({ names, type }) =>
    names.map(({ name }): Field => {
      if (type.kind === "ident" && type.name === "string") return { name, role: "name" };
      if (type.kind === "star") return { name, role: "variable" };
      const words = name.replaceAll("_", "").toLowerCase();
      if (words === "gnuhash") return { name, role: "gnu" };
      const isElf = words === "symhash" || words === "verhash" || words === "elfhash";
      return { name, role: isElf ? "elf" : "other" };
    }),
  );
}

function mentionsOne(header: string, types: ReadonlyMap<string, unknown>): boolean {
  for (const name of types.keys()) if (header.includes(name)) return true;
  return false;
}

interface KeyLiteral {
  readonly type: string;
  readonly literal: Extract<Expr, { kind: "composite" }>;
}

/** `T{…}` itself, or the elements of `[]T{…}` and `[…]T{…}`. */
function keyLiterals(value: Expr): KeyLiteral[] {
  if (value.kind !== "composite" || !value.type) return [];
  const { type } = value;
  if (type.kind === "ident") return [{ type: type.name, literal: value }];
  if (type.kind !== "array" || type.elem.kind !== "ident") return [];
  const { name } = type.elem;
  return value.elements.flatMap((element) => {
    const literal = element.kind === "keyValue" ? element.value : element;
    return literal.kind === "composite" ? [{ type: name, literal }] : [];
  });
}

function readEntry(
  view: View,
  scope: Scope,
  decl: VarDecl,
  literal: KeyLiteral["literal"],
  type: string,
  fields: readonly Field[],
): VdsoEntry | undefined {
  const exprs = new Map<Role, Expr>();
  for (const [i, element] of literal.elements.entries()) {
    const { key, value } = element.kind === "keyValue" ? element : { key: undefined, value: element };
    const field = key ? fields.find(({ name }) => key.kind === "ident" && key.name === name) : fields[i];
    if (field) exprs.set(field.role, value);
  }
  const nameExpr = exprs.get("name");
  const name = nameExpr && constantValue(view, scope, nameExpr);
  if (name?.kind !== "string" || name.bytes === "") return undefined;
  const hash = (role: Role): StatedHash | undefined => {
    const expr = exprs.get(role);
    const constant = expr && constantValue(view, scope, expr);
    const value = constant && toInteger(constant);
    return expr && value !== undefined ? { value, node: expr } : undefined;
  };
  const variable = exprs.get("variable");
  const kind = /version_?key$/i.test(type) ? "version" : "symbol";
  return {
    kind,
    name: name.bytes,
    elf: hash("elf"),
    gnu: hash("gnu"),
    variable: variable && decl.header.slice(variable.start, variable.end).replace(/^&/, ""),
    decl,
    node: literal,
  };
}
