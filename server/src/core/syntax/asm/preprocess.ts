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
  readonly include: (path: string, from: Source) => Source | undefined;
  /** Tokens to read and copy before giving up; 2^21 if absent, many times the largest real file. */
  readonly maxWork?: number;
}

export interface Expansion {
  /** The expanded source, without preprocessor lines, and its tokens, which may be what `lexAsm` never makes. */
  readonly text: string;
  readonly tokens: AsmTokens;
  /** `text` and `tokens` with their statements; parsed when first asked for. */
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
  const token = tokenAt(expansion.tokens, offset);
  const source = expansion.tokenSource[token] ?? 0;
  const { starts } = expansion.sources[source]!.tokens;
  const at = expansion.sourceToken[token] ?? 0;
  return { source, start: starts[at] ?? 0, end: starts[at + 1] ?? 0 };
}

/** Index in `uses` of the innermost use that the characters at `offset` of the expanded text come through, -1 for none. */
export function useOf({ tokens, tokenUse }: Expansion, offset: number): number {
  return tokenUse[tokenAt(tokens, offset)] ?? -1;
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
  readonly source: Source;
  /** Index of the token there. */
  readonly token: number;
  readonly text: string;
  /** Whether space or a comment stands before it. */
  readonly spaced: boolean;
}

const itemsOfSources = new WeakMap<Source, readonly Item[]>();

/** What a source consists of, trivia left out; made once, as a file is expanded for several targets. */
function itemsOf(source: Source): readonly Item[] {
  const known = itemsOfSources.get(source);
  if (known) return known;
  const { text, tokens } = source;
  const { kinds, starts, count } = tokens;
  const items: Item[] = [];
  let spaced = false;
  for (let token = 0; token < count; token++) {
    const kind = kinds[token]!;
    if (!isTrivia(kind))
      items.push({ kind, source, token, text: text.slice(starts[token], starts[token + 1]), spaced });
    spaced = isTrivia(kind);
  }
  itemsOfSources.set(source, items);
  return items;
}

interface Macro {
  readonly name: string;
  /** Positions of the parameters by name; undefined without parentheses. */
  readonly params: ReadonlyMap<string, number> | undefined;
  readonly body: readonly Item[];
}

/** Where tokens are read from: a file, or the tokens of a macro. */
interface Reader {
  readonly items: readonly Item[];
  readonly isFile: boolean;
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
  /** Those of `sources` that are texts of predefined macros. */
  readonly predefined: Set<Source>;
  readonly uses: Use[];
  readonly errors: ExpansionError[];
  readonly macros: Map<string, Macro>;
  readonly readers: Reader[];
  readonly conditions: Condition[];
  /** What stands behind everything. */
  readonly end: Item;
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
export function expandAsm(main: Source, options: ExpandOptions): Expansion {
  const end: Item = { kind: Kind.End, source: main, token: main.tokens.count, text: "", spaced: false };
  const input: Input = {
    options,
    sources: [main],
    predefined: new Set(),
    uses: [],
    errors: [],
    macros: new Map(),
    readers: [{ items: itemsOf(main), isFile: true, use: -1, next: 0 }],
    end,
    conditions: [],
    current: end,
    currentUse: -1,
    peeked: undefined,
    atLineStart: true,
    work: options.maxWork ?? defaultWork,
  };
  for (const definition of options.predefined) predefine(input, definition);
  const output = newOutput(main.tokens.count);
  while (nextExpanded(input) !== Kind.End) emit(output, input);
  const { count, parts } = output;
  const tokens: AsmTokens = {
    count,
    kinds: output.kinds.slice(0, count),
    starts: output.starts.slice(0, count + 1),
  };
  tokens.starts[count] = output.length;
  const text = parts.join("");
  let file: AsmFile | undefined;
  return {
    text,
    tokens,
    get file() {
      return (file ??= parseTokens(text, tokens, []));
    },
    errors: input.errors,
    sources: input.sources,
    tokenSource: output.tokenSource.slice(0, count),
    sourceToken: output.sourceToken.slice(0, count),
    tokenUse: output.tokenUse.slice(0, count),
    uses: input.uses,
  };
}

/** The tokens so far, in arrays with room for more. */
interface Output {
  count: number;
  readonly parts: string[];
  length: number;
  kinds: Uint8Array;
  starts: Uint32Array;
  tokenSource: Uint32Array;
  sourceToken: Uint32Array;
  tokenUse: Int32Array;
  /** The source of the last token and its index, which rarely change. */
  source: Source | undefined;
  sourceIndex: number;
}

function newOutput(room: number): Output {
  return {
    count: 0,
    parts: [],
    length: 0,
    kinds: new Uint8Array(room),
    starts: new Uint32Array(room),
    tokenSource: new Uint32Array(room),
    sourceToken: new Uint32Array(room),
    tokenUse: new Int32Array(room),
    source: undefined,
    sourceIndex: 0,
  };
}

/** Adds the current token, after one blank where its source has space there or it would melt with the one before. */
function emit(output: Output, input: Input): void {
  const { kind, source, spaced, text } = input.current;
  if (output.source !== source) {
    output.source = source;
    output.sourceIndex = input.sources.indexOf(source);
  }
  const before = output.count > 0 ? output.kinds[output.count - 1]! : Kind.Newline;
  if (spaced || melts(before, kind)) add(output, Kind.Space, " ", input);
  add(output, kind, text, input);
}

function add(output: Output, kind: number, text: string, input: Input): void {
  // One more is needed at the end, for where the last token ends.
  if (output.count + 1 >= output.kinds.length) grow(output);
  const { count } = output;
  output.kinds[count] = kind;
  output.starts[count] = output.length;
  output.tokenSource[count] = output.sourceIndex;
  output.sourceToken[count] = input.current.token;
  output.tokenUse[count] = input.currentUse;
  output.parts.push(text);
  output.length += text.length;
  output.count = count + 1;
}

function copied<T extends Uint8Array | Uint32Array | Int32Array>(into: T, from: T): T {
  into.set(from);
  return into;
}

function grow(output: Output): void {
  const room = 2 * output.kinds.length + 16;
  output.kinds = copied(new Uint8Array(room), output.kinds);
  output.starts = copied(new Uint32Array(room), output.starts);
  output.tokenSource = copied(new Uint32Array(room), output.tokenSource);
  output.sourceToken = copied(new Uint32Array(room), output.sourceToken);
  output.tokenUse = copied(new Int32Array(room), output.tokenUse);
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

function predefine(input: Input, definition: string): void {
  const equals = definition.indexOf("=");
  const name = equals > 0 ? definition.slice(0, equals) : definition;
  const text = equals > 0 ? definition.slice(equals + 1) : "1";
  const source: Source = { text, tokens: lexAsm(text).tokens };
  input.sources.push(source);
  input.predefined.add(source);
  input.macros.set(name, { name, params: undefined, body: itemsOf(source) });
}

function report(input: Input, item: Item, message: string): void {
  const { starts } = item.source.tokens;
  const start = starts[item.token]!;
  const source = input.sources.indexOf(item.source);
  input.errors.push({ source, start, end: starts[item.token + 1] ?? start, message });
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
    const item = reader.items[reader.next++];
    if (item !== undefined) {
      input.current = item;
      input.currentUse = reader.use;
      return item.kind;
    }
    input.readers.pop();
  }
  input.current = input.end;
  input.currentUse = -1;
  return Kind.End;
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
      const macro = input.macros.get(input.current.text);
      if (macro !== undefined) {
        if (uses++ < maxUses) {
          invoke(input, macro);
        } else {
          report(input, input.current, "recursive macro invocation");
          while (input.readers.at(-1)?.isFile === false) input.readers.pop();
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
  const word = input.current.text;
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
  if (kind === Kind.Ident) return input.current.text;
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
  const path = kind === Kind.String ? unquote(at.text) : undefined;
  if (path === undefined) {
    report(input, at, "#include needs a path in quotes");
    if (kind !== Kind.Newline) skipLine(input);
    return;
  }
  expectNewline(input, "include");
  const from = at.source;
  const file = input.predefined.has(from) ? undefined : input.options.include(path, from);
  if (file === undefined) {
    report(input, at, `cannot find ${path}`);
    return;
  }
  if (!input.sources.includes(file)) input.sources.push(file);
  const { starts } = from.tokens;
  const span = { start: starts[at.token]!, end: starts[at.token + 1]! };
  input.uses.push({ kind: "include", name: path, source: input.sources.indexOf(from), ...span, parent: use });
  push(input, { items: itemsOf(file), isFile: true, use: input.uses.length - 1, next: 0 });
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
  if (input.readers.at(-1)?.isFile === false) return true;
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
      const name = input.current.text;
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
      push(input, { items: [{ ...at, kind: Kind.MacroName }], isFile: false, use: parent, next: 0 });
      return;
    }
    const args = collectArgs(input, macro, at);
    if (args === undefined) return;
    last = input.current;
    items = substitute(input, macro.body, params, args);
  }
  const { starts } = at.source.tokens;
  const start = starts[at.token]!;
  const end = starts[(last.source === at.source && last.token > at.token ? last : at).token + 1]!;
  input.uses.push({
    kind: "macro",
    name: macro.name,
    source: input.sources.indexOf(at.source),
    start,
    end,
    parent,
  });
  push(input, { items, isFile: false, use: input.uses.length - 1, next: 0 });
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
    const param = item.kind === Kind.Ident ? params.get(item.text) : undefined;
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
