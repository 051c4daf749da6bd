/** Hover on a function of a system's library by the name that Go gives it: `libc_read`, `libc_read_trampoline`. */
import { codeBlock, codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import { type Import, importByName } from "../../oslayer/imports.ts";
import { prototypeText } from "../../oslayer/syscall.ts";
import { syscallByName } from "../../oslayer/syscalls.ts";
import { kernelOf } from "../../oslayer/system.ts";
import type { DeclarationEntity, MentionEntity, SymbolEntity } from "../entity/entity.ts";
import { groupNames, groupTargets } from "../groupTargets.ts";
import { callsElsewhere } from "./callDescription.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

/** What Go's names for functions of a library begin with. */
export const libraryPrefix = "libc_";

export function libraryHover(
  input: HoverInput<SymbolEntity | DeclarationEntity | MentionEntity>,
): Hover | undefined {
  const name = input.entity.name.replace(/^.*·/, "");
  if (!name.startsWith(libraryPrefix)) return undefined;
  return importHover(input, name.slice(libraryPrefix.length).replace(/_trampoline$/, ""));
}

/** What is said of a function of a system's library; `name` is the library's. */
export function importHover(
  input: Pick<HoverInput, "snapshot" | "targets" | "entity">,
  name: string,
): Hover | undefined {
  const { snapshot, targets, entity } = input;
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
    parts.push(
      callsElsewhere(call, (system) => kernelOf(system.goos) === kernelOf(all[first.targets[0]!]!.goos)),
    );
  return { span: entity.span, markdown: parts.filter((part) => part !== "").join("\n") };
}

function importText(entry: Import): string {
  if (entry.kind === "wasm") return `${codeSpan(entry.name)} of the host module ${codeSpan(entry.module)}`;
  const { name, library, packages, argumentCount } = entry;
  const count =
    argumentCount === undefined ? "" : `, ${argumentCount} argument${argumentCount === 1 ? "" : "s"}`;
  return `${codeSpan(name)} of ${codeSpan(library)}, used by ${escapeMarkdown(packages.join(", "))}${count}`;
}
