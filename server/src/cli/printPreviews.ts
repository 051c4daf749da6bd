/**
 * Previews on the command line: as they are, or, with `--against`, beside those of
 * another checkout. It must not know what is previewed.
 */
import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { type PreviewModel, previewText, revisedSides, revisionsText } from "../core/index.ts";
import { type Arguments, UsageError } from "./args.ts";
import { InputError, type Opened, reportUnreadable } from "./openProject.ts";
import type { Output } from "./output.ts";

/** What a command shows of one tree. */
export interface Previews {
  readonly opened: Opened;
  /** The packages it was asked for. */
  readonly directories: readonly string[];
  readonly models: readonly PreviewModel[];
}

/** Makes the previews of the tree that the arguments name, or that lies around the current directory. */
export type ShowPreviews = (args: Arguments, place: Pick<Output, "cwd" | "environment">) => Previews;

/** Throws an InputError that says what `whyNothing` does where there are no previews. */
export function printPreviews(
  args: Arguments,
  output: Output,
  show: ShowPreviews,
  whyNothing: (here: Previews) => string,
): number {
  const { against } = args.flags;
  const here = show(args, output);
  const there = typeof against === "string" ? showOther(args, output, against, show) : undefined;
  if (here.models.length === 0 && !there?.models.length) throw new InputError(whyNothing(here));
  if (there) output.write(comparison(here, there, String(against)));
  else if (args.flags.format === "json") {
    for (const { title, sides } of here.models)
      output.write(sides.map((side) => JSON.stringify({ title, ...side }) + "\n").join(""));
  } else for (const model of here.models) output.write(previewText(model));
  for (const { opened, directories } of [here, ...(there ? [there] : [])])
    reportUnreadable(opened, directories, output);
  return 0;
}

/** The same call where `against` is what the root or the current directory is here. Mistakes name that tree. */
function showOther(
  args: Arguments,
  { cwd, environment }: Output,
  against: string,
  show: ShowPreviews,
): Previews {
  const { command, flags, operands } = args;
  if (flags.format === "json") throw new UsageError(`${command}: --against prints text alone`);
  const absolute = operands.find((operand) => isAbsolute(operand));
  if (absolute !== undefined)
    throw new UsageError(`${absolute}: with --against, name a package by its path in the tree`);
  const root = resolve(cwd, against);
  if (!existsSync(root)) throw new InputError(`${against}: no such directory`);
  try {
    const there = { ...args, flags: { ...flags, ...(flags.root !== undefined && { root }) } };
    return show(there, { cwd: root, environment });
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${against}: ${error.message}`) : error;
  }
}

function comparison(here: Previews, there: Previews, name: string): string {
  const titles = new Set([...here.models, ...there.models].map(({ title }) => title));
  const targets = new Set(
    [here, there].flatMap(({ opened }) => opened.project.targets.map(({ name }) => name)),
  );
  return [...titles]
    .map((title) => {
      const [ours, theirs] = [here, there].map(({ models }) => models.find((model) => model.title === title));
      const sides = revisedSides(ours, theirs, [...targets]);
      return revisionsText(title, sides, { here: here.opened.project.opened.root, there: name });
    })
    .join("\n");
}
