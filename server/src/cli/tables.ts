/** `rt0 files`, `layout`, `consts` and `targets`: what the model knows, as rows. */
import {
  importPathOf,
  packageConstants,
  selectedFiles,
  selectingTargetsOf,
  type Snapshot,
  structLayouts,
} from "../core/index.ts";
import { load, settle } from "../host/project.ts";
import { type Arguments, UsageError } from "./args.ts";
import { InputError, openProject, packageDirectories, run } from "./openProject.ts";
import type { Output } from "./output.ts";

/** Rows of one target and package: as JSON objects, and as a person reads them. */
interface Table {
  readonly rows: readonly object[];
  readonly text: string;
}

type Ask = (snapshot: Snapshot, directory: string, target: number, name: { target: string; package: string }) => Table;

export function files(args: Arguments, output: Output): number {
  return tables(args, output, args.operands, (snapshot, directory, target, name) => {
    const { go, assembly } = selectedFiles(snapshot, directory, target);
    const text = [...go, ...assembly].map((file) => `  ${file}\n`).join("");
    return { rows: [{ ...name, go, s: assembly }], text };
  });
}

export function layout(args: Arguments, output: Output): number {
  const [packages, types] = [args.operands.slice(0, 1), args.operands.slice(1)];
  const isType = (operand: string) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(operand);
  // A second operand is a type's name; with --format json several packages may be asked for at once.
  const only = types.length === 1 && isType(types[0]!) ? types[0] : undefined;
  let found = only === undefined;
  const status = tables(args, output, only === undefined ? args.operands : packages, (snapshot, directory, target, name) => {
    const layouts = structLayouts(snapshot, directory, target).filter((type) => only === undefined || type.name === only);
    found ||= layouts.length > 0;
    const rows = layouts.map(({ name: type, size, align, fields }) => ({
      ...name,
      type,
      size,
      align,
      ...(fields && { fields: fields.map(({ name, offset, size }) => ({ name, offset, size })) }),
    }));
    const text = layouts.map(({ name: type, size, align, fields = [] }) => {
      const lines = fields.map((f) => `${String(f.offset).padStart(8)} ${String(f.size).padStart(6)}  ${f.name}\n`);
      return `  ${type}: ${size} bytes, aligned to ${align}\n${lines.join("")}`;
    });
    return { rows, text: text.join("") };
  });
  if (!found) throw new InputError(`${only}: no such type in ${packages[0]}`);
  return status;
}

export function consts(args: Arguments, output: Output): number {
  return tables(args, output, args.operands, (snapshot, directory, target, name) => {
    const constants = packageConstants(snapshot, directory, target);
    const rows = constants.map(({ name: constant, value }) => ({ ...name, name: constant, value }));
    return { rows, text: constants.map(({ name, value }) => `  ${name} = ${value}\n`).join("") };
  });
}

function tables(args: Arguments, output: Output, operands: readonly string[], ask: Ask): number {
  if (operands.length === 0) throw new UsageError(`${args.command}: name a package`);
  const opened = openProject(args, output.cwd, output.environment, { tests: false, sizes: "compiler" });
  const { project } = opened;
  const directories = packageDirectories(opened, operands);
  run(load(project, directories));
  const isJson = args.flags.format === "json";
  for (const [target, { name }] of project.targets.entries()) {
    for (const directory of directories) {
      const path = importPathOf(project.opened.trees, directory);
      const table = run(settle(project, (snapshot) => ask(snapshot, directory, target, { target: name, package: path })));
      if (isJson) output.write(table.rows.map((row) => JSON.stringify(row) + "\n").join(""));
      else output.write(`${name} ${path}\n${table.text}`);
    }
  }
  for (const { path, reason } of project.unreadable) output.warn(`${path}: cannot read: ${reason}`);
  return 0;
}

export function targets(args: Arguments, output: Output): number {
  const opened = openProject(args, output.cwd, output.environment, { tests: true, sizes: "compiler" });
  const { project } = opened;
  const [file, ...more] = args.operands;
  if (more.length > 0) throw new UsageError("targets: takes one file");
  let names = project.targets.map(({ name }) => name as string);
  if (file !== undefined) {
    const slash = file.lastIndexOf("/");
    const [directory] = packageDirectories(opened, [slash < 0 ? "." : file.slice(0, slash)]);
    const base = file.slice(slash + 1);
    run(load(project, [directory!]));
    const { snapshot } = project.workspace;
    if (!snapshot.directories.get(directory!)?.files.has(base)) throw new InputError(`${file}: no such Go or assembly file`);
    names = [...selectingTargetsOf(snapshot, directory!, base)].map((i) => project.targets[i]!.name);
  }
  const isJson = args.flags.format === "json";
  output.write(names.map((name) => (isJson ? JSON.stringify({ target: name }) : name) + "\n").join(""));
  return 0;
}
