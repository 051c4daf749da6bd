/**
 * One file of a package directory, parsed once and shared by all targets. What
 * depends only on the text hangs on this object; a new text makes a new one, and
 * keeps what the edit did not touch (`reuseSummary`).
 */
import { type AsmText, createAsmText } from "../model/asm/asmUnit.ts";
import { packageClauseName, parseGo } from "../syntax/go/parseGo.ts";
import type { GoFile } from "../syntax/go/ast.ts";
import { reuseSummary } from "../syntax/go/reuseSummary.ts";

export type SourceFile = GoSource | AsmSource | HeaderSource | CSource | ObjectFile;

export interface GoSource {
  readonly kind: "go";
  readonly name: string;
  readonly text: string;
  readonly packageName: string;
  /** Parsed when first asked for: most external tests never are. */
  readonly go: GoFile;
}

export interface AsmSource {
  readonly kind: "asm";
  readonly name: string;
  readonly text: string;
  readonly asm: AsmText;
}

/** A file that assembly may include. */
export interface HeaderSource {
  readonly kind: "header";
  readonly name: string;
  readonly text: string;
  readonly asm: AsmText;
}

/** C beside assembly, whose functions the trees of Go's first years declare there. */
export interface CSource {
  readonly kind: "c";
  readonly name: string;
  readonly text: string;
}

/** A `.syso` file, which is linked as it is: that it is there is known, and nothing of what is in it. */
export interface ObjectFile {
  readonly kind: "object";
  readonly name: string;
  /** Empty. */
  readonly text: string;
}

/** Whether rt0 reads files of this name: Go source and Go assembly. */
export function isSourceName(name: string): boolean {
  return name.endsWith(".go") || name.endsWith(".s");
}

/** Whether rt0 reads files of this name where it reads a directory: what assembly includes is no source by itself. */
export function isHeaderName(name: string): boolean {
  return name.endsWith(".h");
}

/** Whether rt0 reads files of this name where it reads a directory: C that assembly may be declared in. */
export function isCName(name: string): boolean {
  return /\.(?:c|goc)$/.test(name);
}

/** Whether a file of this name is an object that is linked with a package: it counts, and is not read. */
export function isObjectName(name: string): boolean {
  return name.endsWith(".syso");
}

/** The file with this text; `previous` is what stood there before, if anything. */
export function createSourceFile(name: string, text: string, previous: SourceFile | undefined): SourceFile {
  if (previous?.text === text) return previous;
  if (name.endsWith(".s")) return { kind: "asm", name, text, asm: createAsmText(text) };
  if (isHeaderName(name)) return { kind: "header", name, text, asm: createAsmText(text) };
  if (isObjectName(name)) return { kind: "object", name, text: "" };
  if (isCName(name)) return { kind: "c", name, text };
  if (previous?.kind === "go") {
    const go = reuseSummary(previous.go.summary, parseGo(text));
    return { kind: "go", name, text, packageName: go.summary.packageName, go };
  }
  let parsed: GoFile | undefined;
  return {
    kind: "go",
    name,
    text,
    packageName: packageClauseName(text),
    get go() {
      return (parsed ??= parseGo(text));
    },
  };
}
