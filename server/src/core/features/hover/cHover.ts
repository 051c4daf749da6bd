/**
 * Hover on a symbol in assembly of Go's first years, whose functions C declares: its prototype with the places of
 * its parameters.
 */
import { codeBlock, codeSpan, escapeMarkdown, markdownTable } from "../../base/markdown.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { type CDeclaration, cDeclarationsOf } from "../../runtime/cPrototypes.ts";
import type { SymbolEntity } from "../entity/entity.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

export function cHover({
  snapshot,
  directory: own,
  entity,
  targets,
  options,
}: HoverInput<SymbolEntity>): Hover | undefined {
  const [declared] = cDeclarationsNear(snapshot, own, entity.name, targets[0]!);
  if (!declared) return undefined;
  const { directory, file, span, text, params } = declared;
  const { link } = options;
  const name = escapeMarkdown(file);
  const parts = [codeBlock("c", text)];
  if (params.length > 0) {
    const columns = [
      { title: "place", isRight: false },
      { title: "parameter", isRight: false },
    ];
    const rows = params.map(({ place, type, name }) => [
      codeSpan(place ?? "?"),
      codeSpan(`${type} ${name}`.trim()),
    ]);
    parts.push(markdownTable(columns, rows));
  }
  parts.push(`declared in ${link ? `[${name}](${link(directory, file, span)})` : name}\n`);
  return { span: entity.span, markdown: parts.join("\n") };
}

/** In a directory, and in those around it: in 2008 an architecture's assembly lay two below the runtime's C. */
export function cDeclarationsNear(
  snapshot: Snapshot,
  directory: string,
  symbol: string,
  target: number,
): readonly CDeclaration[] {
  const nearby = [parent(directory), parent(parent(directory))];
  return cDeclarationsOf(snapshot, directory, symbol, target, nearby);
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
