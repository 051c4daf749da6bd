/** How a finding reads where it is shown beside the code: its message and the targets it holds on. */
import type { TargetSet } from "../model/targets/targetSet.ts";
import type { World } from "../workspace/world.ts";

export interface FindingText {
  /** The message, with where it holds in few words. */
  readonly message: string;
  /** All targets it holds on, where the message does not name them all. */
  readonly targets: string | undefined;
}

export function findingText(
  { targets }: Pick<World, "targets">,
  finding: { readonly message: string; readonly targets: TargetSet },
): FindingText {
  const names = [...finding.targets].map((i) => targets[i]!.name as string);
  // One that most readers can run is named first.
  const first = names.find((name) => name.startsWith("linux/")) ?? names[0] ?? "no target";
  const more = names.length - 1;
  const and = more <= 0 ? "" : ` and ${more} ${more === 1 ? "other" : "others"}`;
  return {
    message: `${finding.message} (${first}${and})`,
    targets: more > 0 ? `on ${names.sort().join(", ")}` : undefined,
  };
}
