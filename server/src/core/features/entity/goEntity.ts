/**
 * What stands at a place of a Go file: a declared name, a name that is mentioned, a word of a directive. Reads the
 * one declaration around the place, in linear time. It must not know what any package declares.
 */
import type { Span } from "../../base/span.ts";
import type { Expr, Field, GoDecl, Ident } from "../../syntax/go/ast.ts";
import { funcHeader, typeHeader, valueSpecs } from "../../syntax/go/parseDecl.ts";
import { commentEnd, Scanner, type Token } from "../../syntax/go/scanner.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { GoSource } from "../../workspace/sourceFile.ts";
import { commentEntity } from "./commentEntity.ts";
import type { DeclarationEntity, Entity } from "./entity.ts";
import { systemName } from "./systemName.ts";

export function goEntity(snapshot: Snapshot, source: GoSource, offset: number): Entity | undefined {
  const { text } = source;
  const { piece, decl } = pieceAround(source, offset);
  const around = lexemesAround(text, piece, offset);
  const { comment, word } = around;
  if (comment) return commentEntity(text, comment, offset, selection(snapshot.world, source).header);
  if (!word) return undefined;
  const span = { start: word.start, end: word.end };
  const name = text.slice(word.start, word.end);
  switch (word.tok) {
    case "ident":
      return (
        systemName(name, span) ??
        (decl >= 0 ? declaration(source, decl, span) : undefined) ?? {
          kind: "mention",
          name,
          qualifier: qualifierOf(text, around.before),
          span,
        }
      );
    case "int":
    case "float":
    case "imaginary":
    case "rune":
    case "string":
      return { kind: "literal", span };
    case "illegal":
      return { kind: "word", text: name, span };
    default:
      return isName(word.tok) ? { kind: "word", text: name, span } : { kind: "punctuation", span };
  }
}

/** The declaration that an offset stands in, or what lies between two of them: comments, imports, the package clause. */
function pieceAround(
  { text, go }: GoSource,
  offset: number,
): { readonly piece: Span; readonly decl: number } {
  let start = 0;
  let end = text.length;
  for (const [i, { header, body }] of go.declSpans.entries()) {
    const last = (body ?? header).end;
    if (header.start <= offset && offset <= last)
      return { piece: { start: header.start, end: last }, decl: i };
    if (last < offset) start = Math.max(start, last);
    if (header.start > offset) end = Math.min(end, header.start);
  }
  return { piece: { start, end }, decl: -1 };
}

interface Lexeme extends Span {
  readonly tok: Token;
}

interface Around {
  readonly comment: Span | undefined;
  readonly word: Lexeme | undefined;
  /** The three before the word, the nearest last. */
  readonly before: readonly Lexeme[];
}

/** What an offset stands in; of two tokens that meet there, a word rather than what is none. */
function lexemesAround(text: string, piece: Span, offset: number): Around {
  const scanner = new Scanner(text.slice(piece.start, piece.end));
  const before: Lexeme[] = [];
  let word: Lexeme | undefined;
  let last = piece.start;
  for (; ; scanner.next()) {
    const { tok } = scanner;
    const start = piece.start + scanner.start;
    const end = tok === "EOF" ? piece.end : piece.start + scanner.end;
    // The scanner passes over comments, or takes one for the end of a statement.
    const comment = word ? undefined : commentIn(text, { start: last, end }, start, offset);
    if (comment) return { comment, word: undefined, before };
    if (tok === "EOF" || start > offset) break;
    last = end;
    const isEmpty = start === end || text.startsWith("//", start) || text.startsWith("/*", start);
    if (isEmpty) continue;
    // A name that begins where the token before it ends is what is meant.
    if (word && (offset < start || !isName(tok))) break;
    if (word) before.push(word);
    const lexeme = { tok, start, end };
    if (offset <= end) word = lexeme;
    else before.push(lexeme);
    if (before.length > 3) before.shift();
    if (offset < end) break;
  }
  return { comment: undefined, word, before: word ? before : [] };
}

/** The comment around `offset` in what reaches from the end of one token to that of the next, which begins at `next`. */
function commentIn(text: string, { start, end }: Span, next: number, offset: number): Span | undefined {
  for (let at = start; at < end && at <= offset;) {
    const stop = commentEnd(text, at);
    if (stop > at) {
      if (offset <= stop) return { start: at, end: Math.min(stop, end) };
      at = stop;
    } else if (at >= next) return undefined;
    else at++;
  }
  return undefined;
}

/** Whether a token is a name or a keyword. */
function isName(tok: Token): boolean {
  return /^[a-z]/.test(tok) && tok !== "illegal";
}

/** `x` of `x.name`, where no more than a name stands before the dot. */
function qualifierOf(text: string, before: readonly Lexeme[]): string | undefined {
  const [further, name, dot] = [before.at(-3), before.at(-2), before.at(-1)];
  if (dot?.tok !== "." || name?.tok !== "ident" || further?.tok === ".") return undefined;
  return text.slice(name.start, name.end);
}

/** The declared name that stands at `at`. */
function declaration(source: GoSource, index: number, at: Span): DeclarationEntity | undefined {
  const { summary, declSpans } = source.go;
  const decl = summary.decls[index]!;
  const from = declSpans[index]!.header.start;
  for (const { ident, declares } of declaredNames(decl)) {
    if (from + ident.start === at.start)
      return { kind: "declaration", name: ident.name, declares, decl: index, span: at };
  }
  return undefined;
}

interface DeclaredName {
  readonly ident: Ident;
  readonly declares: DeclarationEntity["declares"];
}

function* declaredNames(decl: GoDecl): Generator<DeclaredName> {
  switch (decl.kind) {
    case "func": {
      const { name, receiver, type } = funcHeader(decl);
      yield { ident: name, declares: decl.isMethod ? "method" : "func" };
      yield* named([...receiver, ...type.typeParams, ...type.params, ...type.results], "parameter");
      break;
    }
    case "type": {
      const { name, typeParams, type } = typeHeader(decl);
      yield { ident: name, declares: "type" };
      yield* named(typeParams, "parameter");
      yield* fieldsOf(type);
      break;
    }
    case "const":
    case "var":
      for (const { names } of valueSpecs(decl))
        for (const ident of names) yield { ident, declares: decl.kind };
      break;
  }
}

function* named(fields: readonly Field[], declares: DeclarationEntity["declares"]): Generator<DeclaredName> {
  for (const { names } of fields) for (const ident of names) yield { ident, declares };
}

/** Fields of a struct, and of structs written out in it. */
function* fieldsOf(type: Expr): Generator<DeclaredName> {
  switch (type.kind) {
    case "struct":
      yield* named(type.fields, "field");
      for (const field of type.fields) yield* fieldsOf(field.type);
      break;
    case "interface":
      yield* named(type.elements, "method");
      break;
    case "array":
      yield* fieldsOf(type.elem);
      break;
    case "star":
    case "paren":
      yield* fieldsOf(type.x);
      break;
    default:
      break;
  }
}
