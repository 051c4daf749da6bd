/**
 * A field of a struct, named through go_asm.h, that an instruction reads or writes with
 * another width than the field has. Access to a part of a field, by an offset added to its
 * name, is taken for meant, and so is any to a field of several words.
 */
import { arches } from "../../facts/arch.ts";
import type { Architecture } from "../../facts/architecture.ts";
import { fieldWidth } from "../../facts/memoryWidth.ts";
import type { GoAsmSource } from "../../model/go/goAsmHeader.ts";
import type { Package } from "../../model/go/packageScope.ts";
import { sizeOf } from "../../model/go/sizes.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import type { StructField, Type, Underlying } from "../../model/go/type.ts";
import { typeString } from "../../model/go/typeString.ts";
import type { View } from "../../model/go/view.ts";
import type { Expr, Instruction, Operand } from "../../syntax/asm/ast.ts";
import type { CodeCheckInput, CodeFinding } from "../codeCheck.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { headerNames } from "./headerNames.ts";
import { offsetNames } from "./offsetNames.ts";
import { codeCheck } from "../codeCheck.ts";
import { selection } from "../../workspace/selection.ts";
import type { Check } from "../check.ts";

export const goAsmWidth: Check<"go-asm-width"> = codeCheck({
  code: "go-asm-width",
  stage: "package",
  severity: "warning",
  title: "Assembly moves a field in another width than it has",
  why: [
    "Nothing holds the width of an instruction against the field that it names through `go_asm.h`. One that is too",
    "wide reads or overwrites the next field, one that is too narrow leaves a part of it behind, and a field whose",
    "type changes (`int32` to `int64`) takes no assembly along. What is wider than a register is taken in parts; access",
    "with an offset added to the name, and to strings, slices and structs, is left alone, and so are several whole",
    "numbers that a register of floating point takes at once.",
  ].join("\n"),
  bad: `
-- queue_amd64.go --
package p

type queue struct{ head, tail uint32 }

func pop(q *queue) uint32
-- queue_amd64.s --
#include "go_asm.h"

TEXT ·pop(SB), NOSPLIT, $0-12
	MOVQ q+0(FP), DI
	MOVQ queue_head(DI), AX // reads tail too
	MOVL AX, ret+8(FP)
	RET
`,
  good: `
-- queue_amd64.go --
package p

type queue struct{ head, tail uint32 }

func pop(q *queue) uint32
-- queue_amd64.s --
#include "go_asm.h"

TEXT ·pop(SB), NOSPLIT, $0-12
	MOVQ q+0(FP), DI
	MOVL queue_head(DI), AX
	MOVL AX, ret+8(FP)
	RET
`,
  concerns: (_text, file, snapshot, pkg) =>
    mayMoveOtherWidths(file, snapshot, pkg, selection(snapshot.world, file).targets),
  check: fieldWidths,
});

function* fieldWidths(input: CodeCheckInput): Generator<CodeFinding> {
  const built = byArch(input.snapshot, input.targets);
  for (const statement of input.code.file.statements) {
    if (statement.kind !== "instruction") continue;
    for (const operand of statement.operands) {
      const path = fieldPath(operand);
      if (!path) continue;
      for (const [arch, targets] of built) {
        const width = fieldWidth(arch, statement.name);
        if (width === undefined) continue;
        const takesSeveral = isThroughVector(arch, statement);
        for (const { size, type, targets: holds } of otherWidths(input, path, width, targets, takesSeveral)) {
          const message = `invalid ${statement.name} of ${path.join("+")}; ${typeString(type)} is ${size}-byte value`;
          yield { span: { start: operand.start, end: operand.end }, message, targets: holds };
        }
      }
    }
  }
}

/**
 * Whether the text may have a finding: a line with a field that some word on it, taken for a mnemonic, would
 * move in another width.
 */
function mayMoveOtherWidths(file: AsmSource, snapshot: Snapshot, pkg: Package, targets: TargetSet): boolean {
  if (!file.text.includes("go_asm.h")) return false;
  const built = byArch(snapshot, targets);
  const seen = new Set<string>();
  for (const { name, start } of offsetNames(file)) {
    const before = file.text.slice(Math.max(start - longestLine, 0), start);
    for (const [word] of before.slice(before.lastIndexOf("\n") + 1).matchAll(/\b[A-Z][A-Z0-9]+\b/g)) {
      const key = `${word} ${name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const [arch, targets] of built) {
        const width = fieldWidth(arch, word);
        if (width !== undefined && otherWidths({ snapshot, package: pkg }, [name], width, targets).length > 0)
          return true;
      }
    }
  }
  return false;
}

/** No line of real code has its mnemonic farther away; the bound keeps a text without line ends from costing more. */
const longestLine = 200;
interface OtherWidth {
  readonly type: Type;
  /** In bytes. */
  readonly size: number;
  readonly targets: TargetSet;
}

/**
 * Where a path leads to a field that has another width and that code can only mean as a whole; with
 * `takesSeveral`, several fields in a row, too.
 */
function otherWidths(
  { snapshot, package: pkg }: Pick<CodeCheckInput, "snapshot" | "package">,
  path: readonly string[],
  width: number,
  targets: TargetSet,
  takesSeveral = false,
): OtherWidth[] {
  return fieldsAt(snapshot, pkg, path, targets).flatMap(({ field, targets }) => {
    const found: OtherWidth[] = [];
    const { struct, at } = field;
    const { type } = struct.fields[at]!;
    for (let left = targets, target = left.first; target !== undefined; target = left.first) {
      const view = snapshot.view(target);
      const { validOn, value: size } = view.measure(() => {
        if (!isPlain(view.underlying(type))) return undefined;
        return takesSeveral && isRow(view, struct.fields.slice(at), width) ? width : sizeOf(view, type);
      });
      // Where a field is wider than a register, code can only take it in parts.
      const isPart = size !== undefined && width < size && size > snapshot.world.sizes[target]!.wordSize;
      if (size !== undefined && size !== width && !isPart)
        found.push({ type, size, targets: left.and(validOn) });
      left = left.andNot(validOn);
    }
    return found;
  });
}

/** Whether the first of these fields are numbers of one size, with nothing between them, that fill a width. */
function isRow(view: View, fields: readonly StructField[], width: number): boolean {
  const sizeAt = ({ type }: StructField): number | undefined =>
    isWhole(view.underlying(type)) ? sizeOf(view, type) : undefined;
  const size = fields[0] && sizeAt(fields[0]);
  if (size === undefined) return false;
  const row = fields.slice(0, width / size);
  return row.length * size === width && row.every((field) => sizeAt(field) === size);
}

function byArch(snapshot: Snapshot, targets: TargetSet): ReadonlyMap<Architecture, TargetSet> {
  const sets = new Map<Architecture, TargetSet>();
  for (const target of targets) {
    const arch = arches[snapshot.world.targets[target]!.goarch];
    const alone = TargetSet.single(targets.length, target);
    sets.set(arch, sets.get(arch)?.or(alone) ?? alone);
  }
  return sets;
}

/** The names that an operand adds up to a field: `m_id(R1)`, `(g_sched+gobuf_sp)(R1)`; of no other operand. */
function fieldPath(operand: Operand): readonly string[] | undefined {
  if (operand.kind !== "memory" || operand.prefix !== "" || !operand.base || operand.index) return undefined;
  const names: string[] = [];
  return operand.offset && addNames(names, operand.offset) ? names : undefined;
}

function addNames(names: string[], expr: Expr): boolean {
  switch (expr.kind) {
    case "name":
      return names.push(expr.name) > 0;
    case "paren":
      return addNames(names, expr.inner);
    case "binary":
      return expr.op === "+" && addNames(names, expr.left) && addNames(names, expr.right);
    default:
      return false;
  }
}

type FieldSource = Extract<GoAsmSource, { readonly kind: "field" }>;

interface FieldAt {
  readonly field: FieldSource;
  readonly targets: TargetSet;
}

/** What a path of names leads to: each name but the last is a struct that has the next one's field. */
function fieldsAt(
  snapshot: Snapshot,
  pkg: Package,
  path: readonly string[],
  targets: TargetSet,
): readonly FieldAt[] {
  let found: readonly FieldAt[] = [];
  path.forEach((name, i) => {
    const next: FieldAt[] = [];
    for (const { validOn, resolved, value } of headerNames(snapshot, pkg, name, targets)) {
      if (!resolved || value?.kind !== "field") continue;
      const here = validOn.and(targets);
      if (i === 0 && !here.isEmpty) next.push({ field: value, targets: here });
      for (const before of found) {
        const both = here.and(before.targets);
        if (!both.isEmpty && leadsTo(before.field, value)) next.push({ field: value, targets: both });
      }
    }
    found = next;
  });
  return found;
}

function leadsTo({ struct, at }: FieldSource, { declared }: FieldSource): boolean {
  const { type } = struct.fields[at]!;
  return type.kind === "named" && type.declared === declared;
}

/**
 * Whether an instruction moves by way of a register of floating point. Where C passes a double in two words, or
 * x86 takes two numbers at once, that is how several fields are meant.
 */
function isThroughVector({ registers }: Architecture, { operands }: Instruction): boolean {
  return operands.some((operand) => operand.kind === "name" && registers.float.test(operand.name));
}

/** Whether values of the type are numbers without a fraction: one of floating point is moved by itself. */
function isWhole(type: Underlying): boolean {
  return type.kind === "basic" && isPlain(type) && !type.name.includes("float");
}

/** Whether values of the type are one machine word or less, by nature and not by chance. */
function isPlain(type: Underlying): boolean {
  if (type.kind === "basic") return type.name !== "string" && !type.name.startsWith("complex");
  return type.kind === "pointer" || type.kind === "map" || type.kind === "chan" || type.kind === "func";
}
