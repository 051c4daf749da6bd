/**
 * The statements of an assembly file as each target assembles them: macros expanded,
 * included files in place, only the branches that count. Most files read alike
 * everywhere and have one code, the tree of the file as written; the others have one
 * for each combination of the predefined macros that they ask for.
 *
 * `go_asm.h`, `textflag.h`, `funcdata.h` and `go_tls.h` are not expanded: their names
 * say more than their numbers (`m_id(R1)`, `NOSPLIT`, `NO_LOCAL_POINTERS`).
 */
import type { Span } from "../../base/span.ts";
import type { AsmFile, Statement, TextDirective } from "../../syntax/asm/ast.ts";
import { type AsmTokens, isTrivia, Kind } from "../../syntax/asm/lexer.ts";
import { parseTokens } from "../../syntax/asm/parser.ts";
import {
  expandAsm,
  type Expansion,
  lexSource,
  mainSpan,
  placeOf,
  type Source,
  type Stopped,
  useOf,
} from "../../syntax/asm/preprocess.ts";
import type { AsmText } from "./asmUnit.ts";
import { includedTexts, isPlainHeader, macroClasses } from "./macroClasses.ts";
import type { BuildConfig } from "../targets/selectFile.ts";
import type { TargetSet } from "../targets/targetSet.ts";

export interface AsmCode {
  /** The targets that assemble this. */
  readonly targets: TargetSet;
  /** What all offsets mean, unless they are said to be of the file: `written` says where something stands there. */
  readonly text: string;
  readonly tokens: AsmTokens;
  /** Whether all that it includes was found, and the preprocessor has nothing to say against it. */
  readonly isComplete: boolean;
  /** Why and where in the file as written preprocessing was given up, if it was: then there is no code. */
  readonly stopped: Stopped | undefined;
  /** Of the macros that it asks for, those that are predefined on its targets. */
  readonly predefined: readonly string[];
  /** In the order of the text. */
  readonly functions: readonly AsmFunction[];
  /** All of its statements, those before the first TEXT too; parsed when asked for. */
  readonly file: AsmFile;
  /** Where a part of the code comes from. */
  written(span: Span): WrittenPlace;
}

/** A TEXT and the statements up to the next one: code, and whatever directives stand there. */
export interface AsmFunction {
  readonly text: TextDirective;
  /** The symbol as written: `runtime·exit`; "" where it cannot be read. */
  readonly name: string;
  /** Of the statements, comments included: often enough to see that there is nothing to look for. */
  readonly source: string;
  /** Parsed when asked for, which most functions never are. `StatementBase.text` means nothing here. */
  readonly statements: readonly Statement[];
}

export interface WrittenPlace {
  /** In the file as written: whole macro uses and `#include` lines where the code comes through one. */
  readonly span: Span;
  /** Where the code itself stands, if that is in a macro's body or in an included file. */
  readonly origin: Origin | undefined;
}

export interface Origin {
  /** The innermost macro that the code comes through; undefined where it only stands in an included file. */
  readonly macro: string | undefined;
  /** The file it stands in, by the path of its `#include`; undefined for the file itself. */
  readonly include: string | undefined;
  readonly span: Span;
}

/** How much preprocessing may be at least, in the words of `ExpandOptions.maxWork`: once, and for all targets. Longer files may take more. */
const minWork = 1 << 21;
const minTotalWork = 1 << 22;

/** The code of a file that `targets` select, together for all of these. Nothing is remembered here. */
export function asmCodes(
  file: AsmText,
  targets: TargetSet,
  config: BuildConfig,
  include: (path: string) => AsmText | undefined,
): readonly AsmCode[] {
  const included = includedTexts(file, include);
  const outlines = [file, ...included.values()].map(({ outline }) => outline);
  const isFound = (path: string): boolean => included.has(path) || isPlainHeader(path);
  const isComplete = outlines.every(({ includes }) => includes.every(isFound));
  const tested = new Set(outlines.flatMap((outline) => outline.tested));
  const main = lexSource(file.text);
  if (tested.size === 0 && outlines.every(({ defines }) => defines.size === 0) && included.size === 0)
    return [
      createCode({ targets, isComplete, stopped: undefined, predefined: [] }, main, (span) => ({
        span,
        origin: undefined,
      })),
    ];
  // Together, too, so that many targets do not make much of little.
  const { count } = main.tokens;
  let work = Math.max(minTotalWork, 64 * count);
  return macroClasses(targets, config, tested).map(({ predefined, targets }) => {
    const expansion = expandAsm(main, {
      predefined,
      include: (path) => included.get(path)?.source,
      maxWork: Math.min(Math.max(minWork, 4 * count), work),
    });
    work -= expansion.work;
    // A header that is left out on purpose is missing too.
    const isSound = expansion.errors.every(({ message }) => message.startsWith("cannot find "));
    const { stopped } = expansion;
    const facts = { targets, isComplete: isComplete && isSound && !stopped, stopped, predefined };
    return createCode(facts, expansion, (span) =>
      stopped ? { span: stopped.span, origin: undefined } : writtenPlace(expansion, included, span),
    );
  });
}

function createCode(
  facts: Pick<AsmCode, "targets" | "isComplete" | "stopped" | "predefined">,
  { text, tokens }: Source,
  written: AsmCode["written"],
): AsmCode {
  let file: AsmFile | undefined;
  let functions: readonly AsmFunction[] | undefined;
  return {
    ...facts,
    text,
    tokens,
    get file() {
      return (file ??= parseTokens(text, tokens, []));
    },
    get functions() {
      return (functions ??= functionsOf(text, tokens));
    },
    written,
  };
}

function functionsOf(text: string, tokens: AsmTokens): AsmFunction[] {
  const starts = textTokens(text, tokens);
  return starts.flatMap((start, i) => {
    const end = starts[i + 1] ?? tokens.count;
    const bodyStart = statementEnd(tokens, start);
    const [directive] = parseTokens(text, part(tokens, start, bodyStart), []).statements;
    if (directive?.kind !== "text") return [];
    let statements: readonly Statement[] | undefined;
    return {
      text: directive,
      name: directive.symbol?.name ?? "",
      source: text.slice(tokens.starts[bodyStart], tokens.starts[end]),
      get statements() {
        return (statements ??= parseTokens(text, part(tokens, bodyStart, end), []).statements);
      },
    };
  });
}

/** The tokens that begin a TEXT directive. */
function textTokens(text: string, { kinds, starts, count }: AsmTokens): number[] {
  const found: number[] = [];
  let last: number = Kind.Newline;
  for (let token = 0; token < count; token++) {
    const kind = kinds[token]!;
    if (isTrivia(kind)) continue;
    const mayBegin = last === Kind.Newline || last === Kind.Semicolon || last === Kind.Colon;
    const start = starts[token]!;
    const isText = kind === Kind.Ident && starts[token + 1] === start + 4 && text.startsWith("TEXT", start);
    if (isText && mayBegin) found.push(token);
    last = kind;
  }
  return found;
}

/** The token that ends the statement which begins at `token`. */
function statementEnd({ kinds, count }: AsmTokens, token: number): number {
  while (token < count && kinds[token] !== Kind.Newline && kinds[token] !== Kind.Semicolon) token++;
  return token;
}

/** The tokens from `from` up to, not including, `to`, as a list of their own over the same text. */
function part({ kinds, starts }: AsmTokens, from: number, to: number): AsmTokens {
  return { count: to - from, kinds: kinds.subarray(from, to), starts: starts.subarray(from, to + 1) };
}

function writtenPlace(
  expansion: Expansion,
  included: ReadonlyMap<string, AsmText>,
  span: Span,
): WrittenPlace {
  const written = mainSpan(expansion, span);
  const use = useOf(expansion, span.start);
  if (use < 0) return { span: written, origin: undefined };
  const first = placeOf(expansion, span.start);
  const last = span.end > span.start ? placeOf(expansion, span.end - 1) : first;
  const source = expansion.sources[first.source]!;
  const include = [...included].find(([, text]) => text.source === source)?.[0];
  // A macro that the target itself predefines stands nowhere.
  if (first.source > 0 && include === undefined) return { span: written, origin: undefined };
  const start = first.start;
  const end = last.source === first.source ? Math.max(last.end, first.end) : first.end;
  return { span: written, origin: { macro: macroOf(expansion, use), include, span: { start, end } } };
}

function macroOf({ uses }: Expansion, use: number): string | undefined {
  for (let at = use; at >= 0; at = uses[at]!.parent) if (uses[at]!.kind === "macro") return uses[at]!.name;
  return undefined;
}
