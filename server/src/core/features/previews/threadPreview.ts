/**
 * How the runtime starts a thread on each target, and how a thread sleeps and is
 * woken: the calls of the system in their order, as the source at hand makes them, or
 * where there is none, what is known of Go's own. It must not know how a preview is drawn.
 */
import type { Package } from "../../model/go/packageScope.ts";
import { type Primitive, sleepAndWakeOf, threadStartOf } from "../../oslayer/osLayer.ts";
import { syscallByName } from "../../oslayer/syscalls.ts";
import type { System } from "../../oslayer/system.ts";
import { bodyText } from "../../workspace/declLocation.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { cSystemCalls } from "../../runtime/cSystemCalls.ts";
import { flagsOf, withBits } from "../../runtime/callFlags.ts";
import { numberText } from "./argumentText.ts";
import { callTable } from "./callTable.ts";
import { filledSections } from "./filledSections.ts";
import type { PreviewModel, PreviewSection, TableSection } from "./previewModel.ts";
import { sidesOf } from "./sidesOf.ts";
import { type SystemCall, systemCalls } from "../../runtime/systemCalls.ts";

/**
 * Thread start, sleep and wake-up on the targets with these indexes, read from the package runtime in
 * `directory`; undefined for a directory: from the facts alone.
 */
export function threadPreview(
  snapshot: Snapshot,
  directory: string | undefined,
  targets: readonly number[],
): PreviewModel {
  const pkg = directory === undefined ? undefined : snapshot.package(directory);
  const sides = sidesOf(snapshot, targets, (target) => {
    const { goos, goarch } = snapshot.world.targets[target]!;
    const inGo = pkg && fromSource(snapshot, pkg, target);
    if (inGo) return inGo;
    const inC = directory === undefined ? undefined : fromC(snapshot, directory, target);
    return inC ?? fromFacts({ goos, goarch });
  });
  return { title: "Thread start, sleep and wake-up", sides };
}

/** Functions of the runtime that sleep and wake, of which a target has some. */
const waiting = [
  ["semacreate", "Before the first sleep"],
  ["futexsleep", "Sleep"],
  ["semasleep", "Sleep"],
  ["futexwakeup", "Wake"],
  ["semawakeup", "Wake"],
] as const;

/** Undefined where the target has no newosproc in Go. */
function fromSource(snapshot: Snapshot, pkg: Package, target: number): PreviewSection[] | undefined {
  const view = snapshot.view(target);
  const declared = view.lookup(pkg, pkg, "newosproc");
  // While the runtime was turned into Go, some systems had it declared in Go and defined in C.
  if (declared?.decl.kind !== "func" || !declared.decl.hasBody) return undefined;
  const start = systemCalls(snapshot, pkg, "newosproc", target) ?? [];
  const calls = (name: string) => systemCalls(snapshot, pkg, name, target);
  const entry = entryOf(snapshot, pkg, target);
  const child = [
    ...start.filter(({ isInNewThread }) => isInNewThread),
    ...(entry === undefined ? [] : (calls(entry) ?? [])),
  ];
  const at = child.findIndex(({ kind }) => kind === "thread");
  const minit = calls("minit") ?? [];
  const before = at < 0 ? child : child.slice(0, at);
  // Behind mstart, which does not return.
  const after = at < 0 ? [] : child.slice(at + 1).filter(({ kind }) => kind !== "thread");
  const never = after.map((call) => ({ ...call, conditions: ["should mstart return"] }));
  const newThread = [...before, ...minit, ...never];
  const hasFutex = calls("futexsleep") !== undefined;
  // Where there are futexes, semaphores are made of them.
  const parts = waiting.filter(([name]) => !(hasFutex && name.startsWith("sema")));
  const starting = start.filter(({ isInNewThread }) => !isInNewThread);
  return [
    callTable("start", "newosproc starts a thread", starting),
    ...flagTable(starting),
    ...filledSections(snapshot, pkg, "newosproc", target),
    callTable("new", `The new thread${entry === undefined ? "" : `, in ${entry}`}, up to minit`, newThread),
    ...parts.flatMap(([name, title]) => {
      const found = calls(name);
      const table = found && found.length > 0 ? [callTable(name, `${title}: ${name}`, found)] : [];
      return [...table, ...filledSections(snapshot, pkg, name, target)];
    }),
  ];
}

/** The same from the C of Go's first years; undefined where there is no newosproc in C either. */
function fromC(snapshot: Snapshot, directory: string, target: number): PreviewSection[] | undefined {
  const calls = (name: string) => cSystemCalls(snapshot, directory, name, target);
  const start = calls("newosproc");
  if (!start) return undefined;
  const first = [...start.filter(({ isInNewThread }) => isInNewThread), ...(calls("minit") ?? [])];
  const parts = [
    ["new", "The new thread, up to minit", first],
    ["semacreate", "Before the first sleep: semacreate", calls("semacreate") ?? calls("mach_semcreate")],
    ["sleep", "Sleep: futexsleep", calls("futexsleep")],
    ["sleep", "Sleep: semasleep", calls("semasleep") ?? calls("mach_semacquire")],
    ["wake", "Wake: futexwakeup", calls("futexwakeup")],
    ["wake", "Wake: semawakeup", calls("semawakeup") ?? calls("mach_semrelease")],
    [
      "lock",
      "Sleep and wake: futexlock and futexunlock",
      [...(calls("futexlock") ?? []), ...(calls("futexunlock") ?? [])],
    ],
    ["lock", "Sleep and wake: lock and unlock", [...(calls("lock") ?? []), ...(calls("unlock") ?? [])]],
  ] as const;
  return [
    callTable(
      "start",
      "newosproc starts a thread",
      start.filter(({ isInNewThread }) => !isInNewThread),
    ),
    ...parts.flatMap(([key, title, found]) =>
      found && found.length > 0 ? [callTable(key, title, found)] : [],
    ),
  ];
}

/** The function that newosproc gives the new thread to start at, other than the mstart that a Go function follows. */
function entryOf(snapshot: Snapshot, pkg: Package, target: number): string | undefined {
  const view = snapshot.view(target);
  const declared = view.lookup(pkg, pkg, "newosproc");
  const body = declared && bodyText(snapshot, declared)?.text.replace(/\bif false \{[^}]*\}/, "");
  const [, direct] = /\b(?:abi\.FuncPC\w*|funcPC)\((\w+)\)/.exec(body ?? "") ?? [];
  const [, descriptor] = /unsafe\.Pointer\(&(tstart\w*)\)/.exec(body ?? "") ?? [];
  const entry = direct ?? descriptor;
  return entry === undefined || entry === "mstart" ? undefined : entry;
}

/** The flags of the call that makes the thread, each on a line of its own. */
function flagTable(calls: readonly SystemCall[]): TableSection[] {
  const call = calls.find((found) => flagsOf(found));
  const flags = call && flagsOf(call);
  if (!flags) return [];
  const { names, value } = withBits(flags, call.added);
  const rows = names.map((flag) => ({
    key: flag.name,
    cells: [
      { text: flag.name },
      { text: `0x${flag.value.toString(16)}` },
      { text: (call.added & flag.value) === flag.value ? "assembly" : flags.text, place: call.place },
    ],
  }));
  const title = `Flags of ${call.name}: ${numberText(value ?? 0n)}`;
  return [
    {
      kind: "table",
      key: "flags",
      title,
      columns: [{ title: "flag" }, { title: "value", align: "right" }, { title: "set by" }],
      rows,
    },
  ];
}

function fromFacts(system: System): PreviewSection[] {
  return [
    ...primitiveTable("start", "Thread start, without source at hand", system, threadStartOf(system)),
    ...primitiveTable("sleep", "Sleep and wake-up, without source at hand", system, sleepAndWakeOf(system)),
  ];
}

/** What is known of one part of the OS layer, a row for each revision of Go. */
export function primitiveTable(
  key: string,
  title: string,
  system: System,
  primitives: readonly Primitive[],
): TableSection[] {
  if (primitives.length === 0) return [];
  const columns = ["in", "with", "number", "constants", "note"].map((title) => ({ title }));
  const rows = primitives.map(({ name, constants, note, revision }) => {
    const number = syscallByName(system, name)?.number;
    const texts = [
      revision,
      name,
      number === undefined ? "" : String(number),
      constants.map((c) => `${c.name} ${numberText(BigInt(c.value))}`).join(", "),
      note,
    ];
    return { key: revision, cells: texts.map((text) => ({ text })) };
  });
  return [{ kind: "table", key, title, columns, rows }];
}
