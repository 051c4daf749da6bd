/**
 * What rules of vet's kind find in a file as it is assembled: macros with their bodies,
 * included files in place, the branches of each target alone. Each finding carries vet's
 * words and stands where the code is written, whatever it comes through.
 */
import type { Span } from "../../base/span.ts";
import type { AsmCode } from "../../model/asmCode.ts";
import type { CodeCheckInput, CodeFinding } from "../codeCheck.ts";
import { assembledText, type AssembledText } from "./assembledText.ts";
import type { AsmFinding } from "./asmdecl.ts";
import { rulesOnLines } from "./checkAsmdecl.ts";
import type { BlockRule } from "./rule.ts";
import { vetFile, type VetFile } from "./vetLines.ts";

interface Assembled extends AssembledText {
  readonly vet: VetFile;
}

const remembered = new WeakMap<AsmCode, Assembled>();

function assembledOf(code: AsmCode): Assembled {
  let assembled = remembered.get(code);
  if (!assembled) {
    const text = assembledText(code);
    remembered.set(code, (assembled = { ...text, vet: vetFile(text.text, true) }));
  }
  return assembled;
}

export function findAsAssembled(input: CodeCheckInput, rules: readonly BlockRule[]): CodeFinding[] {
  const { snapshot, package: pkg, file, code, targets, profile } = input;
  const { vet, codeSpan } = assembledOf(code);
  return rulesOnLines(snapshot, pkg, { name: file.name, vet, targets }, profile, rules)
    .map((finding) => ({ ...finding, span: codeSpan(finding) }))
    .filter((finding) => !isDeliberate(code, finding, finding.span));
}

/**
 * What vet would call a fault and no author would. A macro that several functions use cannot know the
 * names of their arguments, and the assembler does not ask; an offset that is computed, `n+(8+7)(FP)`, means a
 * byte in the middle of the argument.
 */
function isDeliberate(code: AsmCode, { rule, replacement, isInside }: AsmFinding, span: Span): boolean {
  if (rule === "unknown-variable" && replacement !== undefined) return isInMacro(code, span);
  return isInside === true && !/\+[0-9]+\(FP\)$/.test(code.file.text.slice(span.start, span.end));
}

/** Whether the code stands in a macro's body or an included file, and not in the arguments of a use. */
function isInMacro(code: AsmCode, { start }: Span): boolean {
  const { span, origin } = code.written({ start, end: start + 1 });
  if (!origin) return false;
  return origin.include !== undefined || origin.span.start < span.start || origin.span.end > span.end;
}
