/**
 * A struct of the workspace as each target lays it out: its bytes with their padding, what padding
 * costs, what assembly calls its parts, and what the kernel has in the same places. It must not know how a
 * preview is drawn.
 */
import { kernelMirror, type KernelMirror } from "../../model/go/kernelMirror.ts";
import { sizeOf } from "../../model/go/sizes.ts";
import {
  layoutOf,
  type LayoutPart,
  type Waste,
  wasteOf,
  whyUnresolved,
} from "../../model/go/structLayout.ts";
import { type Declared, declares } from "../../model/go/packageScope.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import type { Type } from "../../model/go/type.ts";
import { declaredType } from "../../model/go/typeExpr.ts";
import { typeString } from "../../model/go/typeString.ts";
import { compilerView } from "../../model/go/view.ts";
import { differencesFrom, kernelField } from "../../oslayer/kernelStruct.ts";
import type { Expr, TypeDecl } from "../../syntax/go/ast.ts";
import { typeHeader } from "../../syntax/go/parseDecl.ts";
import { declLocation } from "../../workspace/declLocation.ts";
import { goAsmUses } from "../../workspace/goAsmUses.ts";
import { importPathOf } from "../../workspace/importPath.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { ByteField, ByteMapSection, Cell, PreviewModel, PreviewSection, Row } from "./previewModel.ts";
import { cStructPreview } from "./cStructPreview.ts";
import { sidesOf } from "./sidesOf.ts";
import type { Location } from "../../workspace/location.ts";

/**
 * The layout of the package-level type of this name on the targets with these indexes; those that share
 * everything that is shown share a side. Undefined where no target has such a type, or it is generic.
 */
export function structPreview(
  snapshot: Snapshot,
  directory: string,
  typeName: string,
  targets: readonly number[],
): PreviewModel | undefined {
  const known: Laid[] = [];
  const sides = sidesOf(snapshot, targets, (target) => {
    const laid =
      known.find(({ holds }) => holds.has(target)) ?? layOut(snapshot, directory, typeName, target);
    if (!laid) return undefined;
    if (!known.includes(laid)) known.push(laid);
    const kernel = laid.layout && kernelMirror(snapshot.view(target), laid.declared);
    return kernel
      ? sectionsOf(snapshot, laid, kernel)
      : (laid.alone ??= sectionsOf(snapshot, laid, undefined));
  });
  // In the trees of Go's first years it may be C's.
  if (sides.length === 0) return cStructPreview(snapshot, directory, typeName, targets);
  const title = `${importPathOf(snapshot.world.trees, directory)}.${typeName}`;
  return {
    title,
    sides: sides.map(({ targets, sections }) => {
      const [map, ...more] = sections;
      const uses = map?.kind === "bytes" ? asmSection(snapshot, directory, targets, map) : [];
      return { targets, sections: [map!, ...uses, ...more] };
    }),
  };
}

/** A type as several targets lay it out. */
interface Laid {
  readonly holds: TargetSet;
  readonly declared: Declared<TypeDecl>;
  /** undefined where it has none. */
  readonly layout: LayoutPart | undefined;
  readonly whyNot: string | undefined;
  readonly waste: Waste | undefined;
  /** What is shown where no kernel has its own idea of it. */
  alone: readonly PreviewSection[] | undefined;
}

function layOut(snapshot: Snapshot, directory: string, typeName: string, target: number): Laid | undefined {
  const pkg = snapshot.package(directory);
  const view = snapshot.view(target);
  const { validOn, resolved, value } = view.measure(() => {
    const declared = pkg && view.lookup(pkg, pkg, typeName);
    if (!declares(declared, "type") || typeHeader(declared.decl).typeParams.length > 0) return undefined;
    const type = declaredType(view, declared, []);
    // Programs have what the compiler made, whatever vet thinks of it.
    const sizes = compilerView(view);
    sizeOf(sizes, type);
    // What is taken apart has an end.
    if (!view.resolved)
      return { declared, layout: undefined, waste: undefined, whyNot: whyUnresolved(view, type) };
    const layout = layoutOf(sizes, typeName, type);
    const under = view.underlying(type);
    const waste = under.kind === "struct" ? wasteOf(sizes, under.fields, layout.size) : undefined;
    return { declared, layout, waste, whyNot: undefined };
  });
  return value && { ...value, holds: validOn, layout: resolved ? value.layout : undefined, alone: undefined };
}

function sectionsOf(
  snapshot: Snapshot,
  { declared, layout, whyNot, waste }: Laid,
  kernel: KernelMirror | undefined,
): readonly PreviewSection[] {
  const place = declLocation(snapshot, declared);
  if (!layout) {
    const notes = [{ text: whyNot ?? "", ...(place && { place }) }];
    return [{ kind: "notes", key: "unresolved", title: "Not laid out", notes }];
  }
  const map: ByteMapSection = {
    kind: "bytes",
    key: "layout",
    title: declared.name,
    size: layout.size,
    align: layout.align,
    fields: byteFields(declared.package.path, layout, fieldPlaces(snapshot, declared), kernel),
  };
  return [map, ...wasteSection(waste, place), ...(kernel ? kernelSections(layout, kernel) : [])];
}

function byteFields(
  packagePath: string,
  layout: LayoutPart,
  places: ReadonlyMap<string, Location>,
  kernel: KernelMirror | undefined,
): ByteField[] {
  const fields: ByteField[] = [];
  let end = layout.offset;
  const pad = (to: number): void => {
    if (to > end) fields.push({ ...padding, offset: end, size: to - end });
    end = to;
  };
  const different = new Set(kernel && differencesFrom(kernel.struct, kernel.mirror).map(({ name }) => name));
  for (const part of layout.parts) {
    pad(part.offset);
    const place = places.get(part.name);
    const inKernel = kernel && kernelField(kernel.struct, part.name);
    fields.push({
      name: part.name,
      type: shownType(part.type, packagePath),
      offset: part.offset,
      size: part.size,
      isPadding: false,
      fields: byteFields(packagePath, part, nested, undefined),
      ...(inKernel && { note: kernelNote(inKernel, different.has(part.name)) }),
      ...(different.has(part.name) && { mark: "differs" as const }),
      ...(place && { place }),
    });
    end = part.offset + part.size;
  }
  if (layout.parts.length > 0) pad(layout.offset + layout.size);
  return fields;
}

const nested: ReadonlyMap<string, Location> = new Map();
const padding = { name: "", type: "", isPadding: true, fields: [], mark: "waste" } as const;

function kernelNote(
  { name, type, offset, size }: { name: string; type: string; offset: number; size: number },
  differs: boolean,
): string {
  if (!differs) return `${type} ${name}`;
  return `the kernel has ${type} ${name} at ${offset}${size > 0 ? `, ${bytes(size)}` : ""}`;
}

/** A type without the path of the package it is looked at from. */
function shownType(type: Type, packagePath: string): string {
  return typeString(type).replaceAll(`${packagePath}.`, "");
}

function wasteSection(waste: Waste | undefined, place: Location | undefined): readonly PreviewSection[] {
  if (!waste) return [];
  const { padding, saved } = waste;
  if (padding <= 0) return [];
  const advice = saved > 0 ? `; ordering the fields by alignment would save ${bytes(saved)}` : "";
  const note: Cell = {
    text: `${bytes(padding)} of padding${advice}`,
    mark: "waste",
    ...(place && { place }),
  };
  return [{ kind: "notes", key: "waste", title: "Waste", notes: [note] }];
}

/** The names that the compiler writes into go_asm.h, and the places of assembly that use them on any of the targets. */
function asmSection(
  snapshot: Snapshot,
  directory: string,
  targets: readonly string[],
  { title: typeName, size, fields }: ByteMapSection,
): readonly PreviewSection[] {
  if (fields.length === 0) return [];
  const names = new Map([[`${typeName}__size`, size]]);
  for (const { name, offset, isPadding } of fields)
    if (!isPadding && name !== "_") names.set(`${typeName}_${name}`, offset);
  const { world } = snapshot;
  const indexes = targets.map((name) => world.targets.findIndex((target) => target.name === name));
  const uses = goAsmUses(snapshot, directory, indexes, new Set(names.keys()));
  if (uses === undefined) return [];
  const rows = [...names].map(([name, value]): Row => {
    const found = uses.get(name) ?? [];
    const [first] = found;
    const files = [...new Set(found.map(({ file }) => file))];
    const used = found.length === 0 ? "" : `${found.length} × ${files.join(", ")}`;
    return {
      key: name,
      cells: [{ text: name }, { text: String(value) }, { text: used, ...(first && { place: first }) }],
    };
  });
  const columns = [
    { title: "name" },
    { title: "value", align: "right" as const },
    { title: "used in assembly" },
  ];
  return [{ kind: "table", key: "go_asm.h", title: "go_asm.h", columns, rows }];
}

function kernelSections(layout: LayoutPart, kernel: KernelMirror): readonly PreviewSection[] {
  const { type, size, align, fields, source } = kernel.struct;
  const different = differencesFrom(kernel.struct, kernel.mirror);
  const goNames = new Map(
    layout.parts.flatMap(({ name }) => {
      const field = kernelField(kernel.struct, name);
      return field ? [[field, name] as const] : [];
    }),
  );
  const isDifferent = new Set(different.map(({ kernel: field }) => field));
  const rows = fields.map((field, i): Row => {
    const texts = [
      field.offset,
      field.size === 0 ? "" : field.size,
      field.name,
      field.type,
      goNames.get(field) ?? "",
    ];
    const cells = texts.map((text, column): Cell => {
      const marked = isDifferent.has(field) && column === 0;
      return { text: String(text), ...(marked && { mark: "differs" as const }) };
    });
    return { key: `${field.name} ${i}`, cells };
  });
  const columns = [
    { title: "offset", align: "right" as const },
    { title: "size", align: "right" as const },
    { title: "field" },
    { title: "type" },
    { title: "in Go" },
  ];
  const notes: Cell[] = [{ text: `${type}: ${bytes(size)}, aligned to ${align} (${source})` }];
  if (size !== layout.size) {
    notes.push({
      text: `the Go type is ${bytes(layout.size)}, ${Math.abs(layout.size - size)} ${layout.size > size ? "more" : "fewer"} than the kernel's`,
    });
  }
  for (const { name, kernel: field } of different) {
    const text = `${name} does not stand where the kernel has ${field.name}: at ${field.offset}${field.size > 0 ? `, ${bytes(field.size)}` : ""}`;
    notes.push({ text, mark: "differs" });
  }
  const side = kernel.struct.by === "C" ? "The kernel's side" : "The system's side, as Go 1.27 has it";
  const summary = { kind: "notes", key: "kernel", title: side, notes } as const;
  // Where the two agree in everything, the byte map says it all.
  const isSame = different.length === 0 && fields.every((field) => goNames.has(field));
  if (isSame) return [summary];
  return [summary, { kind: "table", key: "kernel fields", title: type, columns, rows }];
}

/** Where the fields of a struct are declared, by name. */
function fieldPlaces(snapshot: Snapshot, declared: Declared<TypeDecl>): ReadonlyMap<string, Location> {
  const whole = declLocation(snapshot, declared);
  const { type } = typeHeader(declared.decl);
  const places = new Map<string, Location>();
  if (!whole || type.kind !== "struct") return places;
  for (const { names, type: fieldType } of type.fields) {
    const idents = names.length > 0 ? names : embedded(fieldType);
    for (const { name, start, end } of idents) {
      const base = whole.span.start;
      places.set(name, { ...whole, span: { start: base + start, end: base + end } });
    }
  }
  return places;
}

function embedded(type: Expr): { name: string; start: number; end: number }[] {
  if (type.kind === "ident") return [type];
  if (type.kind === "selector") return [type.sel];
  return type.kind === "star" || type.kind === "paren" || type.kind === "index" ? embedded(type.x) : [];
}

function bytes(n: number): string {
  return `${n} ${n === 1 ? "byte" : "bytes"}`;
}
