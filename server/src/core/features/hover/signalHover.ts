/** Hover on a signal by name: its number in the source and wherever else it has one, and what Go's runtime does with it. */
import { codeSpan } from "../../base/markdown.ts";
import { type Signal, signalByName, signalByNumber } from "../../oslayer/signal.ts";
import type { SignalEntity } from "../entity/entity.ts";
import { constantNumbers, type ConstantTable, firstAnswer } from "./constantNumbers.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

const table: ConstantTable = {
  authority: "in the runtime's table",
  numberOf: (system, name) => signalByName(system, name)?.first,
  namesOf: (system, number) => {
    const name = signalByNumber(system, number)?.name;
    // Some numbers have no name but "signal 34".
    return name?.startsWith("SIG") ? [name] : [];
  },
};

export function signalHover(input: HoverInput<SignalEntity>): Hover | undefined {
  const { constant: name, span } = input.entity;
  const numbers = constantNumbers(input, table);
  if (numbers === undefined) return undefined;
  const signal = firstAnswer(input, (system) => signalByName(system, name));
  return { span, markdown: `${codeSpan(name)}${signal ? `: ${flagsText(signal)}` : ""}\n\n${numbers}` };
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
