/**
 * Where the runtime of a tree takes random bytes from when a program starts: what the kernel hands over, then what
 * one function of the target reads. It must not know how that is shown.
 */
import { type Declared, declares, type Package } from "../model/go/packageScope.ts";
import type { View } from "../model/go/view.ts";
import type { FuncDecl } from "../syntax/go/ast.ts";
import { bodyText, declLocation } from "../workspace/declLocation.ts";
import type { Location } from "../workspace/location.ts";
import { selection } from "../workspace/selection.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import { cDefinition, isFor } from "./cSystemCalls.ts";

export interface RandomSource {
  /** A tag of the auxiliary vector, a device or a function: "AT_RANDOM", "/dev/urandom"; undefined where nothing is read. */
  readonly name: string | undefined;
  readonly place: Location;
}

/** In the order in which they are tried; empty where the tree does not say. */
export function randomSourcesOf(snapshot: Snapshot, pkg: Package, target: number): RandomSource[] {
  const files = [...(snapshot.directories.get(pkg.directory)?.files.values() ?? [])].filter(
    ({ kind, name, text }) =>
      (kind === "go" || kind === "c") && /rand/i.test(text) && !name.endsWith("_test.go"),
  );
  const own = files.filter((file) =>
    file.kind === "c"
      ? isFor(file.name, snapshot.world.targets[target]!)
      : selection(snapshot.world, file).targets.has(target),
  );
  // Go declares what is written in C.
  const reader = cReader(snapshot, pkg.directory, target) ?? goReader(snapshot, pkg, target);
  const sources = [handedOver(pkg.directory, own), reader];
  return sources.filter((source) => source !== undefined);
}

/** The address of the bytes is kept; later assignments only move along in them. */
const keeping = /\bstartup(?:Rand|RandomData|_random_data)\s*=\s*\(/;

/** How far before that its tag may stand, in characters. */
const furthest = 500;

/** What the auxiliary vector points to: the tag that was compared last. */
function handedOver(directory: string, files: readonly SourceFile[]): RandomSource | undefined {
  for (const { name: file, text } of files) {
    const found = keeping.exec(text);
    if (!found) continue;
    const before = text.slice(Math.max(found.index - furthest, 0), found.index);
    const tag = [...before.matchAll(/\b_?(AT_[A-Z]+)\b/g)].at(-1)?.[1];
    const span = { start: found.index, end: found.index + found[0].search(/\s*=/) };
    return { name: tag ?? "AT_RANDOM", place: { directory, file, span } };
  }
  return undefined;
}

/** What the function has been called: since Go 1.22, before, and in 2014. */
const readers = ["readRandom", "getRandomData", "get_random_data"];

function goReader(snapshot: Snapshot, pkg: Package, target: number): RandomSource | undefined {
  const view = snapshot.view(target);
  for (const name of readers) {
    const declared = view.lookup(pkg, pkg, name);
    if (declares(declared, "func")) return goSource(snapshot, view, declared);
  }
  return undefined;
}

function goSource(snapshot: Snapshot, view: View, declared: Declared<FuncDecl>): RandomSource | undefined {
  const body = bodyText(snapshot, declared);
  if (!body) {
    // In assembly, or of a wasm host.
    const place = declLocation(snapshot, declared);
    return place && { name: declared.name, place };
  }
  const pkg = declared.package;
  const named = (word: string): string | undefined => {
    const variable = view.lookup(pkg, pkg, word);
    return declares(variable, "var") ? deviceIn(afterName(variable.decl.header, word)) : undefined;
  };
  return { name: sourceIn(body.text, named), place: body.place };
}

/** The rest of the line on which a variable is declared. */
function afterName(header: string, name: string): string {
  return new RegExp(`\\b${name}\\b(.*)`).exec(header)?.[1] ?? "";
}

function cReader(snapshot: Snapshot, runtime: string, target: number): RandomSource | undefined {
  const found = cDefinition(snapshot, runtime, "runtime·get_random_data", target);
  const span = found?.function.body;
  if (!found || !span) return undefined;
  const name = sourceIn(found.text.slice(span.start, span.end), () => undefined);
  return { name, place: { directory: found.directory, file: found.file, span } };
}

/** The first argument of stdcall is the function that Windows is to run. */
const called = /\bstdcall\d*\((?:runtime·)?(\w+)|\b(\w+)\(/g;

/** A device that is opened, by its name or that of a variable, or else a function that is called and speaks of randomness. */
function sourceIn(body: string, deviceOf: (word: string) => string | undefined): string | undefined {
  const code = body.replace(/\/\/.*|\/\*[^]*?\*\//g, "");
  const device = deviceIn(code);
  if (device !== undefined) return device;
  for (const word of new Set(code.match(/\b\w*dev\w*/gi))) {
    const found = deviceOf(word);
    if (found !== undefined) return found;
  }
  const calls = [...code.matchAll(called)].map(([, first, own = ""]) => first ?? own);
  // extendRandom makes more of what there is.
  return calls.find((name) => /rand|prng/i.test(name) && name !== "extendRandom")?.replace(/^_/, "");
}

function deviceIn(text: string): string | undefined {
  return /"(\/dev\/\w+)/.exec(text)?.[1];
}
