/**
 * A NOFRAME function that calls and then returns, on architectures that leave the return
 * address in a register: nothing saves it, the call overwrites it, and the function
 * returns to itself. Code that names the register anywhere is left alone, since it may
 * well save it by hand.
 */
import { memo } from "../../base/memo.ts";
import { arches } from "../../facts/arch.ts";
import type { Registers } from "../../facts/architecture.ts";
import type { AsmFunction } from "../../model/asm/asmCode.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import type { Instruction, Statement } from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { hasFlag } from "../../syntax/asm/textFlags.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { codeCheck } from "../codeCheck.ts";
import type { Check } from "../check.ts";

/**
 * What code says that minds the link register: its names, LR everywhere, since that is what headers and comments
 * call it, and instructions that may mean it without naming it. Undefined where there is none.
 */
const linkMentions = memo(({ link, linkSavers, aliases }: Registers): RegExp | undefined => {
  if (link === undefined) return undefined;
  const others = [...aliases.keys()].filter((name) => aliases.get(name) === link);
  return new RegExp(`\\b(?:${[...new Set(["LR", link, ...others, ...linkSavers])].join("|")})\\b`);
});

const calls: ReadonlySet<string> = new Set(["CALL", "BL", "JAL"]);
/** Nothing runs on behind these. */
const ends: ReadonlySet<string> = new Set(["B", "BR", "JMP", "UNDEF", "RET"]);
/** A name that says that the callee does not come back. */
const neverReturns = /abort|exit|throw|panic|fatal|bad|gogo|mcall|unreachable|goexit|start|sigreturn/i;

export const noframeCall: Check<"noframe-call"> = codeCheck({
  code: "noframe-call",
  stage: "package",
  severity: "warning",
  title: "A function without a frame loses its return address",
  why: [
    "Where a call leaves the return address in a register (everywhere but on x86 and WebAssembly), the assembler saves",
    "that register in the frame of a function that calls others. NOFRAME says that the function does so by itself. If",
    "it does not, its RET jumps behind its last call, again and again.",
  ].join("\n"),
  bad: `
-- f_arm64.go --
package p

func f(x int64)
func g() {}
-- f_arm64.s --
TEXT ·f(SB), NOSPLIT|NOFRAME, $0-8
	CALL ·g(SB)
	RET // jumps behind the call
`,
  good: `
-- f_arm64.go --
package p

func f(x int64)
func g() {}
-- f_arm64.s --
TEXT ·f(SB), NOSPLIT, $0-8
	CALL ·g(SB)
	RET
`,
  concerns: (_, file, snapshot) => mayFind(snapshot, file),
  *check({ snapshot, code, targets }) {
    for (const found of code.functions) {
      if (!isNoframe(found) || !mayReturnAfterCall(found.source)) continue;
      const returned = returnAfterCall(found.statements);
      if (!returned) continue;
      const where = TargetSet.where(targets.length, (i) => {
        const mentions = linkMentions(arches[snapshot.world.targets[i]!.goarch].registers);
        return targets.has(i) && mentions !== undefined && !mentions.test(found.source);
      });
      if (where.isEmpty) continue;
      const name = found.name.replace(/^·/, "");
      const message = `${name} returns to itself: it is NOFRAME, and the call before this RET overwrote the return address`;
      yield { span: { start: returned.start, end: returned.nameEnd }, message, targets: where };
    }
  },
});

/** By the flag, or by the size that meant the same in old assembly. */
function isNoframe({ text }: AsmFunction): boolean {
  if (hasFlag(text, "NOFRAME") === true) return true;
  const size = text.frame?.size && evaluate(text.frame.size, () => undefined);
  return size === -8n || size === -4n;
}

/** The first plain RET that a call certainly leads to. */
function returnAfterCall(statements: readonly Statement[]): Instruction | undefined {
  let hasCalled = false;
  for (const statement of statements) {
    if (statement.kind === "macroUse") hasCalled = false;
    if (statement.kind !== "instruction") continue;
    const { name, operands, suffix } = statement;
    if (calls.has(name) && suffix === "" && operands.length === 1) hasCalled = !mayNotReturn(statement);
    else if (name === "RET" && operands.length === 0 && suffix === "" && hasCalled) return statement;
    else if (ends.has(name) && suffix === "") hasCalled = false;
  }
  return undefined;
}

function mayNotReturn({ operands: [target] }: Instruction): boolean {
  // A jump to a label is no call of another function, whatever it is for.
  return target?.kind !== "symbol" || target.symbol.base !== "SB" || neverReturns.test(target.symbol.name);
}

const answers = new WeakMap<AsmSource, boolean>();

/** Whether the text alone leaves a finding possible: so that nearly no file has to be parsed. */
function mayFind({ world }: Snapshot, file: AsmSource): boolean {
  let answer = answers.get(file);
  if (answer === undefined) {
    const built = new Set([...selection(world, file).targets].map((i) => world.targets[i]!.goarch));
    const registers = [...built].flatMap((arch) => linkMentions(arches[arch].registers) ?? []);
    answer =
      registers.length > 0 &&
      (file.text.includes("NOFRAME") || /\$-[48]\b/.test(file.text)) &&
      file.text.split(/^(?=[ \t]*TEXT\b)/m).some((block) => mayReturnToItself(block, registers));
    answers.set(file, answer);
  }
  return answer;
}

function mayReturnToItself(block: string, registers: readonly RegExp[]): boolean {
  const head = block.slice(0, block.indexOf("\n"));
  if (!/NOFRAME|\$-[48]\b/.test(head) || registers.every((register) => register.test(block))) return false;
  return mayReturnAfterCall(block);
}

function mayReturnAfterCall(source: string): boolean {
  const call = /\b(?:CALL|BL|JAL)\b[^\n]{0,200}\(SB\)/.exec(source);
  return call !== null && /\bRET\b/.test(source.slice(call.index));
}
