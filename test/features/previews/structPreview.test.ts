/** What the preview of a struct holds; how it is drawn is tested elsewhere. */
import { expect, test } from "vitest";
import { structPreview } from "../../../server/src/core/features/previews/structPreview.ts";
import type {
  PreviewModel,
  PreviewSection,
} from "../../../server/src/core/features/previews/previewModel.ts";
import { memoryProject } from "../../support/memoryProject.ts";

function preview(files: Record<string, string>, path: string, type: string, targets: readonly string[]) {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/m/${name}`, text]));
  const project = memoryProject(texts, "/m", [`/m/${path}`], targets);
  return project.ask((snapshot) => structPreview(snapshot, `/m/${path}`, type, [...targets.keys()]));
}

function section<K extends PreviewSection["kind"]>(model: PreviewModel | undefined, kind: K, side = 0) {
  const found = model?.sides[side]?.sections.filter((section) => section.kind === kind);
  return found as Extract<PreviewSection, { kind: K }>[];
}

const fields = {
  "go.mod": "module m\n",
  "p/p.go":
    "package p\n\ntype inner struct {\n\ta byte\n\tb uint32\n}\n\ntype outer struct {\n\tx   byte\n\tin  [2]inner\n\tptr *outer\n\ty, z byte\n}\n\ntype list[T any] struct{ x T }\n",
};

test("fields, those of fields, and padding, from the start to the end", () => {
  const model = preview(fields, "p", "outer", ["linux/amd64", "linux/arm64", "linux/386"]);
  expect(model?.title).toBe("m/p.outer");
  expect(model?.sides.map(({ targets }) => targets)).toEqual([["linux/amd64", "linux/arm64"], ["linux/386"]]);
  const [map] = section(model, "bytes");
  expect(map).toMatchObject({ size: 40, align: 8 });
  expect(map!.fields.map(({ name, offset, size }) => [name, offset, size])).toEqual([
    ["x", 0, 1],
    ["", 1, 3],
    ["in", 4, 16],
    ["", 20, 4],
    ["ptr", 24, 8],
    ["y", 32, 1],
    ["z", 33, 1],
    ["", 34, 6],
  ]);
  const second = map!.fields[2]!.fields[1]!;
  expect(second).toMatchObject({ name: "[1]", type: "inner", offset: 12, size: 8 });
  expect(second.fields.map(({ name, offset }) => [name, offset])).toEqual([
    ["a", 12],
    ["", 13],
    ["b", 16],
  ]);
});

test("a field's place is where it is declared", () => {
  const model = preview(fields, "p", "outer", ["linux/amd64"]);
  const place = section(model, "bytes")[0]!.fields.at(-2)!.place!;
  expect(place.file).toBe("p.go");
  expect(fields["p/p.go"].slice(place.span.start, place.span.end)).toBe("z");
});

test("what another order would save", () => {
  const notes = section(preview(fields, "p", "outer", ["linux/amd64"]), "notes");
  expect(notes.map(({ notes }) => notes.map(({ text }) => text))).toEqual([
    ["13 bytes of padding; ordering the fields by alignment would save 8 bytes"],
  ]);
});

test("no such type, a generic one, one that needs a package that is not at hand, or one without an end", () => {
  expect(preview(fields, "p", "none", ["linux/amd64"])).toBeUndefined();
  expect(preview(fields, "p", "list", ["linux/amd64"])).toBeUndefined();
  const wanting = { "p/p.go": 'package p\n\nimport "gone"\n\ntype t struct{ x gone.T }\n' };
  const note = (files: Record<string, string>, name: string) =>
    section(preview(files, "p", name, ["linux/amd64"]), "notes").map(({ key, notes }) => [
      key,
      notes[0]!.text,
    ]);
  expect(note(wanting, "t")).toEqual([
    ["unresolved", "a part of this type is of a package that is not at hand"],
  ]);
  const types = [
    "t struct { t }",
    "a struct { b [2]b }",
    "b struct { a a }",
    "outer struct { next *outer; t t }",
  ];
  const endless = { "p/p.go": `package p\n\n${types.map((type) => `type ${type}\n`).join("")}` };
  for (const name of ["t", "a", "b", "outer"])
    expect(note(endless, name)).toEqual([["unresolved", "a type that contains itself has no layout"]]);
});

test("assembly's names, and where they are used on any of the targets that share a layout", () => {
  const files = {
    "go.mod": "module m\n",
    "p/p.go": "package p\n\ntype t struct {\n\ta, b int64\n}\n",
    "p/p_amd64.s":
      '#include "go_asm.h"\n// t_b is not used here\nTEXT ·f(SB), 4, $0-8\n\tMOVQ t_b(AX), BX\n\tMOVQ $t__size, CX\n\tMOVQ t_b(CX), BX\n\tRET\n',
    "p/p_arm64.s": "TEXT ·f(SB), 4, $0-8\n\tRET\n",
  };
  const model = preview(files, "p", "t", ["linux/amd64", "linux/arm64"]);
  const [table] = section(model, "table");
  expect(table!.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ["t__size", "16", "1 × p_amd64.s"],
    ["t_a", "0", ""],
    ["t_b", "8", "2 × p_amd64.s"],
  ]);
  expect(table!.rows[2]!.cells[2]!.place!.span.start).toBe(files["p/p_amd64.s"].indexOf("t_b(AX)"));
  expect(model!.sides).toHaveLength(1);
  expect(section(preview(files, "p", "t", ["linux/arm64"]), "table")).toEqual([]);
});

test("the kernel's side, with what differs marked", () => {
  const files = {
    "go.mod": "module golang.org/x/sys\n",
    "unix/p.go":
      "package unix\n\ntype EpollEvent struct {\n\tEvents uint32\n\tFd     int32\n\tPad    int32\n}\n",
  };
  const model = preview(files, "unix", "EpollEvent", ["linux/amd64", "linux/arm64", "freebsd/amd64"]);
  const marks = model!.sides.map((_, side) =>
    section(model, "bytes", side)[0]!.fields.map(({ mark }) => mark),
  );
  expect(model!.sides.map(({ targets }) => targets[0])).toEqual([
    "linux/amd64",
    "linux/arm64",
    "freebsd/amd64",
  ]);
  expect(marks).toEqual([
    [undefined, undefined, undefined],
    [undefined, "differs", undefined],
    [undefined, undefined, undefined],
  ]);
  expect(section(model, "notes", 1)[0]!.notes.map(({ text }) => text)).toEqual([
    "struct epoll_event: 16 bytes, aligned to 8 (Linux 6.1.4 uapi headers, clang 14)",
    "the Go type is 12 bytes, 4 fewer than the kernel's",
    "Fd does not stand where the kernel has fd: at 8",
  ]);
  expect(section(model, "notes", 2)).toEqual([]);
});

test("types that contain themselves, huge ones, and structs in structs in structs are answered in time", () => {
  const levels = Array.from(
    { length: 9 },
    (_, i) => `type t${i + 1} struct { ${"abcdefghijklmnopqrst".split("").join(", ")} [16]t${i} }`,
  );
  const text = [
    "package p",
    "type loop struct { a loop; b [2]loop }",
    "type huge struct { a [1 << 40]byte; b [1 << 50]int64 }",
    "type t0 struct { x byte }",
    ...levels,
  ].join("\n");
  const files = { "go.mod": "module m\n", "p/p.go": text };
  expect(section(preview(files, "p", "loop", ["linux/amd64"]), "notes")[0]!.key).toBe("unresolved");
  expect(section(preview(files, "p", "huge", ["linux/amd64"]), "bytes")[0]!.fields[1]!.offset).toBe(2 ** 40);
  expect(section(preview(files, "p", "t8", ["linux/amd64"]), "bytes")[0]!.fields).toHaveLength(20);
});

test("a struct of the runtime's C, of the files of each target, by the rules of its time", () => {
  const files = {
    "runtime/runtime.h":
      "typedef unsigned char uint8;\ntypedef struct Lock Lock;\nstruct Lock { uint8 key; };\nunion Note { Lock l; void *p; };\n",
    "runtime/linux/amd64/defs.h": "struct Info {\n\tuint8 code;\n\tLock;\n\tvoid *addr;\n};\n",
    "runtime/386_linux.h": "#pragma pack on\nstruct Info { uint8 code; int n; };\n#pragma pack off\n",
    "runtime/chan.c": "struct Twice { int a; };\n",
    "runtime/mem.c": "struct Twice { int b; };\n",
    "runtime/z.go": "package runtime\n",
  };
  const of = (type: string, targets: readonly string[]) => {
    const texts = new Map(Object.entries(files).map(([name, text]) => [`/m/${name}`, text]));
    const project = memoryProject(texts, "/m", ["/m/runtime", "/m/runtime/linux/amd64"], targets);
    return project.ask((snapshot) => structPreview(snapshot, "/m/runtime", type, [...targets.keys()]));
  };
  const info = of("Info", ["linux/amd64", "linux/386", "darwin/amd64"]);
  expect(info?.sides.map(({ targets }) => targets)).toEqual([["linux/amd64"], ["linux/386"]]);
  const [map] = section(info, "bytes");
  // Without the macro that later headers have, structs were aligned to a word.
  expect(map).toMatchObject({ title: "Info", size: 24, align: 8 });
  expect(map!.fields.map(({ name, offset, size }) => [name, offset, size])).toEqual([
    ["code", 0, 1],
    ["", 1, 7],
    ["Lock", 8, 8],
    ["addr", 16, 8],
  ]);
  expect(map!.fields[2]!.fields.map(({ name, offset, size }) => [name, offset, size])).toEqual([
    ["key", 8, 1],
    ["", 9, 7],
  ]);
  const { file, span } = map!.fields[3]!.place!;
  expect([file, files["runtime/linux/amd64/defs.h"].slice(span.start, span.end)]).toEqual(["defs.h", "addr"]);
  expect(section(info, "bytes", 1)[0]).toMatchObject({ size: 5, align: 1 });
  const [members] = section(of("Note", ["linux/amd64"]), "table");
  expect(members!.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ["8", "l", "Lock"],
    ["8", "p", "void*"],
  ]);
  // Two files have one each; and other C than the runtime's is compiled by other rules.
  expect(of("Twice", ["linux/amd64"])).toBeUndefined();
  expect(
    preview({ "p/p.h": "struct T { int a; };", "p/p.go": "package p\n" }, "p", "T", ["linux/amd64"]),
  ).toBeUndefined();
});

test("registers of 64 bits beside pointers of 32", () => {
  const header = `typedef unsigned int uint32;
typedef unsigned long long int uint64;
#ifdef _64BIT
typedef uint64 uintptr;
#else
typedef uint32 uintptr;
#endif
#ifdef _64BITREG
typedef uint64 uintreg;
#else
typedef uint32 uintreg;
#endif
struct Gobuf { uintptr sp; uintreg ret; };
`;
  const targets = ["linux/amd64", "nacl/amd64p32", "linux/386"];
  const texts = new Map([
    ["/m/runtime/runtime.h", header],
    ["/m/runtime/z.go", "package runtime\n"],
    ["/m/runtime/os_linux.c", ""],
    ["/m/runtime/os_nacl.c", ""],
  ]);
  const project = memoryProject(texts, "/m", ["/m/runtime"], targets);
  const preview = project.ask((snapshot) => structPreview(snapshot, "/m/runtime", "Gobuf", [0, 1, 2]));
  const sizes = preview?.sides.flatMap(({ targets, sections }) =>
    sections.flatMap((part) =>
      part.kind === "bytes" ? [[targets.join(), ...part.fields.map(({ size }) => size)]] : [],
    ),
  );
  expect(sizes).toEqual([
    ["linux/amd64", 8, 8],
    ["nacl/amd64p32", 4, 4, 8],
    ["linux/386", 4, 4],
  ]);
});
