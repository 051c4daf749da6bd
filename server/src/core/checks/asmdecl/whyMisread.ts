/** Says in words what vet takes a place of an assembly file for, and what the assembler does. */
import type { Span } from "../../base/span.ts";
import { arches, isGoArch } from "../../facts/arch.ts";
import type { AsmCode } from "../../model/asm/asmCode.ts";
import type { AsmFile, Branch, Statement } from "../../syntax/asm/ast.ts";
import type { Finding } from "../finding.ts";
import { bytes, movedWidth } from "./argumentWidthRule.ts";

/** The end of a sentence: why a finding of vet's is none. `file` is the tree of the file as written. */
export function whyMisread(
  file: AsmFile,
  codes: readonly AsmCode[],
  { span, targets, message }: Finding,
): string {
  const { statements, branches } = file;
  const statement = statementAt(statements, span.start);
  if (!statement) return "this is a comment";
  if (statement.kind === "define")
    return `this is the body of the macro ${statement.name}, not code of this function`;
  const here = codes.filter((code) => !code.targets.and(targets).isEmpty);
  if (statement.branch >= 0 && here.every((code) => !assembles(code, span.start))) {
    const { macro, defined } = failing(branches, statement.branch, here);
    return `this is not assembled here: ${macro} is ${defined ? "not defined" : "defined"}`;
  }
  if (statement.kind === "text")
    return "the assembler reads this line otherwise: sizes and flags may be expressions and macros";
  if (message.includes("RET without writing")) return whyWritten(file, span.start);
  // Nobody writes longer lines, and for each finding in one only so much of it is looked at.
  const near = file.text.slice(Math.max(0, span.start - farthest), span.start + 1);
  const start = Math.max(0, span.start - farthest) + near.lastIndexOf("\n") + 1;
  if (file.text.slice(start, statement.start).includes("*/"))
    return "a comment stands before the instruction on this line";
  const line = file.text.slice(start, span.start + farthest).split("\n", 1)[0]!;
  if (line.split("//", 1)[0]!.includes(";")) return "several statements stand on this line";
  if (statement.kind === "macroUse") return `this is an argument of the macro ${statement.name}`;
  if (message.includes("; expected ") || message.includes(" should be ")) {
    if (/^\s*(?:\w+:\s*)?\w+\.P\b/.test(line))
      return "a post-indexed operand is read where the register points, and moves it afterwards";
    if (message.includes("invalid offset"))
      return "the assembler does not follow a stack pointer that code moves itself, and the offset counts from where it is";
  }
  const [, goarch = ""] = /^\[(\w+)\] \w+: invalid \w+ of .* is \d+-byte value/.exec(message) ?? [];
  if (isGoArch(goarch)) {
    const { mnemonic, width } = movedWidth(arches[goarch], line);
    if (width !== undefined) return `${mnemonic} moves ${width} ${bytes(width)}`;
  }
  return "with macros, conditions and included files taken into account there is no such fault";
}

/** How far from a finding its line is looked at. */
const farthest = 2000;

/** Why a result counts as written. */
function whyWritten({ text }: AsmFile, at: number): string {
  const start = Math.max(text.lastIndexOf("\nTEXT", at), 0);
  const [plain] = /[\p{L}_][\p{L}\p{Nd}_·]*\(FP\)/u.exec(text.slice(start, at)) ?? [];
  if (plain !== undefined) return `${plain} writes it; vet does not read a name without an offset`;
  return "other code writes it, through a macro or an included file";
}

/**
 * The side of an `#ifdef` because of which code does not assemble what is in a branch: the outermost that
 * asks for a target the code is not for. Of macros of the file's own it is not known which; the innermost then.
 */
function failing(branches: readonly Branch[], innermost: number, codes: readonly AsmCode[]): Branch {
  let found = branches[innermost]!;
  for (let at = innermost; at >= 0; at = branches[at]!.parent) {
    const { macro, defined } = branches[at]!;
    const isOfTargets = /^GO[A-Z0-9]*_/.test(macro);
    if (isOfTargets && codes.every(({ predefined }) => predefined.includes(macro) !== defined))
      found = branches[at]!;
  }
  return found;
}

/** The statement around an offset: the last that starts before it, if it reaches there. They are in the order of the text. */
function statementAt(statements: readonly Statement[], offset: number): Statement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (statements[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  const found = statements[low - 1];
  return found && offset < found.end ? found : undefined;
}

/** Whether some code comes from the statement at `offset` in the file. */
function assembles(code: AsmCode, offset: number): boolean {
  const spans = ownSpans(code);
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low > 0 && offset < spans[low - 1]!.end;
}

const spansOfCodes = new WeakMap<AsmCode, readonly Span[]>();

/** Where the file itself has the statements of its code, by position. */
function ownSpans(code: AsmCode): readonly Span[] {
  let spans = spansOfCodes.get(code);
  if (!spans) {
    const written = code.file.statements.map((statement) => code.written(statement));
    spans = written
      .flatMap(({ span, origin }) => (origin ? [] : [span]))
      .sort((a, b) => a.start - b.start || a.end - b.end);
    spansOfCodes.set(code, spans);
  }
  return spans;
}
