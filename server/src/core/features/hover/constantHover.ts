/** Hover on an error number or a signal by name: its number wherever it has one, and what it means. */
import { codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import { abiSystems } from "../../oslayer/abi.ts";
import { errnoByName } from "../../oslayer/errno.ts";
import { type Signal, signalByName } from "../../oslayer/signal.ts";
import { kernelOf, type System, systemName } from "../../oslayer/system.ts";
import { systemsText } from "../../oslayer/callText.ts";
import type { Hover, HoverInput } from "./hover.ts";

export function constantHover({ snapshot, word, targets }: HoverInput): Hover | undefined {
  const name = word.text.replace(/^_/, "");
  const here = targets.map((i): System => snapshot.world.targets[i]!);
  const markdown = /^E[A-Z0-9]+$/.test(name)
    ? errnoText(name, here)
    : /^SIG[A-Z0-9]+$/.test(name)
      ? signalText(name, here)
      : undefined;
  return markdown === undefined ? undefined : { span: word.span, markdown };
}

function errnoText(name: string, here: readonly System[]): string | undefined {
  const numbers = numbersOf(here, (system) => errnoByName(system, name)?.number);
  if (numbers === undefined) return undefined;
  const errno = firstOf(here, (system) => errnoByName(system, name));
  const others = errno?.names.filter((other) => other !== name) ?? [];
  const also = others.length > 0 ? `, also ${others.map(codeSpan).join(", ")}` : "";
  const message = errno?.message === undefined ? "" : `: ${escapeMarkdown(errno.message)}`;
  return `${codeSpan(name)}${also}${message}\n\n${numbers}`;
}

function signalText(name: string, here: readonly System[]): string | undefined {
  const numbers = numbersOf(here, (system) => signalByName(system, name)?.first);
  if (numbers === undefined) return undefined;
  const signal = firstOf(here, (system) => signalByName(system, name));
  return `${codeSpan(name)}${signal ? `: ${flagsText(signal)}` : ""}\n\n${numbers}`;
}

/** What the runtime does with a signal, by the letters of its table (`_SigNotify` and the like in runtime/runtime2.go). */
const flags: readonly (readonly [letter: string, text: string])[] = [
  ["N", "os/signal may have it"],
  ["K", "exits quietly if nobody wants it"],
  ["T", "a crash if nobody wants it"],
  ["P", "a panic when the kernel raises it"],
  ["D", "the handler is left alone until somebody asks"],
  ["E", "exits"],
  ["S", "the handler may run on the wrong stack"],
  ["U", "is always unblocked"],
  ["I", "does nothing by default"],
];

function flagsText(signal: Signal): string {
  const said = flags.filter(([letter]) => signal.flags.includes(letter)).map(([, text]) => text);
  return said.length > 0 ? `in Go's runtime: ${said.join("; ")}` : "Go's runtime leaves it alone";
}

/** Where the file is built first, then everywhere else; undefined where no system knows the name. */
function numbersOf(
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

function firstOf<T>(here: readonly System[], find: (system: System) => T | undefined): T | undefined {
  for (const system of [...here, ...abiSystems()]) {
    const found = find(system);
    if (found !== undefined) return found;
  }
  return undefined;
}
