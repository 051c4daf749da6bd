/** Every reference to FP must name its argument: `8(FP)` is `y+8(FP)`. */
import { atLine, type BlockCheck, type BlockFinding } from "./rule.ts";

export function unnamedArgument({ frame, code }: BlockCheck): BlockFinding[] {
  if (typeof frame === "string") return [];
  const findings: BlockFinding[] = [];
  for (const line of code) {
    for (const use of line.unnamed) {
      const message = `use of unnamed argument ${line.text.slice(use.start, use.end)}`;
      const slot = frame.slotAt(use.offset);
      if (slot === undefined) {
        findings.push(atLine(line, use, { rule: "unnamed-argument", message }));
        continue;
      }
      const operand = `${slot.name}+${slot.offset}(FP)`;
      findings.push(
        atLine(line, use, {
          rule: "unnamed-argument",
          message: `${message}; offset ${use.offset} is ${operand}`,
          ...(use.offset === slot.offset && { replacement: operand }),
        }),
      );
    }
  }
  return findings;
}
