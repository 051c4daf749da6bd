/**
 * How many bytes of memory an instruction touches. It must not know operands of any but the x86's, nor what an
 * access is for.
 */
import type { Architecture, LetterRule } from "./architecture.ts";

/**
 * The bytes of memory that an instruction with these operands moves, for the instructions that vet does not know
 * or takes for others; undefined where the tables do not say.
 */
export function operandWidth(
  { widths: { table, families, vectors } }: Architecture,
  mnemonic: string,
  operands: string,
): number | undefined {
  if (vectors?.instructions.has(mnemonic))
    return vectors.registers[/\b([XYZ])[0-9]+\b/.exec(operands)?.[1] ?? ""];
  return (families && letterWidth(families, mnemonic)) ?? table.get(mnemonic);
}

/**
 * How many bytes a plain instruction reads or writes at its memory operand. Only what is certain is here: moves,
 * and on x86 the instructions whose last letter is the width; vectors and pairs say nothing of a single field.
 */
export function fieldWidth({ fieldWidths }: Architecture, mnemonic: string): number | undefined {
  return fieldWidths && letterWidth(fieldWidths, mnemonic);
}

export function letterWidth({ form, letters }: LetterRule, mnemonic: string): number | undefined {
  const letter = form
    .exec(mnemonic)
    ?.slice(1)
    .find((group) => group !== undefined);
  return letter === undefined ? undefined : letters[letter];
}
