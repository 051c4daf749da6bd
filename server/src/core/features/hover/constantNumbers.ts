/** The numbers of a constant that every system has its own for: error numbers and signals. */
import { codeSpan, escapeMarkdown } from "../../base/markdown.ts";
import { abiSystems } from "../../oslayer/abi.ts";
import { systemsText } from "../../oslayer/callText.ts";
import { kernelOf, type System, systemName } from "../../oslayer/system.ts";
import type { ErrnoEntity, SignalEntity } from "../entity/entity.ts";
import { declaredNumber } from "./declaredNumber.ts";
import type { HoverInput } from "./hoverSource.ts";

/** What the systems have of one kind of constant. */
export interface ConstantTable {
  /** Whose word it is: "to the kernel". */
  readonly authority: string;
  numberOf(system: System, name: string): number | undefined;
  /** Empty where the number means nothing. */
  namesOf(system: System, number: number): readonly string[];
}

/** A number of the constant, and in Markdown what there is to say against it. */
interface Numbered {
  readonly number: number;
  readonly remark: string;
}

/** Where the file is built first, as the source has it, then everywhere else; undefined where nobody knows the name. */
export function constantNumbers(
  input: HoverInput<ErrnoEntity | SignalEntity>,
  table: ConstantTable,
): string | undefined {
  const { snapshot, targets, entity } = input;
  const here = targets.map((target): System => snapshot.world.targets[target]!);
  const isHere = new Set(here.map(systemName));
  const others = abiSystems().filter(
    (system) => kernelOf(system.goos) === system.goos && !isHere.has(systemName(system)),
  );
  const own = numberLines(here, (system, i) => {
    const declared = declaredNumber(input, entity.name, targets[i]!);
    return numbered(system, entity.constant, declared, table);
  });
  const elsewhere = numberLines(others, (system) => numbered(system, entity.constant, undefined, table));
  if (own.length === 0 && elsewhere.length === 0) return undefined;
  return (
    [...own.map((line) => `- ${line}`), ...elsewhere.map((line) => `- elsewhere ${line}`)].join("\n") + "\n"
  );
}

/** The declared number, with a word where the table has another name for it; where none is declared, the table's. */
function numbered(
  system: System,
  name: string,
  declared: number | undefined,
  { authority, numberOf, namesOf }: ConstantTable,
): Numbered | undefined {
  const known = numberOf(system, name);
  const number = declared ?? known;
  if (number === undefined) return undefined;
  const names = namesOf(system, number);
  if (number === known || names.includes(name)) return { number, remark: "" };
  const words = [
    ...(names.length > 0 ? [`${number} is ${names.map(codeSpan).join(", ")}`] : []),
    ...(known === undefined ? [] : [`${codeSpan(name)} is ${known}`]),
  ];
  return { number, remark: words.length > 0 ? `; ${authority} ${words.join(" and ")}` : "" };
}

function numberLines(
  systems: readonly System[],
  find: (system: System, index: number) => Numbered | undefined,
): string[] {
  const groups = new Map<string, Numbered & { readonly on: System[] }>();
  for (const [i, system] of systems.entries()) {
    const found = find(system, i);
    if (!found) continue;
    const key = `${found.number}${found.remark}`;
    const same = groups.get(key);
    if (same) same.on.push(system);
    else groups.set(key, { ...found, on: [system] });
  }
  return [...groups.values()].map(
    ({ number, remark, on }) => `**${number}** on ${escapeMarkdown(systemsText(on, systems))}${remark}`,
  );
}

/** The first answer, from where the file is built or else from anywhere. */
export function firstAnswer<T>(
  { snapshot, targets }: HoverInput,
  find: (system: System) => T | undefined,
): T | undefined {
  for (const system of [...targets.map((target) => snapshot.world.targets[target]!), ...abiSystems()]) {
    const found = find(system);
    if (found !== undefined) return found;
  }
  return undefined;
}
