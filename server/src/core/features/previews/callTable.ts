/** Calls of the system as rows of a preview. It must not know what the calls are for. */
import { flagsOf, withBits } from "../../runtime/callFlags.ts";
import type { CallArgument } from "../../runtime/callArgument.ts";
import { argumentText } from "./argumentText.ts";
import type { Row, TableSection } from "./previewModel.ts";
import type { SystemCall } from "../../runtime/systemCalls.ts";

/** A table of calls in their order. Rows of two tables belong together where the same call is made for the same time. */
export function callTable(key: string, title: string, calls: readonly SystemCall[]): TableSection {
  const seen = new Map<string, number>();
  const rows = calls.map((call): Row => {
    const time = (seen.get(call.name) ?? 0) + 1;
    seen.set(call.name, time);
    return {
      key: `${call.name} ${time}`,
      cells: [
        { text: call.name === "" ? "?" : call.name, place: call.place },
        { text: call.number === undefined ? "" : String(call.number) },
        { text: argumentsText(call) },
        { text: call.conditions.map(conditionText).join(", ") },
      ],
    };
  });
  const columns = [
    { title: "call" },
    { title: "number", align: "right" as const },
    { title: "arguments" },
    { title: "when" },
  ];
  return { kind: "table", key, title, columns, rows };
}

function conditionText(text: string): string {
  return text === "for" ? "in a loop" : text;
}

/** `how: SIG_SETMASK (2), set: &sigset_all`: by the names of the prototype, where every argument has one. */
function argumentsText(call: SystemCall): string {
  const { args, call: known, added } = call;
  const names = known?.prototype?.parameters.map(({ name }) => name) ?? [];
  const isNamed = names.length >= args.length;
  const flags = flagsOf(call);
  const texts = args.flatMap((arg, i) => {
    const name = names[i];
    if (isNamed && call.name === "clone" && flags && isUnusedByClone(name!, withBits(flags, added)))
      return [];
    const text = argumentText(arg === flags ? withBits(arg, added) : arg);
    return isNamed ? `${name}: ${text}` : text;
  });
  return texts.join(", ");
}

/** What the kernel does not look at: whatever is in the register then. */
function isUnusedByClone(parameter: string, { names }: CallArgument): boolean {
  const needed = { parent_tidptr: "CLONE_PARENT_", child_tidptr: "CLONE_CHILD_", tls: "CLONE_SETTLS" };
  const flag = needed[parameter as keyof typeof needed] as string | undefined;
  return flag !== undefined && !names.some(({ name }) => name.startsWith(flag));
}
