/**
 * An assembly file as each target sees it. Most files read alike everywhere and
 * have one unit, made from their outline; a file whose TEXT directives depend on
 * macros or conditions is expanded once for each combination of the predefined
 * macros that are asked for. It must not know directories: the caller says what an
 * include path means.
 */
import { expandAsm, mainSpan } from "../syntax/asm/preprocess.ts";
import { type AsmOutline, isDupOk, outlineAsm, type TextHead } from "../syntax/asm/outline.ts";
import { parseAsm } from "../syntax/asm/parser.ts";
import type { AsmFile } from "../syntax/asm/ast.ts";
import { includedTexts, macroClasses } from "./macroClasses.ts";
import type { BuildConfig } from "./selectFile.ts";
import type { TargetSet } from "./targetSet.ts";

/** A text with what is found in it when first asked for. */
export interface AsmText {
  readonly text: string;
  readonly outline: AsmOutline;
  /** As written; kept, so for headers, which many files include. */
  readonly tree: AsmFile;
}

export interface AsmUnit {
  /** The targets that this is true of. */
  readonly targets: TargetSet;
  readonly texts: readonly TextHead[];
  /** The names in its code: a superset of the symbols it refers to. */
  readonly mentions: ReadonlySet<string>;
  /** Whether no name of `mentions` stands in a branch or a macro that is not used here. */
  readonly isExact: boolean;
}

/** A text whose outline and tree are made when needed, and once. */
export function createAsmText(text: string): AsmText {
  let outline: AsmOutline | undefined;
  let tree: AsmFile | undefined;
  return {
    text,
    get outline() {
      return (outline ??= outlineAsm(text));
    },
    get tree() {
      return (tree ??= parseAsm(text));
    },
  };
}

/** The units of a file that `targets` select, together covering all of these. */
export function asmUnits(
  file: AsmText,
  targets: TargetSet,
  config: BuildConfig,
  include: (path: string) => AsmText | undefined,
): readonly AsmUnit[] {
  const included = includedTexts(file, include);
  const { texts, mentions, tested, defines } = file.outline;
  if (!dependsOnMacros(file.outline, included)) {
    return [{ targets, texts, mentions, isExact: tested.length === 0 && defines.size === 0 }];
  }
  const outlines = [file.outline, ...[...included.values()].map(({ outline }) => outline)];
  const allTested = new Set(outlines.flatMap((outline) => outline.tested));
  // A tree is many times as large as its text, and nobody asks for this one again.
  const main = parseAsm(file.text);
  return macroClasses(targets, config, allTested).map(({ predefined, targets }) => ({
    targets,
    ...expanded(main, predefined, (path) => included.get(path)?.tree),
  }));
}

function dependsOnMacros(outline: AsmOutline, included: ReadonlyMap<string, AsmText>): boolean {
  if (outline.isConditional) return true;
  for (const { outline: other } of included.values()) {
    if (other.isConditional || other.texts.length > 0) return true;
    if (outline.texts.some(({ name }) => other.defines.has(name))) return true;
  }
  return false;
}

function expanded(
  main: AsmFile,
  predefined: readonly string[],
  include: (path: string) => AsmFile | undefined,
): Omit<AsmUnit, "targets"> {
  const expansion = expandAsm(main, { predefined, include });
  const texts = expansion.file.statements.flatMap((statement): TextHead | readonly [] => {
    if (statement.kind !== "text" || statement.symbol === undefined) return [];
    const { symbol, flags } = statement;
    const { name, isStatic, abi, nameSpan } = symbol;
    const flagText = flags === undefined ? "" : expansion.file.text.slice(flags.start, flags.end);
    return { name, isStatic, abi, span: mainSpan(expansion, nameSpan), isDupOk: isDupOk(flagText) };
  });
  return { texts, mentions: outlineAsm(expansion.file.text).mentions, isExact: true };
}
