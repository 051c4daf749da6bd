/** An argument of a call as a preview shows it. It must not know which call it is of. */
import type { CallArgument } from "../../runtime/callArgument.ts";

/** `CLONE_VM|CLONE_FS (0x300)`, `SIG_SETMASK (3)`, `0`, or as written. */
export function argumentText({ text, value, names }: CallArgument): string {
  if (value === undefined) return text;
  // A number is shown as it is written.
  if (names.length === 0 && /^[-\d][\w.]*$/.test(text)) return text;
  const number = numberText(value);
  return names.length === 0 ? number : `${names.map(({ name }) => name).join("|")} (${number})`;
}

/** In decimal up to 1000. */
export function numberText(value: bigint): string {
  if (value < 0n) return String(value);
  return value > 1000n ? `0x${value.toString(16)}` : String(value);
}
