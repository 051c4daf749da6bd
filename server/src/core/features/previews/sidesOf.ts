/** Puts targets that show the same onto one side of a preview. */
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { PreviewSection, PreviewSide } from "./previewModel.ts";
import { withPlaces } from "./withPlaces.ts";

/** One side for each different answer, in the order of the targets; a target without one has no side. */
export function sidesOf(
  snapshot: Snapshot,
  targets: readonly number[],
  sectionsOn: (target: number) => readonly PreviewSection[] | undefined,
): PreviewSide[] {
  const sides = new Map<string, { targets: string[]; sections: readonly PreviewSection[] }>();
  const keys = new Map<readonly PreviewSection[], string>();
  for (const target of targets) {
    const sections = sectionsOn(target);
    if (!sections) continue;
    const { name } = snapshot.world.targets[target]!;
    let key = keys.get(sections);
    // Where something is written makes no difference to it.
    key ??= JSON.stringify(sections.map((section) => withPlaces(section, () => undefined)));
    keys.set(sections, key);
    const side = sides.get(key);
    if (side) side.targets.push(name);
    else sides.set(key, { targets: [name], sections });
  }
  return [...sides.values()];
}
