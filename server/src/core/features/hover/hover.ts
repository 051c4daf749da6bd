/**
 * What is said of the place under the pointer: for each kind of entity one source, each of them a file beside this
 * one. Whoever has something new to say adds a file and names it in the table; none knows of the others.
 */
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { DeclarationEntity, EntityByKind, MacroEntity } from "../entity/entity.ts";
import { entityAt } from "../entityAt.ts";
import { targetsOfFile } from "../targetsOfFile.ts";
import { argumentHover } from "./argumentHover.ts";
import { cHover } from "./cHover.ts";
import { cParameterHover } from "./cParameterHover.ts";
import { errnoHover } from "./errnoHover.ts";
import { flagHover } from "./flagHover.ts";
import { functionHover } from "./functionHover.ts";
import { goAsmHover } from "./goAsmHover.ts";
import { firstOf, type Hover, type HoverInput, type HoverOptions, type HoverSource } from "./hoverSource.ts";
import { labelHover } from "./labelHover.ts";
import { libraryHover } from "./libraryHover.ts";
import { macroHover } from "./macroHover.ts";
import { signalHover } from "./signalHover.ts";
import { structHover } from "./structHover.ts";
import { systemCallHover } from "./systemCallHover.ts";
import { trapHover } from "./trapHover.ts";

export type { Hover, HoverOptions } from "./hoverSource.ts";

/** Where there is nothing to say. */
const silent = (): undefined => undefined;

/** Whatever takes part in entering the kernel may be part of the call. */
const sources: { readonly [K in keyof EntityByKind]: HoverSource<EntityByKind[K]> } = {
  symbol: firstOf(libraryHover, functionHover, cHover),
  argument: argumentHover,
  frameSlot: cParameterHover,
  label: labelHover,
  register: trapHover,
  mnemonic: trapHover,
  flag: flagHover,
  macro: firstOf<MacroEntity>(trapHover, macroHover),
  macroParameter: silent,
  include: silent,
  goAsmName: firstOf(trapHover, goAsmHover),
  systemCall: firstOf(trapHover, systemCallHover),
  errno: errnoHover,
  signal: signalHover,
  buildTag: silent,
  directive: silent,
  declaration: firstOf<DeclarationEntity>(libraryHover, structHover, functionHover),
  mention: firstOf(libraryHover, structHover),
  cFunction: silent,
  word: silent,
  literal: trapHover,
  punctuation: silent,
};

export function hover(
  snapshot: Snapshot,
  directory: string,
  file: string,
  offset: number,
  options: HoverOptions,
): Hover | undefined {
  const source = snapshot.directories.get(directory)?.files.get(file);
  const entity = source && entityAt(snapshot, directory, file, offset);
  if (!source || !entity) return undefined;
  const targets = targetsOfFile(snapshot, source);
  return ask(entity.kind, { snapshot, directory, source, entity, targets, options });
}

function ask<K extends keyof EntityByKind>(kind: K, input: HoverInput<EntityByKind[K]>): Hover | undefined {
  return sources[kind](input);
}
