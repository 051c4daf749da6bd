/**
 * Reads type expressions: what type a piece of syntax means on the target of a
 * view. Method sets, assignability and errors are go/types' business, not ours:
 * a program that does not compile just resolves as far as it can.
 */
import { memo } from "../../base/memo.ts";
import type { Expr, Field, FuncType, TypeDecl } from "../../syntax/go/ast.ts";
import { typeHeader } from "../../syntax/go/parseDecl.ts";
import { toInteger, unquote } from "./constant.ts";
import { type Declared, declares } from "./packageScope.ts";
import type { BasicName, Func, Interface, Named, Param, StructField, Type, Underlying } from "./type.ts";
import { invalid } from "./type.ts";
import type { VariantCache, Scope, View } from "./view.ts";

const basicNames: readonly BasicName[] = [
  ...([
    "bool",
    "int",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
  ] as const),
  ...(["uintptr", "float32", "float64", "complex64", "complex128", "string", "byte", "rune"] as const),
];
const emptyInterface: Interface = { kind: "interface", methods: [], embedded: [] };
const predeclared = (name: string): Named => ({
  kind: "named",
  declared: undefined,
  path: "",
  name,
  args: [],
});

/** The predeclared types, by name. */
export const universe: ReadonlyMap<string, Type> = new Map<string, Type>([
  ...basicNames.map((name) => [name, { kind: "basic", name }] as const),
  ["error", predeclared("error")],
  ["comparable", predeclared("comparable")],
  ["any", { kind: "alias", path: "", name: "any", args: [], actual: emptyInterface }],
]);

export const unsafePointer: Type = { kind: "basic", name: "unsafe.Pointer" };

const errorInterface: Interface = {
  kind: "interface",
  methods: [
    {
      name: "Error",
      type: {
        kind: "func",
        params: [],
        results: [{ name: "", type: universe.get("string")! }],
        variadic: false,
      },
    },
  ],
  embedded: [],
};
const comparableInterface: Interface = {
  kind: "interface",
  methods: [],
  embedded: [{ terms: [{ tilde: false, type: predeclared("comparable") }] }],
};

/** The type that `expr` means in `scope`; `invalid`, and the view unresolved, where it means none. */
export function resolveType(view: View, scope: Scope, expr: Expr): Type {
  return view.nested<Type>(invalid, () => {
    switch (expr.kind) {
      case "paren":
        return resolveType(view, scope, expr.x);
      case "ident":
      case "selector": {
        const found = typeName(view, scope, expr);
        if (found === undefined) return view.fail(invalid);
        return "kind" in found ? found : declaredType(view, found, []);
      }
      case "index": {
        const found = typeName(view, scope, expr.x);
        if (found === undefined || "kind" in found) return view.fail(invalid);
        const args = expr.indices.map((arg) => resolveType(view, scope, arg));
        return declaredType(view, found, args);
      }
      case "star":
        return { kind: "pointer", elem: resolveType(view, scope, expr.x) };
      case "array": {
        const elem = resolveType(view, scope, expr.elem);
        if (expr.length === undefined) return { kind: "slice", elem };
        const value = view.constantValue(scope, expr.length);
        const length = value && toInteger(value);
        if (length === undefined || length < 0n || length > Number.MAX_SAFE_INTEGER)
          return view.fail(invalid);
        return { kind: "array", length: Number(length), elem };
      }
      case "map": {
        const key = resolveType(view, scope, expr.key);
        return { kind: "map", key, value: resolveType(view, scope, expr.value) };
      }
      case "chan":
        return { kind: "chan", direction: expr.direction, elem: resolveType(view, scope, expr.elem) };
      case "funcType":
        return resolveFunc(view, scope, expr);
      case "struct":
        return { kind: "struct", fields: expr.fields.flatMap((field) => structFields(view, scope, field)) };
      case "interface":
        return resolveInterface(view, scope, expr.elements);
      default:
        return view.fail(invalid);
    }
  });
}

/** The declaration or predeclared type a (qualified) name means; undefined where it is no type. */
export function typeName(view: View, scope: Scope, expr: Expr): Declared<TypeDecl> | Type | undefined {
  if (expr.kind === "ident") {
    const param = scope.typeParams?.get(expr.name);
    if (param) return param;
    const declared = view.lookup(scope.package, scope.package, expr.name);
    if (declared) return declares(declared, "type") ? declared : undefined;
    for (const pkg of view.dotImports(scope)) {
      const found = view.lookup(scope.package, pkg, expr.name);
      if (declares(found, "type")) return found;
    }
    return universe.get(expr.name);
  }
  if (expr.kind !== "selector" || expr.x.kind !== "ident") return undefined;
  const pkg = view.importedPackage(scope, expr.x.name);
  if (pkg === "unsafe") return expr.sel.name === "Pointer" ? unsafePointer : undefined;
  const declared = pkg && view.lookup(scope.package, pkg, expr.sel.name);
  return declares(declared, "type") ? declared : undefined;
}

/** A type that is not generic is one object wherever it is named. */
const plainType = memo((declared: Declared<TypeDecl>): Named => ({
  kind: "named",
  declared,
  path: declared.package.path,
  name: declared.name,
  args: [],
}));

const aliases: VariantCache<Type> = new WeakMap();

/** The type of a type declaration, instantiated with `args`. */
export function declaredType(view: View, declared: Declared<TypeDecl>, args: readonly Type[]): Type {
  const header = typeHeader(declared.decl);
  const { name, package: pkg } = declared;
  if (header.isAlias) {
    const scope = declarationScope(declared, args);
    const resolve = () => resolveType(view, scope, header.type);
    const actual = args.length > 0 ? resolve() : view.cached<Type>(aliases, declared, invalid, resolve);
    return view.program.options.keepAliases ? { kind: "alias", path: pkg.path, name, args, actual } : actual;
  }
  if (args.length > 0) return { kind: "named", declared, path: pkg.path, name, args };
  return plainType(declared);
}

/** By declaration; of a generic type by each type that instantiates it. */
const underlyings: VariantCache<Underlying> = new WeakMap();

/** What a named type stands for on the target of a view; what `View.underlying` asks. */
export function underlyingOf(view: View, type: Type): Underlying {
  if (type.kind === "alias") return underlyingOf(view, type.actual);
  if (type.kind !== "named") return type;
  const { declared, args } = type;
  if (!declared) return type.name === "error" ? errorInterface : comparableInterface;
  const resolve = () => {
    const { type: expr } = typeHeader(declared.decl);
    return underlyingOf(view, resolveType(view, declarationScope(declared, args), expr));
  };
  return view.cached<Underlying>(underlyings, args.length > 0 ? type : declared, invalid, resolve);
}

/** The scope of a type declaration, its type parameters bound to `args`, or to themselves where there are none. */
function declarationScope(declared: Declared<TypeDecl>, args: readonly Type[]): Scope {
  const { file, package: pkg } = declared;
  const names = typeHeader(declared.decl).typeParams.flatMap((field) => field.names);
  if (names.length === 0) return { file, package: pkg };
  const bind = names.map(({ name }, i) => [name, args[i] ?? { kind: "typeParam", name }] as const);
  return { file, package: pkg, typeParams: new Map<string, Type>(bind) };
}

/** The type of a function, its receiver aside. */
export function resolveFunc(view: View, scope: Scope, expr: FuncType): Func {
  const own = expr.typeParams.flatMap((field) => field.names);
  const typeParams = new Map(scope.typeParams);
  for (const { name } of own) typeParams.set(name, { kind: "typeParam", name });
  const inner = own.length > 0 ? { ...scope, typeParams } : scope;
  const variadic = expr.params.at(-1)?.type.kind === "ellipsis";
  const params = expr.params.flatMap((field) => flatten(view, inner, field));
  const results = expr.results.flatMap((field) => flatten(view, inner, field));
  return { kind: "func", params, results, variadic };
}

function flatten(view: View, scope: Scope, field: Field): Param[] {
  const type = resolveParam(view, scope, field);
  return field.names.length === 0 ? [{ name: "", type }] : field.names.map(({ name }) => ({ name, type }));
}

/** The type of a parameter group; `...T` is a slice. */
export function resolveParam(view: View, scope: Scope, field: Field): Type {
  if (field.type.kind !== "ellipsis") return resolveType(view, scope, field.type);
  if (!field.type.elem) return view.fail(invalid);
  return { kind: "slice", elem: resolveType(view, scope, field.type.elem) };
}

function structFields(view: View, scope: Scope, field: Field): StructField[] {
  const type = resolveType(view, scope, field.type);
  const tag = field.tag === undefined ? "" : (unquote(field.tag) ?? "");
  if (field.names.length === 0) return [{ name: embeddedName(field.type), type, embedded: true, tag }];
  return field.names.map(({ name }) => ({ name, type, embedded: false, tag }));
}

function embeddedName(expr: Expr): string {
  if (expr.kind === "ident") return expr.name;
  if (expr.kind === "selector") return expr.sel.name;
  return expr.kind === "star" || expr.kind === "paren" || expr.kind === "index" ? embeddedName(expr.x) : "";
}

function resolveInterface(view: View, scope: Scope, elements: readonly Field[]): Interface {
  const methods = elements.flatMap((element) => {
    const [name] = element.names;
    if (!name || element.type.kind !== "funcType") return [];
    return [{ name: name.name, type: resolveFunc(view, scope, element.type) }];
  });
  methods.sort(
    (a, b) => Number(isExported(b.name)) - Number(isExported(a.name)) || (a.name < b.name ? -1 : 1),
  );
  const embedded = elements
    .filter((element) => element.names.length === 0)
    .map((element) => ({ terms: unionTerms(view, scope, element.type) }));
  return { kind: "interface", methods, embedded };
}

function unionTerms(view: View, scope: Scope, expr: Expr): { tilde: boolean; type: Type }[] {
  if (expr.kind === "binary" && expr.op === "|") {
    return [...unionTerms(view, scope, expr.x), ...unionTerms(view, scope, expr.y)];
  }
  const tilde = expr.kind === "unary" && expr.op === "~";
  return [{ tilde, type: resolveType(view, scope, tilde ? expr.x : expr) }];
}

/** Whether a name begins with an upper-case letter. */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
