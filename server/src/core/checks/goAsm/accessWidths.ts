/**
 * How many bytes of memory a plain instruction reads or writes at its memory operand, by
 * its mnemonic. Only what is certain is here: moves, and on x86 the instructions whose last
 * letter is the width. Mnemonics are those of cmd/internal/obj. What facts/operandWidths.ts
 * has besides, vectors and pairs, says nothing of a single field.
 */
import type { GoArch } from "../../facts/arch.ts";

/** Bytes; undefined where the mnemonic does not tell. */
export function accessWidth(arch: GoArch, mnemonic: string): number | undefined {
  const rule = rules[arch];
  const letter = rule?.form
    .exec(mnemonic)
    ?.slice(1)
    .find((group) => group !== undefined);
  return letter === undefined ? undefined : rule!.letters[letter];
}

/** The letter of the width is the one group of the form that matches. */
interface Rule {
  readonly form: RegExp;
  readonly letters: Readonly<Record<string, number>>;
}

const x86: Rule = {
  form: /^(?:MOV|ADD|SUB|CMP|AND|OR|XOR|TEST|INC|DEC|XCHG|XADD|CMPXCHG|NEG|NOT|ADC|SBB|MUL|IMUL|DIV|IDIV)([BWLQ])$|^MOV([BWL])[WLQ](?:ZX|SX)$/,
  letters: { B: 1, W: 2, L: 4, Q: 8 },
};
const arm: Rule = { form: /^MOV([BHWDF])(?:U|S)?$/, letters: { B: 1, H: 2, W: 4, D: 8, F: 4 } };
const arm64: Rule = { form: /^MOV([BHWD])U?$|^FMOV([SD])$/, letters: { B: 1, H: 2, W: 4, S: 4, D: 8 } };
const mips: Rule = {
  form: /^MOV([BHWVDF])U?$/,
  letters: { B: 1, H: 2, W: 4, V: 8, D: 8, F: 4 },
};
const ppc64: Rule = {
  form: /^MOV([BHWD])(?:Z|U|ZU|BR)?$|^FMOV([SD])$/,
  letters: { B: 1, H: 2, W: 4, D: 8, S: 4 },
};
const riscv64: Rule = {
  form: /^MOV([BHWFD]?)U?$/,
  letters: { B: 1, H: 2, W: 4, "": 8, F: 4, D: 8 },
};
const s390x: Rule = {
  form: /^MOV([BHWD])Z?$|^FMOV([SD])$/,
  letters: { B: 1, H: 2, W: 4, D: 8, S: 4 },
};

const rules: Readonly<Partial<Record<GoArch, Rule>>> = {
  "386": x86,
  amd64: x86,
  arm,
  arm64,
  loong64: mips,
  mips,
  mipsle: mips,
  mips64: mips,
  mips64le: mips,
  ppc64,
  ppc64le: ppc64,
  riscv64,
  s390x,
};
