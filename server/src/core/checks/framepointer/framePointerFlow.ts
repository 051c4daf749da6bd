/**
 * What a function without a frame really does with the frame pointer, along every path:
 * written before it is saved, or saved and not restored where the function returns. Where
 * the assembler makes a frame it saves and restores the register itself, and nothing is
 * to be found; vet's line by line reading (framePointer.ts) tells neither from the other.
 *
 * The register counts on amd64 and arm64, on every system but Plan 9, whose system calls
 * take their number in BP. The runtime, which makes stacks and leaves them, is left alone.
 */
import type { Span } from "../../base/span.ts";
import { oses } from "../../facts/os.ts";
import type { Package } from "../../model/go/packageScope.ts";
import type { AsmFunction } from "../../model/asm/asmCode.ts";
import { asmFlow, type AsmFlow, type Block } from "../../model/asm/asmFlow.ts";
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

interface Arch {
  readonly goarch: "amd64" | "arm64";
  readonly register: string;
  /** Instructions that write their last operand, whatever they read. */
  readonly writes: RegExp;
  /** Of those, what writes nothing but a copy of the operand before it, where there is one. */
  readonly copies: RegExp;
  /** In code, a call: with one the assembler makes a frame. */
  readonly calls: ReadonlySet<string>;
}

/** An architecture, and the code of one function for it. */
interface Code extends Arch {
  /** Arguments and variables of the program in which the code may save the register. */
  readonly savedIn: ReadonlySet<string>;
}

const amd64: Arch = {
  goarch: "amd64",
  register: "BP",
  writes:
    /^(?:[KV]?MOV|V?PEXTR|LEA|XOR|ADD|SUB|AND|OR|SHL|SHR|SAL|SAR|ROL|ROR|IMUL|INC|DEC|NEG|NOT|POP|SET|CMOV|BSWAP|ADC|SBB|MULX|BLS|BSF|BSR|LZCNT|TZCNT|PEXT|PDEP|BEXTR|BZHI|ADOX)/,
  copies: /^(?:[KV]?MOV|V?PEXTR|POP)/,
  calls: new Set(["CALL", "DUFFZERO", "DUFFCOPY"]),
};

const arm64: Arch = {
  goarch: "arm64",
  register: "R29",
  writes:
    /^(?:[FV]?MOV|LDP|LDX|LDA|ADD|ADC|SUB|SBC|AND|ORR|ORN|EOR|EON|BIC|LSL|LSR|ASR|ROR|MUL|UMUL|SMUL|MADD|MSUB|UDIV|SDIV|NEG|MVN|CLZ|RBIT|REV|CSEL|CSET|CSINC|CINC|UBFX|SBFX|UBFIZ|UXT|SXT|EXTR|BFI|BFXIL|ADR)/,
  copies: /^(?:[FV]?MOV|LDP)/,
  calls: new Set(["CALL", "BL"]),
};

const losingCode = codeFindings(framePointerFlow, {
  concerns: (text) => /\bBP\b|\bR29\b/.test(text) && text.split(/^(?=[ \t]*TEXT\b)/m).some(mayLose),
  *check({ snapshot: { world }, code, targets }): Generator<CodeFinding> {
    for (const arch of [amd64, arm64]) {
      const where = TargetSet.where(targets.length, (i) => {
        const { goarch, goos } = world.targets[i]!;
        return targets.has(i) && goarch === arch.goarch && oses[goos].keepsFramePointer;
      });
      if (where.isEmpty) continue;
      for (const found of code.functions) {
        if (!found.source.includes(arch.register) || hasFrame(found, arch)) continue;
        for (const loss of losses(asmFlow(found, arch.goarch), arch)) yield { ...loss, targets: where };
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
  if (file.kind !== "asm" || pkg.path === "runtime" || !isForEither(snapshot, file)) return none;
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

function isForEither({ world }: Snapshot, file: SourceFile): boolean {
  for (const i of selection(world, file).targets) {
    const { goarch, goos } = world.targets[i]!;
    if ((goarch === "amd64" || goarch === "arm64") && oses[goos].keepsFramePointer) return true;
  }
  return false;
}

/** Whether a TEXT and what follows it, as written, can hold a finding. */
function mayLose(block: string): boolean {
  return (
    /\$-?[08]\b|NOFRAME/.test(block.slice(0, block.indexOf("\n"))) &&
    /,[ \t]*\(?(?:[\w]+[ \t]*,[ \t]*)?(?:BP|R29)\b|\b(?:POP|INC|DEC|NEG|NOT|XCHG)[QLWB][ \t]+BP\b/.test(block)
  );
}

/** Whether the assembler makes a frame, and so saves the register: x86/obj6.go and arm64/obj7.go. Unreadable counts as such. */
function hasFrame({ text, statements }: AsmFunction, { calls, goarch }: Arch): boolean {
  const isNoframe = hasFlag(text, "NOFRAME");
  const size = text.frame?.size && evaluate(text.frame.size, () => undefined);
  if (isNoframe === undefined || size === undefined) return true;
  if (isNoframe || (goarch === "arm64" && size === -8n)) return false;
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

function losses(flow: AsmFlow, of: Arch): Loss[] {
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
