/** A function with an unnamed result, or one called `ret`, must write it before it returns. */
import { writesStack, type BlockCheck, type BlockFinding } from "./rule.ts";
import { blockFacts, codeLines } from "./vetLines.ts";

export function missingResult(check: BlockCheck): BlockFinding[] {
  const { block, profile, frame, abi } = check;
  const facts = blockFacts(block);
  const ret = typeof frame === "string" ? undefined : frame.slots.get("ret");
  // A tail call leaves the result to the function it jumps to.
  const returns = facts.returns.filter((line) => profile.beforeAnalysis || !line.hasSymbol);
  if (ret === undefined || returns.length === 0 || facts.lines.some((line) => line.isData)) return [];
  if (usesResult(check) || writesResultElsewhere(check)) return [];
  const result = abi === "ABIInternal" ? "result register" : `${ret.size}-byte ret+${ret.offset}(FP)`;
  return returns.map(({ start, end }) => ({
    rule: "missing-result",
    message: `RET without writing to ${result}`,
    start,
    end,
  }));
}

function usesResult({ code }: BlockCheck): boolean {
  return code.some((line) => line.named.some(({ name }) => name === "ret" || name.startsWith("ret_")));
}

/** An instruction may write the result without naming it; ABIInternal functions return in registers. */
function writesResultElsewhere(check: BlockCheck): boolean {
  const { block, arch, abi, profile } = check;
  if (profile.beforeAnalysis) return false;
  const signs = [...arch.resultWriters, ...(abi === "ABIInternal" ? arch.internalResults : [])];
  if (!signs.some((sign) => block.text.includes(sign))) return false;
  for (const { text } of codeLines(block)) {
    if (signs.some((sign) => text.includes(sign)) && !writesStack(text, check.arch)) return true;
  }
  return false;
}
