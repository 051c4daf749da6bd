/**
 * A name that assembly takes from go_asm.h and that is not there on some target: the
 * assembler calls it a syntax error, on that target alone.
 */
import { nearest } from "../../base/nearest.ts";
import { goAsmHeader, structFieldNames } from "../../model/go/goAsmHeader.ts";
import type { Package } from "../../model/go/packageScope.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import { type ExprName, exprNames } from "../../syntax/asm/exprNames.ts";
import type { GoDecl } from "../../syntax/go/ast.ts";
import { type CodeCheckInput, type CodeFinding, codeCheck } from "../codeCheck.ts";
import { headerNames, isHeaderName, isPlainMacro, structNames } from "./headerNames.ts";
import { includesOf } from "./includes.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { underscoredNames } from "../underscoredNames.ts";
import { offsetNames } from "./offsetNames.ts";
import type { Check } from "../check.ts";

export const goAsmName: Check<"go-asm-name"> = codeCheck({
  code: "go-asm-name",
  stage: "package",
  severity: "error",
  title: "Assembly uses a name that go_asm.h does not have",
  why: [
    "The compiler writes `go_asm.h` anew for each target: `const_NAME` for the package's constants, `TYPE__size` and",
    "`TYPE_FIELD` for its structs. A constant or field that is renamed, or that only some targets declare, leaves",
    "the assembler with a name that means nothing (`expected pseudo-register`, `illegal or missing addressing",
    "mode`), and only on those targets. Floating-point constants and generic types are not in the header.",
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
	MOVL queue_first(DI), AX // queue has no field first
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
  concerns: (_text, file, snapshot, pkg) => mayMissName(file, snapshot, pkg),
  check: unknownNames,
});

/** Whether the text has a name for go_asm.h that is not there on some target which selects the file. */
function mayMissName(file: AsmSource, snapshot: Snapshot, pkg: Package): boolean {
  if (file.asm.outline.includes.length === 0) return false;
  const { hasGoAsm, isComplete, texts } = includesOf(snapshot, pkg, file);
  if (!hasGoAsm || !isComplete) return false;
  const { targets } = selection(snapshot.world, file);
  const offsets = new Set(offsetNames(file).map(({ name }) => name));
  const names = new Set(texts.flatMap(underscoredNames));
  for (const name of names) {
    if (texts.some(({ outline }) => outline.defines.has(name)) || isPlainMacro(name)) continue;
    if (!offsets.has(name) && !isHeaderName(pkg, name)) continue;
    const found = headerNames(snapshot, pkg, name, targets);
    if (found.some(({ validOn, resolved, value }) => resolved && !value && !validOn.and(targets).isEmpty))
      return true;
  }
  return false;
}

function* unknownNames(input: CodeCheckInput): Generator<CodeFinding> {
  const { snapshot, package: pkg, file, code, targets } = input;
  const includes = includesOf(snapshot, pkg, file);
  if (!includes.hasGoAsm || !includes.isComplete) return;
  let suggestions = mostSuggestions;
  const labels = new Set(code.file.statements.flatMap((s) => (s.kind === "label" ? [s.name] : [])));
  for (const statement of code.file.statements) {
    for (const used of exprNames(statement)) {
      const { name, start, end } = used;
      if (!mayBeHeaderName(pkg, used) || labels.has(name)) continue;
      let missing = TargetSet.none(targets.length);
      for (const { validOn, resolved, value } of headerNames(snapshot, pkg, name, targets))
        if (resolved && !value) missing = missing.or(validOn.and(targets));
      if (missing.isEmpty) continue;
      const { message, replacement } = explain(input, name, missing, suggestions-- > 0);
      yield {
        span: { start, end },
        message,
        targets: missing,
        ...(replacement !== undefined && { replacement }),
      };
    }
  }
}

/** Looking for the name that was meant takes time, and nobody reads more of them at once. */
const mostSuggestions = 50;

/** Whether a name that no macro explains is one that go_asm.h should have. */
function mayBeHeaderName(pkg: Package, { name, place }: ExprName): boolean {
  if (!/^\w+_\w+$/.test(name) || isPlainMacro(name)) return false;
  return place === "offset" || isHeaderName(pkg, name);
}

/** Why the header lacks the name, and which was probably meant. */
function explain(
  { snapshot, package: pkg }: CodeCheckInput,
  name: string,
  missing: TargetSet,
  maySuggest: boolean,
): Pick<CodeFinding, "message" | "replacement"> {
  const target = missing.first!;
  const view = snapshot.view(target);
  const here = (name: string): GoDecl | undefined => {
    const declared = view.lookup(pkg, pkg, name);
    return declared?.file.isTest ? undefined : declared?.decl;
  };
  const near = (name: string, candidates: () => readonly string[]): string | undefined =>
    maySuggest ? nearest(name, candidates()) : undefined;
  const say = (why: string, meant?: string): Pick<CodeFinding, "message" | "replacement"> => {
    const message = `go_asm.h has no ${name}: ${why}`;
    return meant === undefined
      ? { message }
      : { message: `${message}; did you mean ${meant}?`, replacement: meant };
  };
  const constant = /^const_(.+)$/.exec(name)?.[1];
  if (constant !== undefined) {
    const decl = here(constant);
    if (decl?.kind === "const") return say("it leaves out floating-point constants");
    if (decl) return say(`${constant} is a ${words[decl.kind]}`);
    const meant = near(constant, () =>
      pkg.files.flatMap(({ summary, targets }) =>
        targets.has(target) ? summary.decls.flatMap((decl) => (decl.kind === "const" ? decl.names : [])) : [],
      ),
    );
    return say(`no constant ${constant} is declared${elsewhere(pkg, constant)}`, meant && `const_${meant}`);
  }
  const [type] = structNames(pkg, name);
  if (type === undefined) {
    const meant = near(name, () => goAsmHeader(view, pkg).map(({ name }) => name));
    return say("it names no type of this package", meant);
  }
  const decl = here(type);
  if (!decl) return say(`no type ${type} is declared${elsewhere(pkg, type)}`);
  if (decl.kind !== "type") return say(`${type} is a ${words[decl.kind]}`);
  const fields = structFieldNames(view, pkg, type);
  if (!fields) return say(`${type} is no struct`);
  const field = name.slice(type.length + 1);
  const meant = near(field, () => fields);
  return say(`${type} has no field ${field}`, meant && `${type}_${meant}`);
}

const words = { const: "constant", type: "type", func: "function", var: "variable" } as const;

function elsewhere(pkg: Package, name: string): string {
  const declared = pkg.scope.get(name);
  if (!declared) return "";
  return declared.every(({ file }) => file.isTest) ? " outside tests" : " here, only for other targets";
}
