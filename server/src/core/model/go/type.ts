/**
 * Go types as values. A `Named` type only says which declaration it is; what it
 * stands for may differ from target to target, so `TypeView.underlying` answers
 * that for one target. All other types are built from their parts.
 *
 * This file must not know how types are found in source text; typeView.ts does.
 */
import type { TypeDecl } from "../../syntax/go/ast.ts";
import type { Declared } from "./packageScope.ts";

export type Type =
  | Basic
  | Named
  | Alias
  | TypeParam
  | Pointer
  | Slice
  | ArrayOf
  | MapOf
  | Chan
  | Func
  | Struct
  | Interface
  | Invalid;

/** A type that is not a name for another: what `TypeView.underlying` returns. */
export type Underlying = Exclude<Type, Named | Alias>;

/** A predeclared type. `byte` and `rune` keep their names, as in go/types. */
export interface Basic {
  readonly kind: "basic";
  readonly name: BasicName;
}

export type BasicName =
  | "bool"
  | "int"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "uintptr"
  | "float32"
  | "float64"
  | "complex64"
  | "complex128"
  | "string"
  | "byte"
  | "rune"
  | "unsafe.Pointer"
  | "untyped bool"
  | "untyped int"
  | "untyped rune"
  | "untyped float"
  | "untyped complex"
  | "untyped string"
  | "untyped nil";

/** A defined type; `declared` is undefined for the predeclared `error` and `comparable`. */
export interface Named {
  readonly kind: "named";
  readonly declared: Declared<TypeDecl> | undefined;
  /** Import path of the declaring package; "" for predeclared types. */
  readonly path: string;
  readonly name: string;
  readonly args: readonly Type[];
}

/** A name for another type (`type A = T`, and `any`), kept because messages print it. */
export interface Alias {
  readonly kind: "alias";
  readonly path: string;
  readonly name: string;
  readonly args: readonly Type[];
  readonly actual: Type;
}

export interface TypeParam {
  readonly kind: "typeParam";
  readonly name: string;
}

export interface Pointer {
  readonly kind: "pointer";
  readonly elem: Type;
}

export interface Slice {
  readonly kind: "slice";
  readonly elem: Type;
}

export interface ArrayOf {
  readonly kind: "array";
  readonly length: number;
  readonly elem: Type;
}

export interface MapOf {
  readonly kind: "map";
  readonly key: Type;
  readonly value: Type;
}

export interface Chan {
  readonly kind: "chan";
  readonly direction: "both" | "send" | "receive";
  readonly elem: Type;
}

export interface Func {
  readonly kind: "func";
  readonly params: readonly Param[];
  readonly results: readonly Param[];
  readonly variadic: boolean;
}

/** The type of a variadic last parameter is already a slice. */
export interface Param {
  readonly name: string;
  readonly type: Type;
}

export interface Struct {
  readonly kind: "struct";
  readonly fields: readonly StructField[];
}

export interface StructField {
  readonly name: string;
  readonly type: Type;
  readonly embedded: boolean;
  /** The tag's value, unquoted; "" where there is none. */
  readonly tag: string;
}

export interface Interface {
  readonly kind: "interface";
  /** Methods written in this interface, exported ones first, each group by name. */
  readonly methods: readonly Method[];
  readonly embedded: readonly InterfaceElement[];
}

export interface Method {
  readonly name: string;
  readonly type: Func;
}

/** A union of terms; an embedded interface is a union of one term. */
export interface InterfaceElement {
  readonly terms: readonly { readonly tilde: boolean; readonly type: Type }[];
}

/** What could not be resolved: an unknown name, a package that is not at hand, a cycle. */
export interface Invalid {
  readonly kind: "invalid";
}

export const invalid: Invalid = { kind: "invalid" };

/** How one target reads types. Implemented by typeView.ts. */
export interface TypeView {
  readonly sizes: Sizes;
  underlying(type: Type): Underlying;
  /**
   * Size and alignment of a struct or array type, computed once per type; of one
   * that contains itself, something finite, and the view knows it is unresolved.
   */
  extentOf(type: Underlying, compute: () => Extent): Extent;
}

/** In bytes. */
export interface Extent {
  readonly size: number;
  readonly align: number;
}

/**
 * What decides sizes: the architecture's word, and whose rules. "gc" is the
 * compiler; "std" is go/types before Go 1.22, which `go vet` used then: it pads
 * no struct at its end (go/types/sizes.go, StdSizes).
 */
export interface Sizes {
  /** Bytes in a word: of int, a pointer. */
  readonly wordSize: number;
  /** The largest alignment of any type, in bytes. */
  readonly maxAlign: number;
  readonly rules: "gc" | "std";
}
