/**
 * Which calls of the system a function of the workspace makes on a target, in the order
 * of its source: traps with their numbers, functions of libraries, imports of wasm.
 * Functions of Go are followed into their bodies and, where they have none, into
 * their assembly; arguments are carried along, so that each call shows what the
 * function itself passes. What is decided on the target is decided; other conditions
 * are told.
 *
 * The runtime's own ways to call out are known by name: libcCall and its trampolines,
 * sysvicall6, syscall6, stdcall, Syscall6, //go:wasmimport. A function that cannot be
 * found, and a method, makes no call here. It must not know how a call is shown.
 */
import type { Frame } from "../model/go/frame.ts";
import { bodylessFunction } from "../model/go/functionFrame.ts";
import { type Declared, declares, type Package } from "../model/go/packageScope.ts";
import type { Syscall } from "../oslayer/syscall.ts";
import { syscallByName } from "../oslayer/syscalls.ts";
import type { System } from "../oslayer/system.ts";
import type { FuncDecl } from "../syntax/go/ast.ts";
import { funcHeader } from "../syntax/go/parseDecl.ts";
import type { AssignStep, CallStep } from "../syntax/go/readBody.ts";
import { bodyText } from "../workspace/declLocation.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { View } from "../model/go/view.ts";
import { type AssemblyArgument, type AssemblyCall, assemblyCalls } from "./assemblyCalls.ts";
import { argumentOf, type Bound, type CallArgument, type LocalScope, originOf } from "./callArgument.ts";
import { stepsOn } from "./stepsOn.ts";
import { linksOf } from "../linking/linkIndex.ts";
import type { Location } from "../workspace/location.ts";

export interface SystemCall {
  /** "trap": into the kernel. "library": of a C or Windows library. "import": of a wasm host. "thread": where a new thread runs what it was started with. */
  readonly kind: "trap" | "library" | "import" | "thread";
  /** As the system calls it: "rt_sigprocmask", "pthread_create", "CreateThread". */
  readonly name: string;
  /** As the trap takes it; undefined where there is none. */
  readonly number: number | undefined;
  /** What is known of a numbered call. */
  readonly call: Syscall | undefined;
  readonly args: readonly CallArgument[];
  /** Bits that assembly sets in the first argument on the way. */
  readonly added: bigint;
  /** What has to hold, as the source has it; empty for a call that is always made. */
  readonly conditions: readonly string[];
  /** Where the call is written in the function that was asked for, or the nearest that it calls. */
  readonly place: Location;
  /** Whether the new thread makes it, behind a call from which both return. */
  readonly isInNewThread: boolean;
}

/** Functions that may be called anywhere and are not part of what any one function is for. */
const aside: ReadonlySet<string> = new Set(
  [
    "throw fatal panic exit exits crash abort print println",
    "writeErrStr lock unlock nanotime usleep usleep_no_g osyield osyield_no_g mcount",
    "sysAlloc systemstack mcall stackcheck emptyfunc badsystemstack getlasterror setlasterror setfpmasks",
  ].flatMap((names) => names.split(" ")),
);

/** Functions in functions in functions … */
const deepest = 10;
/** A function that leads to more calls than this is no part of the OS layer. */
const mostCalls = 200;
/** Functions that are looked into, one that is called twice counting twice; a real one needs some fifty. */
const mostFollowed = 2000;

/** The calls that the function `name` of `pkg` makes; undefined where the target has no such function. */
export function systemCalls(
  snapshot: Snapshot,
  pkg: Package,
  name: string,
  target: number,
): readonly SystemCall[] | undefined {
  const view = snapshot.view(target);
  const declared = view.lookup(pkg, pkg, name);
  if (!declares(declared, "func")) return undefined;
  const { goos, goarch } = snapshot.world.targets[target]!;
  const system: System = { goos, goarch };
  const tracer: Tracer = { snapshot, view, target, system, calls: [], followed: 0, running: new Set() };
  follow(tracer, declared, { args: [], conditions: [], place: undefined, isInNewThread: false });
  return tracer.calls;
}

interface Tracer {
  readonly snapshot: Snapshot;
  readonly view: View;
  readonly target: number;
  readonly system: System;
  readonly calls: SystemCall[];
  /** How many functions were looked into. */
  followed: number;
  /** The functions that are being followed: one that calls itself is not followed twice. */
  readonly running: Set<object | string>;
}

/** What is known where a function is called. */
interface Context {
  readonly args: readonly Bound[];
  readonly conditions: readonly string[];
  /** Of the call in the outermost function; undefined there. */
  readonly place: Location | undefined;
  readonly isInNewThread: boolean;
}

function follow(tracer: Tracer, declared: Declared<FuncDecl>, context: Context): void {
  const { running, calls, snapshot } = tracer;
  if (running.has(declared.decl) || running.size >= deepest || calls.length >= mostCalls) return;
  if (++tracer.followed > mostFollowed) return;
  running.add(declared.decl);
  const body = bodyText(snapshot, declared);
  if (body) followBody(tracer, declared, body, context);
  else {
    const imported = wasmImport(declared);
    if (imported !== undefined) note(tracer, { kind: "import", name: imported }, context);
    const table = linksOf(snapshot).table(declared.package.directory);
    if (table) {
      const { params } = funcHeader(declared.decl).type;
      const names = params.flatMap(({ names }) => names.map(({ name }) => name));
      const nameAt = (offset: number): string | undefined => frameOf(tracer, declared)?.slotAt(offset)?.name;
      const symbol = `${table.path}.${declared.name}`;
      followText(tracer, declared.package.directory, symbol, { ...context, names, nameAt });
    }
  }
  running.delete(declared.decl);
}

function frameOf(
  { view, system: { goarch: arch } }: Tracer,
  { package: pkg, name }: Declared,
): Frame | undefined {
  return bodylessFunction(view, pkg, name, { arch, nestedArraysFromZero: false }).found?.frame;
}

/** "poll_oneoff" of `//go:wasmimport wasi_snapshot_preview1 poll_oneoff`. */
function wasmImport({ decl, file: { summary } }: Declared): string | undefined {
  const at = summary.decls.indexOf(decl);
  const directive = summary.directives.find(({ name, decl }) => name === "go:wasmimport" && decl === at);
  return directive?.args.split(/\s+/)[1];
}

function followBody(
  tracer: Tracer,
  declared: Declared<FuncDecl>,
  body: NonNullable<ReturnType<typeof bodyText>>,
  context: Context,
): void {
  const { local, steps } = stepsOn(tracer.view, declared, body.text, context.args);
  const byHand: HandMadeCall = { name: undefined, args: [] };
  for (const { step, conditions: own } of steps) {
    if (step.kind === "assign") readHandMade(byHand, step, local);
    if (step.kind !== "call") continue;
    const conditions = [...new Set([...context.conditions, ...own])];
    const { start } = body.place.span;
    const here = { ...body.place, span: { start: start + step.start, end: start + step.end } };
    const inner: Context = {
      args: step.args.map((arg) => ({ ...arg, local })),
      conditions,
      place: context.place ?? here,
      isInNewThread: context.isInNewThread,
    };
    if (byHand.name !== undefined && step.name === "asmcgocall") {
      note(tracer, { kind: "library", name: byHand.name }, { ...inner, args: byHand.args });
      byHand.name = undefined;
    } else followCall(tracer, declared, local, step, inner);
  }
}

function followCall(
  tracer: Tracer,
  declared: Declared<FuncDecl>,
  local: LocalScope,
  step: CallStep,
  context: Context,
): void {
  const { name } = step;
  const { args } = context;
  const [first, ...rest] = args;
  const base = name.slice(name.lastIndexOf(".") + 1);
  if (aside.has(base)) return;
  // What is told on standard error before the program dies.
  if (base === "write" && first && originOf(first).text === "2") return;
  const library = (function_: string, given: readonly Bound[]): void =>
    note(tracer, { kind: "library", name: function_ }, { ...context, args: given });
  if (first) {
    const { text } = originOf(first);
    // windows: stdcall(_CreateThread, …), before Go 1.26 with the number of arguments in its name.
    const [, dll] = /^stdcall\d?(?:_no_g)?$/.test(base) ? (/^_(\w+)$/.exec(text) ?? []) : [];
    if (dll !== undefined) return library(dll, rest);
    // solaris and aix: sysvicall1(&libc_x, …), syscall1(&libc_x, …).
    const [, c] = /^(?:sysvi|sys)call\d(?:Err)?$/.test(base) ? (/^&lib(?:c_)?(\w+)$/.exec(text) ?? []) : [];
    if (c !== undefined) return library(c, rest);
  }
  // darwin and openbsd: libcCall(FuncPCABI0(x_trampoline), &args), with the arguments of the function around it.
  if (/^(?:libcCall|asmcgocall(?:_no_g)?|syscall\w*|rawSyscall\w*)$/.test(base)) {
    const trampoline = args.map(({ text }) => /(\w+)_trampoline\b/.exec(text)?.[1]).find((found) => found);
    const own = /^(?:libcCall|asmcgocall\w*)$/.test(base) ? parametersOf(declared, local) : rest;
    if (trampoline !== undefined) return library(trampoline.replace(/^libc_/, ""), own);
  }
  if (/^(?:Raw)?Syscall[69]?$/.test(base) && first) {
    const { value, text } = argumentOf(first);
    const named = text.replace(/^.*\bSYS_/, "");
    return note(
      tracer,
      { kind: "trap", name: named, ...(value !== undefined && { number: Number(value) }) },
      { ...context, args: rest },
    );
  }
  const callee = calleeOf(tracer, local, step);
  if (callee) follow(tracer, callee, context);
}

/** Its parameters, as arguments for a call that takes the same. */
function parametersOf(declared: Declared<FuncDecl>, local: LocalScope): Bound[] {
  const { params } = funcHeader(declared.decl).type;
  return params.flatMap(({ names }) =>
    names.map((name) => ({ expr: { ...name, start: 0, end: name.name.length }, text: name.name, local })),
  );
}

function calleeOf(
  { view }: Tracer,
  { scope, locals }: LocalScope,
  { fun }: CallStep,
): Declared<FuncDecl> | undefined {
  const { expr } = fun;
  let found: Declared | undefined;
  if (expr.kind === "ident" && !locals.has(expr.name))
    found = view.lookup(scope.package, scope.package, expr.name);
  if (expr.kind === "selector" && expr.x.kind === "ident" && !locals.has(expr.x.name)) {
    const pkg = view.importedPackage(scope, expr.x.name);
    found = pkg && pkg !== "unsafe" ? view.lookup(scope.package, pkg, expr.sel.name) : undefined;
  }
  return declares(found, "func") ? found : undefined;
}

/** Calls from which two threads return, the new one into the code that follows. */
const returnsTwice: ReadonlySet<string> = new Set(["clone", "__tfork"]);

/** What is known where a function without a body is called. */
interface TextContext extends Context {
  /** Of its parameters. */
  readonly names: readonly string[];
  /** The name of what lies at an offset from FP; undefined where nothing does. */
  readonly nameAt: (offset: number) => string | undefined;
}

/** A function without a body: what its assembly does. */
function followText(tracer: Tracer, directory: string, symbol: string, context: TextContext): void {
  const { snapshot, target, running } = tracer;
  if (++tracer.followed > mostFollowed) return;
  const calls = assemblyCalls(snapshot, directory, symbol, target) ?? [];
  let isFirst = true;
  let isInNewThread = context.isInNewThread;
  for (const call of calls) {
    const place = isInNewThread ? call.place : (context.place ?? call.place);
    const inner: Context = {
      args: isFirst ? context.args : [],
      conditions: context.conditions,
      place,
      isInNewThread,
    };
    if (call.kind === "pointer") {
      if (isInNewThread) note(tracer, { kind: "thread", name: "fn" }, { ...inner, args: [] });
    } else if (call.kind === "trap") {
      const { number: decoded, added } = call;
      const name = decoded?.call?.name ?? "";
      const args = isFirst ? passedArguments(call, context) : undefined;
      const found = { name, number: decoded?.number, call: decoded?.call, added, ...(args && { args }) };
      note(tracer, { kind: "trap", ...found }, inner);
      isFirst = false;
      isInNewThread ||= returnsTwice.has(name);
    } else {
      const name = call.symbol.slice(call.symbol.lastIndexOf(".") + 1);
      const [, library] = /^libc_(\w+)$/.exec(name) ?? [];
      if (library !== undefined) note(tracer, { kind: "library", name: library }, inner);
      else if (name === "mstart") note(tracer, { kind: "thread", name }, { ...inner, args: [] });
      else if (!aside.has(name) && !running.has(call.symbol) && running.size < deepest) {
        running.add(call.symbol);
        followText(tracer, directory, call.symbol, {
          ...inner,
          args: [],
          names: [],
          nameAt: () => undefined,
        });
        running.delete(call.symbol);
      }
    }
  }
}

/** What the registers hold; undefined where nothing is loaded: the system then finds the arguments where the caller put them. */
function passedArguments(
  { args, fillsRegisters }: Extract<AssemblyCall, { readonly kind: "trap" }>,
  context: TextContext,
): readonly CallArgument[] | undefined {
  if (!args) return undefined;
  const passed = args.map((arg) => assemblyArgument(arg, context));
  const isHandedOn = args.every((arg, i) => parameterName(arg, context) === context.names[i]);
  const onStack = fillsRegisters && isHandedOn ? context.args.slice(args.length).map(argumentOf) : [];
  return [...passed, ...onStack];
}

/** What a register holds for the system, in the words of whoever called. */
function assemblyArgument(argument: AssemblyArgument, context: TextContext): CallArgument {
  switch (argument.kind) {
    case "argument": {
      const name = parameterName(argument, context);
      const bound = name === undefined ? undefined : context.args[context.names.indexOf(name)];
      if (bound) return argumentOf(bound);
      return { text: name ?? `${argument.offset ?? "?"}(FP)`, value: undefined, names: [] };
    }
    case "number":
      return { text: "", value: argument.value, names: [] };
    case "other":
      return { text: argument.text, value: undefined, names: [] };
  }
}

/** The parameter that a register holds: by its name, or where that is not written, by where it lies. */
function parameterName(argument: AssemblyArgument, { nameAt }: TextContext): string | undefined {
  if (argument.kind !== "argument") return undefined;
  if (argument.name !== "") return argument.name;
  return argument.offset === undefined ? undefined : nameAt(Number(argument.offset));
}

/** Notes a call; what is not given is looked up by its name. */
function note(
  { calls, system }: Tracer,
  { kind, name, number, call, added, args: given }: Pick<SystemCall, "kind" | "name"> & Partial<SystemCall>,
  { args, conditions, place, isInNewThread }: Context,
): void {
  const known = call ?? (kind === "trap" ? syscallByName(system, name) : undefined);
  const count = known?.prototype?.parameters.length;
  calls.push({
    kind,
    name: known && name === "" ? known.name : kind === "trap" && known ? known.name : name,
    number,
    call: known,
    args: (given ?? args.map(argumentOf)).slice(0, count),
    added: added ?? 0n,
    conditions,
    place: place!,
    isInNewThread,
  });
}

/** What solaris fills in by hand where it must not split the stack: mp.libcall.fn = &libc_sem_wait. */
interface HandMadeCall {
  name: string | undefined;
  args: Bound[];
}

function readHandMade(made: HandMadeCall, { left, right }: AssignStep, local: LocalScope): void {
  const [to] = left;
  const [value] = right;
  if (!to || !value) return;
  if (/\blibcall\.fn$/.test(to.text)) {
    made.name = /&libc_(\w+)/.exec(value.text)?.[1];
    made.args = [];
  } else if (/\bscratch\.v\[\d+\]$/.test(to.text)) made.args.push({ ...value, local });
}
