/**
 * Prints what rt0 read of a Go file in the words of the judge
 * (test/conformance/judges/godecls), offsets in bytes, so that the two can be compared.
 */
import type { Expr, Field, GoFile } from "../../server/src/core/syntax/go/ast.ts";
import { funcHeader, typeHeader, valueSpecs } from "../../server/src/core/syntax/go/parseDecl.ts";

export function printGo(file: GoFile): string {
  const bytes = byteOffsets(file.text);
  const out: string[] = [];
  /** Where the header stands that the offsets of nodes count from. */
  let base = 0;

  const { summary } = file;
  out.push("package " + summary.packageName);
  if (file.packageSpan !== undefined) span(file.packageSpan);
  summary.imports.forEach((spec, i) => {
    out.push("\nimport " + spec.name + " " + spec.path);
    span(file.importSpans[i]!);
  });
  summary.decls.forEach((decl, i) => {
    const place = file.declSpans[i]!;
    base = 0;
    out.push("\n" + decl.kind);
    if (decl.kind === "func" || decl.kind === "type") out.push(" " + decl.name);
    span(place.header);
    if (place.body !== undefined) {
      out.push(" body");
      span(place.body);
    }
    if (place.doc !== undefined) {
      out.push(" doc");
      span(place.doc);
      for (const { name, args, decl: index } of summary.directives)
        if (index === i) out.push(` //${name} ${args}`);
    }
    base = place.header.start;
    switch (decl.kind) {
      case "func": {
        const header = funcHeader(decl);
        out.push(" ");
        fields(header.receiver);
        expr(header.type);
        break;
      }
      case "type": {
        const header = typeHeader(decl);
        out.push(" ");
        fields(header.typeParams);
        if (header.isAlias) out.push("=");
        expr(header.type);
        break;
      }
      case "const":
      case "var":
        for (const spec of valueSpecs(decl)) {
          out.push("\n\t" + spec.iota + " ");
          spec.names.forEach(expr);
          if (spec.type !== undefined) {
            out.push(":");
            expr(spec.type);
          }
          out.push("=");
          exprs(spec.values);
        }
    }
  });
  return out.join("");

  function span({ start, end }: { start: number; end: number }): void {
    out.push(
      bytes === undefined ? `@${start + base}-${end + base}` : `@${bytes[start + base]}-${bytes[end + base]}`,
    );
  }

  function fields(list: readonly Field[]): void {
    out.push("[");
    for (const field of list) {
      out.push("{");
      field.names.forEach(expr);
      out.push("|");
      expr(field.type);
      if (field.tag !== undefined) out.push(asScanned(field.tag));
      span(field);
      out.push("}");
    }
    out.push("]");
  }

  function exprs(list: readonly (Expr | undefined)[]): void {
    list.forEach((x, i) => {
      if (i > 0) out.push(",");
      if (x === undefined) out.push("-");
      else expr(x);
    });
  }

  function node(x: Expr, kind: string, ...below: readonly (Expr | undefined)[]): void {
    out.push(kind, "(");
    exprs(below);
    out.push(")");
    span(x);
  }

  function expr(x: Expr): void {
    switch (x.kind) {
      case "ident":
        out.push(x.name);
        return span(x);
      case "literal":
        out.push(x.literal + " " + asScanned(x.text));
        return span(x);
      case "selector":
        return node(x, x.kind, x.x, x.sel);
      case "index":
        return node(x, x.kind, x.x, ...x.indices);
      case "star":
      case "paren":
      case "slice":
        return node(x, x.kind, x.x);
      case "composite":
        return node(x, x.kind, x.type, ...x.elements);
      case "funcLit":
        return node(x, x.kind, x.type);
      case "unary":
        return node(x, x.kind + x.op, x.x);
      case "binary":
        return node(x, x.kind + x.op, x.x, x.y);
      case "call":
        return node(x, x.kind, x.fun, ...x.args);
      case "typeAssert":
        return node(x, x.kind, x.x, x.type);
      case "keyValue":
        return node(x, x.kind, x.key, x.value);
      case "ellipsis":
        return node(x, x.kind, x.elem);
      case "array":
        return node(x, x.kind, x.length, x.elem);
      case "map":
        return node(x, x.kind, x.key, x.value);
      case "chan":
        return node(x, `chan ${x.direction}`, x.elem);
      case "funcType":
        out.push("funcType(");
        fields(x.typeParams);
        fields(x.params);
        fields(x.results);
        out.push(")");
        return span(x);
      case "struct":
        out.push("struct");
        fields(x.fields);
        return span(x);
      case "interface":
        out.push("interface");
        fields(x.elements);
        return span(x);
      case "bad":
        return node(x, "bad");
    }
  }
}

/** go/scanner takes carriage returns out of raw strings. */
function asScanned(literal: string): string {
  return literal.startsWith("`") ? literal.replaceAll("\r", "") : literal;
}

/** The UTF-8 offset of each UTF-16 offset; undefined where they are the same. */
function byteOffsets(text: string): Uint32Array | undefined {
  if (!/[^\0-\x7f]/.test(text)) return undefined;
  const offsets = new Uint32Array(text.length + 1);
  let byte = 0;
  for (let i = 0; i < text.length; i++) {
    offsets[i] = byte;
    const code = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of its four bytes.
    byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xe000 ? 2 : 3;
  }
  offsets[text.length] = byte;
  return offsets;
}
