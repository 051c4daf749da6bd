/**
 * What a number means that stands where a trap reads it: in the number register, in the instruction's
 * operand, or as the address called. The same call is 4 to Go's SYS_WRITE, 0x2000004 in darwin/amd64's
 * AX, 4004 on linux/mips, 0xa00004 in netbsd/arm's SWI and 0x101a0 to nacl. Pure arithmetic over the tables.
 */
import { once } from "../base/memo.ts";
import { arches } from "../facts/arch.ts";
import { numberBases, syscallAbis } from "../facts/generated/syscallAbi.ts";
import { rowsOf } from "./factRows.ts";
import { linuxBase } from "./linuxCalls.ts";
import type { CallClass, Syscall } from "./syscall.ts";
import { syscallByNumber } from "./syscalls.ts";
import { kernelOf, type System } from "./system.ts";

/**
 * Why a number is not one that the target's trap takes: it lacks its class or base, or has that of
 * another ABI.
 */
export type Misfit = "base missing" | "foreign base" | "out of range";

export interface DecodedNumber {
  /** The value as the kernel sees it: signed 32 bits on a 32-bit target, 64 bits else. */
  readonly value: number;
  /** Undefined where the class is one without a table: darwin's DIAG and IPC, another ABI's. */
  readonly class: CallClass | undefined;
  /** What the class or base is called: "mach", "o32", "OABI", "EABI", "x32". Undefined where numbers are plain. */
  readonly base: { readonly name: string; readonly value: number } | undefined;
  /** The number in its table: as a constant SYS_X, the trap of Mach, or the private call. */
  readonly number: number;
  /** Undefined where no such call is known. */
  readonly call: Syscall | undefined;
  /** Undefined where the number is as the target wants it. */
  readonly misfit: Misfit | undefined;
  /** Where the base is stated. */
  readonly source: string;
}

export interface DecodeOptions {
  /** See CallQuery. */
  readonly version?: string | undefined;
  /** The constant operand of the trap instruction: INT $0x82 on darwin/386 is for machine-dependent calls. */
  readonly operand?: number | undefined;
}

/** Decodes a constant; a bit pattern with the top bit set is a negative number. Never fails. */
export function decodeNumber(
  system: System,
  constant: number | bigint,
  options: DecodeOptions = {},
): DecodedNumber {
  const value = signed(system, constant);
  const decoded = decode(system, value, options.operand);
  const cls = decoded.class;
  return {
    value,
    base: undefined,
    misfit: undefined,
    ...decoded,
    call:
      cls === undefined
        ? undefined
        : syscallByNumber(system, decoded.number, { version: options.version, class: cls }),
    source: `${numberBases.source}; ${syscallAbis.source}`,
  };
}

type Decoded = Pick<DecodedNumber, "class" | "number"> & Partial<DecodedNumber>;

function decode(system: System, value: number, operand: number | undefined): Decoded {
  const { goarch } = system;
  switch (kernelOf(system.goos)) {
    case "linux":
      return decodeLinux(system, value);
    case "darwin":
      return goarch === "amd64" ? decodeDarwinAmd64(value) : decodeDarwin(value, operand, goarch === "arm64");
    case "netbsd":
      return goarch === "arm" ? withBase("unix", value, "netbsd/arm", "EABI", 0x10000) : plain(value);
    case "nacl":
      return decodeNacl(value);
    default:
      return plain(value);
  }
}

function plain(value: number): Decoded {
  return { class: "unix", number: value };
}

function decodeLinux({ goarch }: System, value: number): Decoded {
  if (goarch.startsWith("mips")) {
    const own = linuxBase(goarch);
    const [name, foreign] = own === baseOf("linux/mips o32") ? ["o32", "n64"] : ["n64", "o32"];
    if (value >= own && value < own + 1000) return { ...plain(value), base: { name, value: own } };
    for (const [other, base] of [
      [foreign, baseOf(`linux/mips ${foreign}`)],
      ["n32", baseOf("linux/mips n32")],
    ] as const) {
      if (value >= base && value < base + 1000) {
        return {
          class: undefined,
          number: value - base,
          base: { name: other, value: base },
          misfit: "foreign base",
        };
      }
    }
    // SYS_X has the base, so a plain number is looked up with it.
    return value >= 0 && value < 1000
      ? { class: "unix", number: own + value, misfit: "base missing" }
      : { ...plain(value), misfit: "out of range" };
  }
  if (goarch === "arm") {
    const [oabi, own] = [baseOf("linux/arm OABI"), baseOf("linux/arm private")];
    if (value >= oabi && value < oabi + own) {
      return {
        class: "unix",
        number: value - oabi,
        base: { name: "OABI", value: oabi },
        misfit: "foreign base",
      };
    }
    if (value > own && value < own + 0x10000) {
      return { class: "private", number: value, base: { name: "private", value: own } };
    }
  }
  if (goarch === "amd64") {
    const x32 = baseOf("linux/x32");
    if (value >= x32 && value < 2 * x32) {
      return {
        class: undefined,
        number: value - x32,
        base: { name: "x32", value: x32 },
        misfit: "foreign base",
      };
    }
  }
  return plain(value);
}

/** osfmk/mach/i386/syscall_sw.h of xnu: the class is above 24 bits of number. */
const darwinClasses: Readonly<Record<number, readonly [name: string, cls: CallClass | undefined]>> = {
  1: ["mach", "mach"],
  2: ["unix", "unix"],
  3: ["machdep", "machdep"],
  4: ["diag", undefined],
  5: ["ipc", undefined],
};

function decodeDarwinAmd64(value: number): Decoded {
  const bits = 0x1000000;
  const [name, cls] = darwinClasses[Math.floor(value / bits)] ?? [];
  if (name !== undefined) {
    const base = Math.floor(value / bits) * bits;
    return { class: cls, number: value - base, base: { name, value: base } };
  }
  if (value >= 0 && value < bits) return { ...plain(value), misfit: "base missing" };
  // A negative number is a Mach trap to darwin's other architectures.
  return value < 0 && value > -1000
    ? { class: "mach", number: -value, misfit: "foreign base" }
    : { ...plain(value), misfit: "out of range" };
}

/** 386, arm and arm64: BSD calls count up from zero, Mach traps down; MVN $30 is trap 31. */
function decodeDarwin(value: number, operand: number | undefined, cutsNumber: boolean): Decoded {
  if (operand === 0x82) return { class: "machdep", number: value };
  if (value < 0) return { class: "mach", number: -value };
  if (value < 0x1000000) return plain(value);
  // The kernel of arm64 looks at 16 bits: what amd64 has as a class does no harm.
  if (cutsNumber && value <= 0x7fffffff) {
    const number = value & 0xffff;
    return { ...plain(number), base: { name: "ignored", value: value - number } };
  }
  const decoded = decodeDarwinAmd64(value);
  return decoded.misfit ? decoded : { ...decoded, misfit: "foreign base" };
}

/** The address called: slots of 32 bytes from 0x10000 on. */
function decodeNacl(value: number): Decoded {
  const base = baseOf("nacl");
  if (value >= base && value % 32 === 0) {
    return { class: "unix", number: (value - base) / 32, base: { name: "slot", value: base } };
  }
  return { ...plain(value), misfit: value < base ? "base missing" : "out of range" };
}

function withBase(cls: CallClass, value: number, key: string, name: string, size: number): Decoded {
  const base = baseOf(key);
  if (value >= base && value < base + size)
    return { class: cls, number: value - base, base: { name, value: base } };
  return { class: cls, number: value, misfit: value >= 0 && value < size ? "base missing" : "out of range" };
}

const bases = once(
  () =>
    new Map(
      rowsOf(numberBases).map((row) => {
        const [name = "", value = ""] = row.split("|");
        return [name, Number.parseInt(value)];
      }),
    ),
);

function baseOf(name: string): number {
  return bases().get(name) ?? 0;
}

function signed({ goarch }: System, constant: number | bigint): number {
  const wordBits = 8 * arches[goarch].wordSize;
  if (typeof constant === "number" && !Number.isFinite(constant)) return 0;
  const value = BigInt.asIntN(
    wordBits,
    typeof constant === "bigint" ? constant : BigInt(Math.trunc(constant)),
  );
  // MOVL leaves a 64-bit register's upper half zero, and the kernel looks at 32 bits.
  return Number(value > 0x7fffffffn && value <= 0xffffffffn ? BigInt.asIntN(32, value) : value);
}
