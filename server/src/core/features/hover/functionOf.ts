/** The Go function that assembly stands for, and its frame; shared by what is said of functions and of arguments. */
import type { Span } from "../../base/span.ts";
import type { Frame } from "../../model/go/frame.ts";
import { bodylessFunction } from "../../model/go/functionFrame.ts";
import type { Package } from "../../model/go/packageScope.ts";
import { linkName, splitSymbol } from "../../linking/symbolName.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { HoverInput } from "./hoverSource.ts";
import { linksOf } from "../../linking/linkIndex.ts";

export interface FunctionName {
  readonly package: Package;
  readonly name: string;
}

/** The package and name that a symbol of assembly in `directory` means; undefined where that is not at hand. */
export function functionNamed(
  snapshot: Snapshot,
  directory: string,
  written: string,
): (FunctionName & { readonly directory: string }) | undefined {
  const table = linksOf(snapshot).table(directory);
  if (!table || !written.includes("·")) return undefined;
  const symbol = linkName(table.path, written);
  const parts = splitSymbol(symbol);
  if (!parts) return undefined;
  const pkg = table.isOwn(symbol)
    ? snapshot.package(directory)
    : snapshot.packageNamed(parts.path, directory);
  return pkg === undefined || pkg === "unknown"
    ? undefined
    : { package: pkg, name: parts.name, directory: pkg.directory };
}

export interface FunctionAround extends FunctionName {
  /** Of the declaration without a body, on the first target that has one. */
  readonly header: string;
  /** Of the symbol in the TEXT directive. */
  readonly span: Span;
}

/** The function whose assembly an entity stands in. */
export function functionAround({
  snapshot,
  directory,
  source,
  entity,
  targets,
}: HoverInput): FunctionAround | undefined {
  if (source.kind !== "asm") return undefined;
  const { start } = entity.span;
  const text = source.asm.outline.texts.findLast(({ span }) => span.start <= start);
  const found = text && functionNamed(snapshot, directory, text.name);
  if (!text || !found) return undefined;
  const declared = (found.package.bodyless.get(found.name) ?? []).filter(({ file }) =>
    targets.some((target) => file.targets.has(target)),
  );
  const [first] = declared;
  return first && { ...found, header: first.decl.header.trim(), span: text.span };
}

/** The argument frame on a target; undefined where nothing is declared there, or a type is not resolved. */
export function frameOn(
  snapshot: Snapshot,
  { package: pkg, name }: FunctionName,
  target: number,
): Frame | undefined {
  const arch = snapshot.world.targets[target]!.goarch;
  const options = { arch, nestedArraysFromZero: false };
  return bodylessFunction(snapshot.view(target), pkg, name, options).found?.frame;
}
