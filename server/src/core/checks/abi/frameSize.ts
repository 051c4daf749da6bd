/** Frame sizes that the assembler of an architecture refuses: `Architecture.frame` has its rules. */
import { arches, type GoArch } from "../../facts/arch.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { hasFlag } from "../../syntax/asm/textFlags.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { codeCheck } from "../codeCheck.ts";
import type { Check } from "../check.ts";

/** What the assembler says first of a size, undefined where it takes it. */
function complaint(arch: GoArch, size: number, hasNoframe: boolean): string | undefined {
  const rules = arches[arch].frame.sizes;
  if (!rules || size === 0 || size === rules.historic) return undefined;
  // x86 takes a negative size for none.
  if (size < 0 && rules.negative) return rules.negative(size);
  if (size < 0 && rules.historic === undefined) return undefined;
  if (size % rules.unit !== 0) {
    const message = rules.notInUnits(size, hasNoframe);
    if (message !== "") return message;
  }
  if (hasNoframe && rules.noframeIsZero) return `NOFRAME functions must have a frame size of 0, not ${size}`;
  return undefined;
}

export const frameSize: Check<"frame-size"> = codeCheck({
  code: "frame-size",
  stage: "package",
  severity: "error",
  title: "A frame of a size that the assembler does not take",
  why: [
    "What `$size` may be differs by architecture: a multiple of 4 or 8, 0 beside NOFRAME where the return address is in",
    "a register, and no negative number but the historic one that means NOFRAME (which loong64 never had). A file",
    "that several architectures share is right only on some of them, and the assembler tells only for the one built.",
  ].join("\n"),
  bad: `
-- f_arm64.go --
package p

func f(x int64)
-- f_arm64.s --
TEXT ·f(SB), NOSPLIT|NOFRAME, $16-8
	RET
`,
  good: `
-- f_arm64.go --
package p

func f(x int64)
-- f_arm64.s --
TEXT ·f(SB), NOSPLIT|NOFRAME, $0-8
	RET
`,
  concerns: (_, file, snapshot) => mayFind(snapshot, file),
  *check({ snapshot, code, targets }) {
    for (const found of code.functions) {
      const { text } = found;
      const { frame } = text;
      const size = frame?.size && evaluate(frame.size, () => undefined);
      const hasNoframe = hasFlag(text, "NOFRAME");
      if (size === undefined || hasNoframe === undefined) continue;
      const all = complaints(snapshot, targets, Number(size), hasNoframe);
      // Nothing is assembled of a function without an instruction.
      if (all.size === 0 || !found.statements.some(isInstruction)) continue;
      for (const [message, where] of all) yield { span: frame!.size!, message, targets: where };
    }
  },
});

function complaints(
  { world }: Snapshot,
  targets: TargetSet,
  size: number,
  hasNoframe: boolean,
): Map<string, TargetSet> {
  const found = new Map<string, TargetSet>();
  for (const target of targets) {
    const message = complaint(world.targets[target]!.goarch, size, hasNoframe);
    if (message === undefined) continue;
    const alone = TargetSet.single(targets.length, target);
    found.set(message, found.get(message)?.or(alone) ?? alone);
  }
  return found;
}

function isInstruction({ kind }: { readonly kind: string }): boolean {
  return kind === "instruction" || kind === "macroUse";
}

const answers = new WeakMap<AsmSource, boolean>();

/** Whether the text alone leaves it possible that some size is wrong: so that nearly no file has to be parsed. */
function mayFind({ world }: Snapshot, file: AsmSource): boolean {
  let answer = answers.get(file);
  if (answer === undefined) {
    const built = new Set([...selection(world, file).targets].map((i) => world.targets[i]!.goarch));
    answer = textLines(file.text).some(
      ({ size, hasNoframe }) =>
        size === undefined || [...built].some((arch) => complaint(arch, size, hasNoframe) !== undefined),
    );
    answers.set(file, answer);
  }
  return answer;
}

interface TextLine {
  /** Undefined where it is not written in digits: a macro, or a formula. */
  readonly size: number | undefined;
  /** Whether a flag is NOFRAME, or may stand for it. */
  readonly hasNoframe: boolean;
}

const plainFlags: ReadonlySet<string> = new Set(
  "NOSPLIT WRAPPER NEEDCTXT DUPOK TOPFRAME NOPROF 0 2 3 4 7".split(" "),
);

/**
 * What can be read of the TEXT directives. A line that goes on behind a backslash is the body of a macro,
 * which stands for too many sizes to tell, and is left out; so is a frame of size 0, which every assembler takes.
 */
function textLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  for (let at = text.indexOf("TEXT"); at >= 0;) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    at = text.indexOf("TEXT", end);
    const dollar = line.indexOf("$");
    if (dollar < 0 || isZero(line, dollar + 1) || line.endsWith("\\")) continue;
    const digits = /^[ \t]*(-?\d+)(?![\w(])/.exec(line.slice(dollar + 1))?.[1];
    const flags = line.slice(0, dollar).split(",")[1] ?? "";
    const hasNoframe = (flags.match(/\w+/g) ?? []).some((flag) => !plainFlags.has(flag));
    lines.push({ size: digits === undefined ? undefined : Number(digits), hasNoframe });
  }
  return lines;
}

/** Whether the number at `at` is a plain 0: that of most functions. */
function isZero(line: string, at: number): boolean {
  return line[at] === "0" && (at + 1 === line.length || line[at + 1] === "-");
}
