import { describe, expect, it } from "vitest";
import { type Frame, frameOf, type ParamGroup } from "../../../server/src/core/model/go/frame.ts";
import type { BasicName, Type, TypeView } from "../../../server/src/core/model/go/type.ts";

const machines = {
  amd64: { wordSize: 8, maxAlign: 8, rules: "gc", bigEndian: false },
  "amd64 before Go 1.22": { wordSize: 8, maxAlign: 8, rules: "std", bigEndian: false },
  "386": { wordSize: 4, maxAlign: 4, rules: "gc", bigEndian: false },
  mips: { wordSize: 4, maxAlign: 4, rules: "gc", bigEndian: true },
} as const;

const basic = (name: BasicName): Type => ({ kind: "basic", name });
const array = (length: number, elem: Type): Type => ({ kind: "array", length, elem });
const struct = (...fields: readonly (readonly [name: string, type: Type])[]): Type => ({
  kind: "struct",
  fields: fields.map(([name, type]) => ({ name, type, embedded: false, tag: "" })),
});
const emptyInterface: Type = { kind: "interface", methods: [], embedded: [] };
const stringer: Type = {
  kind: "interface",
  methods: [{ name: "String", type: { kind: "func", params: [], results: [], variadic: false } }],
  embedded: [],
};

function group(names: string, type: Type): ParamGroup {
  return { names: names === "" ? [] : names.split(" "), type };
}

interface Case {
  readonly machine: keyof typeof machines;
  readonly params?: readonly ParamGroup[];
  readonly results?: readonly ParamGroup[];
  readonly nestedArraysFromZero?: boolean;
}

function lay({ machine, params = [], results = [], nestedArraysFromZero = false }: Case): Frame | undefined {
  const { bigEndian, ...sizes } = machines[machine];
  const view: TypeView = {
    sizes,
    underlying: (type) => (type.kind === "named" || type.kind === "alias" ? { kind: "invalid" } : type),
    extentOf: (_type, compute) => compute(),
  };
  return frameOf({ view, bigEndian, params, results, nestedArraysFromZero });
}

function print(frame: Frame | undefined): string[] {
  return [
    ...[...(frame?.slots.values() ?? [])].map(
      (slot) => `${slot.name}+${slot.offset} ${slot.size} ${slot.type}`,
    ),
    `${frame?.size}`,
  ];
}

const int64 = basic("int64");
const flags = struct(["n", int64], ["a", array(2, basic("bool"))]);

describe("frameOf", () => {
  it.each<[string, Case, string[]]>([
    ["nothing", { machine: "amd64" }, ["0"]],
    [
      "results begin at the largest alignment",
      {
        machine: "amd64",
        params: [group("x", basic("int8"))],
        results: [group("", basic("int8")), group("", basic("int16"))],
      },
      ["x+0 1 int8", "ret+8 1 int8", "ret1+10 2 int16", "12"],
    ],
    [
      "unnamed parameters are numbered from the second on",
      {
        machine: "386",
        params: [group("", basic("int8")), group("", basic("int")), group("", basic("bool"))],
      },
      ["arg+0 1 int8", "arg1+4 4 int", "arg2+8 1 bool", "9"],
    ],
    [
      "halves of a 64-bit value, little-endian",
      { machine: "386", params: [group("x", int64)] },
      ["x+0 8 int64", "x_lo+0 4 half int64", "x_hi+4 4 half int64", "8"],
    ],
    [
      "halves of a 64-bit value, big-endian",
      { machine: "mips", params: [group("x", int64)] },
      ["x+0 8 int64", "x_hi+0 4 half int64", "x_lo+4 4 half int64", "8"],
    ],
    [
      "interfaces, with and without methods",
      { machine: "386", params: [group("e", emptyInterface), group("i", stringer)] },
      [
        "e+0 8 interface{}",
        "e_type+0 4 interface type",
        "e_data+4 4 interface data",
        "i+8 8 interface{String()}",
        "i_itable+8 4 interface itable",
        "i_data+12 4 interface data",
        "16",
      ],
    ],
    [
      "complex numbers by their size in bits",
      { machine: "amd64", params: [group("c", basic("complex64"))] },
      ["c+0 8 complex64", "c_real+0 4 real(complex64)", "c_imag+4 4 imag(complex64)", "8"],
    ],
    [
      "arrays of structs",
      {
        machine: "amd64",
        params: [group("a", array(2, struct(["p", basic("uintptr")], ["q", basic("bool")])))],
      },
      [
        "a+0 32 [2]struct{p uintptr; q bool}",
        "a_0+0 16 struct{p uintptr; q bool}",
        "a_0_p+0 8 uintptr",
        "a_0_q+8 1 bool",
        "a_1+16 16 struct{p uintptr; q bool}",
        "a_1_p+16 8 uintptr",
        "a_1_q+24 1 bool",
        "32",
      ],
    ],
    [
      "parameters of one group follow each other without padding",
      { machine: "amd64 before Go 1.22", params: [group("a b", struct(["p", int64], ["q", basic("bool")]))] },
      [
        "a+0 9 struct{p int64; q bool}",
        "a_p+0 8 int64",
        "a_q+8 1 bool",
        "b+9 9 struct{p int64; q bool}",
        "b_p+9 8 int64",
        "b_q+17 1 bool",
        "18",
      ],
    ],
    [
      "nested arrays",
      { machine: "amd64", params: [group("s", flags)] },
      [
        "s+0 16 struct{n int64; a [2]bool}",
        "s_n+0 8 int64",
        "s_a+8 2 [2]bool",
        "s_a_0+8 1 bool",
        "s_a_1+9 1 bool",
        "16",
      ],
    ],
    [
      "nested arrays up to Go 1.11",
      { machine: "amd64", params: [group("s", flags)], nestedArraysFromZero: true },
      [
        "s+0 16 struct{n int64; a [2]bool}",
        "s_n+0 8 int64",
        "s_a+8 2 [2]bool",
        "s_a_0+0 1 bool",
        "s_a_1+1 1 bool",
        "16",
      ],
    ],
    [
      "values without size",
      { machine: "amd64", params: [group("x y", struct())] },
      ["x+0 0 struct{}", "y+0 0 struct{}", "0"],
    ],
  ])("%s", (_name, input, expected) => {
    expect(print(lay(input))).toEqual(expected);
  });

  it("gives the last slot of an offset and of a name", () => {
    const params = [group("x", struct(["a", int64])), group("x_a _ _", basic("bool"))];
    const frame = lay({ machine: "amd64", params })!;
    expect(frame.slots.get("x_a")).toMatchObject({ offset: 8, type: "bool" });
    expect(frame.slots.get("_")).toMatchObject({ offset: 10 });
    const names = [0, 7, 8, 9, 10, 11, -1].map((at) => frame.slotAt(at)?.name);
    expect(names).toEqual(["x_a", "x_a", "x_a", "_", "_", undefined, undefined]);
  });

  it("counts a later slot of the same name among the parts of the earlier one", () => {
    const frame = lay({ machine: "amd64", params: [group("s", basic("string")), group("s_len", struct())] })!;
    expect(frame.slots.get("s")!.inner.map((slot) => slot.name)).toEqual(["s_base", "s_len"]);
    expect(frame.slots.get("s")!.inner[1]!.inner).toEqual([frame.slots.get("s_len")]);
  });

  it("gives up on types that are not known, and on sizes nobody passes by value", () => {
    const invalid: Type = { kind: "invalid" };
    expect(lay({ machine: "amd64", params: [group("x", struct(["a", invalid]))] })).toBeUndefined();
    expect(lay({ machine: "amd64", params: [group("x", { kind: "pointer", elem: invalid })] })?.size).toBe(8);
    expect(lay({ machine: "amd64", params: [group("x", array(2 ** 40, basic("byte")))] })).toBeUndefined();
    expect(lay({ machine: "amd64", params: [group("x", array(2 ** 40, struct()))] })).toBeUndefined();
  });
});
