/**
 * What a Go file declares, as plain data: package clause, imports, top-level
 * declarations, directives. Types and expressions follow go/ast in one union,
 * because Go's grammar cannot tell `T(x)` the conversion from `f(x)` the call.
 *
 * A `GoDecl` is position-free: it holds the text of its header (all but a body)
 * and nodes whose offsets count from the header's start. So an edit inside a
 * function body, or one that only moves a declaration, leaves every `GoDecl` equal to
 * what it was, and what was derived from it stays valid. `GoFile.places` says
 * where each declaration stands now.
 *
 * This file must not know targets, other files, or the meaning of any name.
 */
import type { Span } from "../../base/span.ts";

/** A parsed Go file. Parsing never fails: what cannot be read is in `errors`. */
export interface GoFile {
  readonly text: string;
  readonly summary: GoSummary;
  /** Where `summary.decls[i]` stands, same index. */
  readonly declSpans: readonly DeclSpans[];
  readonly packageSpan: Span | undefined;
  readonly importSpans: readonly Span[];
  /** Where `summary.directives[i]` stands, same index. */
  readonly directiveSpans: readonly Span[];
  /** Not those inside of bodies, which are passed over. */
  readonly errors: readonly SyntaxError[];
}

/** What other files may depend on. Equal text outside bodies gives the same object back (`reuseSummary`). */
export interface GoSummary {
  /** Name in the package clause; "" where there is none. */
  readonly packageName: string;
  readonly imports: readonly ImportSpec[];
  readonly decls: readonly GoDecl[];
  readonly directives: readonly Directive[];
}

export interface ImportSpec {
  /** Local name: "" for the package's own, "." and "_" as written. */
  readonly name: string;
  /** The import path without its quotes; an escape, which no path needs, stays as written. */
  readonly path: string;
}

/** A `//go:…` or `//export` comment, anywhere in the file. */
export interface Directive {
  /** Without slashes: "go:linkname", "go:noescape", "go:cgo_import_dynamic", "export" … */
  readonly name: string;
  /** The rest of the line, trimmed. */
  readonly args: string;
  /** Index in `decls` of the declaration the directive stands in the doc comment of, else -1. */
  readonly decl: number;
}

/** A position of a declaration in its file, in offsets of the file's text. */
export interface DeclSpans {
  /** Of the header, which the declaration's own offsets count from. */
  readonly header: Span;
  /** Braces included; undefined where there is no body. */
  readonly body: Span | undefined;
  /** The doc comment directly above, if any. */
  readonly doc: Span | undefined;
}

export interface SyntaxError {
  readonly span: Span;
  readonly message: string;
}

/**
 * One top-level declaration: a function, one type spec, or a whole const or var
 * group (const groups must stay together: iota and implicit repetition).
 * `header` is the source text from the keyword (for a type spec: from its name) to the end, bodies left out.
 * Nodes are parsed from it on demand by the functions of parseDecl.ts.
 */
export type GoDecl = FuncDecl | TypeDecl | ConstDecl | VarDecl;

export interface FuncDecl {
  readonly kind: "func";
  readonly name: string;
  readonly header: string;
  /** Methods have a receiver; they are not in the package scope. */
  readonly isMethod: boolean;
  readonly hasBody: boolean;
}

export interface TypeDecl {
  readonly kind: "type";
  readonly name: string;
  readonly header: string;
}

export interface ConstDecl {
  readonly kind: "const";
  /** Every name the group declares, in order, "_" included; of a table read when first asked for. */
  readonly names: readonly string[];
  readonly header: string;
  /** Whether it was passed over as a table of constants: `isTableName` holds for all names. */
  readonly isTable: boolean;
}

export interface VarDecl {
  readonly kind: "var";
  readonly names: readonly string[];
  readonly header: string;
}

/** The parsed header of a `FuncDecl`. */
export interface FuncHeader {
  readonly name: Ident;
  readonly receiver: readonly Field[];
  readonly type: FuncType;
}

/** The parsed header of a `TypeDecl`. */
export interface TypeHeader {
  readonly name: Ident;
  readonly typeParams: readonly Field[];
  readonly isAlias: boolean;
  readonly type: Expr;
}

/** One spec of a const or var group. */
export interface ValueSpec {
  readonly names: readonly Ident[];
  /** undefined: not written (for constants: implicit repetition where `values` is empty too). */
  readonly type: Expr | undefined;
  readonly values: readonly Expr[];
  /** Index of the spec in its group: the value of iota. */
  readonly iota: number;
}

/** Offsets count from the start of the declaration's header. */
export interface Node {
  readonly start: number;
  readonly end: number;
}

export type Expr =
  | Ident
  | SelectorExpr
  | IndexExpr
  | StarExpr
  | ParenExpr
  | BasicLit
  | CompositeLit
  | FuncLit
  | UnaryExpr
  | BinaryExpr
  | CallExpr
  | SliceExpr
  | TypeAssertExpr
  | KeyValueExpr
  | Ellipsis
  | ArrayType
  | MapType
  | ChanType
  | FuncType
  | StructType
  | InterfaceType
  | BadExpr;

export interface Ident extends Node {
  readonly kind: "ident";
  readonly name: string;
}
/** `x.sel`: a qualified name, a field or a method. */
export interface SelectorExpr extends Node {
  readonly kind: "selector";
  readonly x: Expr;
  readonly sel: Ident;
}
/** `x[i]`, or a generic instantiation `x[T1, T2]`. */
export interface IndexExpr extends Node {
  readonly kind: "index";
  readonly x: Expr;
  readonly indices: readonly Expr[];
}
/** `*x`: a pointer type or a dereference. */
export interface StarExpr extends Node {
  readonly kind: "star";
  readonly x: Expr;
}
export interface ParenExpr extends Node {
  readonly kind: "paren";
  readonly x: Expr;
}
export interface BasicLit extends Node {
  readonly kind: "literal";
  readonly literal: "int" | "float" | "imaginary" | "rune" | "string";
  /** As written. */
  readonly text: string;
}
/** `T{…}`; the type is undefined in an elided inner literal. */
export interface CompositeLit extends Node {
  readonly kind: "composite";
  readonly type: Expr | undefined;
  readonly elements: readonly Expr[];
}
/** A function literal; its body is skipped. */
export interface FuncLit extends Node {
  readonly kind: "funcLit";
  readonly type: FuncType;
}
export interface UnaryExpr extends Node {
  readonly kind: "unary";
  /** "+", "-", "!", "^", "&", "<-", and "~" in constraints. */
  readonly op: string;
  readonly x: Expr;
}
export interface BinaryExpr extends Node {
  readonly kind: "binary";
  readonly op: string;
  readonly x: Expr;
  readonly y: Expr;
}
export interface CallExpr extends Node {
  readonly kind: "call";
  readonly fun: Expr;
  readonly args: readonly Expr[];
}
export interface SliceExpr extends Node {
  readonly kind: "slice";
  readonly x: Expr;
}
export interface TypeAssertExpr extends Node {
  readonly kind: "typeAssert";
  readonly x: Expr;
  readonly type: Expr | undefined;
}
/** `key: value` in a composite literal. */
export interface KeyValueExpr extends Node {
  readonly kind: "keyValue";
  readonly key: Expr;
  readonly value: Expr;
}
/** `...T` in a parameter list, or `...` as an array length. */
export interface Ellipsis extends Node {
  readonly kind: "ellipsis";
  readonly elem: Expr | undefined;
}
/** `[]T` where `length` is undefined, else an array type. */
export interface ArrayType extends Node {
  readonly kind: "array";
  readonly length: Expr | undefined;
  readonly elem: Expr;
}
export interface MapType extends Node {
  readonly kind: "map";
  readonly key: Expr;
  readonly value: Expr;
}
export interface ChanType extends Node {
  readonly kind: "chan";
  readonly direction: "both" | "send" | "receive";
  readonly elem: Expr;
}
export interface FuncType extends Node {
  readonly kind: "funcType";
  readonly typeParams: readonly Field[];
  /** As go/ast groups them: `a, b int` is one field with two names; an unnamed parameter is a field without names. */
  readonly params: readonly Field[];
  readonly results: readonly Field[];
}
export interface StructType extends Node {
  readonly kind: "struct";
  readonly fields: readonly Field[];
}
export interface InterfaceType extends Node {
  readonly kind: "interface";
  /** A method is a field with one name and a FuncType; an embedded element is a field without names. */
  readonly elements: readonly Field[];
}
export interface BadExpr extends Node {
  readonly kind: "bad";
}

/** A group of names with one type; without names an embedded field or an unnamed parameter. */
export interface Field extends Node {
  readonly names: readonly Ident[];
  readonly type: Expr;
  /** A struct field's tag as written, quotes included. */
  readonly tag: string | undefined;
}
