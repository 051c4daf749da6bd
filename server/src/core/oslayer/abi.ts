/**
 * How a target's programs call the system, as Go's own assembly does it: the instruction, the
 * registers, and how an error comes back. Register names are those of Go's assembler. It must not
 * know which calls there are, except for where an argument list of a prototype ends up.
 */
import { once, oncePerKey } from "../base/memo.ts";
import { arches, isGoArch, type GoArch } from "../facts/arch.ts";
import { syscallAbis } from "../facts/generated/syscallAbi.ts";
import { isGoOS, oses, type GoOS } from "../facts/os.ts";
import { type Parameter, rowsOf } from "./factRows.ts";
import { kernelOf, type System, systemName } from "./system.ts";

/** "trap": into the kernel. "library": a call of a C or Windows function. "import": of a wasm host's. */
export type AbiKind = "trap" | "library" | "import";

/**
 * How a failure shows. "negative": the result is -errno, from -4095 to -1. "carry": the carry flag is
 * set, "summary-overflow": CR0.SO is, and "register": that register is not zero; the result is then a
 * positive errno. "minus-one": the result is -1 and the reason is elsewhere. "other": as the text says.
 */
export type ErrorConvention =
  | {
      readonly kind: "negative" | "carry" | "summary-overflow" | "minus-one" | "other";
      readonly text: string;
    }
  | { readonly kind: "register"; readonly register: string; readonly text: string };

/** An instruction that enters the kernel, with its operand where that is one constant: INT $0x80. */
export interface Gate {
  readonly instruction: string;
  readonly operand: number | undefined;
}

/**
 * Where the number of a call is. "operand": in the trap instruction, as a constant or, on ppc64, a
 * register that it names. "address": in the address that is called. "name": there is none.
 */
export type NumberPlace = "register" | "operand" | "address" | "name";

export interface SyscallAbi {
  readonly kind: AbiKind;
  readonly systems: readonly System[];
  /** Which Go it was read in, and where it is not the newest, until when it held. */
  readonly revision: string;
  /** Go's own words for the instruction: "INT $0x80", "CALL to 0x10000+(n<<5)". */
  readonly trap: string;
  /** The instructions that it names, the ordinary one first; darwin/386 has one for each class. None outside of "trap". */
  readonly gates: readonly Gate[];
  readonly numberPlace: NumberPlace;
  /** The register that the kernel reads the number from; undefined where it does not. */
  readonly numberRegister: string | undefined;
  readonly number: string;
  /** In the order of the arguments. */
  readonly argumentRegisters: readonly string[];
  /** Where the first argument that is in no register lies, as offset(register) in bytes. */
  readonly stack: { readonly offset: number; readonly register: string } | undefined;
  readonly arguments: string;
  /** The first and, where there is one, the second result. */
  readonly resultRegisters: readonly string[];
  readonly result: string;
  readonly error: ErrorConvention;
  readonly clobbers: readonly string[];
  /** Shared libraries that are called. */
  readonly libraries: readonly string[];
  readonly note: string | undefined;
  /** Files and lines in Go's tree. */
  readonly source: string;
}

/** Every way a target has had, the one of the newest Go first. */
export function abisOf(system: System): readonly SyscallAbi[] {
  return abisByName(systemName(system));
}

const abisByName = oncePerKey((name: string): readonly SyscallAbi[] => {
  const [goos = "", goarch = ""] = name.split("/");
  if (!isGoOS(goos)) return [];
  // Solaris and illumos have their own rows; android and ios are as the systems below them.
  const names = [goos, kernelOf(goos)];
  return abis()
    .filter(({ systems }) => systems.some((row) => names.includes(row.goos) && row.goarch === goarch))
    .sort((a, b) => Number(isNewest(b)) - Number(isNewest(a)));
});

function isNewest({ revision }: SyscallAbi): boolean {
  return revision === "go1.27";
}

/** The present way of a target, or the newest of a kind; undefined where it has none. */
export function abiOf(system: System, kind?: AbiKind): SyscallAbi | undefined {
  return abisOf(system).find((abi) => kind === undefined || abi.kind === kind);
}

const abis = once(() => rowsOf(syscallAbis).map(parseAbi));

function parseAbi(row: string): SyscallAbi {
  const words = row.split("\t");
  const [goos = "", goarch = "", revision = "", trap = "", number = "", args = "", result = "", error = ""] =
    words;
  const [clobbers = "", note = "", libraries = "", source = ""] = words.slice(9);
  const kind = kindOf(number);
  // "R0 R1 R2 R3, then stack": what comes before the stack is in registers, and so are R0..R7.
  const [inRegisters = "", onStack] = args.split(/\bstack\b/);
  const [, offset, base] = /(\d+)\((\w+)\)/.exec(onStack ?? args) ?? [];
  return {
    kind,
    systems: list(goos)
      .filter(isGoOS)
      .flatMap((goos: GoOS) =>
        list(goarch)
          .filter(isGoArch)
          .map((goarch: GoArch) => ({ goos, goarch })),
      ),
    revision,
    trap,
    gates: kind === "trap" ? gatesIn(trap) : [],
    numberPlace: numberPlaceOf(number, kind),
    numberRegister: /^[A-Z]+\d*(?= \(|$)/.exec(number)?.[0],
    number,
    argumentRegisters: kind === "import" ? [] : registersIn(inRegisters),
    stack:
      offset === undefined || base === undefined ? undefined : { offset: Number(offset), register: base },
    arguments: args,
    resultRegisters: registersIn(result.replace(" second", "")),
    result,
    error: errorOf(error),
    clobbers: list(clobbers),
    libraries: list(libraries),
    note: note === "" ? undefined : note,
    source,
  };
}

function kindOf(number: string): AbiKind {
  if (number === "fn pointer" || number.includes("descriptor")) return "library";
  return number === "import name" ? "import" : "trap";
}

/** "INT $0x80 (BSD), SYSENTER via …, INT $0x82 (machdep)", "SYSCALL R10 or SYSCALL $n". */
function gatesIn(trap: string): Gate[] {
  const gates = [...trap.matchAll(/(?:^|, |\bor )([A-Z]{2,})\b(?!=)(?: \$(0x[0-9a-f]+|\d+)\b)?/g)].map(
    ([, instruction = "", operand]) => ({
      instruction,
      operand: operand === undefined ? undefined : Number(operand),
    }),
  );
  return gates.filter(
    (gate, i) =>
      gates.findIndex(
        ({ instruction, operand }) => instruction === gate.instruction && operand === gate.operand,
      ) === i,
  );
}

function numberPlaceOf(number: string, kind: AbiKind): NumberPlace {
  if (kind !== "trap") return "name";
  if (/\b(?:operand|immediate)\b/.test(number)) return "operand";
  return number === "call address" ? "address" : "register";
}

/** The registers a fact names: "DI SI", "R0..R7", "(R6)"; not what is passed besides, "(also X0..X3)". */
function registersIn(text: string): string[] {
  const plain = text.replace(/\(also [^)]*\)|\d+\(\w+\)|\bC result register/g, "");
  return [...plain.matchAll(/\b([A-Z]+)(\d*)(?:\.\.[A-Z]+(\d+))?(?=[\s,)]|$)/g)].flatMap(
    ([, letters, first, last]) => {
      if (last === undefined) return [`${letters}${first}`];
      return Array.from(
        { length: Number(last) - Number(first) + 1 },
        (_, i) => `${letters}${Number(first) + i}`,
      );
    },
  );
}

function errorOf(text: string): ErrorConvention {
  if (text.startsWith("-4095..-1")) return { kind: "negative", text };
  if (text.startsWith("carry flag")) return { kind: "carry", text };
  if (text.startsWith("CR0.SO")) return { kind: "summary-overflow", text };
  if (/^-1\b/.test(text)) return { kind: "minus-one", text };
  const [, register] = /^([A-Z]\d) != 0: positive errno/.exec(text) ?? [];
  return register === undefined ? { kind: "other", text } : { kind: "register", register, text };
}

function list(words: string): string[] {
  return words.split(" ").filter((word) => word !== "");
}

/** Where one argument of a call goes: registers, or stack slots such as "4(SP)"; two where it is 64 bits on a 32-bit target. */
export interface PlacedArgument {
  readonly parameter: Parameter;
  /** "stack" where the facts do not say which slot. */
  readonly places: readonly string[];
}

/** Where the arguments of a prototype go. In a target's calls of wasm imports nothing is placed. */
export function placeArguments(
  system: System,
  abi: SyscallAbi,
  parameters: readonly Parameter[],
): readonly PlacedArgument[] {
  const wordSize = arches[system.goarch].registerSize;
  const place = (word: number): string => {
    const register = abi.argumentRegisters[word];
    if (register !== undefined) return register;
    if (!abi.stack) return "stack";
    return `${abi.stack.offset + wordSize * (word - abi.argumentRegisters.length)}(${abi.stack.register})`;
  };
  let word = 0;
  return parameters.map((parameter) => {
    const words = wordSize === 4 && isWide(parameter.type, system.goos) ? 2 : 1;
    if (words === 2 && word % 2 === 1 && arches[system.goarch].c.alignsPairs) word++;
    const places = Array.from({ length: words }, (_, i) => place(word + i));
    word += words;
    return { parameter, places };
  });
}

/** Whether a type has 64 bits on 32-bit targets of a system. */
function isWide(type: string, goos: GoOS): boolean {
  const name = type.replace(/^const /, "");
  if (/^(?:__)?[us](?:int)?64(?:_t)?$|^int64_t$|^(?:unsigned )?long long$|^u?_?quad_t$|^loff_t$/.test(name))
    return true;
  return oses[goos].wideTypes.has(name);
}

/** Every system there is an ABI of, Go's former ports included. */
export function abiSystems(): readonly System[] {
  const found = new Map(
    abis().flatMap(({ systems }) => systems.map((system) => [systemName(system), system])),
  );
  return [...found.values()];
}
