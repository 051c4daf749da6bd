/**
 * The statements of an assembly file as each target assembles them: macros expanded,
 * included files in place, only the branches that count. Most files read alike
 * everywhere and have one code, the tree of the file as written; the others have one
 * for each combination of the predefined macros that they ask for.
 *
 * `go_asm.h`, `textflag.h`, `funcdata.h` and `go_tls.h` are not expanded: their names
 * say more than their numbers (`m_id(R1)`, `NOSPLIT`, `NO_LOCAL_POINTERS`).
 */
import type { Span } from "../base/span.ts";
import type { AsmFile, Statement, TextDirective } from "../syntax/asm/ast.ts";
import { expandAsm, type Expansion, mainSpan, placeOf, useOf } from "../syntax/asm/preprocess.ts";
import type { AsmText } from "./asmUnit.ts";
import { includedTexts, macroClasses } from "./macroClasses.ts";
import type { BuildConfig } from "./selectFile.ts";
import type { TargetSet } from "./targetSet.ts";

export interface AsmCode {
  /** The targets that assemble this. */
  readonly targets: TargetSet;
  /** Its offsets are those of its own text: `written` says where something stands in the file. */
  readonly file: AsmFile;
  /** In the order of the text. */
  readonly functions: readonly AsmFunction[];
  /** Where a part of the code comes from. */
  written(span: Span): WrittenPlace;
}

/** A TEXT and the statements up to the next one: code, and whatever directives stand there. */
export interface AsmFunction {
  readonly text: TextDirective;
  /** The symbol as written: `runtime·exit`; "" where it cannot be read. */
  readonly name: string;
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

/** The code of a file that `targets` select, together for all of these. Nothing is remembered here. */
export function asmCodes(
  file: AsmText,
  targets: TargetSet,
  config: BuildConfig,
  include: (path: string) => AsmText | undefined,
): readonly AsmCode[] {
  const included = includedTexts(file, include);
  const outlines = [file, ...included.values()].map(({ outline }) => outline);
  const tested = new Set(outlines.flatMap((outline) => outline.tested));
  if (tested.size === 0 && outlines.every(({ defines }) => defines.size === 0) && included.size === 0)
    return [createCode(targets, file.tree, undefined, included)];
  const main = file.tree;
  return macroClasses(targets, config, tested).map(({ predefined, targets }) => {
    const expansion = expandAsm(main, { predefined, include: (path) => included.get(path)?.tree });
    return createCode(targets, expansion.file, expansion, included);
  });
}

function createCode(
  targets: TargetSet,
  file: AsmFile,
  expansion: Expansion | undefined,
  included: ReadonlyMap<string, AsmText>,
): AsmCode {
  let functions: readonly AsmFunction[] | undefined;
  return {
    targets,
    file,
    get functions() {
      return (functions ??= functionsOf(file));
    },
    written: (span) => (expansion ? writtenPlace(expansion, included, span) : { span, origin: undefined }),
  };
}

function functionsOf({ statements }: AsmFile): AsmFunction[] {
  const functions: AsmFunction[] = [];
  const starts = statements.flatMap((statement, i) => (statement.kind === "text" ? [i] : []));
  starts.forEach((start, i) => {
    const text = statements[start] as TextDirective;
    const body = statements.slice(start + 1, starts[i + 1]);
    functions.push({ text, name: text.symbol?.name ?? "", statements: body });
  });
  return functions;
}

function writtenPlace(
  expansion: Expansion,
  included: ReadonlyMap<string, AsmText>,
  span: Span,
): WrittenPlace {
  const first = placeOf(expansion, span.start);
  const last = span.end > span.start ? placeOf(expansion, span.end - 1) : first;
  const use = useOf(expansion, span.start);
  const written = mainSpan(expansion, span);
  if (use < 0) return { span: written, origin: undefined };
  const source = expansion.sources[first.source]!;
  const include = [...included].find(([, text]) => text.tree === source)?.[0];
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
