/**
 * The structs that a function fills for the system as pictures of their bytes: beside each field
 * what it is given. It must not know how the structs are found.
 */
import type { Package } from "../../model/go/packageScope.ts";
import type { LayoutPart } from "../../model/go/structLayout.ts";
import { typeString } from "../../model/go/typeString.ts";
import { type FieldStore, type FilledStruct, filledStructs } from "../../runtime/filledStructs.ts";
import { declLocation } from "../../workspace/declLocation.ts";
import type { Location } from "../../workspace/location.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { argumentText } from "./argumentText.ts";
import type { ByteField, ByteMapSection } from "./previewModel.ts";

export function filledSections(
  snapshot: Snapshot,
  pkg: Package,
  name: string,
  target: number,
): ByteMapSection[] {
  return filledStructs(snapshot, pkg, name, target).map((struct) => sectionOf(snapshot, name, struct));
}

function sectionOf(snapshot: Snapshot, functionName: string, struct: FilledStruct): ByteMapSection {
  const { name, type, count, layout, stores } = struct;
  const place = type.declared && declLocation(snapshot, type.declared);
  return {
    kind: "bytes",
    key: `${functionName} ${name}`,
    title: count > 1 ? `${name}, ${count} × ${type.name}, comes back` : `${name}, ${type.name}`,
    size: layout.size,
    align: layout.align,
    fields: fieldsOf(layout, type.path, stores, "", place),
  };
}

function fieldsOf(
  layout: LayoutPart,
  packagePath: string,
  stores: FilledStruct["stores"],
  prefix: string,
  declaredAt: Location | undefined,
): ByteField[] {
  const fields: ByteField[] = [];
  let end = layout.offset;
  const pad = (to: number): void => {
    if (to > end)
      fields.push({ name: "", type: "", offset: end, size: to - end, isPadding: true, fields: [] });
    end = to;
  };
  for (const part of layout.parts) {
    pad(part.offset);
    const path = prefix + part.name;
    const given = stores.get(path);
    const isFilled = [...stores.keys()].some((key) => key.startsWith(`${path}.`));
    const place = given?.at(-1)?.place ?? declaredAt;
    fields.push({
      name: part.name,
      type: typeString(part.type).replaceAll(`${packagePath}.`, ""),
      offset: part.offset,
      size: part.size,
      isPadding: false,
      fields: isFilled ? fieldsOf(part, packagePath, stores, `${path}.`, declaredAt) : [],
      ...(given && { note: storesText(given) }),
      ...(place && { place }),
    });
    end = part.offset + part.size;
  }
  pad(layout.offset + layout.size);
  return fields;
}

/** `EV_ADD|EV_CLEAR (33)`, `0 when ns < 0; ns / 1e9`: each store with what has to hold for it. */
function storesText(stores: readonly FieldStore[]): string {
  const parts: { text: string; readonly conditions: readonly string[] }[] = [];
  for (const { value, conditions } of stores) {
    const last = parts.at(-1);
    if (value.kind === "left") {
      parts.push({ text: `what ${value.by} leaves`, conditions });
      continue;
    }
    const text = argumentText(value.argument);
    const operator = value.op.slice(0, -1);
    if (value.op === "=" || value.op === ":=") parts.push({ text, conditions });
    else if (last && parts.length === 1 && isSame(last.conditions, conditions))
      last.text += ` ${operator} ${text}`;
    else parts.push({ text: `${value.op} ${text}`, conditions });
  }
  return parts
    .map(({ text, conditions }) => (conditions.length === 0 ? text : `${text} when ${conditions.join(", ")}`))
    .join("; ");
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((condition, i) => condition === b[i]);
}
