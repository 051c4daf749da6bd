/**
 * What Go's runtime uses of each system, where there is no source to read it from: how
 * threads start, sleep and are woken, how the network is polled, what is looked for in
 * the auxiliary vector and the vDSO. Each has rows for several revisions of Go.
 */
import { once } from "../base/memo.ts";
import {
  auxvTags,
  networkPollers,
  pollerEvents,
  randomSources,
  sleepAndWake,
  threadStarts,
  vdsoTables,
} from "../facts/generated/osLayer.ts";
import type { FactTable } from "./factRows.ts";
import { rowsOf, sectionsOf } from "./factRows.ts";
import { kernelOf, type System, systemName } from "./system.ts";

/** What one part of the OS layer is made of on a system. */
export interface Primitive {
  /** "clone", "_umtx_op (454)", "IOCP": calls of the system, with their numbers where those are the same everywhere. */
  readonly name: string;
  readonly constants: readonly { readonly name: string; readonly value: number }[];
  /** What else there is to know; "" for nothing. */
  readonly note: string;
  /** The Go it was read in: "go1.27", or a commit. */
  readonly revision: string;
  /** Files and lines in Go's tree. */
  readonly source: string;
}

/** How a thread is started; the newest Go first. */
export function threadStartOf(system: System): readonly Primitive[] {
  return primitives(threadStarts, system);
}

/** How a thread sleeps and is woken; the newest Go first. */
export function sleepAndWakeOf(system: System): readonly Primitive[] {
  return primitives(sleepAndWake, system);
}

/** How the network is polled; the newest Go first. */
export function pollerOf(system: System): readonly Primitive[] {
  return primitives(networkPollers, system);
}

export interface EventLayout {
  readonly revision: string;
  /** In bytes, as are offsets and sizes. */
  readonly size: number;
  readonly fields: readonly { readonly name: string; readonly offset: number; readonly size: number }[];
}

/** The structs in which a poller hands over events, as the newest Go that has the target declares them. */
export function pollerEventsOf(system: System): readonly EventLayout[] {
  const found = rowsOf(pollerEvents).flatMap((row): EventLayout[] => {
    const [revision = "", targets = "", size = "", fields = ""] = row.split("\t");
    if (!targets.split(" ").includes(systemName(system))) return [];
    return [{ revision, size: Number(size), fields: fields.split(" ").map(readField) }];
  });
  return found.filter(({ revision }) => revision === found[0]!.revision);
}

function readField(text: string): EventLayout["fields"][number] {
  const [name = "", offset, size] = text.split(":");
  return { name, offset: Number(offset), size: Number(size) };
}

/** Where random bytes come from at the start of a program; the newest Go first. */
export function randomSourceOf(system: System): readonly Pick<Primitive, "name" | "revision" | "source">[] {
  return rowsFor(randomSources, system).map(([, revision = "", name = "", source = ""]) => ({
    name,
    revision,
    source,
  }));
}

export interface AuxvTags {
  readonly tags: readonly { readonly name: string; readonly value: number }[];
  /** Who looks at which, as "all: AT_RANDOM AT_PAGESZ; arm: AT_HWCAP". */
  readonly used: string;
  readonly source: string;
}

/** The tags of the auxiliary vector that the runtime knows; undefined where it has none. */
export function auxvTagsOf(system: System): AuxvTags | undefined {
  const [row] = rowsFor(auxvTags, system);
  if (!row) return undefined;
  const [, tags = "", used = "", source = ""] = row;
  return { tags: constantsOf(tags), used, source };
}

export interface VdsoTable {
  readonly version: string;
  readonly versionHash: number;
  readonly symbols: readonly {
    readonly name: string;
    readonly elfHash: number;
    /** Undefined where the runtime of that time had none. */
    readonly gnuHash: number | undefined;
    readonly variable: string;
  }[];
  readonly revision: string;
  /** In Go's tree. */
  readonly file: string;
}

/** What the runtime looks up in the vDSO of an architecture, as the source of each revision states it; the newest first. */
export function vdsoTablesOf({ goos, goarch }: System): readonly VdsoTable[] {
  if (kernelOf(goos) !== "linux") return [];
  const group = /^(mips64|ppc64)(?:le)?$/.exec(goarch)?.[1];
  return vdso().filter(({ arch }) => arch === goarch || arch === `${group}x`);
}

const vdso = once(() =>
  sectionsOf(vdsoTables).map(
    ({ head: [revision = "", arch = "", version = "", hash = "", file = ""], rows }) => ({
      arch,
      revision,
      version,
      versionHash: Number(hash),
      file,
      symbols: rows.map((row) => {
        const [name = "", elf = "", gnu = "", variable = ""] = row.split("|");
        return { name, elfHash: Number(elf), gnuHash: gnu === "" ? undefined : Number(gnu), variable };
      }),
    }),
  ),
);

function primitives(table: FactTable, system: System): Primitive[] {
  return rowsFor(table, system).map(
    ([, revision = "", name = "", constants = "", note = "", source = ""]) => ({
      name,
      constants: constantsOf(constants),
      note,
      revision,
      source,
    }),
  );
}

/** The rows whose first column names the system, or else the one whose kernel it runs on. */
function rowsFor(table: FactTable, { goos }: System): string[][] {
  const rows = rowsOf(table).map((row) => row.split("\t"));
  const named = (name: string) => rows.filter(([systems = ""]) => systems.split(" ").includes(name));
  const own = named(goos);
  return own.length > 0 ? own : named(kernelOf(goos));
}

/** "AT_NULL=0, AT_PAGESZ=6" */
function constantsOf(text: string): { name: string; value: number }[] {
  return text.split(", ").flatMap((part) => {
    const equals = part.lastIndexOf("=");
    return equals < 0 ? [] : [{ name: part.slice(0, equals), value: Number(part.slice(equals + 1)) }];
  });
}
