/** Hover on the name of a struct where it is declared: how large it is on all targets, and the way to its bytes. */
import { codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import { structPlaces, structSizeSummary } from "../structSizes.ts";
import type { Hover, HoverInput, HoverOptions } from "./hover.ts";

export function structHover({ snapshot, directory, source, word, options }: HoverInput): Hover | undefined {
  const { span, text } = word;
  const places = source.kind === "go" ? structPlaces(snapshot, directory, source.name) : [];
  if (!places.some((place) => place.span.start === span.start)) return undefined;
  const size = structSizeSummary(snapshot, directory, text);
  if (size === undefined) return undefined;
  const parts = [`${codeSpan(text)}: ${escapeMarkdown(size)}`, ...layoutLink(options, directory, text)];
  return { span, markdown: `${parts.join("\n\n")}\n` };
}

/** A line that leads to the preview of a struct, where there is one to lead to. */
export function layoutLink({ previewLink }: HoverOptions, directory: string, struct: string): string[] {
  return previewLink ? [`[Preview layout](${previewLink(directory, struct)})`] : [];
}
