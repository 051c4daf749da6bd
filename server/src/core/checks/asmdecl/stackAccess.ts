/** Arguments are not read through the stack pointer: `24(SP)` beyond the local frame is `x+0(FP)`. */
import {
  atLine,
  int64,
  isNoFrame,
  localSize,
  writesStack,
  type BlockCheck,
  type BlockFinding,
} from "./rule.ts";
import { blockFacts, codeLines, goInt } from "./vetLines.ts";

export function stackAccess(check: BlockCheck): BlockFinding[] {
  const { block, profile, arch } = check;
  if (!profile.beforeAnalysis && isNoFrame(block.symbol.flags)) return [];
  const locals = localSize(check);
  const beyond = int64(locals + goInt(block.symbol.argSize));
  const findings: BlockFinding[] = [];
  let frame = check.frame;
  let firstWrite: number | undefined;
  for (const line of blockFacts(block).lines) {
    if (line.isData) frame = "none";
    for (const use of line.stackUses) {
      if (use.register !== arch.stack || use.offset < locals || frame === "unresolved") continue;
      firstWrite ??= firstStackWrite(check);
      if (line.start >= firstWrite) return findings;
      const text = line.text.slice(use.start, use.end);
      const offset = use.offset - locals;
      const slot = frame === "none" ? undefined : frame.slotAt(offset);
      if (slot !== undefined) {
        const operand = `${slot.name}+${offset}(FP)`;
        const message = `${text} should be ${operand}`;
        const replacement = offset === slot.offset && { replacement: operand };
        const isMisjudged = isPostIndexed(line.text);
        findings.push(
          atLine(line, use, {
            rule: "stack-access",
            message,
            ...replacement,
            ...(isMisjudged && { isMisjudged }),
          }),
        );
      } else {
        const message =
          use.offset >= beyond
            ? `use of ${text} points beyond argument frame`
            : `use of ${text} to access argument frame`;
        const isMisjudged = isPostIndexed(line.text);
        findings.push(
          atLine(line, use, { rule: "stack-access", message, ...(isMisjudged && { isMisjudged }) }),
        );
      }
    }
  }
  return findings;
}

/** `MOVD.P R0, 16(RSP)` stores at 0(RSP), and adds 16 to RSP afterwards. */
function isPostIndexed(line: string): boolean {
  return /^\s*(?:\w+:\s*)?[A-Z0-9]+(?:\.[A-Z]+)*\.P\b/.test(line);
}

/** Where the first line that writes the stack pointer starts; Infinity where there is none. */
function firstStackWrite(check: BlockCheck): number {
  for (const { start, text } of codeLines(check.block)) {
    if (writesStack(text, check.arch)) return start;
  }
  return Infinity;
}
