/**
 * What of one side of a preview differs from another. Sections, rows and fields
 * belong together by their keys, so a row that only moved is no difference. It must
 * not know how differences are shown.
 */
import { fieldRows } from "./fieldRows.ts";
import type { ByteField, Cell, PreviewSection, PreviewSide } from "./previewModel.ts";

export interface SectionDiff {
  readonly key: string;
  /** How the section as a whole stands to the other side's. */
  readonly state: "same" | "changed" | "onlyHere";
  /** Keys of the rows, or of the fields as `fieldRows` has them, that the other side does not have. */
  readonly onlyHere: ReadonlySet<string>;
  /** Those that both sides have, and the columns in which they differ. */
  readonly changed: ReadonlyMap<string, ReadonlySet<number>>;
  /** Those that only the other side has. */
  readonly missing: readonly string[];
}

/** The columns of a byte map's rows, in the order that `changed` counts them. */
export const fieldColumns = ["offset", "size", "field", "type", "note"] as const;

/** How each section of `side` stands to the one of the same key on `other`. */
export function previewDiff(side: PreviewSide<unknown>, other: PreviewSide<unknown>): SectionDiff[] {
  return side.sections.map((section) => {
    const counterpart = other.sections.find(({ key, kind }) => key === section.key && kind === section.kind);
    return counterpart
      ? sectionDiff(section, counterpart)
      : { ...nothing, key: section.key, state: "onlyHere" };
  });
}

const nothing = {
  onlyHere: new Set<string>(),
  changed: new Map<string, Set<number>>(),
  missing: [],
} as const;

function sectionDiff(section: PreviewSection<unknown>, other: PreviewSection<unknown>): SectionDiff {
  const here = rowsOf(section);
  const there = rowsOf(other);
  const onlyHere = new Set([...here.keys()].filter((key) => !there.has(key)));
  const missing = [...there.keys()].filter((key) => !here.has(key));
  const changed = new Map<string, ReadonlySet<number>>();
  for (const [key, cells] of here) {
    const others = there.get(key);
    if (!others) continue;
    const columns = cells.flatMap((text, i) => (text === others[i] ? [] : [i]));
    if (columns.length > 0) changed.set(key, new Set(columns));
  }
  const isSame = onlyHere.size + missing.length + changed.size === 0 && headOf(section) === headOf(other);
  return { key: section.key, state: isSame ? "same" : "changed", onlyHere, changed, missing };
}

/** The texts of a section's rows by key. */
function rowsOf(section: PreviewSection<unknown>): Map<string, readonly string[]> {
  switch (section.kind) {
    case "table":
      return new Map(section.rows.map(({ key, cells }) => [key, cells.map(cellText)]));
    case "bytes":
      return new Map(fieldRows(section).map(({ key, field }) => [key, fieldTexts(field)]));
    case "notes":
      return new Map(section.notes.map((note) => [cellText(note), []]));
  }
}

function headOf(section: PreviewSection<unknown>): string {
  return section.kind === "bytes" ? `${section.size} ${section.align}` : "";
}

function cellText({ text }: Cell<unknown>): string {
  return text;
}

function fieldTexts({ offset, size, name, type, note = "" }: ByteField<unknown>): string[] {
  return [String(offset), String(size), name, type, note];
}
