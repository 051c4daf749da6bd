/**
 * Hover on a function that is assembly somewhere: where it is declared, how its
 * arguments lie, how large the frame of this TEXT is, and what the function is on
 * the other targets.
 */
import { codeBlock, codeSpan, escapeMarkdown, markdownTable } from "../../base/markdown.ts";
import type { Span } from "../../base/span.ts";
import type { Frame, Slot } from "../../model/go/frame.ts";
import { matrixSummary, type MatrixRow, targetMatrix } from "../targetMatrix.ts";
import { symbolLocations } from "../symbolLocations.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { asmTree } from "../entity/asmEntity.ts";
import type { DeclarationEntity, SymbolEntity } from "../entity/entity.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";
import { frameOn, functionNamed, type FunctionName } from "./functionOf.ts";
import { groupNames, groupTargets } from "../groupTargets.ts";

export function functionHover(input: HoverInput<SymbolEntity | DeclarationEntity>): Hover | undefined {
  const { snapshot, entity } = input;
  const found = functionAt(input);
  if (!found) return undefined;
  const rows = targetMatrix(snapshot, found.directory, found.name);
  if (!rows) return undefined;
  const parts = [
    declaration(input, found, rows),
    frames(input, found),
    textFrame(input),
    `${escapeMarkdown(matrixSummary(rows))}${missing(input, rows)}\n`,
  ].filter((part) => part !== "");
  return { span: entity.span, markdown: parts.join("\n") };
}

export type Found = FunctionName & { readonly directory: string };

/** A symbol of assembly, or the name in a Go declaration without a body. */
export function functionAt({
  snapshot,
  directory,
  source,
  entity,
}: Pick<HoverInput<SymbolEntity | DeclarationEntity>, "snapshot" | "directory" | "source" | "entity">):
  Found | undefined {
  if (entity.kind === "symbol")
    return entity.isStatic ? undefined : functionNamed(snapshot, directory, entity.name);
  if (entity.declares !== "func") return undefined;
  const isName = symbolLocations(snapshot, directory, source.name).some(
    ({ span }) => span.start === entity.span.start,
  );
  const pkg = isName ? snapshot.package(directory) : undefined;
  return pkg && { package: pkg, name: entity.name, directory };
}

/** The declaration that counts on the first target which has one, and where it stands. */
function declaration(
  { snapshot, targets, source, options }: HoverInput,
  found: Found,
  rows: readonly MatrixRow[],
): string {
  const row = targets.map((target) => rows[target]!).find(({ declaration }) => declaration);
  if (!row?.declaration || source.kind === "go" || options.besideGopls) return "";
  const { file, span } = row.declaration;
  const decl = (found.package.scope.get(found.name) ?? []).find(({ file: own }) => own.name === file)?.decl;
  if (!decl) return "";
  const place = placeText(
    snapshot.world.targets[row.target]!.name,
    { directory: found.directory, file, span },
    options,
  );
  return `${codeBlock("go", decl.header.trim())}\n${place}\n`;
}

function placeText(
  target: string,
  { directory, file, span }: { readonly directory: string; readonly file: string; readonly span: Span },
  { link }: HoverInput["options"],
): string {
  const name = escapeMarkdown(file);
  return `declared in ${link ? `[${name}](${link(directory, file, span)})` : name} for ${target}`;
}

/** More arguments than this are counted, not listed. */
const mostSlots = 16;

/** The argument frame; targets that have the same share one table. */
function frames({ snapshot, targets }: HoverInput, found: Found): string {
  const groups = groupTargets(
    targets,
    (target) => frameOn(snapshot, found, target),
    (frame) => [...frame.slots.values()].map(({ name, offset, size }) => `${name} ${offset} ${size}`).join(),
  );
  return groups
    .slice(0, 3)
    .map((group) => {
      const where =
        groups.length > 1 ? ` on ${escapeMarkdown(groupNames(group, snapshot.world.targets))}` : "";
      return `${count(group.value.size)} of arguments and results${where}\n\n${slotTable(group.value)}`;
    })
    .join("\n");
}

function slotTable({ slots }: Frame): string {
  const inner = new Set([...slots.values()].flatMap((slot) => slot.inner));
  const outer = [...slots.values()].filter((slot) => !inner.has(slot) && !isElement(slot, slots));
  if (outer.length === 0) return "";
  const rows = outer
    .slice(0, mostSlots)
    .map(({ name, type, offset, size }) => [codeSpan(`${name}+${offset}(FP)`), String(size), codeSpan(type)]);
  const more = outer.length > mostSlots ? `\nand ${outer.length - mostSlots} more\n` : "";
  return (
    markdownTable(
      [
        { title: "argument", isRight: false },
        { title: "bytes", isRight: true },
        { title: "type", isRight: false },
      ],
      rows,
    ) + more
  );
}

/** Fields and elements are slots of their own beside the struct or array that they are in. */
function isElement({ name, offset, size }: Slot, slots: Frame["slots"]): boolean {
  for (let at = name.lastIndexOf("_"); at > 0; at = name.lastIndexOf("_", at - 1)) {
    const whole = slots.get(name.slice(0, at));
    if (whole && whole.offset <= offset && offset + size <= whole.offset + whole.size) return true;
  }
  return false;
}

/** What the TEXT directive under the pointer says of its own frame. */
function textFrame({ source, entity }: HoverInput): string {
  if (source.kind !== "asm" || entity.kind !== "symbol" || entity.role !== "text") return "";
  const { start } = entity.span;
  const text = asmTree(source).statements.find(
    (statement) => statement.kind === "text" && statement.symbol?.start === start,
  );
  const size = text?.kind === "text" ? text.frame?.size : undefined;
  const bytes = size && evaluate(size, () => undefined);
  return bytes === undefined ? "" : `${count(Number(bytes))} of local frame\n`;
}

function missing({ snapshot }: HoverInput, rows: readonly MatrixRow[]): string {
  const targets = rows.filter(({ isMissing }) => isMissing).map(({ target }) => target);
  return targets.length === 0 ? "" : ` (${escapeMarkdown(groupNames({ targets }, snapshot.world.targets))})`;
}

function count(bytes: number): string {
  return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
}
