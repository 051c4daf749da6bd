/**
 * What a function without a frame really does with the frame pointer, along every path:
 * written before it is saved, or saved and not restored where the function returns. Where
 * the assembler makes a frame it saves and restores the register itself, and nothing is
 * to be found; vet's line by line reading (framepointer.ts) tells neither from the other.
 *
 * The register counts where the architecture has one and the system leaves it to the caller. The runtime, which
 * makes stacks and leaves them, is left alone.
 */
import type { Span } from "../../base/span.ts";
import { arches, goarches } from "../../facts/arch.ts";
import type { FrameFacts, FramePointer } from "../../facts/architecture.ts";
import { oses } from "../../facts/os.ts";
import type { Package } from "../../model/go/packageScope.ts";
import type { AsmFunction } from "../../model/asm/asmCode.ts";
import { asmFlow, type AsmFlow, type Block } from "../../model/asm/asmFlow.ts";
import type { Target } from "../../model/targets/target.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import type { Instruction, Operand, Statement, SymbolOperand } from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { hasFlag } from "../../syntax/asm/textFlags.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { SourceFile } from "../../workspace/sourceFile.ts";
import type { AsmProfile } from "../asmdecl/profile.ts";
import { codeFindings, type CodeFinding } from "../codeCheck.ts";
import type { Finding } from "../finding.ts";
import { vetFindings } from "./framepointer.ts";
import type { Check } from "../check.ts";

export const framePointerFlow: Check<"frame-pointer-flow"> = {
  code: "frame-pointer-flow",
  stage: "package",
  severity: "warning",
  title: "A way through the function loses the caller's frame pointer",
  why: [
    "Where a function has no frame, the assembler neither saves nor restores BP (amd64) or R29 (arm64). Whatever way",
    "the code takes, the register must hold at the return what it held at the start: profilers and tracers follow it",
    "up the stack, on every system. Vet's `framepointer` looks at Linux and macOS and stops at the first jump; this",
    "check follows the jumps, sees a register that is saved and never restored, and knows that a function with a",
    "frame, or with a call outside NOFRAME, is looked after.",
  ].join("\n"),
  bad: `
-- sum_amd64.go --
package p

func sum(x *int64) int64
-- sum_amd64.s --
TEXT ·sum(SB), NOSPLIT, $0-16
	MOVQ BP, R12
	MOVQ x+0(FP), BP
	TESTQ BP, BP
	JEQ done
	MOVQ (BP), AX
	MOVQ R12, BP
done:
	MOVQ AX, ret+8(FP)
	RET // BP is not restored on a way to this return
`,
  good: `
-- sum_amd64.go --
package p

func sum(x *int64) int64
-- sum_amd64.s --
TEXT ·sum(SB), NOSPLIT, $0-16
	MOVQ BP, R12
	MOVQ x+0(FP), BP
	TESTQ BP, BP
	JEQ done
	MOVQ (BP), AX
done:
	MOVQ R12, BP
	MOVQ AX, ret+8(FP)
	RET
`,
  run: findLosses,
};

/** The register of an architecture, and the code of one function for it. */
interface Code extends FramePointer {
  /** Arguments and variables of the program in which the code may save the register. */
  readonly savedIn: ReadonlySet<string>;
}

/** The architectures that have a frame pointer. */
const framed = goarches.filter((goarch) => arches[goarch].framePointer);
const registers = [...new Set(framed.map((goarch) => arches[goarch].framePointer!.register))].join("|");
const mention = new RegExp(`\\b(?:${registers})\\b`);

const losingCode = codeFindings(framePointerFlow, {
  concerns: (text) => mention.test(text) && text.split(/^(?=[ \t]*TEXT\b)/m).some(mayLose),
  *check({ snapshot: { world }, code, targets }): Generator<CodeFinding> {
    for (const goarch of framed) {
      const where = TargetSet.where(
        targets.length,
        (i) => targets.has(i) && world.targets[i]!.goarch === goarch && mustKeep(world.targets[i]!),
      );
      if (where.isEmpty) continue;
      const { framePointer, frame } = arches[goarch];
      for (const found of code.functions) {
        if (!found.source.includes(framePointer!.register) || hasFrame(found, framePointer!, frame)) continue;
        for (const loss of losses(asmFlow(found, goarch), framePointer!)) yield { ...loss, targets: where };
      }
    }
  },
});

function findLosses(
  snapshot: Snapshot,
  pkg: Package,
  file: SourceFile,
  profile: AsmProfile,
): readonly Finding[] {
  if (file.kind !== "asm" || pkg.path === "runtime" || !isForAny(snapshot, file)) return none;
  const found = losingCode(snapshot, pkg, file, profile);
  if (found.length === 0) return none;
  // What vet says of a line need not be said twice.
  const said = vetFindings(snapshot, pkg, file, profile);
  if (!found.some(({ line }) => said.some((other) => other.line === line))) return found;
  return found.flatMap((finding) => {
    const targets = said
      .filter(({ line }) => line === finding.line)
      .reduce((left, other) => left.andNot(other.targets), finding.targets);
    return targets.isEmpty ? [] : [{ ...finding, targets }];
  });
}

const none: readonly never[] = [];

function isForAny({ world }: Snapshot, file: SourceFile): boolean {
  for (const i of selection(world, file).targets) if (mustKeep(world.targets[i]!)) return true;
  return false;
}

/** Whether a target has a frame pointer, and code must leave it as its caller had it. */
function mustKeep({ goarch, goos }: Target): boolean {
  return arches[goarch].framePointer !== undefined && oses[goos].keepsFramePointer;
}

/** Whether a TEXT and what follows it, as written, can hold a finding. */
function mayLose(block: string): boolean {
  return /\$-?[08]\b|NOFRAME/.test(block.slice(0, block.indexOf("\n"))) && mayWrite.test(block);
}

const mayWrite = new RegExp(
  `,[ \\t]*\\(?(?:\\w+[ \\t]*,[ \\t]*)?(?:${registers})\\b|\\b(?:POP|INC|DEC|NEG|NOT|XCHG)[QLWB][ \\t]+(?:${registers})\\b`,
);

/** Whether the assembler makes a frame, and so saves the register: x86/obj6.go and arm64/obj7.go. Unreadable counts as such. */
function hasFrame(
  { text, statements }: AsmFunction,
  { calls }: FramePointer,
  { sizes }: FrameFacts,
): boolean {
  const isNoframe = hasFlag(text, "NOFRAME");
  const size = text.frame?.size && evaluate(text.frame.size, () => undefined);
  if (isNoframe === undefined || size === undefined) return true;
  if (isNoframe || Number(size) === sizes?.historic) return false;
  return size > 0n || statements.some((statement) => isCall(statement, calls));
}

function isCall(statement: Statement, calls: ReadonlySet<string>): boolean {
  return statement.kind === "instruction" && calls.has(statement.name);
}

/**
 * What may be true of the register at a point, one bit each: it holds the caller's value, and that is
 * saved or not; it holds something else, and the caller's is saved or not.
 */
type States = number;
const intact: States = 1;
const intactSaved: States = 2;
const lostSaved: States = 4;
const lost: States = 8;

interface Loss {
  readonly span: Span;
  readonly message: string;
}

function losses(flow: AsmFlow, of: FramePointer): Loss[] {
  const arch: Code = { ...of, savedIn: savedIn(flow) };
  const changes = ({ from, to }: Block): boolean =>
    effects(flow, from, to, arch).some((effect) => effect === "write" || effect === "exchange");
  if (!flow.blocks.some(changes)) return [];
  const entered = enteredWith(flow, arch);
  const found: Loss[] = [];
  let firstWrite: Instruction | undefined;
  let returnsLost = false;
  flow.blocks.forEach((block, i) => {
    let states = entered[i]!;
    for (let at = block.from; at < block.to; at++) {
      const { statement } = flow.steps[at]!;
      const effect = statement.kind === "instruction" ? effectOf(statement, arch) : undefined;
      if (effect === "write" && (states & intact) !== 0) firstWrite ??= statement as Instruction;
      states = after(states, effect);
    }
    const ends = block.exits.some(({ kind }) => kind === "return");
    const leaves = ends || block.exits.some(({ kind }) => kind === "tail");
    if (leaves && (states & lost) !== 0) returnsLost = true;
    if (ends && (states & lostSaved) !== 0) {
      const { start, end } = flow.steps[block.to - 1]!.statement;
      found.push({
        span: { start, end },
        message: `${arch.register} is not restored on a way to this return`,
      });
    }
  });
  if (firstWrite && returnsLost) {
    const { start, end } = firstWrite;
    const message = `${arch.register} is written before it is saved: the caller's frame pointer is lost`;
    found.push({ span: { start, end }, message });
  }
  return found;
}

/** For each block, the states it may be entered with; none for code that nothing leads to. */
function enteredWith(flow: AsmFlow, arch: Code): States[] {
  const entered = flow.blocks.map((_, i): States => (i === 0 ? intact : 0));
  const waiting = [0];
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    const block: Block = flow.blocks[i]!;
    const left = effects(flow, block.from, block.to, arch).reduce(after, entered[i]!);
    for (const successor of block.successors) {
      const states = entered[successor]! | left;
      if (states === entered[successor]) continue;
      entered[successor] = states;
      waiting.push(successor);
    }
  }
  return entered;
}

/**
 * "save": its value goes somewhere else. "restore": a value comes back from where one may have been
 * saved. "exchange": both at once. "anchor": it becomes the stack pointer, as it does behind a save, and where a stack begins.
 */
type Effect = "write" | "save" | "restore" | "exchange" | "anchor" | undefined;

function effects({ steps }: AsmFlow, from: number, to: number, arch: Code): Effect[] {
  return steps
    .slice(from, to)
    .map(({ statement }) => (statement.kind === "instruction" ? effectOf(statement, arch) : undefined))
    .filter((effect) => effect !== undefined);
}

function after(states: States, effect: Effect): States {
  switch (effect) {
    case "save":
      return (states & ~intact) | ((states & intact) !== 0 ? intactSaved : 0);
    case "exchange":
      return (
        (states & lost) |
        ((states & lostSaved) !== 0 ? intactSaved : 0) |
        ((states & (intact | intactSaved)) !== 0 ? lostSaved : 0)
      );
    case "restore":
    case "anchor":
    case "write": {
      const saved = (states & (intactSaved | lostSaved)) !== 0;
      const unsaved = (states & (intact | lost)) !== 0;
      const left = unsaved && effect !== "anchor" ? lost : 0;
      return (saved ? (effect === "restore" ? intactSaved : lostSaved) : 0) | left;
    }
    default:
      return states;
  }
}

function effectOf({ name, operands }: Instruction, arch: Code): Effect {
  const { register } = arch;
  if (name === "LEAVEQ" || name === "LEAVE") return "restore";
  if (name.startsWith("XCHG") && operands.some((operand) => isWritten(operand, register))) return "exchange";
  const last = operands.at(-1);
  if (last && isWritten(last, register) && arch.writes.test(name)) {
    const [first] = operands;
    if (first?.kind === "name" && (first.name === "SP" || first.name === "RSP")) return "anchor";
    const isCopy = arch.copies.test(name) && (operands.length === 1 || mayHoldSaved(operands.at(-2), arch));
    return isCopy ? "restore" : "write";
  }
  const reads = operands.some((operand) => isWritten(operand, register));
  return reads && /^(?:[FKV]?MOV|V?PINSR|PUSH|STP)/.test(name) ? "save" : undefined;
}

/** The arguments and variables of the program that some instruction may store to, or takes the address of. */
function savedIn({ steps }: AsmFlow): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { statement } of steps) {
    if (statement.kind !== "instruction") continue;
    const { name, operands } = statement;
    const isAnyReached = /^(?:XCHG|LEA)/.test(name);
    for (const operand of operands)
      if (
        operand.kind === "symbol" &&
        (isAnyReached || operand === operands.at(-1) || operand.prefix === "$")
      )
        places.add(placeOf(operand));
  }
  return places;
}

/** A text that tells a place in memory from others. */
function placeOf({ symbol: { name, isStatic, base, offset } }: SymbolOperand): string {
  const at = offset ? evaluate(offset, () => undefined) : 0n;
  return `${name}${isStatic ? "<>" : ""}+${at}(${base})`;
}

/** The register itself, alone or in a pair. */
function isWritten(operand: Operand, register: string): boolean {
  if (operand.kind === "name") return operand.name === register && operand.prefix === "";
  if (operand.kind !== "registerPair") return false;
  return [operand.first, operand.second].some(({ name, suffix }) => name === register && suffix === "");
}

/**
 * A register, or memory by way of one: not a number, and an argument or a variable of the program only where
 * the function may have put the register there.
 */
function mayHoldSaved(operand: Operand | undefined, { savedIn }: Code): boolean {
  if (operand?.kind === "name" || operand?.kind === "register") return true;
  if (operand?.kind === "symbol")
    return operand.prefix === "" && (operand.symbol.base === "SP" || savedIn.has(placeOf(operand)));
  return operand?.kind === "memory" && operand.prefix === "";
}
