/** What Go's packages import from the libraries of systems, and from the host of WebAssembly. */
import type { Facts, FactsFile, Table } from "../factsFile.ts";

export const imports: FactsFile = {
  name: "imports",
  data: ["libc_imports"],
  tables: importTables,
};

interface ImportFacts {
  readonly source: string;
  readonly revs: Readonly<
    Record<
      string,
      {
        readonly dynimport: Readonly<
          Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>
        >;
        readonly wasmimport?: readonly (readonly [
          goos: string,
          module: string,
          name: string,
          func: string,
          params: readonly string[],
          result: string,
          file: string,
        ])[];
      }
    >
  >;
}

function importTables(facts: Facts): Table[] {
  const { source, revs } = facts("libc_imports") as ImportFacts;
  return [
    {
      name: "libraryImports",
      doc: "A line `# revision GOOS package library` before the names bound there. %N after a name is its number of arguments.",
      source,
      rows: Object.entries(revs).flatMap(([revision, { dynimport }]) =>
        Object.entries(dynimport).flatMap(([goos, libraries]) =>
          Object.entries(libraries).flatMap(([library, packages]) =>
            Object.entries(packages).flatMap(([pkg, names]) => [
              `# ${revision} ${goos} ${pkg} ${library}`,
              ...names,
            ]),
          ),
        ),
      ),
    },
    {
      name: "wasmImports",
      doc: "GOOS|module|name|Go function|parameters|result|file",
      source,
      rows: Object.values(revs).flatMap(({ wasmimport = [] }) =>
        wasmimport.map(([goos, module, name, func, params, result, file]) =>
          [goos, module, name, func, params.join(", "), result, file].join("|"),
        ),
      ),
    },
  ];
}
