/** `rt0 targets --symbol`: what one symbol is on every target. */
import { targetMatrix } from "../core/index.ts";
import { load, settle } from "../host/project.ts";
import { type Arguments, UsageError } from "./args.ts";
import { displayPath, InputError, openProject, packageDirectory, run } from "./openProject.ts";
import type { Output } from "./output.ts";

export function printTargetMatrix(args: Arguments, symbol: string, output: Output): number {
  const dot = symbol.lastIndexOf(".");
  const name = symbol.slice(dot + 1);
  if (dot < 0 || name === "" || name.includes("/"))
    throw new UsageError(`${symbol}: name a package and a function of it: runtime.futex`);
  const opened = openProject(args, output, { tests: true, sizes: "compiler" });
  const { project } = opened;
  const directory = packageDirectory(opened, symbol.slice(0, dot) || ".", symbol);
  run(load(project, [directory]));
  const rows = run(settle(project, (snapshot) => targetMatrix(snapshot, directory, name)));
  if (!rows) throw new InputError(`${symbol}: no function and no assembly of that name`);
  const cells = rows.map((row) => ({
    target: project.targets[row.target]!.name as string,
    declaration: row.declaration ? { file: row.declaration.file, hasBody: row.declaration.hasBody } : null,
    texts: row.texts.map(({ directory: place, file, abi }) => ({
      file: place === directory ? file : displayPath(project, `${place}/${file}`),
      abi,
    })),
    missing: row.isMissing,
  }));
  if (args.flags.format === "json") output.write(cells.map((cell) => JSON.stringify(cell) + "\n").join(""));
  else output.write(table(cells));
  return 0;
}

interface Cells {
  readonly target: string;
  readonly declaration: { readonly file: string; readonly hasBody: boolean } | null;
  readonly texts: readonly { readonly file: string; readonly abi: string }[];
  /** Declared, and provided nowhere: the link would fail. */
  readonly missing: boolean;
}

/** One line for each target; "-" where there is nothing. */
function table(rows: readonly Cells[]): string {
  const lines = [
    ["target", "declaration", "TEXT"],
    ...rows.map(({ target, declaration, texts, missing }) => [
      target,
      declaration ? declaration.file + (declaration.hasBody ? " (with a body)" : "") : "-",
      texts.map(({ file, abi }) => (abi === "ABI0" ? file : `${file} <${abi}>`)).join(", ") ||
        (missing ? "missing" : "-"),
    ]),
  ];
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map(([a, b, c]) => `${a!.padEnd(widths[0]!)}  ${b!.padEnd(widths[1]!)}  ${c}\n`).join("");
}
