/** Hover on a name of `go_asm.h` in assembly: the constant, size or field that it stands for, on each target. */
import { codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import { type GoAsmName, goAsmName } from "../../model/go/goAsmHeader.ts";
import { typeString } from "../../model/go/typeString.ts";
import { declLocation } from "../../workspace/declLocation.ts";
import type { GoAsmNameEntity } from "../entity/entity.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";
import { type Group, groupNames, groupTargets } from "../groupTargets.ts";
import { layoutLink } from "./structHover.ts";

export function goAsmHover(input: HoverInput<GoAsmNameEntity>): Hover | undefined {
  const { snapshot, entity } = input;
  const groups = goAsmNames(input);
  const [first] = groups;
  if (!first) return undefined;
  const { targets: all } = snapshot.world;
  const lines = groups.map((group) => {
    const where = groups.length > 1 ? ` on ${escapeMarkdown(groupNames(group, all))}` : "";
    return `- ${valueText(group.value)}${where}`;
  });
  const parts = [`${codeSpan(entity.name)} of go\\_asm.h: ${meaning(first.value)}`, lines.join("\n")];
  const place = declLocation(snapshot, first.value.declared);
  const { link } = input.options;
  if (place && !input.options.besideGopls) {
    const name = escapeMarkdown(place.file);
    parts.push(`declared in ${link ? `[${name}](${link(place.directory, place.file, place.span)})` : name}`);
  }
  if (first.value.kind !== "constant")
    parts.push(
      ...layoutLink(input.options, first.value.declared.package.directory, first.value.declared.name),
    );
  return { span: entity.span, markdown: `${parts.join("\n\n")}\n` };
}

/** What the name under the pointer is on the targets that build the file; empty where it is no name of the header. */
export function goAsmNames({
  snapshot,
  directory,
  entity,
  targets,
}: Pick<HoverInput<GoAsmNameEntity>, "snapshot" | "directory" | "entity" | "targets">): Group<GoAsmName>[] {
  const pkg = snapshot.package(directory);
  if (!pkg) return [];
  return groupTargets(
    targets,
    (target) => {
      const view = snapshot.view(target);
      const { resolved, value } = view.measure(() => goAsmName(view, pkg, entity.name));
      return resolved ? value : undefined;
    },
    (name) => `${meaning(name)} ${valueText(name)}`,
  );
}

function meaning(name: GoAsmName): string {
  const { declared } = name;
  switch (name.kind) {
    case "constant":
      return `the constant ${codeSpan(declared.name)}`;
    case "size":
      return `the size of ${codeSpan(declared.name)}`;
    case "field":
      return `the field ${codeSpan(`${declared.name}.${name.field}`)} of type ${codeSpan(typeString(name.type))}`;
  }
}

function valueText(name: GoAsmName): string {
  if (name.kind === "constant") return codeSpan(name.value);
  if (name.kind === "size") return bytes(Number(name.value));
  return `${bytes(name.size)} at offset ${name.offset}`;
}

function bytes(count: number): string {
  return `${count} ${count === 1 ? "byte" : "bytes"}`;
}
