/**
 * Expands a file for one set of predefined macros: `#include`, `#define` and
 * `#ifdef` resolved the way cmd/asm/internal/lex/input.go resolves them, its odd
 * corners included, since what it rejects does not build. The result is an
 * `AsmFile` again, of an expanded text that holds no directive and no macro, and
 * for each of its tokens the place it comes from.
 *
 * It must not know targets or directories: the caller says what is predefined and
 * what an include path means. The assembler stops at its first error; this goes on,
 * but where files or macros nest without end, and where they come to more than is
 * worth reading: work is bounded, all that is kept is paid for, and the result says so.
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
  /** Work before giving up: a token read or copied is one; what is kept of uses, runs and errors costs more. 2^21 if absent, many times the largest real file. */
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
  /** Where the tokens come from, in their order. */
  readonly runs: readonly Run[];
  readonly uses: readonly Use[];
  /** Why and where in the main file it was given up, if it was: then nothing is expanded. */
  readonly stopped: Stopped | undefined;
  /** How much was done, as `maxWork` counts it. */
  readonly work: number;
}

export interface Stopped {
  readonly kind: "recursion" | "size";
  readonly span: Span;
}

/** Tokens that stand side by side in one source and come through the same use, up to the first of the next run. */
export interface Run {
  /** Index of the first in `Expansion.tokens`. */
  readonly first: number;
  /** Index in `Expansion.sources`. */
  readonly source: number;
  /** Index of the first in the tokens of its source. */
  readonly sourceToken: number;
  /** Index in `Expansion.uses` of the innermost use they come through, -1 for none. */
  readonly use: number;
}

/** A text with its tokens. */
export interface Source {
  readonly text: string;
  readonly tokens: AsmTokens;
}

export function lexSource(text: string): Source {
  return { text, tokens: lexAsm(text).tokens };
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
  const run = runAt(expansion.runs, token);
  if (run === undefined) return { source: 0, start: 0, end: 0 };
  const { starts } = expansion.sources[run.source]!.tokens;
  const at = run.sourceToken + token - run.first;
  return { source: run.source, start: starts[at] ?? 0, end: starts[at + 1] ?? 0 };
}

/** Index in `uses` of the innermost use that the characters at `offset` of the expanded text come through, -1 for none. */
export function useOf({ tokens, runs }: Expansion, offset: number): number {
  return runAt(runs, tokenAt(tokens, offset))?.use ?? -1;
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
  const use = useOf(expansion, offset);
  return use < 0 ? placeOf(expansion, offset) : outermost(expansion.uses, use);
}

/** Where the main file has the use that the one with this index comes through. */
function outermost(uses: readonly Use[], use: number): Span {
  while (uses[use]!.parent >= 0) use = uses[use]!.parent;
  const { start, end } = uses[use]!;
  return { start, end };
}

/** Index of the token that holds `offset`; the last one for an offset at the end. */
function tokenAt({ starts, count }: AsmTokens, offset: number): number {
  let low = 0;
  let high = Math.max(0, count - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The run that holds a token; undefined where there is none at all. */
function runAt(runs: readonly Run[], token: number): Run | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (runs[middle]!.first <= token) low = middle;
    else high = middle - 1;
  }
  return runs[low];
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

function itemAt(source: Source, token: number): Item {
  const { kinds, starts } = source.tokens;
  const text = source.text.slice(starts[token], starts[token + 1]);
  return { kind: kinds[token]!, source, token, text, spaced: token > 0 && isTrivia(kinds[token - 1]!) };
}

/** What a source consists of, trivia left out. */
function itemsOf(source: Source): readonly Item[] {
  const { kinds, count } = source.tokens;
  const items: Item[] = [];
  for (let token = 0; token < count; token++) if (!isTrivia(kinds[token]!)) items.push(itemAt(source, token));
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
  /** Undefined for a macro. */
  readonly file: Source | undefined;
  /** Of a macro. */
  readonly items: readonly Item[];
  readonly use: number;
  /** Index of the next token of the file, or of the next item. */
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
  /** What `hashOf` says of names that were macros at some time: 1; most other words are known by it to be none. */
  readonly macroHashes: Uint8Array;
  readonly readers: Reader[];
  readonly conditions: Condition[];
  /** What stands behind everything. */
  readonly end: Item;
  /** The token read last, and the use its reader stands for. */
  current: Item;
  currentUse: number;
  peeked: { readonly item: Item; readonly use: number } | undefined;
  atLineStart: boolean;
  /** What may still be done. */
  work: number;
  stopped: Stopped | undefined;
}

/** With more than this many files and macros inside each other the assembler gives up, "input recursion", and so does this (`Push` in input.go). */
const maxReaders = 100;
/** More than this many macro uses without a token between them are an error, as in input.go. */
const maxUses = 100;
const defaultWork = 1 << 21;

/** What it costs to keep something, in tokens copied. */
const costs = { use: 16, run: 8, error: 16 } as const;

/** Expands `main`. The time it takes is bounded by its length and `options.maxWork`. */
export function expandAsm(main: Source, options: ExpandOptions): Expansion {
  const { maxWork = defaultWork } = options;
  const end: Item = { kind: Kind.End, source: main, token: main.tokens.count, text: "", spaced: false };
  const input: Input = {
    options,
    sources: [main],
    predefined: new Set(),
    uses: [],
    errors: [],
    macros: new Map(),
    macroHashes: new Uint8Array(256),
    readers: [{ file: main, items: [], use: -1, next: 0 }],
    end,
    conditions: [],
    current: end,
    currentUse: -1,
    peeked: undefined,
    atLineStart: true,
    work: maxWork,
    stopped: undefined,
  };
  for (const definition of options.predefined) predefine(input, definition);
  const output = newOutput(main.tokens.count);
  while (nextExpanded(input, output) !== Kind.End) emit(output, input);
  flush(output);
  const { stopped } = input;
  const work = maxWork - input.work;
  if (stopped) {
    const nothing = { text: "", tokens: lexAsm("").tokens, runs: [], uses: [], sources: [main] };
    return { ...nothing, file: parseTokens("", nothing.tokens, []), errors: input.errors, stopped, work };
  }
  const { count } = output;
  output.starts[count] = output.length;
  const tokens: AsmTokens = {
    count,
    kinds: output.kinds.subarray(0, count),
    starts: output.starts.subarray(0, count + 1),
  };
  const text = output.parts.join("");
  let file: AsmFile | undefined;
  return {
    text,
    tokens,
    get file() {
      return (file ??= parseTokens(text, tokens, []));
    },
    errors: input.errors,
    sources: input.sources,
    runs: output.runs,
    uses: input.uses,
    stopped,
    work,
  };
}

/** The tokens so far, in arrays with room for more. */
interface Output {
  count: number;
  kinds: Uint8Array;
  starts: Uint32Array;
  readonly runs: Run[];
  /** The text, but for what the last run copies. */
  readonly parts: string[];
  length: number;
  /** What the last run copies: the tokens of a source from one up to, not including, another, and through which use. */
  source: Source | undefined;
  sourceIndex: number;
  from: number;
  to: number;
  use: number;
}

function newOutput(room: number): Output {
  return {
    count: 0,
    kinds: new Uint8Array(room),
    starts: new Uint32Array(room),
    runs: [],
    parts: [],
    length: 0,
    source: undefined,
    sourceIndex: 0,
    from: 0,
    to: 0,
    use: -1,
  };
}

/** Adds the current token, behind what stands between it and the one before where they are neighbours in a source. */
function emit(output: Output, input: Input): void {
  const { current, currentUse } = input;
  copyNext(output, input, current, current.token + 1, currentUse);
  output.kinds[output.count - 1] = current.kind;
}

/** Copies what begins with an item, and what stands in front of it if that is all between it and the last token. */
function copyNext(
  output: Output,
  input: Input,
  { source, token, spaced }: Item,
  to: number,
  use: number,
): void {
  const isNext = goesOn(output, source, use) && token === output.to + (spaced ? 1 : 0);
  copy(output, input, source, isNext ? output.to : token, to, use, spaced);
}

/**
 * Copies the tokens of a file, as they stand there, up to the next one that the preprocessor looks at: most of a
 * file is nothing to it. Where a condition does not hold they are passed over. Returns whether any token that is
 * not trivia was copied.
 */
function copyPlain(input: Input, output: Output, reader: Reader, source: Source): boolean {
  const { kinds, count } = source.tokens;
  const from = reader.next;
  let token = from;
  let last: number = Kind.Space;
  for (; token < count; token++) {
    const kind = kinds[token]!;
    if (kind === Kind.Hash || (kind === Kind.Ident && mayBeMacro(input, source, token))) break;
    if (!isTrivia(kind)) last = kind;
  }
  reader.next = token;
  input.work -= token - from;
  if (isTrivia(last)) return false;
  input.atLineStart = last === Kind.Newline;
  if (!isEnabled(input)) return false;
  // What follows on the line of a comment at the end of an included file is no part of it.
  while (kinds[token - 1] === Kind.LineComment) token--;
  copy(output, input, source, from, token, reader.use, false);
  return true;
}

/**
 * Copies the items of a macro up to the next one that the preprocessor looks at. Those that are neighbours in their
 * source are copied together. Returns whether any was copied.
 */
function copyItems(input: Input, output: Output, reader: Reader): boolean {
  const { items, use } = reader;
  let next = reader.next;
  const begun = output.count;
  while (next < items.length && isPlain(input, items[next]!)) {
    const first = items[next]!;
    let last = first;
    for (next++; next < items.length; next++) {
      const item = items[next]!;
      const isNext = item.source === first.source && item.token === last.token + (item.spaced ? 2 : 1);
      if (!isNext || !isPlain(input, item)) break;
      last = item;
    }
    if (isEnabled(input)) copyNext(output, input, first, last.token + 1, use);
    input.atLineStart = last.kind === Kind.Newline;
  }
  input.work -= next - reader.next;
  reader.next = next;
  return output.count > begun;
}

/** Whether the preprocessor hands an item on as it is. */
function isPlain({ macros }: Input, { kind, text }: Item): boolean {
  if (kind === Kind.Ident) return !macros.has(text);
  return kind !== Kind.Hash && kind !== Kind.MacroName;
}

/**
 * Copies the tokens of a source from one up to, not including, another. Where they do not follow the last ones in
 * their source, a blank is put between if they are to stand apart or would melt.
 */
function copy(
  output: Output,
  input: Input,
  source: Source,
  from: number,
  to: number,
  use: number,
  spaced: boolean,
): void {
  reserve(output, to - from + 1);
  if (from !== output.to || !goesOn(output, source, use)) begin(output, input, source, from, use, spaced);
  const { kinds, starts } = source.tokens;
  const { kinds: outKinds, starts: outStarts, count } = output;
  const shift = output.length - starts[from]!;
  for (let token = from, out = count; token < to; token++, out++) {
    outKinds[out] = kinds[token]!;
    outStarts[out] = starts[token]! + shift;
  }
  output.count += to - from;
  output.length = starts[to]! + shift;
  output.to = to;
}

function goesOn(output: Output, source: Source, use: number): boolean {
  return output.source === source && output.use === use;
}

/** Begins a run, with a blank that stands in no source if there is to be one. */
function begin(
  output: Output,
  input: Input,
  source: Source,
  from: number,
  use: number,
  spaced: boolean,
): void {
  flush(output);
  if (output.source !== source) {
    output.source = source;
    output.sourceIndex = input.sources.indexOf(source);
  }
  output.from = output.to = from;
  output.use = use;
  const before = output.count > 0 ? output.kinds[output.count - 1]! : Kind.Newline;
  const isApart = !isTrivia(before) && (spaced || melts(before, source.tokens.kinds[from]!));
  const blanks = isApart ? 1 : 0;
  input.work -= costs.run;
  output.runs.push({ first: output.count, source: output.sourceIndex, sourceToken: from - blanks, use });
  if (!isApart) return;
  output.kinds[output.count] = Kind.Space;
  output.starts[output.count++] = output.length++;
  output.parts.push(" ");
}

/** Takes over the text of the last run. */
function flush({ source, parts, from, to }: Output): void {
  if (source && from < to)
    parts.push(source.text.slice(source.tokens.starts[from], source.tokens.starts[to]));
}

function mayBeMacro({ macroHashes }: Input, { text, tokens: { starts } }: Source, token: number): boolean {
  return macroHashes[hashOf(text, starts[token]!, starts[token + 1]!)] === 1;
}

/** A number below 256 that depends on the length of a word and the characters at its ends. */
function hashOf(text: string, start: number, end: number): number {
  return (end - start + 31 * text.charCodeAt(start) + 7 * text.charCodeAt(end - 1)) & 255;
}

/** Makes room for more tokens, and for where the last one ends. */
function reserve(output: Output, tokens: number): void {
  const needed = output.count + tokens + 1;
  if (needed <= output.kinds.length) return;
  const room = Math.max(needed, 2 * output.kinds.length);
  const { kinds, starts } = output;
  output.kinds = new Uint8Array(room);
  output.kinds.set(kinds);
  output.starts = new Uint32Array(room);
  output.starts.set(starts);
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
  const source = lexSource(text);
  input.sources.push(source);
  input.predefined.add(source);
  setMacro(input, { name, params: undefined, body: itemsOf(source) });
}

function setMacro(input: Input, macro: Macro): void {
  const { name } = macro;
  input.macros.set(name, macro);
  input.macroHashes[hashOf(name, 0, name.length)] = 1;
}

function report(input: Input, item: Item, message: string): void {
  input.work -= costs.error;
  const { starts } = item.source.tokens;
  const start = starts[item.token]!;
  const source = input.sources.indexOf(item.source);
  input.errors.push({ source, start, end: starts[item.token + 1] ?? start, message });
}

/** Gives up: no file or macro is read any further. */
function stop(input: Input, kind: Stopped["kind"], message: string): void {
  const { current, currentUse, uses } = input;
  report(input, current, message);
  const { starts } = current.source.tokens;
  const here = { start: starts[current.token]!, end: starts[current.token + 1] ?? starts[current.token]! };
  input.stopped = { kind, span: currentUse < 0 ? here : outermost(uses, currentUse) };
  input.readers.length = 0;
  input.conditions.length = 0;
}

/** Reads the next token, macros unexpanded, and leaves files and macros that have ended. */
function next(input: Input): number {
  if (input.work-- <= 0 && input.readers.length > 0) stop(input, "size", "expansion is too large");
  for (;;) {
    const reader = innermost(input);
    if (reader === undefined) break;
    const item = reader.file ? nextOf(reader, reader.file) : reader.items[reader.next++];
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

function nextOf(reader: Reader, file: Source): Item | undefined {
  const { kinds, count } = file.tokens;
  while (reader.next < count && isTrivia(kinds[reader.next]!)) reader.next++;
  return reader.next < count ? itemAt(file, reader.next++) : undefined;
}

function push(input: Input, reader: Reader): void {
  input.work -= costs.use;
  if (input.readers.length > maxReaders) stop(input, "recursion", "files or macros are nested too deeply");
  else input.readers.push(reader);
}

/** The file or macro that is being read. */
function innermost({ readers }: Input): Reader | undefined {
  return readers[readers.length - 1];
}

function isInMacro(input: Input): boolean {
  const reader = innermost(input);
  return reader !== undefined && reader.file === undefined;
}

function isEnabled(input: Input): boolean {
  const { conditions } = input;
  return conditions.length === 0 || conditions[conditions.length - 1]!.enabled;
}

/** Reads the next token that the parser is to see; what needs no look is copied to the output right away. */
function nextExpanded(input: Input, output: Output): number {
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
    const reader = innermost(input);
    if (reader && input.peeked === undefined && input.work > 0) {
      const { file } = reader;
      if (file ? copyPlain(input, output, reader, file) : copyItems(input, output, reader)) uses = 0;
    }
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
          while (isInMacro(input)) input.readers.pop();
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
  push(input, { file, items: [], use: input.uses.length - 1, next: 0 });
}

function define(input: Input): void {
  const name = macroName(input, "define");
  if (name === undefined) return;
  const at = input.current;
  const reader = innermost(input);
  let kind = next(input);
  let params: Map<string, number> | undefined;
  if (kind === Kind.Open && reader === innermost(input) && isAdjacent(input, at)) {
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
  setMacro(input, { name, params, body });
}

/** Whether no space stands between the item and the current token; inside a macro, where space is lost, never. */
function isAdjacent(input: Input, item: Item): boolean {
  if (isInMacro(input)) return true;
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
      push(input, { file: undefined, items: [{ ...at, kind: Kind.MacroName }], use: parent, next: 0 });
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
  push(input, { file: undefined, items, use: input.uses.length - 1, next: 0 });
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
