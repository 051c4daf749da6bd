/**
 * The architectures of Go's own toolchain: sizes, byte order and the registers
 * assembly code names for the stack. It must not know operating systems,
 * releases' ports (targets.ts) or instructions.
 *
 * Sizes are those of `gcArchSizes` in go/types/sizes.go; the stack register is the one that
 * vet's asmdecl pass and cmd/asm/internal/arch agree on.
 */

export type GoArch =
  | "386"
  | "amd64"
  | "amd64p32"
  | "arm"
  | "arm64"
  | "loong64"
  | "mips"
  | "mipsle"
  | "mips64"
  | "mips64le"
  | "ppc64"
  | "ppc64le"
  | "riscv64"
  | "s390x"
  | "wasm";

export interface Arch {
  readonly name: GoArch;
  /** Bytes of int, uint, uintptr and a pointer. */
  readonly wordSize: 4 | 8;
  /** The largest alignment of any type, in bytes. */
  readonly maxAlign: 4 | 8;
  readonly bigEndian: boolean;
  /** What assembly code calls the hardware stack pointer. */
  readonly stackRegister: "SP" | "R1" | "R3" | "R13" | "R15" | "R29" | "RSP";
  /** A call leaves the return address in a register; elsewhere the call instruction pushes it. */
  readonly hasLinkRegister: boolean;
}

export const arches = {
  "386": arch("386", 4, 4, "little", "SP", "pushes"),
  amd64: arch("amd64", 8, 8, "little", "SP", "pushes"),
  // Native Client's x86-64: 32-bit pointers, 64-bit alignment.
  amd64p32: arch("amd64p32", 4, 8, "little", "SP", "pushes"),
  arm: arch("arm", 4, 4, "little", "R13", "links"),
  arm64: arch("arm64", 8, 8, "little", "RSP", "links"),
  loong64: arch("loong64", 8, 8, "little", "R3", "links"),
  mips: arch("mips", 4, 4, "big", "R29", "links"),
  mipsle: arch("mipsle", 4, 4, "little", "R29", "links"),
  mips64: arch("mips64", 8, 8, "big", "R29", "links"),
  mips64le: arch("mips64le", 8, 8, "little", "R29", "links"),
  ppc64: arch("ppc64", 8, 8, "big", "R1", "links"),
  ppc64le: arch("ppc64le", 8, 8, "little", "R1", "links"),
  riscv64: arch("riscv64", 8, 8, "little", "SP", "links"),
  s390x: arch("s390x", 8, 8, "big", "R15", "links"),
  wasm: arch("wasm", 8, 8, "little", "SP", "pushes"),
} satisfies Record<GoArch, Arch>;

/**
 * Every name that go/build reads as an architecture in a file name, with the minor number of the
 * release that began to (0: 1.11 or before). Most never had a port. internal/syslist/syslist.go,
 * before Go 1.24 go/build/syslist.go.
 */
export const knownArchNames: ReadonlyMap<string, number> = new Map([
  ["386", 0],
  ["amd64", 0],
  ["amd64p32", 0],
  ["arm", 0],
  ["armbe", 0],
  ["arm64", 0],
  ["arm64be", 0],
  ["loong64", 18],
  ["mips", 0],
  ["mipsle", 0],
  ["mips64", 0],
  ["mips64le", 0],
  ["mips64p32", 0],
  ["mips64p32le", 0],
  ["ppc", 0],
  ["ppc64", 0],
  ["ppc64le", 0],
  ["riscv", 0],
  ["riscv64", 0],
  ["s390", 0],
  ["s390x", 0],
  ["sparc", 0],
  ["sparc64", 0],
  ["wasm", 0],
]);

export function isGoArch(name: string): name is GoArch {
  return Object.hasOwn(arches, name);
}

function arch(
  name: GoArch,
  wordSize: Arch["wordSize"],
  maxAlign: Arch["maxAlign"],
  order: "little" | "big",
  stackRegister: Arch["stackRegister"],
  call: "pushes" | "links",
): Arch {
  const bigEndian = order === "big";
  return { name, wordSize, maxAlign, bigEndian, stackRegister, hasLinkRegister: call === "links" };
}
