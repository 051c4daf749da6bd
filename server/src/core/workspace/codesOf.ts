/**
 * The code of an assembly file in a snapshot (model/asmCode.ts). Only that of the files asked
 * for last is kept: a syntax tree is many times as large as its text, and what is derived
 * from one is remembered by whoever derives it.
 */
import { type AsmCode, asmCodes } from "../model/asm/asmCode.ts";
import { type AsmText, noteCodes } from "../model/asm/asmUnit.ts";
import { selection } from "./selection.ts";
import type { Snapshot } from "./snapshot.ts";
import type { AsmSource } from "./sourceFile.ts";

/** What a file's code was made from, beside the file, and the code. */
export interface FileCodes {
  /** What each of its `#include` lines means, and those of the files it includes. */
  readonly included: ReadonlyMap<string, AsmText | undefined>;
  /** Together for all targets that select the file. */
  readonly codes: readonly AsmCode[];
}

const recent = new Map<AsmSource, FileCodes>();
const mostRecent = 3;

/** The code of a file; the same object as last time if that is not long ago and the same files are included. */
export function codesOf(snapshot: Snapshot, directory: string, file: AsmSource): FileCodes {
  const known = recent.get(file);
  if (known && includesSame(snapshot, directory, known.included)) return known;
  const included = new Map<string, AsmText | undefined>();
  const include = (path: string): AsmText | undefined => {
    const text = snapshot.included(directory, path)?.text;
    included.set(path, text);
    return text;
  };
  const { targets } = selection(snapshot.world, file);
  const codes = asmCodes(file.asm, targets, snapshot.world, include);
  noteCodes(file.asm, targets, include, codes);
  const made: FileCodes = { included, codes };
  recent.delete(file);
  recent.set(file, made);
  if (recent.size > mostRecent) recent.delete(recent.keys().next().value!);
  return made;
}

/** Whether `#include` lines mean what they meant. */
export function includesSame(
  snapshot: Snapshot,
  directory: string,
  included: FileCodes["included"],
): boolean {
  for (const [path, text] of included) if (snapshot.included(directory, path)?.text !== text) return false;
  return true;
}
