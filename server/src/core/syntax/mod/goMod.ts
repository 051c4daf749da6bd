/**
 * Reads a go.mod file as far as finding packages needs it: the module's path, the
 * Go version, and what it requires, replaces and excludes. It must not know files or
 * directories: a replacement path is kept as written.
 */
import type { Span } from "../../base/span.ts";
import { parseModLines, type ModError, type ModLine, type Word } from "./modFile.ts";

export interface GoMod {
  /** The module's path; "" where the file has none. */
  readonly module: string;
  /** Of the `go` line: "1.21", "1.24.4"; "" without one. */
  readonly go: string;
  /** Of the `toolchain` line: "go1.24.4"; "" without one. */
  readonly toolchain: string;
  readonly require: readonly Require[];
  readonly replace: readonly Replace[];
  readonly exclude: readonly ModuleVersion[];
  readonly errors: readonly ModError[];
}

export interface ModuleVersion {
  readonly path: string;
  readonly version: string;
  /** Of the whole line. */
  readonly span: Span;
}

export interface Require extends ModuleVersion {
  /** Marked `// indirect`. */
  readonly indirect: boolean;
}

export interface Replace {
  readonly path: string;
  /** The version replaced; "" for every version. */
  readonly version: string;
  /** A module's path, or a directory where `newVersion` is "". */
  readonly newPath: string;
  readonly newVersion: string;
  /** Of the whole line. */
  readonly span: Span;
}

export function parseGoMod(text: string): GoMod {
  const { lines, errors: syntaxErrors } = parseModLines(text);
  const errors = [...syntaxErrors];
  const mod = {
    module: "",
    go: "",
    toolchain: "",
    require: [] as Require[],
    replace: [] as Replace[],
    exclude: [] as ModuleVersion[],
  };
  for (const line of lines) {
    switch (line.verb) {
      case "module":
      case "go":
      case "toolchain":
        mod[line.verb] = line.words[0]?.text ?? "";
        if (line.words.length !== 1) errors.push(usage(line, `${line.verb} takes one word`));
        break;
      case "require": {
        const required = moduleVersion(line, errors);
        // `// indirect; why` says the same.
        const indirect = /^indirect(?:;|$)/.test(line.comment);
        if (required !== undefined) mod.require.push({ ...required, indirect });
        break;
      }
      case "exclude": {
        const excluded = moduleVersion(line, errors);
        if (excluded !== undefined) mod.exclude.push(excluded);
        break;
      }
      case "replace": {
        const replace = parseReplace(line);
        if (replace !== undefined) mod.replace.push(replace);
        else errors.push(usage(line, "want: replace path [version] => path [version]"));
        break;
      }
      default:
        // retract, tool, ignore, godebug and verbs to come say nothing about packages.
        break;
    }
  }
  return { ...mod, errors };
}

/** Reads a `replace` line, which go.work has too; undefined where it is none. */
export function parseReplace(line: ModLine): Replace | undefined {
  const arrow = line.words.findIndex((word) => word.text === "=>");
  if (arrow < 0) return undefined;
  const from = pathAndVersion(line.words.slice(0, arrow));
  const to = pathAndVersion(line.words.slice(arrow + 1));
  if (from === undefined || to === undefined) return undefined;
  return { ...from, newPath: to.path, newVersion: to.version, span: line.span };
}

function pathAndVersion(words: readonly Word[]): { path: string; version: string } | undefined {
  const [path, version] = words;
  if (path === undefined || words.length > 2) return undefined;
  return { path: path.text, version: version?.text ?? "" };
}

function moduleVersion(line: ModLine, errors: ModError[]): ModuleVersion | undefined {
  const [path, version] = line.words;
  if (path === undefined || version === undefined || line.words.length !== 2) {
    errors.push(usage(line, `want: ${line.verb} path version`));
    return undefined;
  }
  return { path: path.text, version: version.text, span: line.span };
}

function usage(line: ModLine, message: string): ModError {
  return { span: line.span, message };
}
