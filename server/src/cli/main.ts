/** The command line: chooses the command, and turns mistakes into one line and an exit status. */
import { type CommandName, parseArguments, type Arguments, usage, UsageError } from "./args.ts";
import { check } from "./check.ts";
import { InputError } from "./openProject.ts";
import type { Output } from "./output.ts";
import { netpoll, signals, threads, vdso } from "./runtimePreviews.ts";
import { type Reading, safeLine, safeText } from "./safeText.ts";
import { syscalls } from "./syscalls.ts";
import { consts, files, layout, targets } from "./tables.ts";
import { traps } from "./traps.ts";

const handlers: Record<CommandName, (args: Arguments, output: Output) => number> = {
  check,
  files,
  layout,
  consts,
  targets,
  syscalls,
  signals,
  threads,
  netpoll,
  vdso,
  traps,
  lsp(_, output) {
    output.serve?.();
    return 0;
  },
};

/** Runs rt0 and returns its exit status: 0 clean, 1 findings, 2 a mistake in the call or in rt0. */
export function main(argv: readonly string[], output: Output): number {
  try {
    const args = parseArguments(argv);
    if (args === "version") {
      output.write(`rt0 ${output.version}\n`);
      return 0;
    }
    if ("help" in args) {
      output.write(usage(args.help));
      return argv.length === 0 ? 2 : 0;
    }
    return handlers[args.command](args, safely(output, readingOf(args)));
  } catch (error) {
    output.progress(undefined);
    const isExpected = error instanceof UsageError || error instanceof InputError || isSystemError(error);
    if (isExpected) output.warn(safeLine(error.message));
    else {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      output.warn(safeText(`internal error: ${told}`, "lines"));
    }
    return 2;
  }
}

/** How whoever asked for a format reads what is printed in it. */
function readingOf({ flags: { format } }: Arguments): Reading {
  if (format === "json" || format === "sarif") return "json";
  return format === "github" ? "commands" : "lines";
}

/** Prints to the same places, and nothing that anybody would take for more than text. */
function safely(output: Output, reading: Reading): Output {
  return {
    ...output,
    write: (text) => output.write(safeText(text, reading)),
    warn: (line) => output.warn(safeLine(line)),
    progress: (line) => output.progress(line === undefined ? undefined : safeLine(line)),
  };
}

/** What the system refuses, such as to write to a full disk, is not rt0's mistake. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
