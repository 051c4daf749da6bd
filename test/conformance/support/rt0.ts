/**
 * Runs the product's command line, the bundle in `dist`, and yields its rows as
 * plain data. The tests know rt0 through this alone.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { outputLines } from "./lines.ts";
import type { Finding } from "./rows.ts";

export const rt0Program = join(dirname(fileURLToPath(import.meta.url)), "../../../dist/cli.cjs");

export interface Rt0Options {
  readonly root: string;
  readonly targets: readonly string[];
  /** What follows `--vet`. */
  readonly profile: string;
  /** Import paths; none means every package with assembly. */
  readonly packages?: readonly string[];
  readonly whitelist?: string;
}

/** Findings of `rt0 check`, one per target. */
export async function* rt0Findings(options: Rt0Options): AsyncGenerator<Finding> {
  // The other checks have no reference here, and take from this one what the assembler refutes.
  for await (const row of rt0Rows("check", options, ["--rules", "asmdecl", "--per-target"])) {
    const { target, file, line, message } = row as Finding;
    yield { target, file, line, message };
  }
}

/** The rows that a command of rt0 prints. */
export async function* rt0Rows(
  command: "check" | "files" | "layout" | "consts" | "traps",
  options: Rt0Options,
  more: readonly string[] = [],
): AsyncGenerator<unknown> {
  if (!existsSync(rt0Program)) throw new Error(`${rt0Program} is not there: build rt0 first`);
  const { root, targets, profile, packages = [], whitelist } = options;
  const args = [
    "--root",
    root,
    "--target",
    targets.join(","),
    ...(command === "files" || command === "traps" ? [] : ["--vet", profile]),
    ...(whitelist === undefined ? [] : ["--whitelist", whitelist]),
    ...more,
    "--format",
    "json",
  ];
  const lines = outputLines({
    program: process.execPath,
    args: [rt0Program, command, ...args, ...packages],
    // Exit 1 means findings.
    allowed: command === "check" ? [0, 1] : [0],
  });
  for await (const line of lines) yield JSON.parse(line) as unknown;
}
