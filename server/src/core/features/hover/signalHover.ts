/** Hover on a signal by name: its number wherever it has one, and what Go's runtime does with it. */
import { codeSpan } from "../../base/markdown.ts";
import { type Signal, signalByName } from "../../oslayer/signal.ts";
import type { System } from "../../oslayer/system.ts";
import type { SignalEntity } from "../entity/entity.ts";
import { firstAnswer, numbersBySystem } from "./constantNumbers.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

export function signalHover({ snapshot, entity, targets }: HoverInput<SignalEntity>): Hover | undefined {
  const here = targets.map((i): System => snapshot.world.targets[i]!);
  const markdown = signalText(entity.constant, here);
  return markdown === undefined ? undefined : { span: entity.span, markdown };
}

function signalText(name: string, here: readonly System[]): string | undefined {
  const numbers = numbersBySystem(here, (system) => signalByName(system, name)?.first);
  if (numbers === undefined) return undefined;
  const signal = firstAnswer(here, (system) => signalByName(system, name));
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
