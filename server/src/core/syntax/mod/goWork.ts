/**
 * Reads a go.work file: which modules are worked on together, and what is replaced.
 * It must not know files or directories: paths are kept as written.
 */
import type { Span } from "../../base/span.ts";
import { parseReplace, type Replace } from "./goMod.ts";
import { parseModLines, type ModError } from "./modFile.ts";

export interface GoWork {
  /** Of the `go` line; "" without one. */
  readonly go: string;
  /** Of the `toolchain` line; "" without one. */
  readonly toolchain: string;
  readonly use: readonly Use[];
  readonly replace: readonly Replace[];
  readonly errors: readonly ModError[];
}

export interface Use {
  /** The module's directory, relative to the file's own or absolute. */
  readonly path: string;
  readonly span: Span;
}

export function parseGoWork(text: string): GoWork {
  const { lines, errors: syntaxErrors } = parseModLines(text);
  const errors = [...syntaxErrors];
  const use: Use[] = [];
  const replace: Replace[] = [];
  const words = { go: "", toolchain: "" };
  for (const line of lines) {
    const [first, ...rest] = line.words;
    if (line.verb === "replace") {
      const parsed = parseReplace(line);
      if (parsed !== undefined) replace.push(parsed);
      else errors.push({ span: line.span, message: "want: replace path [version] => path [version]" });
    } else if (line.verb === "use" || line.verb === "go" || line.verb === "toolchain") {
      if (first === undefined || rest.length > 0) {
        errors.push({ span: line.span, message: `${line.verb} takes one word` });
      }
      if (first === undefined) continue;
      if (line.verb === "use") use.push({ path: first.text, span: line.span });
      else words[line.verb] = first.text;
    }
  }
  return { ...words, use, replace, errors };
}
