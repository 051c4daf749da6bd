/**
 * The places of an assembly file that name what stands at one of them: a register, a label, an argument or a slot of
 * the frame within its function, a parameter within its macro, anything else in the whole file. Each name is taken as
 * it is written. Of Go files Go's own language server tells it.
 */
import type { Span } from "../base/span.ts";
import { Kind } from "../syntax/asm/lexer.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { asmTree } from "./entity/asmEntity.ts";
import type { Entity } from "./entity/entity.ts";
import { entityAt } from "./entityAt.ts";

export interface DocumentHighlight {
  readonly span: Span;
  /** It defines the label, the symbol or the macro. */
  readonly isDefinition: boolean;
}

/** Of a name that stands in more places the rest is left out, so that the work stays in step with the text. */
const mostPlaces = 5000;

/** In the order of the text; empty where there is nothing that has a name. */
export function documentHighlights(
  snapshot: Snapshot,
  directory: string,
  file: string,
  offset: number,
): DocumentHighlight[] {
  const source = snapshot.file(directory, file);
  if (source?.kind !== "asm" && source?.kind !== "header") return [];
  const entity = entityAt(snapshot, directory, file, offset);
  const key = entity && keyOf(entity);
  if (!entity || key === undefined || !("name" in entity) || entity.name === undefined) return [];
  const { text, tokens, statements } = asmTree(source);
  const around = statements.findLast(({ start }) => start <= entity.span.start);
  const range = rangeOf(entity, statements, around);
  const found = new Map<number, DocumentHighlight>();
  for (let i = 0, places = 0; i < tokens.count && places < mostPlaces; i++) {
    const start = tokens.starts[i]!;
    if (tokens.kinds[i] !== Kind.Ident || start < range.start || start >= range.end) continue;
    if (text.slice(start, tokens.starts[i + 1]) !== entity.name) continue;
    places++;
    const other = entityAt(snapshot, directory, file, start);
    if (!other || keyOf(other) !== key) continue;
    found.set(other.span.start, { span: other.span, isDefinition: isDefinition(other) });
  }
  return [...found.values()];
}

type Statements = ReturnType<typeof asmTree>["statements"];

/** Where the same name means the same. */
function rangeOf(entity: Entity, statements: Statements, around: Statements[number] | undefined): Span {
  const whole = { start: 0, end: Infinity };
  const isLocal = ["register", "label", "argument", "frameSlot", "macroParameter"].includes(entity.kind);
  if (!isLocal || !around) return whole;
  if (around.kind === "define") return around;
  const next = statements.find(({ text, start }) => text > around.text && start > around.start);
  return { start: statements[around.text]?.start ?? 0, end: next?.start ?? Infinity };
}

/** What the same thing has in common wherever it stands; undefined for what is not looked for. */
function keyOf(entity: Entity): string | undefined {
  switch (entity.kind) {
    case "register":
    case "label":
    case "macroParameter":
    case "goAsmName":
    case "systemCall":
    case "macro":
      return `${entity.kind} ${entity.name}`;
    case "argument":
    case "frameSlot":
      return `${entity.kind} ${entity.name} ${entity.offset}`;
    case "symbol":
      return `${entity.kind} ${entity.name} ${entity.isStatic}`;
    default:
      return undefined;
  }
}

function isDefinition(entity: Entity): boolean {
  if (entity.kind === "symbol") return entity.role === "text" || entity.role === "globl";
  if (entity.kind === "macroParameter") return entity.definition.start === entity.span.start;
  return (entity.kind === "label" || entity.kind === "macro") && entity.role === "definition";
}
