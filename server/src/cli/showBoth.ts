/** `--against`: the same call in another checkout, beside the one at hand. It must not know what is asked. */
import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { type Arguments, UsageError } from "./args.ts";
import { InputError } from "./openProject.ts";
import type { Output } from "./output.ts";

/** Answers a call in the tree that the arguments name, or that lies around the current directory. */
export type Show<T> = (args: Arguments, place: Pick<Output, "cwd" | "environment">) => T;

/**
 * Both answers; without `--against` there is only the first. Throws a UsageError where an operand can mean one
 * tree alone, and InputErrors that name the other tree where it is to blame.
 */
export function showBoth<T>(
  args: Arguments,
  output: Output,
  show: Show<T>,
): { readonly here: T; readonly there: T | undefined } {
  const { against } = args.flags;
  const here = show(args, output);
  return { here, there: typeof against === "string" ? showOther(args, output, against, show) : undefined };
}

/** The same call where `against` is what the root or the current directory is here. */
function showOther<T>(args: Arguments, { cwd, environment }: Output, against: string, show: Show<T>): T {
  const { flags, operands } = args;
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
