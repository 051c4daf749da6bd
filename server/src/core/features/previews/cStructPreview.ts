/** The layout of a struct of the runtime's C, in the trees of Go's first years. It must not know how it is drawn. */
import type { CPart } from "../../model/c/cLayout.ts";
import { importPathOf } from "../../workspace/importPath.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { type CStruct, cStruct } from "../../runtime/cStructs.ts";
import type { ByteField, ByteMapSection, PreviewModel, PreviewSection } from "./previewModel.ts";
import { sidesOf } from "./sidesOf.ts";
import type { Location } from "../../workspace/location.ts";

/** On the targets with these indexes; undefined where none has a struct or union of this name. */
export function cStructPreview(
  snapshot: Snapshot,
  directory: string,
  name: string,
  targets: readonly number[],
): PreviewModel | undefined {
  const sides = sidesOf(snapshot, targets, (target) => {
    const found = cStruct(snapshot, directory, name, target);
    return found && sectionsOf(found);
  });
  if (sides.length === 0) return undefined;
  return { title: `${importPathOf(snapshot.world.trees, directory)}.${name}`, sides };
}

function sectionsOf({ record, layout, directory, file }: CStruct): readonly PreviewSection[] {
  const place: Location = { directory, file, span: record.span };
  if (!layout) {
    const notes = [{ text: "a part of this type is not known here", place }];
    return [{ kind: "notes", key: "unresolved", title: "Not laid out", notes }];
  }
  const { kind, size, align, parts } = layout;
  const map: ByteMapSection = {
    kind: "bytes",
    key: "layout",
    title: record.tag,
    size,
    align,
    // The members of a union lie over one another: a picture has room for one.
    fields:
      kind === "union"
        ? [{ name: record.tag, type: "union", offset: 0, size, isPadding: false, fields: [], place }]
        : byteFields(parts, 0, size, ({ span }) => ({ directory, file, span })),
  };
  if (kind === "struct") return [map];
  const rows = parts.map(({ name, text, size, span }, i) => ({
    key: `${name} ${i}`,
    cells: [{ text: String(size) }, { text: name, place: { directory, file, span } }, { text }],
  }));
  const columns = [{ title: "size", align: "right" as const }, { title: "member" }, { title: "type" }];
  return [map, { kind: "table", key: "members", title: "Members", columns, rows }];
}

/** The parts that lie between two offsets, with the padding between them. */
function byteFields(
  parts: readonly CPart[],
  start: number,
  end: number,
  placeOf: (part: CPart) => Location | undefined,
): ByteField[] {
  const fields: ByteField[] = [];
  let at = start;
  const pad = (to: number): void => {
    if (to > at) fields.push({ name: "", type: "", offset: at, size: to - at, isPadding: true, fields: [] });
    at = Math.max(at, to);
  };
  for (const part of parts) {
    const { name, text, offset, size, parts: inner } = part;
    pad(offset);
    const place = placeOf(part);
    // What a member is made of may be declared in another file.
    const fieldsInside = inner.length > 0 ? byteFields(inner, offset, offset + size, () => undefined) : [];
    fields.push({
      name,
      type: text,
      offset,
      size,
      isPadding: false,
      fields: fieldsInside,
      ...(place && { place }),
    });
    at = Math.max(at, offset + size);
  }
  pad(end);
  return fields;
}
