/** What an editor writes behind instructions that enter the kernel: the call, with what is loaded for its arguments. */
import type { Span } from "../base/span.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { type FoundTrap, trapsIn } from "../runtime/packageTraps.ts";

export interface InlayHint {
  /** Where it stands in the text. */
  readonly offset: number;
  readonly text: string;
}

/** The hints of a file within a range, in the order of the text. */
export function inlayHints(snapshot: Snapshot, directory: string, file: string, range: Span): InlayHint[] {
  const source = snapshot.directories.get(directory)?.files.get(file);
  if (!source) return [];
  const texts = new Map<number, Set<string>>();
  for (const found of trapsIn(snapshot, directory, file)) {
    // A statement without operands ends where the next one begins.
    const end = found.span.start + source.text.slice(found.span.start, found.span.end).trimEnd().length;
    const text = found.trap.kind === "trap" ? callText(found) : undefined;
    if (text === undefined || end < range.start || end > range.end) continue;
    const known = texts.get(end);
    if (known) known.add(text);
    else texts.set(end, new Set([text]));
  }
  return [...texts].map(([offset, all]) => ({ offset, text: shown([...all]) }));
}

/** More than this is left to hover, in UTF-16 units. */
const longest = 60;

/** "futex(addr+0(FP), op+8(FP), …)"; undefined where the call is not known. */
function callText({ trap, loaded }: FoundTrap): string | undefined {
  if (!trap.call) return undefined;
  const { name, prototype } = trap.call;
  if (!prototype) return name;
  const shown: string[] = [];
  let length = name.length;
  for (const places of loaded) {
    const text = places.join(":");
    length += text.length + 2;
    if (length > longest) return `${name}(${[...shown, "…"].join(", ")})`;
    shown.push(text);
  }
  return `${name}(${shown.join(", ")})`;
}

/** Where targets differ in what is loaded, the name alone says it; where they differ in the call, each name. */
function shown(texts: readonly string[]): string {
  const [first = ""] = texts;
  if (texts.length === 1) return first;
  return [...new Set(texts.map((text) => text.replace(/\(.*$/s, "")))].join(" or ");
}
