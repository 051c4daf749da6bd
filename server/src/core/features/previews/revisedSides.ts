/**
 * One preview of two revisions of its source: targets on which neither makes a
 * difference go together. It must not know where the other revision comes from.
 */
import { previewDiff } from "./previewDiff.ts";
import type { PreviewModel, PreviewSide } from "./previewModel.ts";
import type { Location } from "../../workspace/location.ts";

/** The targets that share a side here and share one there. */
export interface RevisedSide<Place = Location> {
  /** At least one, as `linux/amd64`. */
  readonly targets: readonly string[];
  /** What the source at hand has for them; undefined where it has nothing. At least one of the two is there. */
  readonly here: PreviewSide<Place> | undefined;
  /** What the other revision has. */
  readonly there: PreviewSide<Place> | undefined;
  readonly isSame: boolean;
}

/** Of these targets those that either revision shows, in this order; sides that differ come before those that do not. */
export function revisedSides<Place>(
  here: PreviewModel<Place> | undefined,
  there: PreviewModel<Place> | undefined,
  targets: readonly string[],
): RevisedSide<Place>[] {
  const pairs: { targets: string[]; here: RevisedSide<Place>["here"]; there: RevisedSide<Place>["there"] }[] =
    [];
  for (const target of targets) {
    const [ours, theirs] = [sideOf(here, target), sideOf(there, target)];
    if (!ours && !theirs) continue;
    const known = pairs.find((pair) => pair.here === ours && pair.there === theirs);
    if (known) known.targets.push(target);
    else pairs.push({ targets: [target], here: ours, there: theirs });
  }
  const sides = pairs.map((pair): RevisedSide<Place> => {
    const { targets } = pair;
    const [ours, theirs] = [pair.here && { ...pair.here, targets }, pair.there && { ...pair.there, targets }];
    return { targets, here: ours, there: theirs, isSame: isSame(ours, theirs) };
  });
  return [...sides.filter((side) => !side.isSame), ...sides.filter((side) => side.isSame)];
}

function sideOf<Place>(
  model: PreviewModel<Place> | undefined,
  target: string,
): PreviewSide<Place> | undefined {
  return model?.sides.find(({ targets }) => targets.includes(target));
}

function isSame(here: PreviewSide<unknown> | undefined, there: PreviewSide<unknown> | undefined): boolean {
  if (!here || !there || here.sections.length !== there.sections.length) return false;
  return previewDiff(here, there).every(({ state }) => state === "same");
}

/** What differs in a section; rows and fields by the keys that `previewDiff` has for them. */
export interface SectionChange {
  /** The section's key. */
  readonly section: string;
  readonly state: "changed" | "onlyHere" | "onlyThere";
  /** Of a section that both revisions have; all three lists are empty where only its head differs. */
  readonly onlyHere: readonly string[];
  readonly changed: readonly string[];
  readonly onlyThere: readonly string[];
}

/** The sections that differ, those that only the other revision has at the end. */
export function revisionChanges({ here, there }: RevisedSide<unknown>): SectionChange[] {
  const nothing: PreviewSide<unknown> = { targets: [], sections: [] };
  const [ours, theirs] = [here ?? nothing, there ?? nothing];
  const changes = previewDiff(ours, theirs).map(
    ({ key, state, onlyHere, changed, missing }) =>
      state !== "same" && {
        section: key,
        state,
        onlyHere: [...onlyHere],
        changed: [...changed.keys()],
        onlyThere: [...missing],
      },
  );
  const gone = previewDiff(theirs, ours).map(
    ({ key, state }) =>
      state === "onlyHere" && {
        section: key,
        state: "onlyThere" as const,
        onlyHere: [],
        changed: [],
        onlyThere: [],
      },
  );
  return [...changes, ...gone].filter((change) => change !== false);
}
