/** System calls of macOS, and from which release to which a number had its meaning. */
import { type Arguments, callRow, signature } from "../callRow.ts";
import type { Facts, FactsFile, Table } from "../factsFile.ts";
import { xnuVersion } from "../xnuVersion.ts";

export const darwinSyscalls: FactsFile = {
  name: "darwinSyscalls",
  data: ["syscalls_darwin"],
  tables: darwinTables,
};

interface DarwinStep {
  readonly first: string;
  readonly last: string;
  readonly name: string;
  readonly ret?: string | null;
  readonly args?: Arguments | null;
}

interface DarwinCall {
  readonly n: number;
  readonly name: string;
  readonly ret: string | null;
  readonly args: Arguments | null;
  readonly since: string;
  readonly removed_after?: string;
  readonly history?: readonly DarwinStep[];
}

function darwinTables(facts: Facts): Table[] {
  const { macos, syscalls, source } = facts("syscalls_darwin") as {
    readonly macos: Readonly<Record<string, string>>;
    readonly syscalls: readonly DarwinCall[];
    readonly source: string;
  };
  const versions = new Map<string, string[]>();
  for (const [tag, version] of Object.entries(macos)) {
    versions.set(version, [...(versions.get(version) ?? []), xnuVersion(tag)]);
  }
  const [oldest, newest] = [Object.keys(macos)[0], Object.keys(macos).at(-1)!];
  const rows = syscalls.flatMap(({ n, name, ret, args, since, removed_after, history }) => {
    const last: DarwinStep = { first: since, last: removed_after ?? newest, name, ret, args };
    return (history ?? [last]).map((step) =>
      callRow(n, step.name, signature(step.ret, step.args), {
        since: step.first === oldest ? undefined : xnuVersion(step.first),
        until: step.last === newest ? undefined : xnuVersion(step.last),
      }),
    );
  });
  return [
    {
      name: "macosVersions",
      doc: "Release of macOS, and the first and the last version of its kernel, xnu.",
      source,
      rows: [...versions].map(([version, tags]) => `${version} ${tags[0]!} ${tags.at(-1)!}`),
    },
    {
      name: "darwinSyscalls",
      doc: "number|name|C signature|since and until, as versions of xnu. A number has several rows where its meaning changed.",
      source,
      rows,
    },
  ];
}
