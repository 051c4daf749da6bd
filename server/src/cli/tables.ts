/** `rt0 files`, `layout`, `consts` and `targets`: what the model knows, as rows. */
import {
  importPathOf,
  packageConstants,
  runtimeDirectories,
  selectedFiles,
  selectingTargetsOf,
  type Snapshot,
  structLayouts,
  structPreview,
  targetNames,
  type TypeLayout,
  whyNoLayout,
} from "../core/index.ts";
import { load, type Project, settle } from "../host/project.ts";
import { showBoth } from "./showBoth.ts";
import { type Arguments, UsageError } from "./args.ts";
import {
  InputError,
  isThere,
  type Opened,
  openProject,
  packageDirectories,
  packageDirectory,
  reportUnreadable,
  run,
} from "./openProject.ts";
import type { Output } from "./output.ts";
import { printPreviews, type ShowPreviews } from "./printPreviews.ts";
import { printTargetMatrix } from "./printTargetMatrix.ts";

/** Rows of one target and package: as JSON objects, and as a person reads them. */
interface Table {
  readonly rows: readonly object[];
  readonly text: string;
}

const asCompiled = { tests: false, sizes: "compiler" } as const;

type Ask = (snapshot: Snapshot, directory: string, target: number, name: TargetName) => Table;

/** What every row begins with. */
interface TargetName {
  readonly target: string;
  readonly package: string;
}

export function files(args: Arguments, output: Output): number {
  return tables(args, output, args.operands, "file", (snapshot, directory, target, name) => {
    const { go, assembly } = selectedFiles(snapshot, directory, target);
    const text = [...go, ...assembly].map((file) => `  ${file}\n`).join("");
    return { rows: [{ ...name, go, s: assembly }], text };
  });
}

export function layout(args: Arguments, output: Output): number {
  // A second operand is a type's name; with --format json several packages may be asked for at once.
  const [first, second] = args.operands;
  const only = args.operands.length === 2 && isType(second!) ? second : undefined;
  const { format, vet, against } = args.flags;
  if (against !== undefined && (only === undefined || vet !== undefined))
    throw new UsageError("layout: --against takes one PACKAGE and one TYPE, and no --vet");
  // What vet thinks of a type's size is told in rows alone.
  if (only !== undefined && format !== "json" && vet === undefined)
    return layoutOf(args, output, first!, only);
  if (only !== undefined && against !== undefined) return revisedLayout(args, output, first!, only);
  if (only === undefined && second !== undefined)
    refuseTypes(openProject(args, output, asCompiled), args.operands);
  let isFound = only === undefined;
  let reason: string | undefined;
  const packages = only === undefined ? args.operands : [first!];
  const wanted = only === undefined ? "type with a layout" : undefined;
  const status = tables(args, output, packages, wanted, (snapshot, directory, target, name) => {
    const layouts = structLayouts(snapshot, directory, target).filter(
      (type) => only === undefined || type.name === only,
    );
    isFound ||= layouts.length > 0;
    if (!isFound) reason ??= whyNoLayout(snapshot, directory, only!, target);
    const rows = layouts.map((layout) => ({ ...name, type: layout.name, ...layoutRow(layout) }));
    const text = layouts.map(({ name: type, size, align, fields = [] }) => {
      const lines = fields.map(
        (f) => `${String(f.offset).padStart(8)} ${String(f.size).padStart(6)}  ${f.name}\n`,
      );
      return `  ${type}: ${count(size, "byte")}, aligned to ${align}\n${lines.join("")}`;
    });
    return { rows, text: text.join("") };
  });
  if (!isFound) throw new InputError(noLayout(first!, only!, reason));
  return status;
}

function layoutRow({ size, align, fields }: TypeLayout): object {
  return {
    size,
    align,
    ...(fields && { fields: fields.map(({ name, offset, size }) => ({ name, offset, size })) }),
  };
}

/** Rows of one type's layouts here and in the other checkout: one for each target that has it in either. */
function revisedLayout(args: Arguments, output: Output, operand: string, type: string): number {
  const { here, there } = showBoth(args, output, (args, place) => {
    const opened = openProject(args, place, asCompiled);
    const { project } = opened;
    const directories = packageDirectories(opened, [operand]);
    loadPackages(project, directories);
    const layouts = new Map<string, { readonly name: TargetName; readonly layout: object | null }>();
    for (const [target, { name }] of project.targets.entries()) {
      for (const directory of directories) {
        const found = run(settle(project, (snapshot) => structLayouts(snapshot, directory, target)));
        const layout = found.find(({ name }) => name === type);
        const path = importPathOf(project.opened.trees, directory);
        layouts.set(`${name} ${path}`, {
          name: { target: name, package: path },
          layout: layout ? layoutRow(layout) : null,
        });
      }
    }
    return { opened, directories, layouts };
  });
  const rows = [...new Map([...here.layouts, ...(there?.layouts ?? [])])].flatMap(([key, { name }]) => {
    const [ours, theirs] = [here, there].map((side) => side?.layouts.get(key)?.layout ?? null);
    if (ours === null && theirs === null) return [];
    return [
      { ...name, type, same: JSON.stringify(ours) === JSON.stringify(theirs), here: ours, there: theirs },
    ];
  });
  if (rows.length === 0) throw new InputError(noLayout(operand, type, reasonIn(here, type)));
  output.write(rows.map((row) => JSON.stringify(row) + "\n").join(""));
  for (const { opened, directories } of [here, there!]) reportUnreadable(opened, directories, output);
  return 0;
}

/** What is in these directories, and in those in which the runtime's C lay besides. */
function loadPackages(project: Project, directories: readonly string[]): void {
  const runtimes = directories.filter((path) => path.endsWith("/runtime"));
  const more = runtimes.flatMap((path) =>
    project.targets.flatMap((target) => runtimeDirectories(path, target)),
  );
  run(load(project, [...new Set([...directories, ...more])]));
}

/** Throws a mistake that speaks of a type, where one is what was meant by a name that is no package. */
function refuseTypes(opened: Opened, [first, ...more]: readonly string[]): void {
  const type = more.find(
    (name) => /^[^./][^/]*$/.test(name) && name !== "std" && name !== "cmd" && !isThere(opened, name),
  );
  if (first === undefined || type === undefined || !isThere(opened, first)) return;
  if (more.length > 1)
    throw new UsageError(`${type}: no such package; of one package, layout takes one TYPE`);
  throw new InputError(noLayout(first, type, undefined));
}

/** One type in full: padding, what its fields are made of, names in assembly, the kernel's side. */
function layoutOf(args: Arguments, output: Output, operand: string, type: string): number {
  const show: ShowPreviews = (args, place) => {
    const opened = openProject(args, place, asCompiled);
    const { project } = opened;
    const directories = packageDirectories(opened, [operand]);
    loadPackages(project, directories);
    const targets = [...project.targets.keys()];
    const models = directories.flatMap(
      (directory) =>
        run(settle(project, (snapshot) => structPreview(snapshot, directory, type, targets))) ?? [],
    );
    return { opened, directories, models };
  };
  return printPreviews(args, output, show, (shown) => noLayout(operand, type, reasonIn(shown, type)));
}

/** Why a type has no layout on the first target that can tell. */
function reasonIn(
  { opened: { project }, directories }: { readonly opened: Opened; readonly directories: readonly string[] },
  type: string,
): string | undefined {
  const { snapshot } = project.workspace;
  const reasons = directories.flatMap((directory) =>
    [...project.targets.keys()].flatMap((target) => whyNoLayout(snapshot, directory, type, target) ?? []),
  );
  return reasons[0];
}

function noLayout(operand: string, type: string, reason: string | undefined): string {
  return `${type}: ${reason ?? `no such type in ${operand}`}`;
}

function isType(operand: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(operand);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

export function consts(args: Arguments, output: Output): number {
  return tables(args, output, args.operands, "constant", (snapshot, directory, target, name) => {
    const constants = packageConstants(snapshot, directory, target);
    const rows = constants.map(({ name: constant, value }) => ({ ...name, name: constant, value }));
    return { rows, text: constants.map(({ name, value }) => `  ${name} = ${value}\n`).join("") };
  });
}

/**
 * Asks for each target and package, and prints the answers: for a person, one table for all targets that have it in
 * common. Where there are none says that there is no `wanted`, if that is given.
 */
export function tables(
  args: Arguments,
  output: Output,
  operands: readonly string[],
  wanted: string | undefined,
  ask: Ask,
): number {
  if (operands.length === 0) throw new UsageError(`${args.command}: name a package`);
  const opened = openProject(args, output, asCompiled);
  const { project } = opened;
  const directories = packageDirectories(opened, operands);
  loadPackages(project, directories);
  const isJson = args.flags.format === "json";
  let isEmpty = true;
  const texts = new Map(directories.map((directory) => [directory, new Map<string, string[]>()]));
  for (const [target, { name }] of project.targets.entries()) {
    for (const directory of directories) {
      const path = importPathOf(project.opened.trees, directory);
      const table = run(
        settle(project, (snapshot) => ask(snapshot, directory, target, { target: name, package: path })),
      );
      isEmpty &&= isJson ? table.rows.length === 0 : table.text === "";
      if (isJson) output.write(table.rows.map((row) => JSON.stringify(row) + "\n").join(""));
      else if (table.text !== "") addTo(texts.get(directory)!, table.text, name);
    }
  }
  for (const [directory, targetsOf] of texts) {
    const path = importPathOf(project.opened.trees, directory);
    for (const [text, names] of targetsOf) {
      const isAll = names.length > 1 && names.length === project.targets.length;
      output.write(`${path} on ${isAll ? `all ${names.length} targets` : targetNames(names)}\n${text}\n`);
    }
  }
  reportUnreadable(opened, directories, output);
  if (isEmpty && wanted !== undefined) output.warn(`${operands.join(", ")}: no ${wanted} there`);
  return 0;
}

/** A person reads one table for all targets that have it in common. */
function addTo(texts: Map<string, string[]>, text: string, target: string): void {
  const names = texts.get(text);
  if (names) names.push(target);
  else texts.set(text, [target]);
}

export function targets(args: Arguments, output: Output): number {
  const [file, ...more] = args.operands;
  if (more.length > 0) throw new UsageError("targets: takes one file");
  const { symbol } = args.flags;
  if (typeof symbol === "string") {
    if (file !== undefined) throw new UsageError("targets: takes a file or --symbol, not both");
    return printTargetMatrix(args, symbol, output);
  }
  const opened = openProject(args, output, { tests: true, sizes: "compiler" });
  const { project } = opened;
  const names =
    file === undefined ? project.targets.map(({ name }) => name) : targetsThatSelect(opened, file);
  const isJson = args.flags.format === "json";
  output.write(names.map((name) => (isJson ? JSON.stringify({ target: name }) : name) + "\n").join(""));
  return 0;
}

function targetsThatSelect(opened: Opened, file: string): readonly string[] {
  const { project } = opened;
  const slash = file.lastIndexOf("/");
  const base = file.slice(slash + 1);
  const directory = packageDirectory(opened, slash < 0 ? "." : file.slice(0, slash) || "/");
  run(load(project, [directory]));
  const { snapshot } = project.workspace;
  if (!snapshot.directories.get(directory)?.files.has(base))
    throw new InputError(`${file}: no such Go or assembly file`);
  return [...selectingTargetsOf(snapshot, directory, base)].map((i) => project.targets[i]!.name);
}
