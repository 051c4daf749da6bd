/**
 * How many bytes of memory the loads and stores of each architecture touch, for the
 * instructions that vet's asmdecl pass does not know or takes for others; those it does know
 * are its own affair. From the opcode tables of the assembler
 * (cmd/internal/obj/x86/asm6.go and avx_optabs.go, arm64/asm7.go, riscv/obj.go, wasm/wasmobj.go, loong64/asm.go,
 * arm/asm5.go, ppc64/asm9.go, s390x/asmz.go). It must not know operands of any but the x86's.
 */
import type { GoArch } from "./arch.ts";

type Widths = ReadonlyMap<string, number>;

/** By the number of bytes, the mnemonics, without suffixes such as `.P`. */
function widths(rows: Readonly<Record<number, string>>): Widths {
  return new Map(
    Object.entries(rows).flatMap(([bytes, names]) => names.split(" ").map((name) => [name, Number(bytes)])),
  );
}

/** Packed arithmetic is left out: before AVX it asks for an alignment that arguments do not have. */
const amd64 = widths({
  1: "CRC32B MOVBLSX MOVBLZX MOVBQSX MOVBQZX MOVBWSX MOVBWZX VPBROADCASTB",
  2: "CRC32W FMOVWP IMUL3W MOVWLSX MOVWLZX MOVWQSX MOVWQZX PMOVSXBQ PMOVZXBQ VPBROADCASTW",
  4: [
    "CRC32L EXTRACTPS INSERTPS KMOVD LDMXCSR MOVLQSX MOVLQZX PMOVSXBD PMOVSXWQ PMOVZXBD PMOVZXWQ STMXCSR",
    "VBROADCASTSS VCVTSI2SDL VCVTSI2SSL VCVTUSI2SDL VCVTUSI2SSL VEXTRACTPS VINSERTPS VLDMXCSR VMOVD VMOVSS",
    "VPBROADCASTD VPEXTRD VPINSRD VSTMXCSR",
  ].join(" "),
  8: [
    "CMPXCHG8B CRC32Q CVTPL2PD CVTPS2PD FMOVV FMOVVP IMUL3Q MOVDDUP MOVHPD MOVHPS MOVLPD MOVLPS MOVQOZX",
    "PMOVSXBW PMOVZXBW VBROADCASTF32X2 VBROADCASTI32X2 VBROADCASTSD VCVTSI2SDQ VCVTSI2SSQ VCVTUSI2SDQ",
    "VCVTUSI2SSQ VMOVHPS VMOVLPS VMOVQ VMOVSD VPBROADCASTQ",
  ].join(" "),
  10: "FMOVB FMOVBP FMOVX FMOVXP",
  16: [
    "MOVAPD MOVAPS MOVO MOVOA MOVOU MOVUPD MOVUPS",
    "VBROADCASTF128 VBROADCASTF32X4 VBROADCASTF64X2 VBROADCASTI128 VBROADCASTI32X4 VBROADCASTI64X2",
    "VEXTRACTF128 VEXTRACTF32X4 VEXTRACTF64X2 VEXTRACTI128 VEXTRACTI32X4 VEXTRACTI64X2",
    "VINSERTF128 VINSERTF32X4 VINSERTF64X2 VINSERTI128 VINSERTI32X4 VINSERTI64X2",
  ].join(" "),
  32: [
    "VBROADCASTF32X8 VBROADCASTF64X4 VBROADCASTI32X8 VBROADCASTI64X4 VEXTRACTF32X8 VEXTRACTF64X4",
    "VEXTRACTI32X8 VEXTRACTI64X4 VINSERTF32X8 VINSERTF64X4 VINSERTI32X8 VINSERTI64X4",
  ].join(" "),
});

/** The bit that makes these 8 bytes wide is encoded, and means nothing to a processor in 32-bit mode. */
const x86 = new Map([...amd64, ...widths({ 4: "VCVTSI2SDQ VCVTSI2SSQ VCVTUSI2SDQ VCVTUSI2SSQ VMOVQ" })]);

/** Families of x86 instructions of which one letter tells the width: conditional moves, and products that are added. */
const x86Families = /^(?:CMOV([WLQ])[A-Z]{2}|VFN?M(?:ADD|SUB)(?:132|213|231)S([SD]))$/;
const x86Letters: Readonly<Record<string, number>> = { W: 2, L: 4, Q: 8, S: 4, D: 8 };

/** These move as much as their register holds. */
const x86Vector: ReadonlySet<string> = new Set(
  "VMOVUPS VMOVUPD VMOVAPS VMOVAPD VMOVDQU VMOVDQA VMOVDQU8 VMOVDQU16 VMOVDQU32 VMOVDQU64 VMOVDQA32 VMOVDQA64".split(
    " ",
  ),
);

const x86Registers: Readonly<Record<string, number>> = { X: 16, Y: 32, Z: 64 };

const ppc64 = widths({ 4: "FMOVS" });

const tables: Readonly<Partial<Record<GoArch, Widths>>> = {
  "386": x86,
  amd64,
  arm: widths({ 1: "MOVBS", 2: "MOVHS", 4: "MOVF" }),
  arm64: widths({
    1: "MOVB MOVBU",
    2: "MOVH MOVHU",
    4: "MOVW MOVWU FMOVS",
    8: "MOVD FMOVD LDPW STPW LDPSW FLDPS FSTPS",
    16: "FMOVQ LDP STP FLDPD FSTPD",
    32: "FLDPQ FSTPQ",
  }),
  loong64: widths({ 16: "VMOVQ", 32: "XVMOVQ" }),
  ppc64,
  ppc64le: ppc64,
  // The bare instructions (LW, SD) take no argument of the frame.
  riscv64: widths({
    1: "MOVB MOVBU",
    2: "MOVH MOVHU",
    4: "MOVW MOVWU MOVF",
    8: "MOV MOVD",
  }),
  s390x: widths({ 1: "VLREPB", 2: "VLREPH MOVHBR", 4: "VLREPF MOVWBR", 8: "VLREPG MOVDBR", 16: "VL VST" }),
  wasm: widths({
    1: "MOVB I32Load8S I32Load8U I64Load8S I64Load8U I32Store8 I64Store8",
    2: "MOVH I32Load16S I32Load16U I64Load16S I64Load16U I32Store16 I64Store16",
    4: "MOVW I32Load I64Load32S I64Load32U F32Load I32Store I64Store32 F32Store",
    8: "MOVD I64Load F64Load I64Store F64Store",
  }),
};

/** The bytes of memory that an instruction with these operands moves; undefined where this page does not say. */
export function operandWidth(arch: GoArch, mnemonic: string, operands: string): number | undefined {
  if (arch !== "amd64" && arch !== "386") return tables[arch]?.get(mnemonic);
  if (x86Vector.has(mnemonic)) return x86Registers[/\b([XYZ])[0-9]+\b/.exec(operands)?.[1] ?? ""];
  const [, move, product] = x86Families.exec(mnemonic) ?? [];
  return x86Letters[move ?? product ?? ""] ?? tables[arch]?.get(mnemonic);
}
