/**
 * Reads the declarations of a Go file in one pass: package clause, imports, and
 * for each top-level declaration its names, the text of its header and the place
 * of its body. It counts brackets and knows where statements end, no more: what
 * a header says is `parseDecl`'s, so most of a file is never looked at as tokens.
 *
 * What it accepts is a superset of Go. It must not know targets, other files or
 * the meaning of a name.
 */
import { charAt } from "../../base/charAt.ts";
import type { Span } from "../../base/span.ts";
import type { DeclSpans, Directive, GoDecl, GoFile, ImportSpec, SyntaxError } from "./ast.ts";
import { ConstTable, constTableEnd } from "./constTable.ts";
import {
  blockCommentEnd,
  bodyEnd,
  declarationKeyword,
  isNameStart,
  isWord,
  lineEnd,
  lineGoesOnAfter,
  quotedEnd,
  rawStringEnd,
  skipSpace,
  spansLines,
  startsDeclaration,
  wordEnd,
} from "./scanner.ts";

/** Parses a file. Never fails: what cannot be read is in `errors`, and the declarations after it are found. */
export function parseGo(text: string): GoFile {
  const file = readFile(text, true);
  // Where a body did not end where its layout says, its rest is an error.
  return file.errors.length === 0 ? file : readFile(text, false);
}

function readFile(text: string, byLayout: boolean): GoFile {
  const r = startReading(text, byLayout);
  const { packageName, packageSpan } = readPackageClause(r);
  let separated = false;
  for (;;) {
    skipTrivia(r);
    if (r.pos >= text.length) break;
    if (text.charCodeAt(r.pos) === semicolon) {
      r.pos++;
      separated = true;
      continue;
    }
    const keyword = declarationKeyword(text, r.pos);
    if (!separated && !r.lineBroken) fail(r, r.pos, wordEnd(text, r.pos), "expected ; or a new line");
    else if (keyword === undefined) fail(r, r.pos, wordEnd(text, r.pos), "expected a declaration");
    if (keyword === undefined) r.pos = nextDeclarationLine(text, r.pos);
    else readDeclaration(r, keyword);
    separated = false;
  }
  return {
    text,
    summary: { packageName, imports: r.imports, decls: r.decls, directives: r.directives },
    declSpans: r.places,
    packageSpan,
    importSpans: r.importSpans,
    directiveSpans: r.directiveSpans,
    errors: r.errors,
  };
}

/** The name in the package clause, without reading further; "" where there is none. */
export function packageClauseName(text: string): string {
  return readPackageClause(startReading(text, false)).packageName;
}

/** A reader that stands before the package clause. */
function startReading(text: string, byLayout: boolean): Reader {
  const r: Reader = {
    text,
    byLayout,
    ahead: [-1, -1],
    inGroup: false,
    pos: text.charCodeAt(0) === byteOrderMark ? 1 : 0,
    triviaEnd: -1,
    lineBroken: true,
    doc: undefined,
    careful: false,
    unclosed: -1,
    imports: [],
    importSpans: [],
    decls: [],
    places: [],
    directives: [],
    directiveSpans: [],
    errors: [],
  };
  skipTrivia(r);
  return r;
}

/** Where reading stands, and what it found so far. */
interface Reader {
  readonly text: string;
  /** Whether bodies are taken to end where gofmt ends them: at the first line that begins with their "}". */
  readonly byLayout: boolean;
  /** Where each of `hiding` stands next, as far as was asked: -1 before the first time, the text's end where none is left. */
  readonly ahead: number[];
  /** Whether the spec at hand stands in parentheses with others. */
  inGroup: boolean;
  pos: number;
  /** Where the last run of white space and comments ended; `lineBroken` and `doc` tell about that run. */
  triviaEnd: number;
  /** Whether the run held a line break. */
  lineBroken: boolean;
  /** The comments of the run that stand directly above the token after it. */
  doc: Span | undefined;
  /**
   * Set for the rest of the file once brackets were found open at its end. From
   * then on a line that starts a declaration at its first column ends whatever
   * is open. Not done before, because raw text of that shape is allowed in Go.
   */
  careful: boolean;
  /** Where the bracket opens that has no end, else -1. */
  unclosed: number;
  readonly imports: ImportSpec[];
  readonly importSpans: Span[];
  readonly decls: GoDecl[];
  readonly places: DeclSpans[];
  readonly directives: Directive[];
  readonly directiveSpans: Span[];
  readonly errors: SyntaxError[];
}

const tab = 9;
const newline = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;
const apostrophe = 39;
const openParen = 40;
const closeParen = 41;
const star = 42;
const plus = 43;
const comma = 44;
const minus = 45;
const dot = 46;
const slash = 47;
const semicolon = 59;
const openBracket = 91;
const closeBracket = 93;
const backquote = 96;
const openBrace = 123;
const closeBrace = 125;
const byteOrderMark = 0xfeff;

function fail(r: Reader, start: number, end: number, message: string): void {
  const last = Math.min(r.text.length, Math.max(end, start + 1));
  r.errors.push({ span: { start: Math.min(start, last), end: last }, message });
}

/**
 * Passes white space and comments, notes directives, and finds the doc comment:
 * the comments without a blank line between them that end on the line above the
 * next token, not counting those that follow a token on its own line
 * (`next` in go/parser/parser.go).
 */
function skipTrivia(r: Reader): void {
  const { text } = r;
  let i = r.pos;
  if (i === r.triviaEnd) return;
  // At the start of a line no token stands before: reading starts, or was broken off.
  const before = i > 0 ? text.charCodeAt(i - 1) : newline;
  const atLineStart = before === newline || before === byteOrderMark;
  let docStart = -1;
  let docEnd = -1;
  /** Lines begun since the last comment or token. */
  let lines = 0;
  let onTokenLine = !atLineStart;
  let lineBlank = atLineStart;
  r.lineBroken = atLineStart;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === newline) {
      lines++;
      lineBlank = true;
      onTokenLine = false;
      r.lineBroken = true;
      continue;
    }
    if (c === space || c === tab || c === carriageReturn) continue;
    if (c !== slash) break;
    const second = charAt(text, i + 1);
    if (second !== slash && second !== star) break;
    const end = second === slash ? lineEnd(text, i) : blockCommentEnd(text, i);
    if (second === slash && lineBlank) readDirective(r, i, end);
    if (!onTokenLine) {
      if (docStart < 0 || lines > 1) docStart = i;
      docEnd = end;
    }
    if (second === star) {
      if (end === text.length && !endsComment(text, i)) fail(r, i, i + 2, "comment not terminated");
      if (spansLines(text, i, end)) {
        r.lineBroken = true;
        onTokenLine = false;
      }
    }
    lines = 0;
    lineBlank = false;
    i = end - 1;
  }
  if (docEnd > 0 && text.charCodeAt(docEnd - 1) === carriageReturn) docEnd--;
  r.doc = docStart >= 0 && lines === 1 ? { start: docStart, end: docEnd } : undefined;
  r.pos = i;
  r.triviaEnd = i;
}

/** Whether the text ends with the end of the block comment at `start`: the star of "/*" is not that of its end. */
function endsComment(text: string, start: number): boolean {
  return text.length >= start + 4 && text.endsWith("*/");
}

/**
 * Notes the line comment from `start` to `end` if it is a directive. As in
 * cmd/compile/internal/noder, only white space may stand before one.
 */
function readDirective(r: Reader, start: number, end: number): void {
  const { text } = r;
  const isExport = text.startsWith("export", start + 2);
  if (!isExport && !text.startsWith("go:", start + 2)) return;
  let nameEnd = start + 2;
  while (nameEnd < end && text.charCodeAt(nameEnd) > space) nameEnd++;
  const name = text.slice(start + 2, nameEnd);
  if (name === "go:" || (isExport && name !== "export")) return;
  const args = text.slice(nameEnd, end).trim();
  r.directives.push({ name, args, decl: -1 });
  r.directiveSpans.push({ start, end: text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end });
}

function readPackageClause(r: Reader): { packageName: string; packageSpan: Span | undefined } {
  const { text, pos: start } = r;
  if (isWord(text, start, "package")) {
    const name = skipSpace(text, start + 7);
    if (isNameStart(text, name)) {
      r.pos = wordEnd(text, name);
      return { packageName: text.slice(name, r.pos), packageSpan: { start, end: r.pos } };
    }
    r.pos = start + 7;
  }
  fail(r, start, wordEnd(text, start), "expected a package clause");
  return { packageName: "", packageSpan: undefined };
}

/**
 * Reads the declaration at `r.pos`. Where a bracket turns out to be open at the
 * end of the file, all it noted is taken back and it is read once more, carefully.
 */
function readDeclaration(r: Reader, keyword: "func" | "type" | "const" | "var" | "import"): void {
  const start = r.pos;
  const { doc } = r;
  const { decls, imports, directives, errors } = r;
  const counts = [decls.length, imports.length, directives.length, errors.length] as const;
  readByKeyword(r, keyword, start, doc);
  if (r.unclosed >= 0 && !r.careful) {
    decls.length = r.places.length = counts[0];
    imports.length = r.importSpans.length = counts[1];
    directives.length = r.directiveSpans.length = counts[2];
    errors.length = counts[3];
    r.unclosed = -1;
    r.careful = true;
    r.pos = start;
    readByKeyword(r, keyword, start, doc);
  }
  if (r.unclosed >= 0) {
    fail(r, r.unclosed, r.unclosed + 1, `${r.text[r.unclosed]} is never closed`);
    r.unclosed = -1;
  }
}

function readByKeyword(
  r: Reader,
  keyword: "func" | "type" | "const" | "var" | "import",
  start: number,
  doc: Span | undefined,
): void {
  r.pos = start + keyword.length;
  if (keyword === "func") {
    readFunc(r, start, doc);
  } else if (keyword === "import") {
    if (r.decls.length > 0) fail(r, start, r.pos, "imports must appear before other declarations");
    readSpecs(r, doc, readImportSpec);
  } else if (keyword === "type") {
    readSpecs(r, doc, readTypeSpec);
  } else if (keyword === "var" || !readConstTable(r, start, doc)) {
    const names: string[] = [];
    const end = readSpecs(r, doc, () => readValueSpec(r, names));
    if (names.length === 0) return;
    const header = r.text.slice(start, end);
    // A list that has grown keeps room for more.
    const declared = { names: names.slice(), header };
    const decl: GoDecl =
      keyword === "var" ? { kind: "var", ...declared } : { kind: "const", ...declared, isTable: false };
    addDecl(r, decl, start, end, undefined, doc);
  }
}

/** Passes the group behind the keyword if it is a table of constants; returns whether it is. */
function readConstTable(r: Reader, start: number, doc: Span | undefined): boolean {
  const open = skipSpace(r.text, r.pos);
  const close = charAt(r.text, open) === openParen ? constTableEnd(r.text, open + 1) : -1;
  if (close < 0) return false;
  r.pos = close + 1;
  addDecl(r, new ConstTable(r.text.slice(start, r.pos)), start, r.pos, undefined, doc);
  return true;
}

/** Notes a declaration, and which directives stand in its doc comment. */
function addDecl(
  r: Reader,
  decl: GoDecl,
  start: number,
  end: number,
  body: Span | undefined,
  doc: Span | undefined,
): void {
  if (doc !== undefined) {
    // Directives of a group's inside come after its doc comment, so the search cannot stop at the first.
    for (let i = r.directives.length - 1; i >= 0 && r.directiveSpans[i]!.start >= doc.start; i--) {
      if (r.directiveSpans[i]!.start < doc.end)
        r.directives[i] = { ...r.directives[i]!, decl: r.decls.length };
    }
  }
  r.decls.push(decl);
  r.places.push(new Place(start, end, body, doc));
}

/** Offsets alone: a large tree has many declarations, and nobody asks where most of them stand. */
class Place implements DeclSpans {
  private readonly start: number;
  private readonly end: number;
  private readonly bodyStart: number;
  private readonly bodyEnd: number;
  private readonly docStart: number;
  private readonly docEnd: number;

  constructor(start: number, end: number, body: Span | undefined, doc: Span | undefined) {
    this.start = start;
    this.end = end;
    this.bodyStart = body?.start ?? -1;
    this.bodyEnd = body?.end ?? -1;
    this.docStart = doc?.start ?? -1;
    this.docEnd = doc?.end ?? -1;
  }

  get header(): Span {
    return { start: this.start, end: this.end };
  }

  get body(): Span | undefined {
    return this.bodyStart < 0 ? undefined : { start: this.bodyStart, end: this.bodyEnd };
  }

  get doc(): Span | undefined {
    return this.docStart < 0 ? undefined : { start: this.docStart, end: this.docEnd };
  }
}

/**
 * Reads one spec, or a group of them in parentheses, with `r.pos` behind the
 * keyword; returns the end of the declaration.
 */
function readSpecs(
  r: Reader,
  doc: Span | undefined,
  readSpec: (r: Reader, doc: Span | undefined) => void,
): number {
  const { text } = r;
  const open = skipSpace(text, r.pos);
  if (charAt(text, open) !== openParen) {
    if (open >= text.length || declarationKeyword(text, open) !== undefined) {
      fail(r, r.pos, r.pos, "expected a name");
      return r.pos;
    }
    r.pos = open;
    r.inGroup = false;
    readSpec(r, doc);
    return r.pos;
  }
  r.pos = open + 1;
  r.inGroup = true;
  let end = r.pos;
  let separated = true;
  for (;;) {
    skipTrivia(r);
    const start = r.pos;
    if (start >= text.length) {
      r.unclosed = open;
      return end;
    }
    const c = text.charCodeAt(start);
    if (c === closeParen) {
      r.pos++;
      return r.pos;
    }
    if (c === semicolon) {
      end = ++r.pos;
      separated = true;
      continue;
    }
    if (declarationKeyword(text, start) !== undefined) {
      fail(r, open, open + 1, "( is never closed");
      return end;
    }
    if (!separated && !r.lineBroken) fail(r, start, start + 1, "expected ; or a new line");
    readSpec(r, r.doc);
    if (r.unclosed >= 0) return r.pos;
    // What no spec starts with is passed, so that each round gets on.
    separated = r.pos === start;
    if (separated) r.pos++;
    end = r.pos;
  }
}

function readImportSpec(r: Reader): void {
  const { text, pos: start } = r;
  let i = start;
  let name = "";
  if (text.charCodeAt(i) === dot) name = ".";
  else if (isNameStart(text, i)) name = text.slice(i, wordEnd(text, i));
  i = skipSpace(text, i + name.length);
  const c = text.charCodeAt(i);
  if (c === quote || c === backquote) {
    r.pos = c === quote ? quotedEnd(text, i) : rawStringEnd(text, i);
    const closed = r.pos > i + 1 && text.charCodeAt(r.pos - 1) === c;
    if (!closed) fail(r, i, r.pos, "string not terminated");
    r.imports.push({ name, path: text.slice(i + 1, closed ? r.pos - 1 : r.pos) });
    r.importSpans.push({ start, end: r.pos });
    return;
  }
  fail(r, start, wordEnd(text, start), "expected an import path");
  skipClause(r, "spec");
}

function readTypeSpec(r: Reader, doc: Span | undefined): void {
  const { text, pos: start } = r;
  if (!isNameStart(text, start)) {
    fail(r, start, start + 1, "expected a type name");
    skipClause(r, "spec");
    return;
  }
  const name = text.slice(start, wordEnd(text, start));
  skipClause(r, "spec");
  addDecl(r, { kind: "type", name, header: text.slice(start, r.pos) }, start, r.pos, undefined, doc);
}

function readValueSpec(r: Reader, names: string[]): void {
  const { text, pos: start } = r;
  simpleValueSpec.lastIndex = start;
  if (simpleValueSpec.test(text)) {
    names.push(text.slice(start, wordEnd(text, start)));
    r.pos = simpleValueSpec.lastIndex;
    return;
  }
  let i = start;
  for (;;) {
    if (!isNameStart(text, i)) {
      fail(r, i, i + 1, "expected a name");
      break;
    }
    const end = wordEnd(text, i);
    names.push(text.slice(i, end));
    const next = skipSpace(text, end);
    if (charAt(text, next) !== comma) break;
    i = skipSpace(text, next + 1);
  }
  r.pos = start;
  skipClause(r, "spec");
}

/** `NAME = 0x10`, `NAME` and the like on a line of their own: most constants of a system are written so. */
const simpleValueSpec = /[A-Za-z_]\w*(?:[ \t]*=[ \t]*[0-9]\w*)?(?=[ \t]*(?:\n|\/\/))/y;

function readFunc(r: Reader, start: number, doc: Span | undefined): void {
  const { text } = r;
  simpleHeader.lastIndex = r.pos;
  const endsSoon = text.slice(r.pos, r.pos + longHeader).includes("\n");
  const simple = endsSoon ? simpleHeader.exec(text) : null;
  if (simple) {
    const [all, receiver, name] = simple;
    r.pos += all.length;
    readBody(r, start, doc, name!, receiver !== undefined);
    return;
  }
  let i = skipSpace(text, r.pos);
  const isMethod = charAt(text, i) === openParen;
  if (isMethod) {
    r.pos = i;
    skipClause(r, "brackets");
    if (r.unclosed >= 0) return;
    i = skipSpace(text, r.pos);
  }
  const named = isNameStart(text, i) && declarationKeyword(text, i) === undefined;
  if (!named) {
    fail(r, r.pos, r.pos, "expected a function name");
    if (spansLines(text, r.pos, i)) return;
    // The rest of the line may still hold parameters and a body to pass.
    i = start + 4;
  }
  const name = text.slice(i, wordEnd(text, i));
  r.pos = i;
  skipClause(r, "header");
  readBody(r, start, doc, named ? name : undefined, isMethod);
}

/**
 * A receiver, a name, parameters and results on one line, in brackets that hold at most one more pair, up to a "{"
 * that opens the body or to the end of the line: most functions begin so.
 */
const simpleHeader = (() => {
  const plain = String.raw`[^()"'\`/{}\n]*`;
  const list = String.raw`\(${plain}(?:\(${plain}\)${plain})*\)`;
  const name = String.raw`(?!(?:func|type|const|var|import)\b)([A-Za-z_]\w*)`;
  const end = String.raw`(?<!\b(?:chan|func|interface|map|struct))(?= \{\n|\n)`;
  return new RegExp(
    String.raw`[ \t]+(\(${plain}\)[ \t]+)?${name}${list}(?: (?:[\w.*[\]]*[\w\]]|${list}))?${end}`,
    "y",
  );
})();

/** V8's matcher keeps places to return to, and has no room for those of a header of millions of characters. */
const longHeader = 2000;

/** Passes the body that may stand at `r.pos`, behind a function's header; without a name it is no declaration. */
function readBody(
  r: Reader,
  start: number,
  doc: Span | undefined,
  name: string | undefined,
  isMethod: boolean,
): void {
  const { text, pos: end } = r;
  let body: Span | undefined;
  const open = skipSpace(text, end);
  if (r.unclosed < 0 && charAt(text, open) === openBrace) {
    if (spansLines(text, end, open)) fail(r, open, open + 1, "unexpected new line before {");
    let close = layoutEnd(r, open) ?? bodyEnd(text, open, r.careful);
    if (close < 0) {
      close = stopBefore(text, ~close, open);
      r.unclosed = open;
    }
    r.pos = close;
    body = { start: open, end: close };
  }
  if (name === undefined) return;
  const header = text.slice(start, end);
  addDecl(r, { kind: "func", name, header, isMethod, hasBody: body !== undefined }, start, end, body, doc);
}

/**
 * The end of a body or a literal, found by its layout: its "{" ends a line, its "}" stands alone on one, and nothing
 * between belongs elsewhere or hides the end. Undefined where it is laid out in another way.
 */
function layoutEnd(r: Reader, open: number): number | undefined {
  const { text, ahead } = r;
  if (!r.byLayout || charAt(text, open + 1) !== newline) return undefined;
  endOrNext.lastIndex = open;
  if (!endOrNext.test(text)) return undefined;
  const end = endOrNext.lastIndex;
  if (text.charCodeAt(end - 1) !== closeBrace) return undefined;
  if (end < text.length && text.charCodeAt(end) !== newline) return undefined;
  for (let i = 0; i < hiding.length; i++) {
    if (ahead[i]! < open) {
      const found = text.indexOf(hiding[i]!, open);
      ahead[i] = found < 0 ? text.length : found;
    }
    if (ahead[i]! < end) return undefined;
  }
  return end;
}

/** The "}", or what begins the next declaration, so that the line in front of it can end with the "}". */
const endOrNext = /\n(?:\}|func|type|var)/g;
/** What may hide the end of a line. */
const hiding = ["`", "/*"];

/**
 * Passes the clause at `r.pos` and leaves `r.pos` at the end of its last token.
 * A "spec" ends with its statement, a "header" there or before the "{" of a body,
 * "brackets" with the bracket that closes the first one. A bracket that no other
 * closes is reported in `r.unclosed`.
 *
 * Outside brackets a line break ends the statement by the rule of go/scanner:
 * after a name, a literal, a closing bracket, `++`, `--` or one of four keywords.
 */
function skipClause(r: Reader, until: "spec" | "header" | "brackets"): void {
  const { text } = r;
  const length = text.length;
  let depth = 0;
  let outermost = -1;
  /** The end of the last token, what it was, and for a word where it starts. */
  let end = r.pos;
  let last = afterOperator;
  let wordStart = -1;
  let i = end;
  scan: while (i < length) {
    if (depth > 0 && !r.careful) {
      // Only brackets and what can hide them count in here; an expression finds them much sooner than a loop.
      bracketMarks.lastIndex = i;
      if (!bracketMarks.test(text)) break;
      i = bracketMarks.lastIndex - 1;
    }
    const c = text.charCodeAt(i);
    if (isWordCode(c)) {
      wordStart = i;
      do i++;
      while (i < length && isWordCode(text.charCodeAt(i)));
      last = afterWord;
      end = i;
      continue;
    }
    switch (c) {
      case space:
      case tab:
      case carriageReturn:
        i++;
        break;
      case newline:
        if (depth === 0 && lineEndsStatement(text, last, wordStart, end)) break scan;
        i++;
        if (r.careful && startsDeclaration(text, i)) break scan;
        break;
      case semicolon:
        if (depth === 0) break scan;
        end = ++i;
        last = afterOperator;
        break;
      case openBrace:
      case openParen:
      case openBracket:
        if (c === openBrace && depth === 0 && until === "header") {
          if (last !== afterWord || !opensTypeBody(text, wordStart, end)) break scan;
        }
        if (depth === 0) outermost = i;
        if (c === openBrace && depth === 0 && until === "spec" && !r.inGroup) {
          const close = layoutEnd(r, i);
          if (close !== undefined) {
            end = i = close;
            last = afterOperand;
            break;
          }
        }
        depth++;
        end = ++i;
        last = afterOperator;
        break;
      case closeParen:
      case closeBracket:
      case closeBrace:
        if (depth === 0) break scan;
        depth--;
        end = ++i;
        last = afterOperand;
        if (depth === 0 && until === "brackets") break scan;
        break;
      case quote:
      case apostrophe:
        end = i = quotedEnd(text, i);
        last = afterOperand;
        break;
      case backquote:
        end = i = rawStringEnd(text, i);
        last = afterOperand;
        break;
      case slash: {
        const second = charAt(text, i + 1);
        if (second === slash) i = lineEnd(text, i);
        else if (second === star) {
          const close = blockCommentEnd(text, i);
          if (depth === 0 && spansLines(text, i, close) && lineEndsStatement(text, last, wordStart, end))
            break scan;
          i = close;
        } else {
          end = ++i;
          last = afterOperator;
        }
        break;
      }
      case plus:
      case minus:
        // `++` and `--` end a statement; two signs of an expression cannot stand at a line's end.
        last = text.charCodeAt(i - 1) === c && end === i ? afterOperand : afterOperator;
        end = ++i;
        break;
      case dot:
        // The point of `1.` belongs to the number.
        last =
          last === afterWord && end === i && isDigit(text.charCodeAt(wordStart))
            ? afterOperand
            : afterOperator;
        end = ++i;
        break;
      default:
        end = ++i;
        last = afterOperator;
    }
  }
  if (depth > 0) r.unclosed = outermost;
  r.pos = end;
}

const bracketMarks = /["'`/(){}[\]]/g;

/** What the last token was, as far as the end of a statement depends on it. */
const afterOperator = 0;
const afterWord = 1;
const afterOperand = 2;

function lineEndsStatement(text: string, last: number, wordStart: number, end: number): boolean {
  return last === afterOperand || (last === afterWord && !lineGoesOnAfter(text, wordStart, end));
}

/** Whether the word is `struct` or `interface`, so that a "{" after it is a type's. */
function opensTypeBody(text: string, start: number, end: number): boolean {
  return (
    (end - start === 6 && text.startsWith("struct", start)) ||
    (end - start === 9 && text.startsWith("interface", start))
  );
}

function isWordCode(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c >= 128;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** The start of the first line after `i` that opens a declaration or its doc comment, or the text's end. */
function nextDeclarationLine(text: string, i: number): number {
  for (let line = lineEnd(text, i) + 1; line < text.length; line = lineEnd(text, line) + 1) {
    if (startsDeclaration(text, line)) return stopBefore(text, line, i);
  }
  return text.length;
}

/** `lineStart` moved up over line comments at the first column, but not past `floor`. */
function stopBefore(text: string, lineStart: number, floor: number): number {
  let line = lineStart;
  while (line - 2 > floor) {
    const above = text.lastIndexOf("\n", line - 2) + 1;
    if (above <= floor || above >= line || !text.startsWith("//", above)) break;
    line = above;
  }
  return line;
}
