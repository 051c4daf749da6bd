/**
 * Assembly that calls Go without telling the runtime where the pointers of its frame
 * are. As soon as the stack has to grow or is scanned during the call, the program stops
 * with "missing stackmap": `getStackMap` in runtime/stkframe.go wants a map for locals,
 * which NO_LOCAL_POINTERS says are none, and one for arguments, which comes from the
 * function's Go declaration (`Flushplist` in cmd/internal/obj/plist.go).
 */
import { arches } from "../../facts/arch.ts";
import type { AsmFunction } from "../../model/asm/asmCode.ts";
import type { Declared } from "../../model/go/packageScope.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import type { Expr, Operand, Statement } from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { codeCheck, type CodeCheckInput, type CodeFinding } from "../codeCheck.ts";
import type { Fix } from "../finding.ts";
import { linksOf } from "../../linking/linkIndex.ts";
import type { Check } from "../check.ts";

export const stackMap: Check<"stack-map"> = codeCheck({
  code: "stack-map",
  stage: "package",
  severity: "warning",
  title: "Assembly calls Go without a map of its frame",
  why: [
    "When a goroutine's stack grows or is scanned, the runtime must know of every frame on it where the pointers are.",
    "A function in assembly that calls Go and has locals says NO_LOCAL_POINTERS of them; what it knows of arguments",
    "comes from the Go declaration. Where either is missing the program runs until the first call that needs more",
    "stack, or the first collection at that moment, and then stops with `fatal error: missing stackmap`.",
  ].join("\n"),
  bad: `
-- each_amd64.go --
package p

func callback()
func each() {}
-- each_amd64.s --
#include "funcdata.h"
#include "textflag.h"

TEXT ·callback(SB), $16-0
	CALL ·each(SB)
	RET
`,
  good: `
-- each_amd64.go --
package p

func callback()
func each() {}
-- each_amd64.s --
#include "funcdata.h"
#include "textflag.h"

TEXT ·callback(SB), $16-0
	NO_LOCAL_POINTERS
	CALL ·each(SB)
	RET
`,
  // Much of the runtime's assembly runs on stacks that never grow and are never scanned.
  concerns: (text, _file, _snapshot, pkg) =>
    pkg.path !== "runtime" && mayCall.test(text) && text.split(/^(?=[ \t]*TEXT\b)/m).some(mayLackMap),
  *check(input) {
    for (const found of input.code.functions) if (mayCall.test(found.source)) yield* inFunction(input, found);
  },
});

/** A call of a function of the package. */
const mayCall = /\b(?:CALL|BL|JAL)\b[ \t]+·[\p{L}\p{Nd}_]+\(SB\)/u;

function mayLackMap(block: string): boolean {
  const head = block.slice(0, block.indexOf("\n"));
  return (
    /\$[ \t]*(?!0[ \t]*(?:-[ \t]*0[ \t]*)?(?:$|[/;]))/.test(head) &&
    mayCall.test(block) &&
    !/\b(?:NO_LOCAL_POINTERS|FUNCDATA)\b/.test(block)
  );
}

function* inFunction(input: CodeCheckInput, found: AsmFunction): Generator<CodeFinding> {
  const { text, name, statements } = found;
  const locals = number(text.frame?.size);
  const args = number(text.frame?.args);
  if (!text.symbol || statements.some(hasMap)) return;
  const calls = goCalls(input, found);
  if (calls.length === 0) return;
  const shown = name.replace(/^·/, "");
  const seen = new Set<string>();
  for (const { callee, targets } of calls) {
    const span = text.symbol.nameSpan;
    if (locals > 0 && !seen.has("locals")) {
      seen.add("locals");
      const message = `${shown} calls ${callee}, a Go function, and has locals: without NO_LOCAL_POINTERS the runtime stops with "missing stackmap"`;
      const fix = noLocalPointers(input, found);
      yield { span, message, targets, ...(fix && { fix }) };
    }
    const undeclared = targets.andNot(declaredOn(input, found));
    if (args > 0 && !undeclared.isEmpty && !seen.has("args")) {
      seen.add("args");
      const message = `${shown} calls ${callee}, a Go function, and has arguments: without a Go declaration the runtime stops with "missing stackmap"`;
      yield { span, message, targets: undeclared };
    }
  }
}

/** The line that says it, behind that of the TEXT, and the file that defines it. */
function noLocalPointers({ code, file }: CodeCheckInput, { text }: AsmFunction): Fix | undefined {
  const place = code.written({ start: text.end - 1, end: text.end });
  if (place.origin) return undefined;
  const newline = file.text.indexOf("\n", place.span.end);
  if (newline < 0) return undefined;
  const line = { span: { start: newline, end: newline }, newText: "\n\tNO_LOCAL_POINTERS" };
  const title = "Add NO_LOCAL_POINTERS";
  if (/^[ \t]*#include[ \t]+"funcdata\.h"/m.test(file.text)) return { title, edits: [line] };
  const include = /^[ \t]*#include[ \t]+"textflag\.h"/m.exec(file.text);
  if (!include || include.index > newline) return undefined;
  const start = { span: { start: include.index, end: include.index }, newText: '#include "funcdata.h"\n' };
  return { title, edits: [start, line] };
}

/** 0 where it is absent or cannot be read. */
function number(expr: Expr | undefined): bigint {
  return (expr && evaluate(expr, () => undefined)) ?? 0n;
}

function hasMap(statement: Statement): boolean {
  if (statement.kind === "funcdata") return true;
  return (
    (statement.kind === "macroUse" || statement.kind === "instruction") &&
    /^(?:NO_LOCAL_POINTERS|GO_ARGS)$/.test(statement.name)
  );
}

interface GoCall {
  readonly callee: string;
  readonly targets: TargetSet;
}

const calling: ReadonlySet<string> = new Set(["CALL", "BL", "JAL"]);

/** The calls of Go functions of the package that may grow the stack, on the targets where the function stays on its stack. */
function goCalls({ package: pkg, targets, snapshot }: CodeCheckInput, { statements }: AsmFunction): GoCall[] {
  const calls: GoCall[] = [];
  const staying = TargetSet.where(targets.length, (i) => {
    const { stack } = arches[snapshot.world.targets[i]!.goarch].registers;
    return targets.has(i) && !statements.some((statement) => sets(statement, stack));
  });
  for (const statement of statements) {
    if (statement.kind !== "instruction" || !calling.has(statement.name)) continue;
    const [target] = statement.operands;
    if (target?.kind !== "symbol" || target.symbol.base !== "SB" || target.symbol.isStatic) continue;
    const name = target.symbol.name;
    if (!name.startsWith("·")) continue;
    const where = (pkg.scope.get(name.slice(1)) ?? [])
      .filter(mayGrow)
      .reduce((all, { file }) => all.or(file.targets), TargetSet.none(targets.length))
      .and(staying);
    if (!where.isEmpty) calls.push({ callee: name.slice(1), targets: where });
  }
  return calls;
}

/** Whether an instruction writes to the register as a whole, and so may leave the stack. */
function sets(statement: Statement, register: string): boolean {
  if (statement.kind !== "instruction") return false;
  const last: Operand | undefined = statement.operands.at(-1);
  return last?.kind === "name" && (last.name === register || last.name === "SP") && last.prefix === "";
}

function mayGrow({ decl, file }: Declared): boolean {
  if (decl.kind !== "func" || !decl.hasBody || decl.isMethod || file.isTest) return false;
  const index = file.summary.decls.indexOf(decl);
  return !file.summary.directives.some(
    (directive) =>
      directive.decl === index && (directive.name === "go:nosplit" || directive.name === "go:systemstack"),
  );
}

/** The targets on which Go declares the function, by whatever name, or may do so. */
function declaredOn(
  { snapshot, package: pkg, targets }: CodeCheckInput,
  { text, name }: AsmFunction,
): TargetSet {
  const nowhere = TargetSet.none(targets.length);
  if (text.symbol!.isStatic) return nowhere;
  const table = linksOf(snapshot).table(pkg.directory);
  if (!name.startsWith("·") || !table || table.linknamesByRemote.has(`${table.path}.${name.slice(1)}`))
    return targets;
  return (pkg.bodyless.get(name.slice(1)) ?? []).reduce((all, { file }) => all.or(file.targets), nowhere);
}
