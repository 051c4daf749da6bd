/**
 * Hover in assembly of Go's first years, whose functions C declares: the prototype of a
 * symbol with the places of its parameters, and the parameter that `8(SP)` is.
 */
import { codeBlock, codeSpan, escapeMarkdown, markdownTable } from "../../base/markdown.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { type CDeclaration, cDeclarationsOf } from "../../runtime/cPrototypes.ts";
import type { Hover, HoverInput } from "./hover.ts";
import { lineAt } from "./wordAt.ts";

export function cHover(input: HoverInput): Hover | undefined {
  return onParameter(input) ?? onSymbol(input);
}

function onSymbol(input: HoverInput): Hover | undefined {
  const [declared] = cDeclarationsAt(input);
  if (!declared) return undefined;
  const { directory, file, span, text, params } = declared;
  const { link } = input.options;
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
  return { span: input.word.span, markdown: parts.join("\n") };
}

/** A place above the stack pointer that a parameter of the function around it has, as long as it pushes nothing. */
function onParameter({ snapshot, directory, source, offset, targets }: HoverInput): Hover | undefined {
  if (source.kind !== "asm") return undefined;
  const line = lineAt(source.text, offset);
  const at = offset - line.start;
  const match = [...line.text.matchAll(/\b(\d+)\(SP\)/g)].find(
    ({ index, 0: text }) => index <= at && at <= index + text.length,
  );
  const around = match && source.asm.outline.texts.findLast(({ span }) => span.start <= offset);
  if (!match || !around) return undefined;
  const [declared] = cDeclarations(snapshot, directory, around.name, targets[0]!);
  const param = declared?.params.find(({ place }) => place === match[0]);
  if (!declared || !param) return undefined;
  const start = line.start + match.index;
  return {
    span: { start, end: start + match[0].length },
    markdown: `${codeSpan(`${param.type} ${param.name}`.trim())} at the entry of\n\n${codeBlock("c", declared.text)}`,
  };
}

/** Where C declares the symbol under the pointer. */
export function cDeclarationsAt({
  snapshot,
  directory,
  source,
  word,
  targets,
}: Pick<HoverInput, "snapshot" | "directory" | "source" | "word" | "targets">): readonly CDeclaration[] {
  if (source.kind !== "asm") return [];
  const isSymbol = /^(?:<>)?(?:[+-]\d+)?\(SB\)/.test(source.text.slice(word.span.end, word.span.end + 40));
  const isName = source.asm.outline.texts.some(({ span }) => span.start === word.span.start);
  return isSymbol || isName ? cDeclarations(snapshot, directory, word.text, targets[0]!) : [];
}

/** In a directory, and in those around it: in 2008 an architecture's assembly lay two below the runtime's C. */
function cDeclarations(
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
