/**
 * How the runtime sets up its signals on each target: the signals with what Go does about each, the bytes
 * that are handed to the system to install a handler, the signal stack, the mask. From the source at hand,
 * or where there is none, from what is known of Go's own. It must not know how a preview is drawn.
 */
import { arches } from "../../facts/arch.ts";
import { oses } from "../../facts/os.ts";
import { kernelMirror } from "../../model/go/kernelMirror.ts";
import type { LayoutPart } from "../../model/go/structLayout.ts";
import type { Package } from "../../model/go/packageScope.ts";
import { differencesFrom, kernelField, type KernelStruct } from "../../oslayer/kernelStruct.ts";
import { knownSetup, signalsOf } from "../../oslayer/signal.ts";
import type { System } from "../../oslayer/system.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { typeString } from "../../model/go/typeString.ts";
import { callTable } from "./callTable.ts";
import type { ByteField, ByteMapSection, Cell, PreviewModel, PreviewSection, Row } from "./previewModel.ts";
import { sidesOf } from "./sidesOf.ts";
import {
  type SetupSignal,
  signalFlags,
  type SignalSetup,
  signalSetup,
  type Store,
} from "../../runtime/signalSetup.ts";
import { systemCalls } from "../../runtime/systemCalls.ts";
import type { Location } from "../../workspace/location.ts";

/**
 * Signals, handlers, signal stack and mask on the targets with these indexes, read from the package runtime
 * in `directory`; undefined for a directory: from the facts alone.
 */
export function signalPreview(
  snapshot: Snapshot,
  directory: string | undefined,
  targets: readonly number[],
): PreviewModel {
  const pkg = directory === undefined ? undefined : snapshot.package(directory);
  const sides = sidesOf(snapshot, targets, (target) => {
    const { goos, goarch } = snapshot.world.targets[target]!;
    const setup = pkg && signalSetup(snapshot, pkg, target);
    if (pkg && setup) return fromSource(snapshot, pkg, setup, target);
    return fromFacts({ goos, goarch });
  });
  return { title: "Signal setup", sides };
}

function fromSource(snapshot: Snapshot, pkg: Package, setup: SignalSetup, target: number): PreviewSection[] {
  const { goos, goarch } = snapshot.world.targets[target]!;
  const calls = (key: string, title: string, name: string): PreviewSection[] => {
    const found = systemCalls(snapshot, pkg, name, target);
    return found && found.length > 0 ? [callTable(key, title, found)] : [];
  };
  const view = snapshot.view(target);
  const mirror = setup.action && kernelMirror(view, setup.action.declared);
  return [
    ...summary(setup, { goos, goarch }),
    ...actionSections(setup, arches[goarch].bigEndian, mirror?.struct, pkg.path),
    ...calls("install", "Installing a handler: setsig", "setsig"),
    ...calls("query", "Asking for the present handler: getsig", "getsig"),
    ...calls("onstack", "Adding SA_ONSTACK to a handler of C: setsigstack", "setsigstack"),
    ...stackSections(setup, arches[goarch].bigEndian, pkg.path),
    ...calls("stack", "The signal stack: signalstack", "signalstack"),
    ...calls("mask", "The mask: sigprocmask", "sigprocmask"),
    ...differences(mirror && { ...mirror, type: setup.action!.type }),
    signalTable(setup.signals, { goos, goarch }, setup.perThread),
  ];
}

function summary({ signals, sigsetSize, stack, how }: SignalSetup, system: System): PreviewSection[] {
  const notes: Cell[] = [{ text: `${signals.length} signals, 0 among them` }];
  if (sigsetSize !== undefined && sigsetSize > 0)
    notes.push({ text: `a set of signals has ${8 * sigsetSize} bits, ${bytes(sigsetSize)}` });
  if (stack) notes.push({ text: `handlers run on a stack of ${bytes(stack.size)}`, place: stack.place });
  if (how.length > 0)
    notes.push({
      text: `masks are changed with ${how.map(({ name, value }) => `${name} (${value})`).join(", ")}`,
    });
  const open = signals.filter(({ flags }) => flags.includes("_SigUnblock"));
  if (open.length > 0)
    notes.push({ text: `every thread unblocks ${open.map(({ name }) => name).join(", ")}` });
  if (oses[system.goos].signalsAreNotes)
    notes.push({ text: "signals are notes here, told apart by how they begin" });
  return [{ kind: "notes", key: "summary", title: "In short", notes }];
}

/** The struct that setsig fills in, its bytes, and each store with what it depends on. */
function actionSections(
  { action }: SignalSetup,
  isBigEndian: boolean,
  kernel: KernelStruct | undefined,
  packagePath: string,
): PreviewSection[] {
  if (!action) return [];
  const { type, layout, stores } = action;
  const map = filledIn("action", `${type}, as setsig fills it in`, layout, packagePath, ({ name, size }) => {
    const own = stores.filter(({ field }) => field === name);
    const texts = own.map((store) => `${storedBytes(store, size, isBigEndian)}${when(store)}`);
    return { text: own.length === 0 ? repeated("00", size) : texts.join("; "), place: own[0]?.place };
  });
  const rows = stores.map((store, i): Row => {
    const inKernel = kernel && kernelField(kernel, store.field);
    const cells = [
      { text: store.field, place: store.place },
      { text: storedText(store) },
      { text: store.conditions.join(", ") },
      { text: inKernel ? `${inKernel.type} ${inKernel.name}` : "" },
    ];
    return { key: `${store.field} ${i}`, cells };
  });
  const columns = [{ title: "field" }, { title: "value" }, { title: "when" }, { title: kernel?.type ?? "" }];
  return [map, { kind: "table", key: "stores", title: "What setsig stores", columns, rows }];
}

/** The struct that names the signal stack to the system, as signalstack fills it in. */
function stackSections(
  { stack, stackt }: SignalSetup,
  isBigEndian: boolean,
  packagePath: string,
): PreviewSection[] {
  if (!stack || !stackt || stackt.parts.length === 0) return [];
  const map = filledIn(
    "stackt",
    "stackt, as signalstack fills it in",
    stackt,
    packagePath,
    ({ name, size }) => {
      if (name === "ss_sp") return { text: "where the stack begins", place: undefined };
      const value = name === "ss_size" ? BigInt(stack.size) : 0n;
      return { text: inMemory(value, size, isBigEndian), place: value > 0n ? stack.place : undefined };
    },
  );
  return [map];
}

/** A struct with what stands in each field, in hexadecimal where that is known. */
function filledIn(
  key: string,
  title: string,
  { parts, size, align }: LayoutPart,
  packagePath: string,
  content: (part: LayoutPart) => { readonly text: string; readonly place: Location | undefined },
): ByteMapSection {
  const fields: ByteField[] = [];
  let end = 0;
  const pad = (to: number): void => {
    if (to <= end) return;
    const note = repeated("00", to - end);
    fields.push({ name: "", type: "", offset: end, size: to - end, isPadding: true, fields: [], note });
  };
  for (const part of parts) {
    pad(part.offset);
    const { text, place } = content(part);
    fields.push({
      name: part.name,
      type: typeString(part.type).replaceAll(`${packagePath}.`, ""),
      offset: part.offset,
      size: part.size,
      isPadding: false,
      fields: [],
      note: text,
      ...(place && { place }),
    });
    end = part.offset + part.size;
  }
  pad(size);
  return { kind: "bytes", key, title, size, align, fields };
}

function when({ conditions }: Store): string {
  return conditions.length === 0 ? "" : ` if ${conditions.join(" and ")}`;
}

/** In hexadecimal, as they stand in memory; of an address, whose it is. */
function storedBytes({ value, isAdded }: Store, size: number, isBigEndian: boolean): string {
  switch (value.kind) {
    case "number":
      return (isAdded ? "with bits of " : "") + inMemory(value.value, size, isBigEndian);
    case "all":
      return repeated("ff", size);
    case "function":
      return `the address of ${value.name}`;
    case "other":
      return value.text;
  }
}

/** Larger fields than any that a system has are told in words. */
const mostBytes = 256;

function repeated(pair: string, size: number): string {
  return size <= mostBytes ? pair.repeat(size) : `${size} bytes of ${pair}`;
}

function inMemory(value: bigint, size: number, isBigEndian: boolean): string {
  if (size > mostBytes) return `0x${value.toString(16)}`;
  const digits = BigInt.asUintN(8 * size, value)
    .toString(16)
    .padStart(2 * size, "0");
  const pairs = digits.match(/../g) ?? [];
  return (isBigEndian ? pairs : pairs.reverse()).join("");
}

function storedText({ value, isAdded }: Store): string {
  switch (value.kind) {
    case "number": {
      const names = value.names.map(({ name }) => name).join("|");
      const number = `0x${value.value.toString(16)}`;
      return (isAdded ? "also " : "") + (names === "" ? number : `${names} (${number})`);
    }
    case "all":
      return "every signal";
    case "function":
      return value.isDescriptor ? `the descriptor of ${value.name}` : value.name;
    case "other":
      return value.text;
  }
}

function differences(
  found: (NonNullable<ReturnType<typeof kernelMirror>> & { readonly type: string }) | undefined,
): PreviewSection[] {
  if (!found) return [];
  const { mirror, struct, type } = found;
  const notes: Cell[] = differencesFrom(struct, mirror).map(({ name, kernel }) => ({
    text: `${type}.${name} does not stand where ${struct.type} has ${kernel.name}, at ${kernel.offset}`,
    mark: "differs",
  }));
  for (const field of mirror.fields) {
    const isPadding = /^_|pad/i.test(field.name);
    if (!isPadding && !kernelField(struct, field.name))
      notes.push({ text: `${type}.${field.name} is Go's own: ${struct.type} has no such field` });
  }
  if (mirror.size !== struct.size)
    notes.push({ text: `${type} is ${bytes(mirror.size)}, ${struct.type} ${bytes(struct.size)}` });
  if (notes.length === 0) return [];
  return [{ kind: "notes", key: "differences", title: "What differs from C's view", notes }];
}

/** Signals that differ in their number alone share a row. */
function signalTable(
  signals: readonly SetupSignal[],
  system: System,
  perThread: number | undefined,
): PreviewSection {
  const rows: Row[] = [];
  for (let i = 0; i < signals.length; i++) {
    const first = signals[i]!;
    const start = atStart(first, system, perThread);
    const isLike = (other: SetupSignal | undefined) =>
      other !== undefined &&
      other.name === `signal ${other.number}` &&
      other.flags.join() === first.flags.join() &&
      atStart(other, system, perThread) === start;
    if (isLike(first)) while (isLike(signals[i + 1])) i++;
    const last = signals[i]!;
    const isRun = last !== first;
    const cells = [
      { text: isRun ? `${first.number}–${last.number}` : String(first.number) },
      { text: isRun ? "signal N" : first.name, ...(first.place && { place: first.place }) },
      { text: first.flags.map((flag) => flag.replace(/^_Sig/, "")).join(" ") },
      { text: start },
    ];
    rows.push({ key: isRun ? String(first.number) : first.name, cells });
  }
  const columns = [
    { title: "number", align: "right" as const },
    { title: "name" },
    { title: "Go's flags" },
    { title: "at start" },
  ];
  return { kind: "table", key: "signals", title: "Signals", columns, rows };
}

/** What initsig (runtime/signal_unix.go) does about a signal in an ordinary program. */
function atStart(
  { number, name, flags }: SetupSignal,
  { goos }: System,
  perThread: number | undefined,
): string {
  if (oses[goos].signalsAreNotes) return "";
  if (flags.length === 0 || flags.includes("_SigDefault")) return "";
  if (number === perThread) return "handler; with cgo, SA_ONSTACK for C's";
  if (flags.includes("_SigSetStack")) return "SA_ONSTACK for C's handler";
  return name === "SIGHUP" || name === "SIGINT" ? "handler, unless ignored" : "handler";
}

const flagLetters = "NKTPDESUI";

function fromFacts(system: System): PreviewSection[] | undefined {
  const known = knownSetup(system);
  const signals = signalsOf(system).flatMap(({ first, last, name, flags }) =>
    Array.from({ length: last - first + 1 }, (_, i): SetupSignal => {
      const number = first + i;
      const names = [...flags].flatMap((letter) => signalFlags[flagLetters.indexOf(letter)] ?? []);
      return { number, name: name === "signal N" ? `signal ${number}` : name, flags: names };
    }),
  );
  if (!known && signals.length === 0) {
    const notes = [{ text: "there are no signals here" }];
    return [{ kind: "notes", key: "summary", title: "In short", notes }];
  }
  const notes: Cell[] = [{ text: `${signals.length} signals, 0 among them` }];
  const sigset = known?.structs.find(({ name }) => name === "sigset");
  if (sigset) notes.push({ text: `a set of signals has ${8 * sigset.size} bits, ${bytes(sigset.size)}` });
  if (known?.stackSize) notes.push({ text: `handlers run on a stack of ${bytes(known.stackSize)}` });
  if (known)
    notes.push({ text: `setsig: ${known.setsig}` }, { text: `from ${known.source}, without source at hand` });
  const constants: PreviewSection[] = known
    ? [
        {
          kind: "table",
          key: "constants",
          title: "Constants",
          columns: [{ title: "name" }, { title: "value", align: "right" }],
          rows: known.constants.map(({ name, value }) => ({
            key: name,
            cells: [{ text: name.slice(1) }, { text: `0x${value.toString(16)}` }],
          })),
        },
      ]
    : [];
  const maps = (known?.structs ?? []).filter(({ fields, name }) => fields.length > 0 && name !== "sigset");
  const perThread = oses[system.goos].perThreadSignal;
  return [
    { kind: "notes", key: "summary", title: "In short", notes },
    ...maps.map(({ name, size, align, fields }): ByteMapSection => ({
      kind: "bytes",
      key: name,
      title: name,
      size,
      align,
      fields: withPadding(fields, size),
    })),
    ...constants,
    signalTable(signals, system, perThread),
  ];
}

function withPadding(
  fields: readonly {
    readonly name: string;
    readonly offset: number;
    readonly size: number;
    readonly type: string;
  }[],
  size: number,
): ByteField[] {
  const all: ByteField[] = [];
  let end = 0;
  for (const field of [...fields, undefined]) {
    const start = field?.offset ?? size;
    if (start > end)
      all.push({ name: "", type: "", offset: end, size: start - end, isPadding: true, fields: [] });
    if (field) all.push({ ...field, isPadding: false, fields: [] });
    end = start + (field?.size ?? 0);
  }
  return all;
}

function bytes(n: number): string {
  return `${n} ${n === 1 ? "byte" : "bytes"}`;
}
