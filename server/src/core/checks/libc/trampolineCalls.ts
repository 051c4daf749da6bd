/**
 * Where Go calls a trampoline with the address of its arguments, the runtime's way:
 * `libcCall(unsafe.Pointer(abi.FuncPCABI0(open_trampoline)), unsafe.Pointer(&name))`. What
 * lies there is a local variable, or, from that parameter on, the function's own
 * arguments and results, if `//go:cgo_unsafe_args` keeps them in memory and in order.
 */
import { containsWord } from "../../base/containsWord.ts";
import type { Span } from "../../base/span.ts";
import { operand } from "../../model/go/constantExpr.ts";
import type { PackageFile } from "../../model/go/packageScope.ts";
import { alignOf, alignUp, fieldOffsets, sizeOf } from "../../model/go/sizes.ts";
import type { Type } from "../../model/go/type.ts";
import { resolveParam, resolveType } from "../../model/go/typeExpr.ts";
import type { Scope, View } from "../../model/go/view.ts";
import type { Field, FuncDecl } from "../../syntax/go/ast.ts";
import { funcHeader } from "../../syntax/go/parseDecl.ts";
import { type BodyExpr, type BodyStep, readBody } from "../../syntax/go/readBody.ts";
import type { GoSource } from "../../workspace/sourceFile.ts";
import type { LinkedPackage } from "../../linking/linkedPackage.ts";

export interface TrampolineCall {
  readonly trampoline: string;
  /** The function that calls it. */
  readonly caller: string;
  readonly file: PackageFile;
  /** Of the whole call up to the address. */
  readonly span: Span;
  /** What lies at the address that is passed; undefined where that cannot be told. */
  layOut(view: View): readonly ArgumentSlot[] | undefined;
}

/** A plain value, in bytes from the address that is passed. Slots are in order and do not overlap. */
export interface ArgumentSlot {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

const callers = ["libcCall", "asmcgocall", "asmcgocall_no_g"];

const call = new RegExp(
  String.raw`\b(?:${callers.join("|")})\(unsafe\.Pointer\((?:abi\.FuncPCABI0|funcPC)\((\w+)\)\), *(?:noescape\()?unsafe\.Pointer\(&(\w+)\)`,
  "g",
);

/** The calls in the Go files of a package, tests left out. */
export function trampolineCalls({ snapshot, package: pkg }: LinkedPackage): readonly TrampolineCall[] {
  // Nothing stands before their names, so the package has them itself; few do, and the texts need no look where it has not.
  if (!callers.some((name) => pkg.scope.get(name))) return [];
  const files = snapshot.directories.get(pkg.directory)?.files;
  return pkg.files.flatMap((file) => {
    if (file.isTest || !file.summary.imports.some(({ path }) => path === "unsafe")) return [];
    const source = files?.get(file.name);
    if (source?.kind !== "go") return [];
    const { text } = source;
    if (!containsWord(text, "Call(unsafe.Pointer(", "Call(u") && !containsWord(text, "asmcgocall", "asmcgo"))
      return [];
    return callsIn(file, source, { file, package: pkg });
  });
}

function callsIn(file: PackageFile, { text, go }: GoSource, scope: Scope): TrampolineCall[] {
  const calls: TrampolineCall[] = [];
  let at = 0;
  for (const { 0: match, 1: trampoline, 2: passed, index } of text.matchAll(call)) {
    // Matches and declarations both come in the order of the text.
    while (at < go.declSpans.length && (go.declSpans[at]!.body?.end ?? 0) <= index) at++;
    const body = go.declSpans[at]?.body;
    const decl = go.summary.decls[at];
    if (!body || index < body.start || decl?.kind !== "func") continue;
    const keepsOrder = go.summary.directives.some(
      (directive) => directive.name === "go:cgo_unsafe_args" && directive.decl === at,
    );
    let steps: readonly BodyStep[] | undefined;
    // Most pass an argument, which needs no look at the body; a variable is declared before it is passed.
    const isLocal = text.slice(body.start, index).includes(passed!);
    calls.push({
      trampoline: trampoline!,
      caller: decl.name,
      file,
      span: { start: index, end: index + match.length },
      layOut: (view) => {
        const slots: ArgumentSlot[] = [];
        steps ??= isLocal ? readBody(text.slice(body.start, body.end)) : [];
        const own = localType(view, scope, steps, passed!);
        if (own) addSlots(slots, view, passed!, own, 0);
        else if (!addFrame(slots, view, scope, decl, passed!, keepsOrder)) return undefined;
        return view.resolved ? slots : undefined;
      },
    });
  }
  return calls;
}

/** The type of a variable that the body declares; undefined where it does not, or twice. */
function localType(view: View, scope: Scope, steps: readonly BodyStep[], name: string): Type | undefined {
  const found = steps.flatMap((step): readonly (() => Type)[] => {
    if (step.kind === "var" && step.names.includes(name)) {
      const value = step.values[step.names.indexOf(name)];
      return [() => typeOf(view, scope, step.type, value)];
    }
    if (step.kind !== "assign" || step.op !== ":=") return [];
    const index = step.left.findIndex(({ expr }) => expr.kind === "ident" && expr.name === name);
    return index < 0 ? [] : [() => typeOf(view, scope, undefined, step.right[index])];
  });
  if (found.length === 0) return undefined;
  return found.length === 1 ? found[0]!() : view.fail<Type>({ kind: "invalid" });
}

function typeOf(view: View, scope: Scope, type: BodyExpr | undefined, value: BodyExpr | undefined): Type {
  if (type) return resolveType(view, scope, type.expr);
  // Of other values only go/types knows the type for certain.
  if (value?.expr.kind === "composite") return operand(view, scope, value.expr).type;
  return view.fail<Type>({ kind: "invalid" });
}

/** The arguments and results from a parameter on, in the frame of a function that takes them on the stack. */
function addFrame(
  slots: ArgumentSlot[],
  view: View,
  scope: Scope,
  decl: FuncDecl,
  passed: string,
  keepsOrder: boolean,
): boolean {
  const { type } = funcHeader(decl);
  let offset = 0;
  let start: number | undefined;
  const add = (fields: readonly Field[]): void => {
    for (const field of fields) {
      const type = resolveParam(view, scope, field);
      for (const name of field.names.length > 0 ? field.names.map(({ name }) => name) : [""]) {
        offset = alignUp(offset, alignOf(view, type));
        const isPassed = start === undefined && name === passed;
        if (isPassed) start = offset;
        if (start !== undefined && (keepsOrder || isPassed))
          addSlots(slots, view, name, type, offset - start);
        offset += sizeOf(view, type);
      }
    }
  };
  add(type.params);
  offset = alignUp(offset, view.sizes.wordSize);
  add(type.results);
  return start !== undefined;
}

/** More slots than this are no arguments. */
const mostSlots = 1000;

function addSlots(slots: ArgumentSlot[], view: View, name: string, type: Type, offset: number): void {
  if (slots.length > mostSlots) return void view.fail(undefined);
  const under = view.underlying(type);
  if (under.kind === "struct") {
    const offsets = fieldOffsets(view, under.fields);
    under.fields.forEach((field, i) => addSlots(slots, view, field.name, field.type, offset + offsets[i]!));
  } else slots.push({ name, offset, size: sizeOf(view, type) });
}
