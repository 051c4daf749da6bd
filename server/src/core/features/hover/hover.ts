/**
 * What is said of the place under the pointer: one function, which asks those who
 * know something of symbols, arguments, system calls and constants in turn. Each of
 * them is a file beside this one; none knows of the others.
 */
import type { Span } from "../../base/span.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { SourceFile } from "../../workspace/sourceFile.ts";
import { argumentHover } from "./argumentHover.ts";
import { cHover } from "./cHover.ts";
import { callHover } from "./callHover.ts";
import { constantHover } from "./constantHover.ts";
import { functionHover } from "./functionHover.ts";
import { goAsmHover } from "./goAsmHover.ts";
import { structHover } from "./structHover.ts";
import { trapHover } from "./trapHover.ts";
import { wordAt } from "./wordAt.ts";

export interface HoverOptions {
  /** The address of a place, for links; undefined where the reader cannot follow any. */
  link?(directory: string, file: string, span: Span): string;
  /** The address that opens the preview of a struct of a package; undefined where the reader has no previews. */
  previewLink?(directory: string, struct: string): string;
  /** Leaves out what Go's own language server says of a symbol. */
  readonly besideGopls: boolean;
}

export interface Hover {
  /** What it is about. */
  readonly span: Span;
  readonly markdown: string;
}

/** The place, and what everybody needs to know of it. */
export interface HoverInput {
  readonly snapshot: Snapshot;
  readonly directory: string;
  readonly source: SourceFile;
  readonly offset: number;
  /** The name at the offset, dots of assembly included. */
  readonly word: { readonly text: string; readonly span: Span };
  /** Indexes of the targets that build the file, the one to speak of first in front; never empty. */
  readonly targets: readonly number[];
  readonly options: HoverOptions;
}

export type HoverSource = (input: HoverInput) => Hover | undefined;

const sources: readonly HoverSource[] = [
  argumentHover,
  trapHover,
  callHover,
  constantHover,
  goAsmHover,
  structHover,
  functionHover,
  cHover,
];

export function hover(
  snapshot: Snapshot,
  directory: string,
  file: string,
  offset: number,
  options: HoverOptions,
): Hover | undefined {
  const source = snapshot.directories.get(directory)?.files.get(file);
  const word = source && wordAt(source.text, offset);
  if (!source || !word) return undefined;
  const targets = targetsOfFile(snapshot, source);
  for (const ask of sources) {
    const answer = ask({ snapshot, directory, source, offset, word, targets, options });
    if (answer) return answer;
  }
  return undefined;
}

/** Indexes of the targets that build a file, the one to speak of first in front; never empty. */
export function targetsOfFile({ world }: Snapshot, source: SourceFile): number[] {
  const selected = [...selection(world, source).targets];
  // A header, or a file that nobody builds, may belong to any target.
  const targets = selected.length > 0 ? selected : [...world.targets.keys()];
  const first = targets.findIndex((i) => world.targets[i]!.name === "linux/amd64");
  if (first > 0) targets.unshift(...targets.splice(first, 1));
  return targets;
}
