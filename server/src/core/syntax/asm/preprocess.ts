/**
 * Expands a file for one set of predefined macros: `#include`, `#define` and
 * `#ifdef` resolved the way cmd/asm/internal/lex/input.go resolves them, its odd
 * corners included, since what it rejects does not build. The result is an
 * `AsmFile` again, of an expanded text that holds no directive and no macro, and
 * for each of its tokens the place it comes from.
 *
 * It must not know targets or directories: the caller says what is predefined and
 * what an include path means. The assembler stops at its first error; this goes on,
 * and work is bounded, so that no input exhausts memory.
 */
import type { Span } from "../../base/span.ts";
import type { AsmFile } from "./ast.ts";
import { isTrivia, Kind, lexAsm } from "./lexer.ts";
import type { AsmTokens } from "./lexer.ts";
import { unquote } from "./literal.ts";
import { parseTokens } from "./parser.ts";

export interface ExpandOptions {
  /** As behind the assembler's -D: `GOOS_linux` (which means 1) or `NAME=value`. */
  readonly predefined: readonly string[];
  /** The file that `#include "path"` in `from` means; undefined where there is none. */
  readonly include: (path: string, from: AsmFile) => AsmFile | undefined;
  /** Tokens to read and copy before giving up; 2^21 if absent, many times the largest real file. */
  readonly maxWork?: number;
}

export interface Expansion {
  /** The expanded source: its text, tokens and statements, without preprocessor lines. */
  readonly file: AsmFile;
  /** Errors of preprocessing. Those of parsing are `file.errors`, in offsets of the expanded text. */
  readonly errors: readonly ExpansionError[];
  /** What tokens come from: the main file first, then included files and texts of predefined macros. */
  readonly sources: readonly Source[];
  /** For each token of `file`: index in `sources`, and index of the token there. */
  readonly tokenSource: Uint32Array;
  readonly sourceToken: Uint32Array;
  /** For each token of `file`: index in `uses` of the innermost use it comes through, -1 for none. */
  readonly tokenUse: Int32Array;
  readonly uses: readonly Use[];
}

/** A text with its tokens; `AsmFile` is one. */
export interface Source {
  readonly text: string;
  readonly tokens: AsmTokens;
}

/** A span in one of `Expansion.sources`. */
export interface SourceSpan extends Span {
  readonly source: number;
}

export interface ExpansionError extends SourceSpan {
  readonly message: string;
}

/** A use of a macro, its arguments in the span, or an `#include` line. */
export interface Use extends SourceSpan {
  readonly kind: "macro" | "include";
  /** The macro's name, or the path. */
  readonly name: string;
  /** Index of the use that this one comes through itself, -1 for none. */
  readonly parent: number;
}

/** Where the characters at `offset` of the expanded text stand: in a file or the body of a macro. */
export function placeOf(expansion: Expansion, offset: number): SourceSpan {
  const token = tokenAt(expansion.file.tokens, offset);
  const source = expansion.tokenSource[token] ?? 0;
  const { starts } = expansion.sources[source]!.tokens;
  const at = expansion.sourceToken[token] ?? 0;
  return { source, start: starts[at] ?? 0, end: starts[at + 1] ?? 0 };
}

/** Index in `uses` of the innermost use that the characters at `offset` of the expanded text come through, -1 for none. */
export function useOf({ file, tokenUse }: Expansion, offset: number): number {
  return tokenUse[tokenAt(file.tokens, offset)] ?? -1;
}

/**
 * The span of the main file that a span of the expanded text comes from, whole
 * macro uses and `#include` lines where it comes through one.
 */
export function mainSpan(expansion: Expansion, span: Span): Span {
  const first = mainPlace(expansion, span.start);
  if (span.end <= span.start) return first;
  const last = mainPlace(expansion, span.end - 1);
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}

function mainPlace(expansion: Expansion, offset: number): Span {
  const { uses } = expansion;
  let use = useOf(expansion, offset);
  if (use < 0) return placeOf(expansion, offset);
  while (uses[use]!.parent >= 0) use = uses[use]!.parent;
  const { start, end } = uses[use]!;
  return { start, end };
}

/** Index of the token that holds `offset`; the last one for an offset at the end. */
function tokenAt(tokens: AsmTokens, offset: number): number {
  let low = 0;
  let high = Math.max(0, tokens.count - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tokens.starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A token of a source. Bodies and arguments of macros are lists of them. */
interface Item {
  readonly kind: number;
  readonly source: number;
  readonly token: number;
}

interface Macro {
  readonly name: string;
  /** Positions of the parameters by name; undefined without parentheses. */
  readonly params: ReadonlyMap<string, number> | undefined;
  readonly body: readonly Item[];
}

/** Where tokens are read from: a file, or the tokens of a macro. */
interface Reader {
  /** Undefined for a file. */
  readonly items: readonly Item[] | undefined;
  readonly source: number;
  readonly use: number;
  next: number;
}

/** An open `#ifdef`. */
interface Condition {
  enabled: boolean;
  readonly at: Item;
}

interface Input {
  readonly options: ExpandOptions;
  readonly sources: Source[];
  readonly uses: Use[];
  readonly errors: ExpansionError[];
  readonly macros: Map<string, Macro>;
  readonly readers: Reader[];
  readonly conditions: Condition[];
  /** The token read last, and the use its reader stands for. */
  current: Item;
  currentUse: number;
  peeked: { readonly item: Item; readonly use: number } | undefined;
  atLineStart: boolean;
  work: number;
}

/** More than this many files and macros inside each other are an error, as in input.go. */
const maxReaders = 100;
/** More than this many macro uses without a token between them are an error, as in input.go. */
const maxUses = 100;
const defaultWork = 1 << 21;

/** Expands `main`. The time it takes is bounded by its length and `options.maxWork`. */
export function expandAsm(main: AsmFile, options: ExpandOptions): Expansion {
  const end: Item = { kind: Kind.End, source: 0, token: main.tokens.count };
  const input: Input = {
    options,
    sources: [main],
    uses: [],
    errors: [],
    macros: new Map(),
    readers: [{ items: undefined, source: 0, use: -1, next: 0 }],
    conditions: [],
    current: end,
    currentUse: -1,
    peeked: undefined,
    atLineStart: true,
    work: options.maxWork ?? defaultWork,
  };
  for (const definition of options.predefined) predefine(input, definition);
  const output = newOutput();
  for (;;) {
    const kind = nextExpanded(input);
    if (kind === Kind.End) break;
    emit(output, input);
  }
  const tokens: AsmTokens = {
    count: output.kinds.length,
    kinds: Uint8Array.from(output.kinds),
    starts: Uint32Array.from([...output.starts, output.length]),
  };
  return {
    file: parseTokens(output.parts.join(""), tokens, []),
    errors: input.errors,
    sources: input.sources,
    tokenSource: Uint32Array.from(output.tokenSource),
    sourceToken: Uint32Array.from(output.sourceToken),
    tokenUse: Int32Array.from(output.tokenUse),
    uses: input.uses,
  };
}

interface Output {
  readonly parts: string[];
  length: number;
  readonly kinds: number[];
  readonly starts: number[];
  readonly tokenSource: number[];
  readonly sourceToken: number[];
  readonly tokenUse: number[];
}

function newOutput(): Output {
  return { parts: [], length: 0, kinds: [], starts: [], tokenSource: [], sourceToken: [], tokenUse: [] };
}

/** Adds the current token, after one blank where its source has space there or it would melt with the one before. */
function emit(output: Output, input: Input): void {
  const { kind, source, token } = input.current;
  const { kinds } = input.sources[source]!.tokens;
  const before = output.kinds.at(-1) ?? Kind.Newline;
  const spaced = token > 0 && isTrivia(kinds[token - 1]!);
  if (spaced || melts(before, kind)) add(output, Kind.Space, " ", input);
  add(output, kind, itemText(input, input.current), input);
}

function add(output: Output, kind: number, text: string, input: Input): void {
  output.kinds.push(kind);
  output.starts.push(output.length);
  output.tokenSource.push(input.current.source);
  output.sourceToken.push(input.current.token);
  output.tokenUse.push(input.currentUse);
  output.parts.push(text);
  output.length += text.length;
}

/** Whether two tokens side by side, without space, would read as another one. */
function melts(before: number, after: number): boolean {
  switch (after) {
    case Kind.Ident:
    case Kind.MacroName:
      return isWord(before);
    case Kind.Int:
    case Kind.Float:
      return isWord(before) || before === Kind.Dot;
    case Kind.Dot:
      return before === Kind.Int;
    case Kind.Less:
    case Kind.ShiftLeft:
      return before === Kind.Less;
    case Kind.Greater:
    case Kind.ShiftRight:
      return before === Kind.Greater || before === Kind.Minus || before === 0x40;
    case Kind.Slash:
    case Kind.Star:
      return before === Kind.Slash;
    default:
      return false;
  }
}

function isWord(kind: number): boolean {
  return kind === Kind.Ident || kind === Kind.MacroName || kind === Kind.Int || kind === Kind.Float;
}

function itemText(input: Input, item: Item): string {
  const { text, tokens } = input.sources[item.source]!;
  return text.slice(tokens.starts[item.token], tokens.starts[item.token + 1]);
}

function predefine(input: Input, definition: string): void {
  const equals = definition.indexOf("=");
  const name = equals > 0 ? definition.slice(0, equals) : definition;
  const text = equals > 0 ? definition.slice(equals + 1) : "1";
  const { tokens } = lexAsm(text);
  const source = input.sources.push({ text, tokens }) - 1;
  const body: Item[] = [];
  for (let token = 0; token < tokens.count; token++) {
    const kind = tokens.kinds[token]!;
    if (!isTrivia(kind)) body.push({ kind, source, token });
  }
  input.macros.set(name, { name, params: undefined, body });
}

function report(input: Input, item: Item, message: string): void {
  const { starts } = input.sources[item.source]!.tokens;
  const start = starts[item.token]!;
  input.errors.push({ source: item.source, start, end: starts[item.token + 1] ?? start, message });
}

/** Reads the next token, macros unexpanded, and leaves files and macros that have ended. */
function next(input: Input): number {
  if (input.work-- <= 0 && input.readers.length > 0) {
    report(input, input.current, "expansion is too large");
    input.readers.length = 0;
    input.conditions.length = 0;
  }
  for (;;) {
    const reader = input.readers.at(-1);
    if (reader === undefined) break;
    const item = reader.items === undefined ? nextOfFile(input, reader) : reader.items[reader.next++];
    if (item !== undefined) {
      input.current = item;
      input.currentUse = reader.use;
      return item.kind;
    }
    input.readers.pop();
  }
  input.current = { kind: Kind.End, source: 0, token: input.sources[0]!.tokens.count };
  input.currentUse = -1;
  return Kind.End;
}

function nextOfFile(input: Input, reader: Reader): Item | undefined {
  const { kinds, count } = input.sources[reader.source]!.tokens;
  let token = reader.next;
  while (token < count && isTrivia(kinds[token]!)) token++;
  reader.next = token + 1;
  return token < count ? { kind: kinds[token]!, source: reader.source, token } : undefined;
}

function push(input: Input, reader: Reader): void {
  if (input.readers.length > maxReaders) {
    report(input, input.current, "files or macros are nested too deeply");
    return;
  }
  input.readers.push(reader);
}

function isEnabled(input: Input): boolean {
  return input.conditions.at(-1)?.enabled ?? true;
}

/** Reads the next token that the parser is to see. */
function nextExpanded(input: Input): number {
  let uses = 0;
  let mayTakePeeked = true;
  for (;;) {
    if (mayTakePeeked && input.peeked !== undefined) {
      input.current = input.peeked.item;
      input.currentUse = input.peeked.use;
      input.peeked = undefined;
      return input.current.kind;
    }
    mayTakePeeked = false;
    const kind = next(input);
    if (kind === Kind.Hash) {
      if (!input.atLineStart) report(input, input.current, '"#" must come first on its line');
      input.atLineStart = directive(input);
      // The assembler hands a "#" to its parser here, so its next step starts afresh.
      uses = 0;
      mayTakePeeked = true;
      continue;
    }
    if (kind === Kind.Ident) {
      // Macros expand even where an #ifdef is false; it costs nothing but may be an error.
      const macro = input.macros.get(itemText(input, input.current));
      if (macro !== undefined) {
        if (uses++ < maxUses) {
          invoke(input, macro);
        } else {
          report(input, input.current, "recursive macro invocation");
          while (input.readers.at(-1)?.items !== undefined) input.readers.pop();
          uses = 0;
        }
        continue;
      }
    }
    if (kind === Kind.End) {
      for (const condition of input.conditions) report(input, condition.at, "no #endif for this name");
      return kind;
    }
    input.atLineStart = kind === Kind.Newline;
    if (isEnabled(input)) return kind;
  }
}

/** Handles a `#` line; says whether the next token starts a line. */
function directive(input: Input): boolean {
  const kind = next(input);
  if (kind !== Kind.Ident) {
    report(input, input.current, 'expected a directive behind "#"');
    return kind === Kind.Newline || skipLine(input);
  }
  const word = itemText(input, input.current);
  const isCondition = word === "else" || word === "endif" || word === "ifdef" || word === "ifndef";
  if (!isEnabled(input) && !isCondition && word !== "line") return false;
  switch (word) {
    case "define":
      define(input);
      return true;
    case "undef": {
      const name = macroName(input, word);
      if (name === undefined) return true;
      if (!input.macros.delete(name)) report(input, input.current, `#undef of undefined macro ${name}`);
      expectNewline(input, word);
      return true;
    }
    case "ifdef":
    case "ifndef": {
      const name = macroName(input, word);
      const at = input.current;
      if (name !== undefined) expectNewline(input, word);
      const holds = name !== undefined && input.macros.has(name) === (word === "ifdef");
      input.conditions.push({ enabled: isEnabled(input) && holds, at });
      return true;
    }
    case "else":
    case "endif": {
      const at = input.current;
      expectNewline(input, word);
      const condition = input.conditions.at(-1);
      if (condition === undefined) report(input, at, `#${word} without #ifdef`);
      else if (word === "endif") input.conditions.pop();
      else if (input.conditions.at(-2)?.enabled ?? true) condition.enabled = !condition.enabled;
      return true;
    }
    case "include":
      include(input);
      return true;
    case "line":
      // Positions stay those of the text; the form is checked by the parser of the file as written.
      return skipLine(input);
    default:
      report(input, input.current, `unknown directive #${word}`);
      return skipLine(input);
  }
}

/** The name behind a directive; undefined, with an error and the line passed, where there is none. */
function macroName(input: Input, word: string): string | undefined {
  const kind = next(input);
  if (kind === Kind.Ident) return itemText(input, input.current);
  report(input, input.current, `#${word} needs a name`);
  if (kind !== Kind.Newline) skipLine(input);
  return undefined;
}

/** Goes behind the next newline; always true, which is what comes next starts a line. */
function skipLine(input: Input): true {
  for (;;) {
    const kind = next(input);
    if (kind === Kind.Newline || kind === Kind.End) return true;
  }
}

function expectNewline(input: Input, word: string): void {
  const kind = next(input);
  if (kind === Kind.Newline) return;
  report(input, input.current, `expected end of line behind #${word}`);
  if (kind !== Kind.End) skipLine(input);
}

function include(input: Input): void {
  const kind = next(input);
  const at = input.current;
  const use = input.currentUse;
  const path = kind === Kind.String ? unquote(itemText(input, at)) : undefined;
  if (path === undefined) {
    report(input, at, "#include needs a path in quotes");
    if (kind !== Kind.Newline) skipLine(input);
    return;
  }
  expectNewline(input, "include");
  const from = input.sources[at.source]!;
  const file = isFile(from) ? input.options.include(path, from) : undefined;
  if (file === undefined) {
    report(input, at, `cannot find ${path}`);
    return;
  }
  let source = input.sources.indexOf(file);
  if (source < 0) source = input.sources.push(file) - 1;
  const { starts } = from.tokens;
  const span = { start: starts[at.token]!, end: starts[at.token + 1]! };
  input.uses.push({ kind: "include", name: path, source: at.source, ...span, parent: use });
  push(input, { items: undefined, source, use: input.uses.length - 1, next: 0 });
}

function isFile(source: Source): source is AsmFile {
  return "statements" in source;
}

function define(input: Input): void {
  const name = macroName(input, "define");
  if (name === undefined) return;
  const at = input.current;
  const reader = input.readers.at(-1);
  let kind = next(input);
  let params: Map<string, number> | undefined;
  if (kind === Kind.Open && reader === input.readers.at(-1) && isAdjacent(input, at)) {
    params = macroParams(input);
    if (params === undefined) {
      report(input, input.current, `malformed parameters of macro ${name}`);
      if (input.current.kind !== Kind.Newline) skipLine(input);
      return;
    }
    kind = next(input);
  }
  const body: Item[] = [];
  const hasBody = kind !== Kind.End;
  for (; kind !== Kind.Newline; kind = next(input)) {
    if (kind === Kind.Backslash) {
      kind = next(input);
      if (kind !== Kind.Newline && kind !== Kind.Backslash && kind !== Kind.End) {
        report(input, input.current, 'only a newline or "\\" can follow "\\" in a macro');
      }
    }
    if (kind === Kind.End) {
      if (hasBody || params !== undefined) report(input, at, `no newline behind macro ${name}`);
      break;
    }
    body.push(input.current);
  }
  if (input.macros.has(name)) report(input, at, `redefinition of macro ${name}`);
  input.macros.set(name, { name, params, body });
}

/** Whether no space stands between the item and the current token; inside a macro, where space is lost, never. */
function isAdjacent(input: Input, item: Item): boolean {
  if (input.readers.at(-1)?.items !== undefined) return true;
  return input.current.source === item.source && input.current.token === item.token + 1;
}

/** The parameters behind the opening parenthesis; undefined where they are malformed. */
function macroParams(input: Input): Map<string, number> | undefined {
  const params = new Map<string, number>();
  let wantName = true;
  for (;;) {
    const kind = next(input);
    if (kind === Kind.Close) return params;
    if (kind === Kind.Comma) {
      if (wantName) return undefined;
      wantName = true;
    } else if (kind === Kind.Ident && wantName) {
      const name = itemText(input, input.current);
      if (params.has(name)) return undefined;
      params.set(name, params.size);
      wantName = false;
    } else {
      return undefined;
    }
  }
}

/** Replaces the current token, the macro's name, and its arguments by the body. */
function invoke(input: Input, macro: Macro): void {
  const at = input.current;
  const parent = input.currentUse;
  const { params } = macro;
  let items = macro.body;
  let last = at;
  if (params !== undefined) {
    if (next(input) !== Kind.Open) {
      // Without arguments the name stays, as a token that is no identifier any more.
      input.peeked = { item: input.current, use: input.currentUse };
      const name: Item = { kind: Kind.MacroName, source: at.source, token: at.token };
      push(input, { items: [name], source: at.source, use: parent, next: 0 });
      return;
    }
    const args = collectArgs(input, macro, at);
    if (args === undefined) return;
    last = input.current;
    items = substitute(input, macro.body, params, args);
  }
  const { starts } = input.sources[at.source]!.tokens;
  const start = starts[at.token]!;
  const end = starts[(last.source === at.source && last.token > at.token ? last : at).token + 1]!;
  input.uses.push({ kind: "macro", name: macro.name, source: at.source, start, end, parent });
  push(input, { items, source: at.source, use: input.uses.length - 1, next: 0 });
}

/** The arguments behind the opening parenthesis; undefined, with an error, where they do not end on the line. */
function collectArgs(input: Input, macro: Macro, at: Item): Item[][] | undefined {
  const args: Item[][] = [];
  let arg: Item[] = [];
  let nesting = 0;
  for (;;) {
    const kind = next(input);
    if (kind === Kind.End || kind === Kind.Newline) {
      report(input, at, `arguments of macro ${macro.name} do not end`);
      return undefined;
    }
    if (nesting === 0 && (kind === Kind.Close || kind === Kind.Comma)) {
      args.push(arg);
      arg = [];
      if (kind === Kind.Close) break;
      continue;
    }
    if (kind === Kind.Open) nesting++;
    else if (kind === Kind.Close) nesting--;
    arg.push(input.current);
  }
  const wanted = macro.params!.size;
  if (wanted === 0 && args.length === 1 && args[0]!.length === 0) return [];
  if (args.length !== wanted) {
    report(input, at, `macro ${macro.name} takes ${wanted} arguments, not ${args.length}`);
  }
  return args;
}

function substitute(
  input: Input,
  body: readonly Item[],
  params: ReadonlyMap<string, number>,
  args: readonly Item[][],
): readonly Item[] {
  const items: Item[] = [];
  for (const item of body) {
    if (input.work-- <= 0) break;
    const param = item.kind === Kind.Ident ? params.get(itemText(input, item)) : undefined;
    const arg = param === undefined ? undefined : args[param];
    // An empty argument leaves the parameter's name in place, in the assembler too.
    if (arg === undefined || arg.length === 0) {
      items.push(item);
      continue;
    }
    input.work -= arg.length;
    if (input.work > 0) for (const replacement of arg) items.push(replacement);
  }
  return items;
}
