/**
 * Hover on the name of a struct in Go, where it is declared and where it is used: how
 * large it is on the targets that build the file, and the way to its bytes.
 */
import { codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import type { Package } from "../../model/go/packageScope.ts";
import { typeMentionAt } from "../../syntax/go/typeMention.ts";
import { extentText, hasLayouts, sizeRange, type StructExtent, structExtents } from "../structSizes.ts";
import type { DeclarationEntity, MentionEntity } from "../entity/entity.ts";
import type { Hover, HoverInput, HoverOptions } from "./hoverSource.ts";
import { type Group, groupNames } from "../groupTargets.ts";

export function structHover(input: HoverInput<DeclarationEntity | MentionEntity>): Hover | undefined {
  const { snapshot, entity, targets, options } = input;
  const pkg = packageOfStruct(input);
  if (!pkg || !hasLayouts(snapshot, pkg.directory)) return undefined;
  const extents = structExtents(snapshot, pkg, entity.name, targets);
  if (extents.length === 0) return undefined;
  const parts = [
    `${codeSpan(entity.name)}: ${sizes(input, extents)}`,
    ...layoutLink(options, pkg.directory, entity.name),
  ];
  return { span: entity.span, markdown: `${parts.join("\n\n")}\n` };
}

/** The package in which the name under the pointer would be that of a type. */
function packageOfStruct({
  snapshot,
  directory,
  source,
  entity,
  targets,
}: HoverInput<DeclarationEntity | MentionEntity>): Package | undefined {
  if (source.kind !== "go") return undefined;
  const own = snapshot.package(directory);
  // An external test is of another package.
  const file = own?.files.find(({ name }) => name === source.name);
  if (!own || !file) return undefined;
  if (entity.kind === "declaration") return entity.declares === "type" ? own : undefined;
  const mention = typeMentionAt(source.go, entity.span.start);
  if (mention?.name !== entity.name) return undefined;
  const { qualifier } = mention;
  if (qualifier === undefined) return own;
  // Of a value no package need be read.
  const isImport = file.summary.imports.some(({ name, path }) =>
    name === "" ? path.split("/").includes(qualifier) : name === qualifier,
  );
  const found = isImport
    ? snapshot.view(targets[0]!).importedPackage({ file, package: own }, qualifier)
    : undefined;
  return found === "unsafe" ? undefined : found;
}

/** Of more the range is told. */
const mostGroups = 4;
/** The largest group is counted where it has more targets. */
const mostNamed = 4;

function sizes({ snapshot }: Pick<HoverInput, "snapshot">, extents: readonly Group<StructExtent>[]): string {
  if (extents.length === 1) return extentText(extents[0]!.value);
  const range = sizeRange(extents.map(({ value }) => value));
  if (extents.length > mostGroups) return range;
  const groups = extents.toSorted((a, b) => a.targets.length - b.targets.length);
  const lines = groups.map((group, i) => {
    const { length } = group.targets;
    const isCounted = i === groups.length - 1 && length > mostNamed;
    const where = isCounted ? `${length} other targets` : groupNames(group, snapshot.world.targets);
    return `- ${extentText(group.value)} on ${escapeMarkdown(where)}`;
  });
  return `${range}\n\n${lines.join("\n")}`;
}

/** A line that leads to the preview of a struct, where there is one to lead to. */
export function layoutLink({ previewLink }: HoverOptions, directory: string, struct: string): string[] {
  return previewLink ? [`[Preview layout](${previewLink(directory, struct)})`] : [];
}
