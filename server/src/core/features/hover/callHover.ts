/**
 * Hover on a system call by name: `SYS_READ`, a `//sys` line, a function of a shared
 * library (`libc_read`). Says its number and prototype where the file is built, the
 * registers, and what it is on other systems.
 */
import { codeBlock, codeSpan, escapeMarkdown, markdownTable } from "../../base/markdown.ts";
import { abiOf, placeArguments } from "../../oslayer/abi.ts";
import { elsewhereRows, remarkOn, systemsText } from "../../oslayer/callText.ts";
import { counterparts } from "../../oslayer/counterparts.ts";
import { type Import, importByName } from "../../oslayer/imports.ts";
import { parameterText, prototypeText, type Syscall } from "../../oslayer/syscall.ts";
import { callSystems, syscallByName } from "../../oslayer/syscalls.ts";
import { kernelOf, type System } from "../../oslayer/system.ts";
import type { Span } from "../../base/span.ts";
import type { Hover, HoverInput } from "./hover.ts";
import { type Group, groupNames, groupTargets } from "../groupTargets.ts";
import { lineAt } from "./wordAt.ts";

export function callHover(input: HoverInput): Hover | undefined {
  const { word } = input;
  const constant = /^_*SYS_+\w+$/i.test(word.text) ? word.text.replace(/^_*SYS_/i, "") : undefined;
  if (constant !== undefined) return onCall(input, constant, word.span);
  const library = /(?:^|·)libc_(\w+)$/.exec(word.text)?.[1];
  if (library !== undefined) return onImport(input, library.replace(/_trampoline$/, ""), word.span);
  return onSysLine(input);
}

/** `//sys read(fd int, p []byte) (n int, err error) = SYS_READ`: anywhere in the name or behind the sign. */
function onSysLine(input: HoverInput): Hover | undefined {
  const { source, offset, word } = input;
  if (source.kind !== "go") return undefined;
  const line = lineAt(source.text, offset);
  const [, name, given] =
    /^\/\/sys(?:nb)?[ \t]+(\w+)\(.*?(?:=[ \t]*(?:[\w.]+\.)?(\w+))?[ \t\r]*$/.exec(line.text) ?? [];
  const isName =
    name !== undefined && word.text === name && line.text.indexOf("(") >= word.span.end - line.start;
  if (name === undefined || !(isName || word.text === given)) return undefined;
  const meant = given ?? name;
  if (meant.startsWith("libc_")) return onImport(input, meant.slice("libc_".length), word.span);
  return onCall(input, meant.replace(/^SYS_/, ""), word.span) ?? onImport(input, meant, word.span);
}

function onCall(input: HoverInput, name: string, span: Span): Hover | undefined {
  const { snapshot, targets } = input;
  const all = snapshot.world.targets;
  const groups = groupTargets(
    targets,
    (target) => syscallByName(all[target]!, name),
    (call) => `${call.name} ${call.class} ${call.number} ${prototypeText(call)}`,
  );
  return groups.length > 0 ? { span, markdown: callText(input, groups) } : undefined;
}

/**
 * What there is to say of a call that has these forms on the targets of the file. `loaded` says, for each
 * argument of the first form, what is in its places.
 */
export function callText(
  input: HoverInput,
  groups: readonly Group<Syscall>[],
  loaded: readonly (readonly string[])[] = [],
): string {
  const here = groups.map((group) => hereText(input, group)).join("\n");
  return `${here}\n\n${details(input, groups[0]!, loaded)}`;
}

function hereText({ snapshot }: HoverInput, group: Group<Syscall>): string {
  const { value: call, targets } = group;
  const all = snapshot.world.targets;
  const remark = remarkOn(all[targets[0]!]!, call);
  const where = escapeMarkdown(groupNames(group, all));
  return `- ${codeSpan(call.name)}, **${call.number}** on ${where}${remark === "" ? "" : ` (${escapeMarkdown(remark)})`}`;
}

/** Prototype and registers on the first target, and the counterparts of other systems. */
function details(
  input: HoverInput,
  { value: call, targets }: Group<Syscall>,
  loaded: readonly (readonly string[])[],
): string {
  const all = input.snapshot.world.targets;
  const system = all[targets[0]!]!;
  const abi = abiOf(system, "trap") ?? abiOf(system);
  const prototype = prototypeText(call);
  const parts: string[] = [];
  if (prototype !== undefined) parts.push(codeBlock("c", prototype));
  if (abi && call.prototype && abi.kind === "trap") {
    const rows = placeArguments(system, abi, call.prototype.parameters).map(({ parameter, places }, i) => [
      codeSpan(places.join(", ")),
      codeSpan(parameterText(parameter)),
      ...(loaded.length > 0 ? [codeSpan((loaded[i] ?? []).join(", "))] : []),
    ]);
    const without = loaded.length > 0 ? [""] : [];
    parts.push(
      markdownTable(
        [
          { title: `on ${system.name}`, isRight: false },
          { title: abi.trap, isRight: false },
          ...(loaded.length > 0 ? [{ title: "here", isRight: false }] : []),
        ],
        [
          [codeSpan(abi.number), "number", ...without],
          ...rows,
          [codeSpan(abi.result), `result; ${escapeMarkdown(abi.error.text)}`, ...without],
        ],
      ),
    );
  }
  const here = new Set(input.targets.map((i) => `${kernelOf(all[i]!.goos)} ${all[i]!.goarch}`));
  parts.push(elsewhere(call, (other) => here.has(`${kernelOf(other.goos)} ${other.goarch}`)));
  return parts.filter((part) => part !== "").join("\n");
}

/** More rows than this say little. */
const mostRows = 10;

function elsewhere(call: Syscall, isHere: (system: System) => boolean): string {
  const others = callSystems().filter((system) => !isHere(system));
  const rows = elsewhereRows(counterparts(call, others));
  if (rows.length === 0) return "";
  const lines = rows
    .slice(0, mostRows)
    .map(
      ({ number, name, systems }) =>
        `- ${number} ${escapeMarkdown(name)} on ${escapeMarkdown(systemsText(systems, others))}`,
    );
  const more = rows.length > mostRows ? [`- and ${rows.length - mostRows} more`] : [];
  return `Elsewhere\n\n${[...lines, ...more].join("\n")}\n`;
}

function onImport(input: HoverInput, name: string, span: Span): Hover | undefined {
  const { snapshot, targets } = input;
  const all = snapshot.world.targets;
  const groups = groupTargets(targets, (target) => importByName(all[target]!, name), importText);
  const [first] = groups;
  if (!first) return undefined;
  const lines = groups.map(
    (group) => `- ${importText(group.value)} on ${escapeMarkdown(groupNames(group, all))}`,
  );
  const call = first.targets.map((i) => syscallByName(all[i]!, name)).find((call) => call !== undefined);
  const parts = [`${lines.join("\n")}\n`];
  const prototype = call && prototypeText(call);
  if (prototype !== undefined) parts.push(codeBlock("c", prototype));
  if (call)
    parts.push(elsewhere(call, (system) => kernelOf(system.goos) === kernelOf(all[first.targets[0]!]!.goos)));
  return { span, markdown: parts.filter((part) => part !== "").join("\n") };
}

function importText(entry: Import): string {
  if (entry.kind === "wasm") return `${codeSpan(entry.name)} of the host module ${codeSpan(entry.module)}`;
  const { name, library, packages, argumentCount } = entry;
  const count =
    argumentCount === undefined ? "" : `, ${argumentCount} argument${argumentCount === 1 ? "" : "s"}`;
  return `${codeSpan(name)} of ${codeSpan(library)}, used by ${escapeMarkdown(packages.join(", "))}${count}`;
}
