/** `rt0 traps`: the system calls that a package's assembly makes. */
import { type FoundTrap, packageTraps, parameterText, trapName, unresolvedText } from "../core/index.ts";
import type { Arguments } from "./args.ts";
import type { Output } from "./output.ts";
import { tables } from "./tables.ts";

export function traps(args: Arguments, output: Output): number {
  return tables(args, output, args.operands, "system call", (snapshot, directory, target, name) => {
    const found = packageTraps(snapshot, directory, target);
    const cells = found.map((trap) => [
      `${trap.file}:${trap.line + 1}`,
      trap.function,
      numberText(trap),
      trapName(trap) ?? unresolvedText(trap),
      argumentsText(trap),
    ]);
    const widths = [0, 1, 2, 3].map((i) => Math.max(0, ...cells.map((row) => row[i]!.length)));
    const text = cells.map(
      (row) =>
        `  ${row
          .flatMap((cell, i) => (widths[i] === 0 ? [] : cell.padEnd(widths[i] ?? 0)))
          .join("  ")
          .trimEnd()}\n`,
    );
    return { rows: found.map((trap) => ({ ...name, ...trapRow(trap) })), text: text.join("") };
  });
}

function trapRow(found: FoundTrap): object {
  const { trap } = found;
  const { number } = trap;
  const name = trapName(found);
  return {
    file: found.file,
    line: found.line + 1,
    function: found.function,
    kind: trap.kind,
    ...(number.kind === "constant" && { number: number.decoded.number, value: number.decoded.value }),
    ...(name !== undefined && { name }),
    ...(number.kind === "constant" && { class: number.decoded.class }),
    ...(number.kind === "constant" &&
      number.decoded.misfit !== undefined && { misfit: number.decoded.misfit }),
    ...(found.macro !== undefined && { macro: found.macro }),
    ...(name === undefined && { unresolved: unresolvedText(found) }),
    ...(trap.library?.import?.kind === "library" && { library: trap.library.import.library }),
    instruction: trap.statement.name,
    arguments: trap.arguments.map(({ parameter, places }, i) => ({
      ...parameter,
      places,
      values: found.loaded[i],
    })),
  };
}

function numberText({ trap: { number } }: FoundTrap): string {
  return number.kind === "constant" ? String(number.decoded.number) : "";
}

function argumentsText({ trap, loaded }: FoundTrap): string {
  return trap.arguments
    .map(({ parameter, places }, i) => {
      const what = parameter ? `${parameterText(parameter)} = ` : "";
      return `${places.join(":")}: ${what}${loaded[i]!.join(":")}`;
    })
    .join("; ");
}
