/**
 * The structs that a kernel, or the library that stands for it, exchanges with programs: which Go types
 * mirror one, and where the two disagree. It must not know how a Go type is laid out; who asks says that
 * in numbers.
 */
import { memo, once } from "../base/memo.ts";
import { linuxStructs, otherStructs } from "../facts/generated/kernelStructs.ts";
import { type FactTable, sectionsOf } from "./factRows.ts";
import { kernelOf, type System } from "./system.ts";

/** A struct as C lays it out on one target; all numbers are bytes. */
export interface KernelStruct {
  /** "struct epoll_event". */
  readonly type: string;
  readonly size: number;
  readonly align: number;
  readonly fields: readonly KernelField[];
  /** Where the layout is from. */
  readonly source: string;
  /** "C": a compiler's, over the system's headers. "Go": what Go declares after them. */
  readonly by: "C" | "Go";
}

export interface KernelField {
  readonly name: string;
  readonly offset: number;
  /** 0: Go groups what begins there in its own way. */
  readonly size: number;
  /** As C writes it; of other systems than Linux as Go does. */
  readonly type: string;
}

/** A Go struct, as far as it matters here. */
export interface Mirror {
  readonly size: number;
  readonly isBigEndian: boolean;
  readonly fields: readonly MirrorField[];
}

export interface MirrorField {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly kind: "scalar" | "array" | "struct";
}

export interface FieldDifference {
  /** The Go field's name. */
  readonly name: string;
  readonly kernel: KernelField;
}

interface Layout {
  readonly where: ReadonlySet<string>;
  readonly struct: KernelStruct;
}

const tables = once(() => ({
  linux: layoutsByName(linuxStructs, "C"),
  others: layoutsByName(otherStructs, "Go"),
}));

function layoutsByName(table: FactTable, by: KernelStruct["by"]): ReadonlyMap<string, readonly Layout[]> {
  const byName = new Map<string, Layout[]>();
  for (const { head, rows } of sectionsOf(table)) {
    const [names = "", ...words] = head;
    const layouts = rows.map((row): Layout => {
      const [where = "", size, align, fields = ""] = row.split("|");
      const struct = {
        type: words.join(" "),
        size: Number(size),
        align: Number(align),
        fields: fields === "" ? [] : fields.split(";").map(readField),
        source: table.source,
        by,
      };
      return { where: new Set(where.split(",")), struct };
    });
    for (const name of names.split(",")) byName.set(name, [...(byName.get(name) ?? []), ...layouts]);
  }
  return byName;
}

function readField(text: string): KernelField {
  const [name = "", offset, size, ...type] = text.split(" ");
  return { name, offset: Number(offset), size: Number(size), type: type.join(" ") };
}

/**
 * The kernel's structs that the Go type of this name stands for on a target: several where it serves calls
 * that take different ones. None for a type, a package or a target of which nothing is known.
 */
export function kernelStructsOf(
  { goos, goarch }: System,
  packagePath: string,
  typeName: string,
): readonly KernelStruct[] {
  const family = mirrorFamily(packagePath);
  if (family === undefined) return [];
  const isLinux = kernelOf(goos) === "linux";
  const layouts = tables()[isLinux ? "linux" : "others"].get(`${family}.${typeName}`) ?? [];
  const where = isLinux ? goarch : `${goos}/${goarch}`;
  return layouts.flatMap((layout) => (layout.where.has(where) ? [layout.struct] : []));
}

/** Every Go type that stands for a kernel's struct somewhere, by the family of its package. */
export function mirrorNames(packagePath: string): ReadonlySet<string> {
  return names().get(mirrorFamily(packagePath) ?? "") ?? none;
}

const none: ReadonlySet<string> = new Set();

const names = once(() => {
  const found = new Map<string, Set<string>>();
  for (const table of Object.values(tables())) {
    for (const key of table.keys()) {
      const dot = key.indexOf(".");
      const family = key.slice(0, dot);
      found.set(family, (found.get(family) ?? new Set()).add(key.slice(dot + 1)));
    }
  }
  return found;
});

/** Packages share a naming of the kernel's structs: that of runtime or that of syscall. */
function mirrorFamily(path: string): "runtime" | "syscall" | undefined {
  switch (path.replace(/^(cmd\/)?vendor\//, "")) {
    case "runtime":
    case "runtime/internal/syscall":
    case "internal/runtime/syscall":
    case "internal/runtime/syscall/linux":
    case "internal/runtime/syscall/windows":
      return "runtime";
    case "syscall":
    case "golang.org/x/sys/unix":
      return "syscall";
    default:
      return undefined;
  }
}

/** The kernel's field that a Go field stands for, by name; undefined for padding and what C does not name so. */
export function kernelField(struct: KernelStruct, name: string): KernelField | undefined {
  const { prefix, byKey } = namesOf(struct);
  const key = fieldKey(name, prefix);
  return key === "" ? undefined : byKey.get(key);
}

interface FieldNames {
  /** What C begins the names of this struct's fields with: "sa_". */
  readonly prefix: string;
  readonly byKey: ReadonlyMap<string, KernelField>;
}

const namesOf = memo(({ fields }: KernelStruct): FieldNames => {
  const prefixes = fields.flatMap(({ name }) => /^[a-z0-9]+_/.exec(name) ?? []);
  const count = (prefix: string) => prefixes.filter((other) => other === prefix).length;
  const prefix = prefixes.find((prefix) => 2 * count(prefix) > fields.length) ?? "";
  const byKey = new Map<string, KernelField>();
  const twice = new Set<string>([""]);
  for (const field of fields) {
    const key = fieldKey(field.name, prefix);
    if (byKey.has(key)) twice.add(key);
    byKey.set(key, field);
  }
  for (const key of twice) byKey.delete(key);
  return { prefix, byKey };
});

/**
 * What a field is called without the prefix that C gives the fields of a struct, and in lower case:
 * `sa_flags`, `Flags` → "flags". "" for padding and what is reserved.
 */
function fieldKey(name: string, prefix: string): string {
  if (name.startsWith("_") || name.startsWith("X_")) return "";
  const lower = name.toLowerCase();
  const key = lower.startsWith(prefix) ? lower.slice(prefix.length) : lower;
  return /^_|pad|unused|spare|reserved/.test(key) ? "" : key;
}

/**
 * The fields that do not stand where the kernel has them, or are of another width there. Of fields that
 * are shifted alike the first is named: what follows follows from it. A struct's width is that of its own
 * type, and an array may be longer than the kernel's. Where the lower half comes first, a number may be
 * narrower than the kernel's if nothing else is kept in what it leaves.
 */
export function differencesFrom(struct: KernelStruct, mirror: Mirror): FieldDifference[] {
  let shift = 0;
  return mirror.fields.flatMap((field) => {
    const kernel = kernelField(struct, field.name);
    if (kernel === undefined) return [];
    const before = shift;
    shift = field.offset - kernel.offset;
    if (shift !== before && shift !== 0) return [{ name: field.name, kernel }];
    return shift !== 0 || fits(struct, mirror, field, kernel) ? [] : [{ name: field.name, kernel }];
  });
}

function fits(struct: KernelStruct, mirror: Mirror, field: MirrorField, kernel: KernelField): boolean {
  if (kernel.size === 0 || field.size === kernel.size || field.kind === "struct") return true;
  if (field.kind === "array") return field.size > kernel.size;
  const end = field.offset + kernel.size;
  if (mirror.isBigEndian || field.size > kernel.size || end > mirror.size) return false;
  const isLeft = ({ name, offset }: MirrorField) =>
    offset <= field.offset || offset >= end || kernelField(struct, name) === undefined;
  return mirror.fields.every(isLeft);
}

/** Of the structs that a Go type may stand for, the one it differs from least: not at all, if it has the layout of any of them. */
export function closestStruct(structs: readonly KernelStruct[], mirror: Mirror): KernelStruct | undefined {
  if (structs.length <= 1) return structs[0];
  const counted = structs.map((struct) => ({
    struct,
    count: differencesFrom(struct, mirror).length,
    isSameSize: struct.size === mirror.size,
  }));
  counted.sort((a, b) => a.count - b.count || Number(b.isSameSize) - Number(a.isSameSize));
  return counted[0]?.struct;
}
