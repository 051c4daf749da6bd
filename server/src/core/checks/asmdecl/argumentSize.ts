/** The argument size of a TEXT line (`$0-24`) must be the size of the declaration's frame. */
import type { BlockCheck, BlockFinding } from "./rule.ts";
import { goInt } from "./vetLines.ts";

export function argumentSize({ block, frame }: BlockCheck): BlockFinding[] {
  if (typeof frame === "string") return [];
  const { flags, argSize, localSize, sizeSpan } = block.symbol;
  const size = goInt(argSize);
  // A size of 0 is how leaf code says that it takes arguments of any shape.
  const mayOmit = flags === "7" || flags.includes("NOSPLIT");
  if (size === frame.size || (size === 0 && mayOmit)) return [];
  const expected = String(frame.size);
  const replacement =
    argSize !== ""
      ? { replacement: expected }
      : localSize !== "" && { replacement: `$${localSize}-${expected}` };
  return [
    {
      rule: "argument-size",
      message: `wrong argument size ${printInt(argSize)}; expected $...-${expected}`,
      ...sizeSpan,
      ...replacement,
    },
  ];
}

const maxInt64 = "9223372036854775807";

/** Unsigned decimal digits as Go prints the int64 it reads from them. */
function printInt(digits: string): string {
  const significant = digits.replace(/^0+/, "");
  if (significant === "") return "0";
  const tooLarge =
    significant.length > maxInt64.length ||
    (significant.length === maxInt64.length && significant > maxInt64);
  return tooLarge ? maxInt64 : significant;
}
