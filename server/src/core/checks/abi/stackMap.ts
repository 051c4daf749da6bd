/**
 * Assembly that calls Go without telling the runtime where the pointers of its frame
 * are. As soon as the stack has to grow or is scanned during the call, the program stops
 * with "missing stackmap": `getStackMap` in runtime/stkframe.go wants a map for locals,
 * which NO_LOCAL_POINTERS says are none, and one for arguments, which comes from the
 * function's Go declaration (`Flushplist` in cmd/internal/obj/plist.go).
 */
import { arches } from "../../facts/arch.ts";
import type { AsmFunction } from "../../model/asmCode.ts";
import type { Declared, Package } from "../../model/packageScope.ts";
import { TargetSet } from "../../model/targetSet.ts";
import type { Expr, Operand, Statement } from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { SourceFile } from "../../workspace/sourceFile.ts";
import type { AsmProfile } from "../asmdecl/profile.ts";
import { codeCheck, type CodeCheckInput, type CodeFinding } from "../codeCheck.ts";
import type { Finding } from "../finding.ts";

const check = codeCheck("stack-map", {
  concerns: (text) => mayCall.test(text) && text.split(/^(?=[ \t]*TEXT\b)/m).some(mayLackMap),
  *check(input) {
    for (const found of input.code.functions) if (mayCall.test(found.source)) yield* inFunction(input, found);
  },
});

export function stackMap(
  snapshot: Snapshot,
  pkg: Package,
  file: SourceFile,
  profile: AsmProfile,
): readonly Finding[] {
  // Much of the runtime's assembly runs on stacks that never grow and are never scanned.
  return pkg.path === "runtime" ? none : check(snapshot, pkg, file, profile);
}

const none: readonly never[] = [];
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
      yield { span, message, targets };
    }
    const undeclared = targets.andNot(declaredOn(input, found));
    if (args > 0 && !undeclared.isEmpty && !seen.has("args")) {
      seen.add("args");
      const message = `${shown} calls ${callee}, a Go function, and has arguments: without a Go declaration the runtime stops with "missing stackmap"`;
      yield { span, message, targets: undeclared };
    }
  }
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
    const { stackRegister } = arches[snapshot.world.targets[i]!.goarch];
    return targets.has(i) && !statements.some((statement) => sets(statement, stackRegister));
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
  const table = snapshot.links.table(pkg.directory);
  if (!name.startsWith("·") || !table || table.linknamesByRemote.has(`${table.path}.${name.slice(1)}`))
    return targets;
  return (pkg.bodyless.get(name.slice(1)) ?? []).reduce((all, { file }) => all.or(file.targets), nowhere);
}
