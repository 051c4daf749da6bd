/** Error numbers of each system and their messages. */
import { joinArches } from "../columns.ts";
import type { Facts, FactsFile, Table } from "../factsFile.ts";

export const errnos: FactsFile = {
  name: "errnos",
  data: ["errnos"],
  tables: errnoTables,
};

interface ErrnoFacts {
  readonly source: string;
  readonly systems: readonly (readonly [
    goos: string,
    goarch: string,
    file: string,
    rows: readonly (readonly [number: number, name: string, message: string])[],
  ])[];
}

/** Architectures of one system share a table unless a name has another number there. */
function errnoTables(facts: Facts): Table[] {
  const { source, systems } = facts("errnos") as ErrnoFacts;
  const groups: {
    goos: string;
    arches: string[];
    numbers: Map<string, number>;
    messages: Map<number, string>;
  }[] = [];
  for (const [goos, goarch, , all] of systems) {
    // ELAST is the highest number there is, and grows with every release.
    const rows = all.filter(([, name]) => name !== "ELAST");
    let group = groups.find(
      (group) =>
        group.goos === goos && rows.every(([number, name]) => (group.numbers.get(name) ?? number) === number),
    );
    if (!group) groups.push((group = { goos, arches: [], numbers: new Map(), messages: new Map() }));
    group.arches.push(goarch);
    for (const [number, name, message] of rows) {
      group.numbers.set(name, number);
      if (message !== "" && !message.startsWith("unknown error"))
        group.messages.set(number, message.trimEnd());
    }
  }
  const last = new Map<string, string>();
  return [
    {
      name: "errnoTables",
      doc: "A line `# GOOS GOARCHes` before its rows: number|name|message, left out where it is the one that the name had last.",
      source,
      rows: groups.flatMap(({ goos, arches, numbers, messages }) => [
        `# ${goos} ${joinArches(arches)}`,
        ...[...numbers]
          .sort(([nameA, a], [nameB, b]) => a - b || (nameA < nameB ? -1 : 1))
          .map(([name, number]) => {
            const message = messages.get(number) ?? "";
            if (message === last.get(name)) return `${number}|${name}`;
            last.set(name, message);
            return `${number}|${name}|${message}`;
          }),
      ]),
    },
  ];
}
