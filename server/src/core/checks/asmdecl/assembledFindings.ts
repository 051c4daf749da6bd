/**
 * What rules of vet's kind find in a file as it is assembled: macros with their bodies,
 * included files in place, the branches of each target alone. Each finding carries vet's
 * words and stands where the code is written, whatever it comes through.
 */
import type { Span } from "../../base/span.ts";
import type { AsmCode } from "../../model/asm/asmCode.ts";
import { arches } from "../../facts/arch.ts";
import type { World } from "../../workspace/world.ts";
import { codeFindings, type CodeCheckInput, type CodeFinding } from "../codeCheck.ts";
import type { CheckCode } from "../registry.ts";
import type { AsmProfile } from "./profile.ts";
import { assembledText, type AssembledText } from "./assembledText.ts";
import type { AsmFinding } from "./findInBlocks.ts";
import { codeOfRule, rulesOnLines, vetSeverity } from "./lineFindings.ts";
import { vetFile, type VetFile } from "./vetLines.ts";

interface Assembled extends AssembledText {
  readonly vet: VetFile;
}

const remembered = new WeakMap<AsmCode, Assembled>();
/** The last one, mostly of the same file for other targets: blocks that are alike are the same objects. */
let last: VetFile | undefined;

function assembledOf(code: AsmCode, { targets }: World): Assembled {
  let assembled = remembered.get(code);
  if (!assembled) {
    const registers = new Set([...code.targets].map((i) => arches[targets[i]!.goarch].registers.stack));
    const text = assembledText(code, [...registers]);
    if (last?.text !== text.text) last = vetFile(text.text, true, last);
    remembered.set(code, (assembled = { ...text, vet: last }));
  }
  return assembled;
}

/** All that the rules find in a file as it is assembled; vet's findings are here under `asmdecl-expanded`. */
export const assembledFindings = codeFindings(
  { code: "asmdecl-expanded", severity: vetSeverity },
  { concerns: () => true, check: findAsAssembled },
);

function findAsAssembled(input: CodeCheckInput): CodeFinding[] {
  const { snapshot, package: pkg, file, code, targets, profile } = input;
  const { vet, codeSpan } = assembledOf(code, snapshot.world);
  return rulesOnLines(snapshot, pkg, { name: file.name, vet, targets }, profile)
    .map((finding) => ({
      ...finding,
      span: codeSpan(finding),
      ...codeOf(finding),
      ...(finding.isDeliberate && { severity: "hint" as const }),
    }))
    .filter((finding) => finding.isMisjudged !== true && !isDeliberate(code, finding, finding.span))
    .filter((finding) => !isGuess(finding, profile));
}

/**
 * What vet would call a fault and no author would. A macro that several functions use cannot know the
 * names of their arguments, and the assembler does not ask; an offset that is computed, `n+(8+7)(FP)`, means a
 * byte in the middle of the argument.
 */
function isDeliberate(code: AsmCode, { rule, replacement, isInside }: AsmFinding, span: Span): boolean {
  if (rule === "unknown-variable" && replacement !== undefined) return isInMacro(code, span);
  return isInside === true && !/\+[0-9]+\(FP\)$/.test(code.text.slice(span.start, span.end));
}

/** A result in a register, on an architecture of which vet knows no such register yet. */
function isGuess({ rule, message }: AsmFinding, { arches }: AsmProfile): boolean {
  if (rule !== "missing-result" || !message.endsWith("result register")) return false;
  return arches.some((arch) => arch.internalResults.length === 0 && message.startsWith(`[${arch.name}] `));
}

/** Whether the code stands in a macro's body or an included file, and not in the arguments of a use. */
function isInMacro(code: AsmCode, { start }: Span): boolean {
  const { span, origin } = code.written({ start, end: start + 1 });
  if (!origin) return false;
  return origin.include !== undefined || origin.span.start < span.start || origin.span.end > span.end;
}

/** Under which check a finding goes, if not that of the others. */
function codeOf({ rule }: AsmFinding): { readonly code?: CheckCode } {
  const code = codeOfRule(rule);
  return code === "asmdecl" ? {} : { code };
}
