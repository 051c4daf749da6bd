/**
 * The system calls of targets as a preview: number, prototype and what is to be
 * said against a call; of targets that are called through libraries, what Go's own
 * packages import there. It reads facts alone, no file.
 */
import { abiOf } from "../../oslayer/abi.ts";
import { abiText, classNames, remarkOn } from "../../oslayer/callText.ts";
import { type Import, importsOf } from "../../oslayer/imports.ts";
import { prototypeText, type Syscall } from "../../oslayer/syscall.ts";
import { syscallsOf } from "../../oslayer/syscalls.ts";
import type { System } from "../../oslayer/system.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { sidesOf } from "./sidesOf.ts";
import type { PreviewModel, PreviewSection, Row } from "./previewModel.ts";

/** On the targets with these indexes; those with the same calls, made in the same way, share a side. */
export function syscallsPreview(snapshot: Snapshot, targets: readonly number[]): PreviewModel {
  const sides = sidesOf(snapshot, targets, (target) => sectionsOf(snapshot.world.targets[target]!));
  return { title: "System calls", sides };
}

function sectionsOf(system: System): PreviewSection[] {
  const calls = syscallsOf(system);
  const abi = abiOf(system, "trap") ?? abiOf(system);
  const notes = [abiText(abi), abi?.note ?? "", abi ? `read in ${abi.source}` : ""].filter(
    (text) => text !== "",
  );
  const head: PreviewSection[] =
    notes.length > 0
      ? [{ kind: "notes", key: "abi", title: "How to call", notes: notes.map((text) => ({ text })) }]
      : [];
  if (calls.length === 0) return [...head, importTable(importsOf(system))];
  const classes = [...new Set(calls.map((call) => call.class))];
  return [
    ...head,
    ...classes.map((cls): PreviewSection => ({
      kind: "table",
      key: cls,
      title: capitalized(classNames[cls]),
      columns: [
        { title: "number", align: "right" },
        { title: "name" },
        { title: "prototype" },
        { title: "remark" },
      ],
      rows: uniqueRows(calls.filter((call) => call.class === cls).map((call) => callRow(system, call))),
    })),
  ];
}

function callRow(system: System, call: Syscall): Row {
  return {
    key: call.name,
    cells: [
      { text: String(call.number) },
      { text: call.name },
      { text: prototypeText(call) ?? "arguments unknown" },
      { text: remarkOn(system, call) },
    ],
  };
}

/** A name that was used twice belongs to the counterpart in the same turn. */
function uniqueRows(rows: readonly Row[]): Row[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const times = seen.get(row.key) ?? 0;
    seen.set(row.key, times + 1);
    return times === 0 ? row : { ...row, key: `${row.key}#${times}` };
  });
}

function importTable(imports: readonly Import[]): PreviewSection {
  const rows = imports.map((entry): Row => {
    const { name } = entry;
    const [from, users] =
      entry.kind === "library"
        ? [entry.library, entry.packages.join(", ")]
        : [entry.module, [...new Set(entry.functions.map((func) => func.name))].join(", ")];
    return { key: name, cells: [{ text: name }, { text: from }, { text: users }] };
  });
  return {
    kind: "table",
    key: "imports",
    title: "Functions that Go's own packages import",
    columns: [{ title: "name" }, { title: "from" }, { title: "used by" }],
    rows: uniqueRows(rows),
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
