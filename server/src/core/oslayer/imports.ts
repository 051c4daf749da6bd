/**
 * Functions that Go's own packages take from outside the program: of shared libraries on systems that
 * are called through them, of the host on wasm.
 */
import { oncePerKey } from "../base/memo.ts";
import { libraryImports, wasmImports } from "../facts/generated/imports.ts";
import { isGoOS } from "../facts/os.ts";
import { rowsOf, sectionsOf } from "./factRows.ts";
import { kernelOf, type System } from "./system.ts";

export interface LibraryImport {
  readonly kind: "library";
  readonly name: string;
  /** "libc.so", "kernel32.dll", "libc.a/shr_64.o". */
  readonly library: string;
  /** Packages of the standard library that bind it. */
  readonly packages: readonly string[];
  /** How many arguments a stdcall takes; undefined where the facts do not say. */
  readonly argumentCount: number | undefined;
  /** Which Go it was read in, the newest that has it. */
  readonly revision: string;
  readonly source: string;
}

export interface WasmImport {
  readonly kind: "wasm";
  readonly name: string;
  /** "gojs" or "wasi_snapshot_preview1". */
  readonly module: string;
  /** The Go functions declared for it, each with its parameters and result as Go writes them. */
  readonly functions: readonly {
    readonly name: string;
    readonly parameters: string;
    readonly result: string;
    readonly file: string;
  }[];
  readonly source: string;
}

export type Import = LibraryImport | WasmImport;

/** What a target's programs import, by name; empty on systems that are trapped into. */
export function importsOf({ goos }: System): readonly Import[] {
  return imports(goos).all;
}

const imports = oncePerKey((goos: string) => {
  const systems = isGoOS(goos) ? [goos, kernelOf(goos)] : [];
  const all: Import[] = [...libraryImportsOf(systems), ...wasmImportsOf(goos)];
  all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  // Of two libraries with a function of that name the first.
  return { all, byName: new Map(all.map((entry) => [entry.name, entry] as const).reverse()) };
});

/** The import of a name; "libc_open" and "libc_open_trampoline" are Go's names for open. */
export function importByName({ goos }: System, name: string): Import | undefined {
  const { byName } = imports(goos);
  return byName.get(name) ?? byName.get(name.replace(/^libc_/, "").replace(/_trampoline$/, ""));
}

function libraryImportsOf(systems: readonly string[]): LibraryImport[] {
  const found = new Map<string, LibraryImport>();
  for (const { head, rows } of sectionsOf(libraryImports)) {
    const [revision = "", goos = "", pkg = "", library = ""] = head;
    if (!systems.includes(goos)) continue;
    for (const row of rows) {
      const [name = "", count] = row.split("%");
      const key = `${library} ${name}`;
      const known = found.get(key);
      // Revisions come newest first.
      if (known && known.revision !== revision) continue;
      found.set(key, {
        kind: "library",
        name,
        library,
        packages: [...(known?.packages ?? []), pkg],
        argumentCount: count === undefined ? known?.argumentCount : Number(count),
        revision,
        source: libraryImports.source,
      });
    }
  }
  return [...found.values()];
}

function wasmImportsOf(system: string): WasmImport[] {
  const found = new Map<string, WasmImport>();
  for (const row of rowsOf(wasmImports)) {
    const [goos = "", module = "", name = "", func = "", parameters = "", result = "", file = ""] =
      row.split("|");
    if (goos !== system) continue;
    const functions = found.get(name)?.functions ?? [];
    found.set(name, {
      kind: "wasm",
      name,
      module,
      functions: [...functions, { name: func, parameters, result, file }],
      source: wasmImports.source,
    });
  }
  return [...found.values()];
}
