/**
 * The structs that the runtime's C declares in the trees of Go's first years, and how
 * the compilers of that time laid them out. Only in a directory `runtime` with a `runtime.h`: other
 * C is compiled by compilers of other rules.
 */
import { memoByKey, oncePerKey } from "../base/memo.ts";
import { arches, isGoArch } from "../facts/arch.ts";
import { isGoOS } from "../facts/os.ts";
import { type CLayout, cLayoutOf, type CScope } from "../model/c/cLayout.ts";
import { type CRecord, type CTypes, readStructs } from "../syntax/c/readStructs.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import { runtimeDirectories } from "./cSystemCalls.ts";

export interface CStruct {
  readonly directory: string;
  readonly file: string;
  readonly record: CRecord;
  /** Undefined where a part of it is not known. */
  readonly layout: CLayout | undefined;
}

/** Whether a directory holds the runtime's C of Go's first years. */
export function hasRuntimeC(snapshot: Snapshot, directory: string): boolean {
  const isRuntime = directory.endsWith("/runtime");
  return isRuntime && snapshot.directories.get(directory)?.files.has("runtime.h") === true;
}

/** The struct or union of this name on the target with this index; undefined where there is none, or where two files have one each. */
export function cStruct(
  snapshot: Snapshot,
  directory: string,
  name: string,
  target: number,
): CStruct | undefined {
  if (!hasRuntimeC(snapshot, directory)) return undefined;
  const program = programOf(snapshot, directory, target);
  const found = program.named(name);
  if (!found) return undefined;
  const { wordSize, c } = arches[snapshot.world.targets[target]!.goarch];
  // The commit that aligned structs by their members moved `offsetof` to this header.
  const header = snapshot.directories.get(directory)!.files.get("runtime.h")!;
  const structsByMembers = /^#define\s+offsetof\b/m.test(header.text);
  // Packages left src/pkg days after packing had become an error.
  const packs = !structsByMembers || directory.endsWith("/pkg/runtime");
  const rules = { wordSize, maxAlign: c.ownCompilerAlign ?? 4, structsByMembers, packs };
  const layout = cLayoutOf(program.scopeOf(found.source), rules, found.record);
  return { directory: found.directory, file: found.source.name, record: found.record, layout };
}

/** The names of the structs and unions on the targets with these indexes, in alphabetical order, each with the file that declares it first. */
export function cStructNames(
  snapshot: Snapshot,
  directory: string,
  targets: Iterable<number>,
): { name: string; file: string }[] {
  if (!hasRuntimeC(snapshot, directory)) return [];
  const names = new Map<string, string>();
  for (const target of targets) {
    for (const { source, types } of programOf(snapshot, directory, target).files)
      for (const { tag } of types.records) if (!names.has(tag)) names.set(tag, source.name);
  }
  return [...names].map(([name, file]) => ({ name, file })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface CFile {
  readonly directory: string;
  readonly source: SourceFile;
  readonly types: CTypes;
}

interface FoundRecord extends Omit<CFile, "types"> {
  readonly record: CRecord;
}

/** What all files of a target declare together. */
class CProgram {
  readonly files: readonly CFile[];
  /** By tag. */
  private readonly records = new Map<string, FoundRecord[]>();

  constructor(files: readonly CFile[]) {
    this.files = files;
    for (const { directory, source, types } of files)
      for (const record of types.records) {
        const same = this.records.get(record.tag);
        const found = { directory, source, record };
        if (same) same.push(found);
        else this.records.set(record.tag, [found]);
      }
  }

  named(name: string): FoundRecord | undefined {
    return only(this.records.get(name) ?? []);
  }

  /** What a file sees: its own names, and those of the headers. */
  scopeOf(source: SourceFile): CScope {
    const isSeen = (file: { readonly source: SourceFile }): boolean =>
      file.source === source || file.source.name.endsWith(".h");
    const seen = this.files.filter(isSeen);
    seen.sort((a, b) => Number(b.source === source) - Number(a.source === source));
    const first = <T>(find: (types: CTypes) => T | undefined): T | undefined => {
      for (const { types } of seen) {
        const found = find(types);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return {
      record: (tag) => only((this.records.get(tag) ?? []).filter(isSeen))?.record,
      typedef: (name) => first(({ typedefs }) => typedefs.get(name)),
      constant: (name) => first(({ constants }) => constants.get(name)),
    };
  }
}

/** Of several it is not known which counts. */
function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

function programOf(snapshot: Snapshot, directory: string, target: number): CProgram {
  return programs(snapshot, directory)(target);
}

const programs = memoByKey((snapshot: Snapshot, directory: string) =>
  oncePerKey((target: number): CProgram => {
    const { goos, goarch } = snapshot.world.targets[target]!;
    const macros = new Set([`GOOS_${goos}`, `GOARCH_${goarch}`]);
    if (arches[goarch].wordSize === 8) macros.add("_64BIT");
    // 6c defines it for amd64p32 as well, whose pointers are of 32 bits.
    if (goarch.startsWith("amd64")) macros.add("_64BITREG");
    const all = runtimeDirectories(directory, { goos, goarch }).flatMap((path) =>
      [...(snapshot.directories.get(path)?.files.values() ?? [])]
        .filter(({ kind, name }) => (kind === "c" || kind === "header") && isFor(name, goos, goarch))
        .map((source): CFile => ({ directory: path, source, types: typesOf(source, macros) })),
    );
    // Of a port that the tree does not have there is nothing to tell.
    const isPort =
      arches[goarch].c.ownCompilerAlign !== undefined &&
      all.some(({ directory: path, source: { name } }) =>
        [...wordsOf(name), ...path.slice(directory.length).split("/")].includes(goos),
      );
    return new CProgram(isPort ? all.filter((file) => isIncluded(file, all)) : []);
  }),
);

/** Not where it is named in lines alone that do not count for the target. */
function isIncluded({ source: { name } }: CFile, files: readonly CFile[]): boolean {
  const line = `#include "${name}"`;
  const all = files.filter(({ source }) => source.text.includes(line));
  return all.length === 0 || all.some(({ types }) => types.includes.includes(name));
}

/** By its name alone: the systems and architectures in it are those of the target. In 2008 the architecture came first. */
function isFor(file: string, goos: string, goarch: string): boolean {
  return wordsOf(file).every(
    (word) => (!isGoOS(word) || word === goos) && (!isGoArch(word) || word === goarch),
  );
}

/** `defs_linux_arm.h`: "defs", "linux", "arm". */
function wordsOf(file: string): string[] {
  return file.replace(/\..*/, "").split("_");
}

/** Targets that decide the conditions of a file alike share what is read. */
function typesOf(source: SourceFile, macros: ReadonlySet<string>): CTypes {
  const named = [...macros].filter((macro) => source.text.includes(macro));
  return typesUnder(source, named.join(" "));
}

/** What a file declares where these macros, of those that it names, are defined. */
const typesUnder = memoByKey((source: SourceFile, macros: string): CTypes => {
  return readStructs(source.text, new Set(macros.split(" ")));
});
