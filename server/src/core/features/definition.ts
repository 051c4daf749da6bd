/**
 * Where a function that is assembly somewhere is defined, on any target: from its
 * Go declaration to the TEXT directives, from assembly to the Go declarations and
 * from a mention to what runs, from a name of go_asm.h to its declarations.
 */
import type { Span } from "../base/span.ts";
import { declLocation } from "../workspace/declLocation.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import { cDeclarationsAt } from "./hover/cHover.ts";
import { goAsmNames } from "./hover/goAsmHover.ts";
import { type HoverInput, targetsOfFile } from "./hover/hover.ts";
import { functionAt } from "./hover/functionHover.ts";
import { wordAt } from "./hover/wordAt.ts";
import { targetMatrix } from "./targetMatrix.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { Location } from "../workspace/location.ts";

export interface Definition {
  /** The name that was asked about. */
  readonly span: Span;
  /** Without the name itself. */
  readonly locations: readonly Location[];
}

/** undefined where nothing defines what is there, or that is not known here. */
export function definition(
  snapshot: Snapshot,
  directory: string,
  file: string,
  offset: number,
): Definition | undefined {
  const source = snapshot.directories.get(directory)?.files.get(file);
  const word = source && wordAt(source.text, offset);
  const inHeader = word && goAsmDeclarations(snapshot, directory, source, word);
  if (inHeader && inHeader.length > 0) return { span: word.span, locations: inHeader };
  const found = word && functionAt({ snapshot, directory, source, word });
  const rows = found && targetMatrix(snapshot, found.directory, found.name);
  if (!rows) return word && cDefinition(snapshot, directory, source, word);
  const places = new Map<string, Location>();
  const add = ({ directory, file, span }: Location): void => {
    places.set(`${directory}/${file} ${span.start}`, { directory, file, span });
  };
  for (const { declaration } of rows) if (declaration) add({ directory: found.directory, ...declaration });
  for (const { texts } of rows) texts.forEach(add);
  const own = `${directory}/${file} ${word.span.start}`;
  const isDefinition = places.delete(own);
  const all = [...places.values()];
  // From a TEXT or a declaration to its counterparts; from a mention to what is run.
  const code = all.filter(({ file }) => file.endsWith(".s"));
  const isText = source.kind === "asm" && isDefinition;
  const chosen = isText ? all.filter(({ file }) => !file.endsWith(".s")) : code.length > 0 ? code : all;
  return chosen.length > 0 ? { span: word.span, locations: chosen } : undefined;
}

/** What a name of go_asm.h comes from, each declaration once. */
function goAsmDeclarations(
  snapshot: Snapshot,
  directory: string,
  source: SourceFile,
  word: HoverInput["word"],
): Location[] {
  const targets = targetsOfFile(snapshot, source);
  const places = goAsmNames({ snapshot, directory, source, word, targets }).flatMap(
    ({ value }) => declLocation(snapshot, value.declared) ?? [],
  );
  return [...new Map(places.map((place) => [`${place.file} ${place.span.start}`, place])).values()];
}

/** Where C declares it, in trees of Go's first years. */
function cDefinition(
  snapshot: Snapshot,
  directory: string,
  source: SourceFile,
  word: HoverInput["word"],
): Definition | undefined {
  const targets = targetsOfFile(snapshot, source);
  const locations = cDeclarationsAt({ snapshot, directory, source, word, targets }).map(
    ({ directory, file, span }) => ({ directory, file, span }),
  );
  return locations.length > 0 ? { span: word.span, locations } : undefined;
}
