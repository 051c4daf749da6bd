/**
 * Previews on the command line: as they are, or, with `--against`, beside those of
 * another checkout. It must not know what is previewed.
 */
import {
  type PreviewModel,
  previewText,
  type RevisedSide,
  revisedSides,
  revisionChanges,
  revisionsText,
} from "../core/index.ts";
import { type Show, showBoth } from "./showBoth.ts";
import type { Arguments } from "./args.ts";
import { InputError, type Opened, reportUnreadable } from "./openProject.ts";
import type { Output } from "./output.ts";

/** What a command shows of one tree. */
export interface Previews {
  readonly opened: Opened;
  /** The packages it was asked for. */
  readonly directories: readonly string[];
  readonly models: readonly PreviewModel[];
}

export type ShowPreviews = Show<Previews>;

/** Throws an InputError that says what `whyNothing` does where there are no previews. */
export function printPreviews(
  args: Arguments,
  output: Output,
  show: ShowPreviews,
  whyNothing: (here: Previews) => string,
): number {
  const { here, there } = showBoth(args, output, show);
  if (here.models.length === 0 && !there?.models.length) throw new InputError(whyNothing(here));
  const isJson = args.flags.format === "json";
  if (there) {
    const names = { here: here.opened.project.opened.root, there: String(args.flags.against) };
    for (const [i, { title, sides }] of comparisons(here, there).entries()) {
      if (isJson) output.write(lines(sides.map((side) => revisedRow(title, side))));
      else output.write(`${i > 0 ? "\n" : ""}${revisionsText(title, sides, names)}`);
    }
  } else {
    for (const model of here.models) {
      const { title, sides } = model;
      output.write(isJson ? lines(sides.map((side) => ({ title, ...side }))) : previewText(model));
    }
  }
  for (const { opened, directories } of [here, ...(there ? [there] : [])])
    reportUnreadable(opened, directories, output);
  return 0;
}

interface Comparison {
  readonly title: string;
  readonly sides: readonly RevisedSide[];
}

/** Previews of the same title belong together. */
function comparisons(here: Previews, there: Previews): Comparison[] {
  const titles = new Set([...here.models, ...there.models].map(({ title }) => title));
  const targets = new Set(
    [here, there].flatMap(({ opened }) => opened.project.targets.map(({ name }) => name)),
  );
  return [...titles].map((title) => {
    const [ours, theirs] = [here, there].map(({ models }) => models.find((model) => model.title === title));
    return { title, sides: revisedSides(ours, theirs, [...targets]) };
  });
}

/** The form that a script reads; the README describes it. */
function revisedRow(title: string, side: RevisedSide): object {
  const { targets, isSame } = side;
  const [here, there] = [side.here, side.there].map((revision) =>
    revision ? { sections: revision.sections } : null,
  );
  return { title, targets, same: isSame, changes: revisionChanges(side), here, there };
}

function lines(rows: readonly object[]): string {
  return rows.map((row) => JSON.stringify(row) + "\n").join("");
}
