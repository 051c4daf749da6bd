/**
 * How package runtime sets up its signals on a target, read from the source at hand: the table of
 * signals, what `setsig` stores in the struct that it hands to the system, the size of the signal stack.
 * Constants are worth what the source's own declarations say; what depends on how a program is
 * linked is told as a condition. It must not know how a preview is drawn.
 */
import { constantString, toInteger } from "../model/go/constant.ts";
import { constantValue, declaredConstant } from "../model/go/constantExpr.ts";
import { type Declared, declares, type Package } from "../model/go/packageScope.ts";
import { layoutOf, type LayoutPart } from "../model/go/structLayout.ts";
import { declaredType } from "../model/go/typeExpr.ts";
import { compilerView, type View } from "../model/go/view.ts";
import type { CompositeLit, Expr, FuncDecl, TypeDecl } from "../syntax/go/ast.ts";
import { funcHeader, valueSpecs } from "../syntax/go/parseDecl.ts";
import { type BodyExpr, type BodyStep, type Condition, readBody } from "../syntax/go/readBody.ts";
import { bodyText, declLocation } from "../workspace/declLocation.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { argumentOf, isTrue, type Local, type LocalScope, type NamedValue } from "./callArgument.ts";
import type { Location } from "../workspace/location.ts";

export interface SetupSignal {
  readonly number: number;
  /** "SIGHUP"; "signal 35" of one without a name; on plan9 the beginning of a note. */
  readonly name: string;
  /** The runtime's flags, as it names them: "_SigNotify". */
  readonly flags: readonly string[];
  readonly place?: Location;
}

/** What is stored in a field of the struct that the system is handed. */
export interface Store {
  readonly field: string;
  readonly value: StoredValue;
  /** Whether the bits are added to what is there. */
  readonly isAdded: boolean;
  /** What has to hold: "iscgo", "!iscgo"; none for what is always stored. */
  readonly conditions: readonly string[];
  readonly place: Location;
}

export type StoredValue =
  /** The constants it is put together from, those that are 0 left out. */
  | { readonly kind: "number"; readonly value: bigint; readonly names: readonly NamedValue[] }
  /** Every bit. */
  | { readonly kind: "all" }
  /** Where a function begins; on AIX, where its descriptor is. */
  | { readonly kind: "function"; readonly name: string; readonly isDescriptor: boolean }
  | { readonly kind: "other"; readonly text: string };

export interface ActionSetup {
  /** The Go type: "sigactiont". */
  readonly type: string;
  readonly layout: LayoutPart;
  readonly declared: Declared<TypeDecl>;
  readonly stores: readonly Store[];
}

export interface SignalSetup {
  readonly signals: readonly SetupSignal[];
  /** In bytes; undefined where the target has no such type. */
  readonly sigsetSize: number | undefined;
  /** Undefined where there is no setsig, or it stores in no struct. */
  readonly action: ActionSetup | undefined;
  /** Of the stack that handlers run on, in bytes, and where it is asked for. */
  readonly stack: { readonly size: number; readonly place: Location } | undefined;
  /** The struct that names that stack to the system. */
  readonly stackt: LayoutPart | undefined;
  /** The signal that package syscall uses to reach every thread; handled although it is the C library's. */
  readonly perThread: number | undefined;
  /** The constants `_SIG_BLOCK`, `_SIG_UNBLOCK`, `_SIG_SETMASK`, as far as they are declared. */
  readonly how: readonly NamedValue[];
}

/** Undefined where the package has no table of signals on the target. */
export function signalSetup(snapshot: Snapshot, pkg: Package, target: number): SignalSetup | undefined {
  const view = snapshot.view(target);
  const signals = readTable(snapshot, view, pkg);
  if (!signals) return undefined;
  const sigset = layoutNamed(view, pkg, "sigset");
  const how = ["_SIG_BLOCK", "_SIG_UNBLOCK", "_SIG_SETMASK"].flatMap((name) => {
    const value = integerNamed(view, pkg, name);
    return value === undefined ? [] : [{ name: name.slice(1), value }];
  });
  const perThread = Number(integerNamed(view, pkg, "sigPerThreadSyscall") ?? -1);
  return {
    signals,
    sigsetSize: sigset?.size,
    stackt: layoutNamed(view, pkg, "stackt"),
    action: readSetsig(snapshot, view, pkg),
    stack: readStack(snapshot, view, pkg),
    perThread: perThread >= 0 && perThread < signals.length ? perThread : undefined,
    how,
  };
}

export const signalFlags = [
  "_SigNotify",
  "_SigKill",
  "_SigThrow",
  "_SigPanic",
  "_SigDefault",
  "_SigGoExit",
  "_SigSetStack",
  "_SigUnblock",
  "_SigIgn",
] as const;

/** No system has more. */
const mostSignals = 1024;

function readTable(snapshot: Snapshot, view: View, pkg: Package): SetupSignal[] | undefined {
  const declared = view.lookup(pkg, pkg, "sigtable");
  if (!declares(declared, "var")) return undefined;
  const spec = valueSpecs(declared.decl).find(({ names }) => names.some(({ name }) => name === "sigtable"));
  const [table] = spec?.values ?? [];
  if (table?.kind !== "composite") return undefined;
  const flagValues = signalFlags.flatMap((name) => {
    const value = integerNamed(view, pkg, name);
    return value === undefined ? [] : [{ name, value }];
  });
  const whole = declLocation(snapshot, declared);
  const signals: SetupSignal[] = [];
  let number = 0;
  for (const element of table.elements) {
    let entry: Expr = element;
    if (element.kind === "keyValue") {
      number = Number(integerOf(view, declared, element.key) ?? mostSignals);
      entry = element.value;
    }
    if (entry.kind !== "composite" || number >= mostSignals) return undefined;
    const [flags, name] = entryOf(view, declared, entry);
    const start = (whole?.span.start ?? 0) + entry.start;
    signals[number] = {
      number,
      name: name.replace(/^(SIG\w+|signal \d+):.*/s, "$1"),
      flags: flagValues.filter(({ value }) => (flags & value) !== 0n).map((flag) => flag.name),
      ...(whole && { place: { ...whole, span: { start, end: start + entry.end - entry.start } } }),
    };
    number++;
  }
  // A table with keys may leave some out.
  for (let i = 0; i < signals.length; i++) signals[i] ??= { number: i, name: `signal ${i}`, flags: [] };
  return signals;
}

function entryOf(view: View, declared: Declared, { elements }: CompositeLit): [flags: bigint, name: string] {
  const [flags, name] = elements.map((element) => (element.kind === "keyValue" ? element.value : element));
  const scope = { file: declared.file, package: declared.package };
  const text = name && view.measure(() => constantValue(view, scope, name)).value;
  return [
    (flags && integerOf(view, declared, flags)) ?? 0n,
    text?.kind === "string" ? constantString(text).slice(1, -1) : "",
  ];
}

function integerOf(view: View, { file, package: pkg }: Declared, expr: Expr): bigint | undefined {
  const { value } = view.measure(() => constantValue(view, { file, package: pkg }, expr));
  return value && toInteger(value);
}

function integerNamed(view: View, pkg: Package, name: string): bigint | undefined {
  const declared = view.lookup(pkg, pkg, name);
  if (!declares(declared, "const")) return undefined;
  const { value } = view.measure(() => declaredConstant(view, declared).value);
  return value && toInteger(value);
}

function typeNamed(view: View, pkg: Package, name: string): Declared<TypeDecl> | undefined {
  const declared = view.lookup(pkg, pkg, name);
  return declares(declared, "type") ? declared : undefined;
}

function layoutNamed(view: View, pkg: Package, name: string): LayoutPart | undefined {
  const declared = typeNamed(view, pkg, name);
  if (!declared) return undefined;
  const { resolved, value } = view.measure(() =>
    layoutOf(compilerView(view), name, declaredType(view, declared, [])),
  );
  return resolved ? value : undefined;
}

/** The steps of a function's body that are not ruled out on the target. */
interface Body {
  readonly declared: Declared<FuncDecl>;
  /** The function's parameters, the first left out: those of setsig are the signal and the handler. */
  readonly handlers: ReadonlySet<string>;
  readonly place: Location;
  readonly local: LocalScope;
  readonly steps: readonly { readonly step: BodyStep; readonly conditions: readonly string[] }[];
}

function bodyOf(snapshot: Snapshot, view: View, pkg: Package, name: string): Body | undefined {
  const declared = view.lookup(pkg, pkg, name);
  if (!declares(declared, "func")) return undefined;
  const body = bodyText(snapshot, declared);
  if (!body) return undefined;
  const all = readBody(body.text);
  const locals = new Map<string, Local>();
  const scope = { file: declared.file, package: pkg };
  for (const step of all) {
    if (step.kind !== "var") continue;
    for (const variable of step.names)
      locals.set(variable, { value: undefined, type: step.type?.expr, scope });
  }
  const local = { view, scope, locals };
  const steps = all.flatMap((step) => {
    const conditions: string[] = [];
    for (const condition of step.conditions) {
      const holds = decided(local, condition);
      if (holds === false) return [];
      if (holds === undefined) conditions.push(condition.text);
    }
    return [{ step, conditions }];
  });
  const params = funcHeader(declared.decl).type.params.flatMap(({ names }) => names);
  const handlers = new Set(params.slice(1).map(({ name }) => name));
  return { declared, handlers, place: body.place, local, steps };
}

/** Whether a condition holds on the target; handlers are those of the runtime's own sighandler. */
function decided(local: LocalScope, condition: Condition): boolean | undefined {
  const [expr] = condition.exprs;
  if (condition.kind !== "if" || !expr) return undefined;
  if (/\bsighandler\b/.test(condition.text)) return !condition.negated;
  const value = isTrue(local, expr) ?? isTargetNamed(local, condition.text);
  return value === undefined ? undefined : value !== condition.negated;
}

/**
 * `GOARCH == "386" || GOARCH == "amd64"` in a tree whose declarations of these are made by its build; the
 * negation around it is left to the caller.
 */
function isTargetNamed({ view }: LocalScope, text: string): boolean | undefined {
  const [, inner = text] = /^!\((.*)\)$/s.exec(text) ?? [];
  const parts = inner.split("||").map((part) => /^ *(GOARCH|GOOS) == "(\w+)" *$/.exec(part));
  const { goarch, goos } = view.program.targets[view.target]!;
  let isNamed = false;
  for (const part of parts) {
    if (!part) return undefined;
    isNamed ||= part[2] === (part[1] === "GOARCH" ? goarch : goos);
  }
  return isNamed;
}

interface Alternative {
  readonly value: StoredValue;
  readonly conditions: readonly string[];
}

function readSetsig(snapshot: Snapshot, view: View, pkg: Package): ActionSetup | undefined {
  const body = bodyOf(snapshot, view, pkg, "setsig");
  const variable = body?.steps.find(({ step }) => step.kind === "var" && step.type !== undefined)?.step;
  if (!body || variable?.kind !== "var") return undefined;
  const type = variable.type!.text;
  const [name = ""] = variable.names;
  const declared = typeNamed(view, pkg, type);
  if (!declared) return undefined;
  const { resolved, value: layout } = view.measure(() =>
    layoutOf(compilerView(view), type, declaredType(view, declared, [])),
  );
  if (!resolved || layout.parts.length === 0) return undefined;
  const field = new RegExp(String.raw`(?:^|[&(*])${name}\.(\w+)`);
  const variables = new Map<string, Alternative[]>();
  const stores: Store[] = [];
  for (const { step, conditions } of body.steps) {
    const at = body.place.span.start;
    const place = { ...body.place, span: { start: at + step.start, end: at + step.end } };
    if (step.kind === "assign") {
      step.left.forEach((left, i) => {
        const right = step.right[i];
        if (!right) return;
        const alternatives = valuesOf(body, right, variables);
        const [, to] = field.exec(left.text) ?? [];
        if (to === undefined) {
          const known = (variables.get(left.text) ?? []).filter((old) => conditions.length > 0 && old);
          const made = alternatives.map((found) => ({
            ...found,
            conditions: [...conditions, ...found.conditions],
          }));
          variables.set(left.text, [...known, ...made]);
        } else {
          for (const { value, conditions: more } of alternatives)
            stores.push({
              field: to,
              value,
              isAdded: step.op === "|=",
              conditions: [...conditions, ...more],
              place,
            });
        }
      });
    } else if (step.kind === "call" && step.name === "sigfillset") {
      const [, to] = field.exec(step.args[0]?.text ?? "") ?? [];
      if (to !== undefined)
        stores.push({ field: to, value: { kind: "all" }, isAdded: false, conditions, place });
    }
  }
  return { type, layout, declared, stores };
}

/** What an expression stands for: one value, or for a variable all that it may have been set to. */
function valuesOf(
  { local, handlers }: Body,
  { expr, text }: BodyExpr,
  variables: ReadonlyMap<string, readonly Alternative[]>,
): readonly Alternative[] {
  const known = variables.get(text);
  if (known) return known;
  if (/^(uint32\()?sigset_all\)?$/.test(text) || /^\^\w+\(0\)$/.test(text))
    return [{ value: { kind: "all" }, conditions: [] }];
  const [, called] = /^(?:unsafe\.Pointer\()?(?:abi\.FuncPC\w*|funcPC)\((\w+)\)\)?$/.exec(text) ?? [];
  const [, descriptor] = /^uintptr\(unsafe\.Pointer\(&(\w+)\)\)$/.exec(text) ?? [];
  // What setsig is called with is the runtime's own handler.
  const name = called ?? descriptor ?? (handlers.has(text) ? "sighandler" : undefined);
  if (name !== undefined) {
    const isDescriptor = descriptor !== undefined;
    return [{ value: { kind: "function", name, isDescriptor }, conditions: [] }];
  }
  const { value, names } = argumentOf({ expr, text, local });
  if (value === undefined) return [{ value: { kind: "other", text }, conditions: [] }];
  const parts = names.filter((part) => part.value !== 0n);
  return [{ value: { kind: "number", value, names: parts }, conditions: [] }];
}

/** malg(32 * 1024) in mpreinit; malg adds what the system wants and rounds up to a power of two. */
function readStack(snapshot: Snapshot, view: View, pkg: Package): SignalSetup["stack"] {
  const body = bodyOf(snapshot, view, pkg, "mpreinit");
  if (!body) return undefined;
  const sizes = new Map<string, bigint>();
  for (const { step } of body.steps) {
    if (step.kind === "assign" && step.op === ":=") {
      const size = step.right[0] && constantIn(body, step.right[0]);
      if (size !== undefined) sizes.set(step.left[0]!.text, size);
    }
    if (step.kind !== "call" || step.name !== "malg" || !step.args[0]) continue;
    const asked = sizes.get(step.args[0].text) ?? constantIn(body, step.args[0]);
    if (asked === undefined) return undefined;
    const system = integerNamed(view, pkg, "stackSystem") ?? integerNamed(view, pkg, "_StackSystem") ?? 0n;
    let size = 1;
    while (size < Number(asked + system) && size < 2 ** 30) size *= 2;
    const at = body.place.span.start;
    return { size, place: { ...body.place, span: { start: at + step.start, end: at + step.end } } };
  }
  return undefined;
}

function constantIn({ declared, local }: Body, { expr }: BodyExpr): bigint | undefined {
  return integerOf(local.view, declared, expr);
}
