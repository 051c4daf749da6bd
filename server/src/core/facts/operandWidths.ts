/**
 * How many bytes of memory the loads and stores of each architecture touch, for the
 * instructions that vet's asmdecl pass does not know or takes for others; those it does know
 * are its own affair. From the opcode tables of the assembler
 * (cmd/internal/obj/x86/avx_optabs.go, arm64/asm7.go, riscv/obj.go, wasm/wasmobj.go, loong64/asm.go,
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

const x86 = widths({
  1: "MOVBLSX MOVBLZX MOVBQSX MOVBQZX MOVBWSX MOVBWZX VPBROADCASTB",
  2: "MOVWLSX MOVWLZX MOVWQSX MOVWQZX VPBROADCASTW",
  4: "MOVLQSX MOVLQZX VMOVD VMOVSS VBROADCASTSS VPBROADCASTD",
  8: "MOVHPS MOVLPS MOVHPD MOVLPD VMOVQ VMOVSD VBROADCASTSD VPBROADCASTQ",
  16: "MOVUPS MOVUPD MOVAPS MOVAPD MOVO MOVOA MOVOU VBROADCASTF128 VBROADCASTI128",
});

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
  amd64: x86,
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
  if ((arch === "amd64" || arch === "386") && x86Vector.has(mnemonic)) {
    const register = /\b([XYZ])[0-9]+\b/.exec(operands)?.[1];
    return register === undefined ? undefined : x86Registers[register];
  }
  return tables[arch]?.get(mnemonic);
}
