/**
 * Which calls of the system a C function of Go's first years makes on a target, as
 * systemCalls.ts tells of a Go function: through other C functions into assembly.
 * Conditions are left out; arguments are shown as C writes them. It must not know how a
 * call is shown.
 */
import { arches, isGoArch } from "../facts/arch.ts";
import { isGoOS } from "../facts/os.ts";
import type { System } from "../oslayer/system.ts";
import { cCalls, type CFunction } from "../syntax/c/readC.ts";
import { linkName } from "../linking/symbolName.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import { cDeclarationsOf, functionsOf } from "./cPrototypes.ts";
import { assemblyCalls } from "./assemblyCalls.ts";
import type { CallArgument } from "./callArgument.ts";
import type { SystemCall } from "./systemCalls.ts";
import { linksOf } from "../linking/linkIndex.ts";
import type { Location } from "../workspace/location.ts";

/** Where the runtime of a target lay: beside all others, or from 2009 to 2011 in directories of its own as well. */
export function runtimeDirectories(runtime: string, { goos, goarch }: System): string[] {
  return [runtime, `${runtime}/${goos}`, `${runtime}/${goarch}`, `${runtime}/${goos}/${goarch}`];
}

/**
 * The directory of package runtime as a directory of the tree sees it, also where the package is in C and no
 * package to Go; undefined where none is at hand.
 */
export function runtimeDirectory(snapshot: Snapshot, from: string): string | undefined {
  const found = snapshot.packageNamed("runtime", from);
  if (found !== "unknown") return found.directory;
  for (const [path, directory] of snapshot.directories) {
    const files = [...(directory?.files.values() ?? [])];
    if (path.endsWith("/runtime") && files.some(({ kind }) => kind === "c")) return path;
  }
  return undefined;
}

/** What reports or ends the program, and what only looks at memory. */
const aside =
  /^(?:(?:runtime|sys)·)?(?:prints?\w*|throw|exit1?|write|mem\w+|nanotime|(?:un)?lock|printf|usleep|osyield)$/;

/** The calls that the C function `name` makes; undefined where no file of the target defines it. */
export function cSystemCalls(
  snapshot: Snapshot,
  runtime: string,
  name: string,
  target: number,
): readonly SystemCall[] | undefined {
  const tracer: Tracer = {
    ...programOf(snapshot, runtime, target),
    target,
    calls: [],
    followed: 0,
    running: new Set(),
  };
  const found = definitionOf(tracer, name) ?? definitionOf(tracer, `runtime·${name}`);
  if (!found) return undefined;
  follow(tracer, found, undefined);
  return tracer.calls;
}

/** The C definition of the function `name` in the runtime, on a target. */
export function cDefinition(
  snapshot: Snapshot,
  runtime: string,
  name: string,
  target: number,
): CDefinition | undefined {
  return definitionOf(programOf(snapshot, runtime, target), name);
}

interface Program {
  readonly snapshot: Snapshot;
  readonly directories: readonly string[];
  readonly system: System;
}

function programOf(snapshot: Snapshot, runtime: string, target: number): Program {
  const { goos, goarch } = snapshot.world.targets[target]!;
  return { snapshot, directories: runtimeDirectories(runtime, { goos, goarch }), system: { goos, goarch } };
}

interface Tracer extends Program {
  readonly target: number;
  readonly calls: SystemCall[];
  followed: number;
  readonly running: Set<string>;
}

export interface CDefinition {
  readonly directory: string;
  readonly file: string;
  readonly text: string;
  readonly function: CFunction;
}

function definitionOf({ snapshot, directories, system }: Program, name: string): CDefinition | undefined {
  for (const directory of directories) {
    for (const file of snapshot.directories.get(directory)?.files.values() ?? []) {
      if (file.kind !== "c" || !isFor(file.name, system)) continue;
      const found = functionsOf(file).find((declared) => declared.name === name && declared.body);
      if (found) return { directory, file: file.name, text: file.text, function: found };
    }
  }
  return undefined;
}

/** Whether a file is for a system by its name, in which the architecture may stand first. */
export function isFor(name: string, { goos, goarch }: System): boolean {
  const words = name.replace(/\..*$/, "").split("_").slice(1);
  return words.every((word) => (!isGoOS(word) || word === goos) && (!isGoArch(word) || word === goarch));
}

/** Functions in functions in functions … */
const deepest = 8;
/** A function that leads to more calls than this is no part of the OS layer. */
const mostCalls = 200;
/** Functions that are looked into, one that is called twice counting twice. */
const mostFollowed = 2000;

function follow(
  tracer: Tracer,
  { directory, file, text, function: fn }: CDefinition,
  from: Location | undefined,
): void {
  const { running, calls } = tracer;
  if (!fn.body || running.has(fn.name) || running.size >= deepest || calls.length >= mostCalls) return;
  if (++tracer.followed > mostFollowed) return;
  running.add(fn.name);
  for (const { name, span, args } of cCalls(text, fn.body)) {
    if (aside.test(name)) continue;
    const place = from ?? { directory, file, span };
    const inner = definitionOf(tracer, name);
    if (inner) follow(tracer, inner, place);
    else followText(tracer, name, args, place);
  }
  running.delete(fn.name);
}

function followText(tracer: Tracer, name: string, args: readonly string[], place: Location): void {
  const { snapshot, directories, target, system, calls } = tracer;
  for (const directory of directories) {
    const table = linksOf(snapshot).table(directory);
    const symbol = table && linkName(table.path, name);
    const found =
      symbol === undefined
        ? undefined
        : assemblyCalls(snapshot, directory, symbol, target, { hasStackArguments: true });
    if (!found) continue;
    const [declared] = cDeclarationsOf(snapshot, directory, name, target, directories);
    const places = declared?.params.map((param) => param.place) ?? [];
    const given = args.map((text): CallArgument => ({ text, value: undefined, names: [] }));
    const { wordSize } = arches[system.goarch];
    let isInNewThread = false;
    for (const [i, call] of found.entries()) {
      if (call.kind !== "trap") continue;
      const { number: decoded, added } = call;
      const passed = call.args?.map((arg): CallArgument => {
        if (arg.kind === "number") return { text: "", value: arg.value, names: [] };
        if (arg.kind === "other") return { text: arg.text, value: undefined, names: [] };
        // What assembly calls x+4(FP) is at 8(SP) for who was called, a word further.
        const place = arg.offset === undefined ? arg.name : `${arg.offset + BigInt(wordSize)}(SP)`;
        return given[places.indexOf(place)] ?? { text: arg.name || place, value: undefined, names: [] };
      });
      const count = decoded?.call?.prototype?.parameters.length;
      calls.push({
        kind: "trap",
        name: decoded?.call?.name ?? "",
        number: decoded?.number,
        call: decoded?.call,
        // Beyond the registers the rest is on the stack, as C's caller put it.
        args: [
          ...(passed ?? (i === 0 ? given : [])),
          ...(passed && call.fillsRegisters ? given.slice(passed.length) : []),
        ].slice(0, count),
        added,
        conditions: [],
        place: isInNewThread ? call.place : place,
        isInNewThread,
      });
      isInNewThread ||= decoded?.call?.name === "clone";
    }
    return;
  }
}
