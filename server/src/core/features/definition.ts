/**
 * Where what stands at a place is defined: for each kind of entity one source, a file in `definition/`. The targets
 * that build the file come first, and where they have an answer those of others are left out.
 */
import type { Span } from "../base/span.ts";
import type { Location } from "../workspace/location.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { argumentDefinition } from "./definition/argumentDefinition.ts";
import { cDefinition } from "./definition/cDefinition.ts";
import { type DefinitionInput, type DefinitionSource, firstOf } from "./definition/definitionSource.ts";
import { fileSymbolDefinition } from "./definition/fileSymbolDefinition.ts";
import { functionDefinition } from "./definition/functionDefinition.ts";
import { goAsmDefinition } from "./definition/goAsmDefinition.ts";
import { goDefinition, linknameDefinition } from "./definition/goDefinition.ts";
import { labelDefinition } from "./definition/labelDefinition.ts";
import {
  includeDefinition,
  macroDefinition,
  macroParameterDefinition,
} from "./definition/macroDefinition.ts";
import type { EntityByKind, SymbolEntity } from "./entity/entity.ts";
import { entityAt } from "./entityAt.ts";
import { targetsOfFile } from "./targetsOfFile.ts";

export interface Definition {
  /** The name that was asked about. */
  readonly span: Span;
  /** Without the name itself. */
  readonly locations: readonly Location[];
}

/** What defines itself, or is defined nowhere in the tree. */
const nowhere = (): readonly Location[] => [];

const sources: { readonly [K in keyof EntityByKind]: DefinitionSource<EntityByKind[K]> } = {
  symbol: firstOf<SymbolEntity>(functionDefinition, goDefinition, fileSymbolDefinition, cDefinition),
  argument: argumentDefinition,
  frameSlot: nowhere,
  label: labelDefinition,
  register: nowhere,
  mnemonic: nowhere,
  flag: macroDefinition,
  macro: macroDefinition,
  macroParameter: macroParameterDefinition,
  include: includeDefinition,
  goAsmName: goAsmDefinition,
  systemCall: macroDefinition,
  errno: macroDefinition,
  signal: macroDefinition,
  buildTag: nowhere,
  directive: linknameDefinition,
  declaration: functionDefinition,
  mention: nowhere,
  cFunction: nowhere,
  word: nowhere,
  literal: nowhere,
  punctuation: nowhere,
};

/** undefined where nothing defines what is there, or that is not known here. */
export function definition(
  snapshot: Snapshot,
  directory: string,
  file: string,
  offset: number,
): Definition | undefined {
  const source = snapshot.directories.get(directory)?.files.get(file);
  const entity = source && entityAt(snapshot, directory, file, offset);
  if (!source || !entity) return undefined;
  const targets = targetsOfFile(snapshot, source);
  const locations = ask(entity.kind, { snapshot, directory, source, entity, targets });
  return locations.length > 0 ? { span: entity.span, locations } : undefined;
}

function ask<K extends keyof EntityByKind>(
  kind: K,
  input: DefinitionInput<EntityByKind[K]>,
): readonly Location[] {
  return sources[kind](input);
}
