/**
 * An assembly file as each target sees it. Most files read alike everywhere and
 * have one unit, made from their outline; a file whose TEXT directives depend on
 * macros or conditions is expanded once for each combination of the predefined
 * macros that are asked for. It must not know directories: the caller says what an
 * include path means.
 */
import { LatestCache, memo } from "../../base/memo.ts";
import { wordEnd } from "../../base/asciiWord.ts";
import {
  type AsmOutline,
  isDupOk,
  outlineAsm,
  outlineTokens,
  type TextHead,
} from "../../syntax/asm/outline.ts";
import { lexSource, type Source } from "../../syntax/asm/preprocess.ts";
import { type AsmCode, asmCodes } from "./asmCode.ts";
import { includedTexts } from "./macroClasses.ts";
import type { BuildConfig } from "../targets/selectFile.ts";
import type { TargetSet } from "../targets/targetSet.ts";

/** A text with what is found in it when first asked for. */
export interface AsmText {
  readonly text: string;
  readonly outline: AsmOutline;
  /** Kept, so for headers, which many files include. */
  readonly source: Source;
}

export interface AsmUnit {
  /** The targets that this is true of. */
  readonly targets: TargetSet;
  readonly texts: readonly TextHead[];
  /** Whether its code has the name, as it has that of every symbol it refers to. */
  mentions(name: string): boolean;
  /** Whether no name it mentions stands in a branch or a macro that is not used here. */
  readonly isExact: boolean;
  /** Whether preprocessing was given up, so that nothing is known of what it defines and mentions. */
  readonly isUnknown: boolean;
}

/** Whether a text mentions a name: most do not even hold it, and need not be read for that. */
export function mentions(file: AsmText, name: string): boolean {
  const dot = name.lastIndexOf("·");
  const holds =
    dot < 0
      ? file.text.includes(name)
      : wordsBehindDots(file).has(name.slice(dot + 1, wordEnd(name, dot + 1)));
  return holds && file.outline.mentions.has(name);
}

/** What stands behind a middle dot anywhere in a text, up to the first character that is none of ASCII's words. */
const wordsBehindDots = memo(({ text }: AsmText): ReadonlySet<string> => {
  const words = new Set<string>();
  for (let at = text.indexOf("·") + 1; at > 0; at = text.indexOf("·", at) + 1)
    words.add(text.slice(at, wordEnd(text, at)));
  return words;
});

/** A text whose outline and tokens are made when needed, and once. */
export function createAsmText(text: string): AsmText {
  let outline: AsmOutline | undefined;
  let source: Source | undefined;
  return {
    text,
    get outline() {
      return (outline ??= outlineAsm(text));
    },
    get source() {
      return (source ??= lexSource(text));
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
  const { texts, tested, defines } = file.outline;
  if (!dependsOnMacros(file.outline, included)) {
    const isExact = tested.length === 0 && defines.size === 0;
    return [{ targets, texts, mentions: (name) => mentions(file, name), isExact, isUnknown: false }];
  }
  const known = expandedUnits.peek(
    file,
    (found) => found.targets.equals(targets) && sameTexts(found.included, included),
  );
  if (known) return known.units;
  return asmCodes(file, targets, config, include).map(unitOf);
}

interface ExpandedUnits {
  readonly targets: TargetSet;
  readonly included: ReadonlyMap<string, AsmText>;
  readonly units: readonly AsmUnit[];
}

const expandedUnits = new LatestCache<AsmText, ExpandedUnits>();

/**
 * Takes down the units of a file whose code was made for another purpose: expanding a file is most of the work
 * of both.
 */
export function noteCodes(
  file: AsmText,
  targets: TargetSet,
  include: (path: string) => AsmText | undefined,
  codes: readonly AsmCode[],
): void {
  const included = includedTexts(file, include);
  if (!dependsOnMacros(file.outline, included)) return;
  expandedUnits.set(file, { targets, included, units: codes.map(unitOf) });
}

function sameTexts(a: ReadonlyMap<string, AsmText>, b: ReadonlyMap<string, AsmText>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}

function dependsOnMacros(outline: AsmOutline, included: ReadonlyMap<string, AsmText>): boolean {
  if (outline.isConditional) return true;
  for (const { outline: other } of included.values()) {
    if (other.isConditional || other.texts.length > 0) return true;
    if (outline.texts.some(({ name }) => other.defines.has(name))) return true;
  }
  return false;
}

function unitOf(code: AsmCode): AsmUnit {
  const { texts, mentions, isConditional } = outlineTokens(code.text, code.tokens, true);
  // A scan reads what is left, unless it is written in an uncommon way.
  const heads = isConditional ? parsedTexts(code) : texts;
  const placed = heads.map((head) => ({ ...head, span: code.written(head.span).span }));
  const isUnknown = code.stopped !== undefined;
  return { targets: code.targets, texts: placed, mentions: among(mentions), isExact: true, isUnknown };
}

/** Apart from `unitOf`: a function made there would keep all of the code for as long as itself. */
function among(names: ReadonlySet<string>): (name: string) => boolean {
  return (name) => names.has(name);
}

function parsedTexts({ functions, text }: AsmCode): TextHead[] {
  return functions.flatMap(({ text: { symbol, flags } }): TextHead | readonly [] => {
    if (symbol === undefined) return [];
    const { name, isStatic, abi, nameSpan } = symbol;
    const flagText = flags === undefined ? "" : text.slice(flags.start, flags.end);
    return { name, isStatic, abi, span: nameSpan, isDupOk: isDupOk(flagText) };
  });
}
