/** The numbers of a constant that every system has its own for: error numbers and signals. */
import { escapeMarkdown } from "../../base/markdown.ts";
import { abiSystems } from "../../oslayer/abi.ts";
import { systemsText } from "../../oslayer/callText.ts";
import { kernelOf, type System, systemName } from "../../oslayer/system.ts";

/** Where the file is built first, then everywhere else; undefined where no system knows the name. */
export function numbersBySystem(
  here: readonly System[],
  find: (system: System) => number | undefined,
): string | undefined {
  const isHere = new Set(here.map(systemName));
  const all = abiSystems().filter(({ goos }) => kernelOf(goos) === goos);
  const own = numberLines(here, find);
  const others = numberLines(
    all.filter((system) => !isHere.has(systemName(system))),
    find,
  );
  if (own.length === 0 && others.length === 0) return undefined;
  return (
    [...own.map((line) => `- ${line}`), ...others.map((line) => `- elsewhere ${line}`)].join("\n") + "\n"
  );
}

function numberLines(systems: readonly System[], find: (system: System) => number | undefined): string[] {
  const byNumber = new Map<number, System[]>();
  for (const system of systems) {
    const number = find(system);
    if (number === undefined) continue;
    const same = byNumber.get(number);
    if (same) same.push(system);
    else byNumber.set(number, [system]);
  }
  return [...byNumber].map(([number, on]) => `**${number}** on ${escapeMarkdown(systemsText(on, systems))}`);
}

/** The first answer, from where the file is built or else from anywhere. */
export function firstAnswer<T>(
  here: readonly System[],
  find: (system: System) => T | undefined,
): T | undefined {
  for (const system of [...here, ...abiSystems()]) {
    const found = find(system);
    if (found !== undefined) return found;
  }
  return undefined;
}
