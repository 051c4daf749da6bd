/**
 * Runs the rules over one TEXT block on one architecture. The answer depends on
 * nothing but the block, the architecture's record and the frame, and is
 * remembered by them: the same frame on another target, or an edit elsewhere in
 * the file, costs nothing.
 */
import { argumentWidth } from "./argumentWidthRule.ts";
import { argumentSize } from "./argumentSize.ts";
import { missingDeclaration } from "./missingDeclaration.ts";
import { missingResult } from "./missingResult.ts";
import { namedArgument } from "./namedArgument.ts";
import type { AsmProfile, VetArch } from "./profile.ts";
import { writesStack, type BlockCheck, type BlockFinding, type BlockRule } from "./rule.ts";
import { resultUnwritten } from "./resultUnwrittenRule.ts";
import { stackAccess } from "./stackAccess.ts";
import { unnamedArgument } from "./unnamedArgument.ts";
import { blockFacts, type VetBlock } from "./vetLines.ts";

/** Vet's own, and two of arguments and results that only rt0 has. */
const rules: readonly BlockRule[] = [
  argumentSize,
  missingDeclaration,
  stackAccess,
  unnamedArgument,
  namedArgument,
  missingResult,
  argumentWidth,
  resultUnwritten,
];

/** One answer about a block. */
interface Answer {
  readonly arch: VetArch;
  readonly frame: BlockCheck["frame"];
  readonly findings: readonly BlockFinding[];
}

/** Newest last. */
const remembered = new WeakMap<VetBlock, Answer[]>();
/** Answers kept per block: more than one pass over all targets asks for, so that only frames of the past are dropped. */
const maxAnswers = 64;

/** What the rules find in a block; spans and messages are relative to it. */
export function checkBlock(
  block: VetBlock,
  frame: BlockCheck["frame"],
  arch: VetArch,
  profile: AsmProfile,
): readonly BlockFinding[] {
  let answers = remembered.get(block);
  if (answers === undefined) remembered.set(block, (answers = []));
  const known = answers.find((answer) => answer.arch === arch && answer.frame === frame);
  if (known !== undefined) return known.findings;
  const findings = runRules(block, frame, arch, profile);
  if (answers.length === maxAnswers) answers.shift();
  answers.push({ arch, frame, findings });
  return findings;
}

function runRules(
  block: VetBlock,
  frame: BlockCheck["frame"],
  arch: VetArch,
  profile: AsmProfile,
): readonly BlockFinding[] {
  const { lines } = blockFacts(block);
  const data = lines.findIndex((line) => line.isData);
  const compared = data < 0 ? lines : lines.slice(0, data);
  // A look at the whole block saves one at each of its lines.
  const code = writesStack(block.text, arch)
    ? compared.filter((line) => !writesStack(line.text, arch))
    : compared;
  const { name, abi } = functionName(block, profile);
  const check: BlockCheck = { block, profile, arch, frame, name, abi, code };
  const findings: BlockFinding[] = [];
  for (const rule of rules) for (const finding of rule(check)) findings.push(finding);
  return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
}

/** The name of a block's function in Go, and its ABI selector: `f<ABIInternal>` is `f`. */
export function functionName(block: VetBlock, profile: AsmProfile): { name: string; abi: string } {
  const { name } = block.symbol;
  // abiSuff, `^(.+)<(ABI.+)>$`: at least one character on either side of "<ABI".
  const selector =
    name.endsWith(">") && !profile.beforeAnalysis ? name.lastIndexOf("<ABI", name.length - 6) : -1;
  if (selector < 1) return { name, abi: "" };
  return { name: name.slice(0, selector), abi: name.slice(selector + 1, -1) };
}
