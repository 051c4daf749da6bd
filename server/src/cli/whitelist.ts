/** `--whitelist` and `--write-whitelist`: hiding the findings that are known, and noting them down. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import { applyWhitelist, type Finding, relative, writeWhitelist } from "../core/index.ts";
import { listEntries } from "../host/fileTask.ts";
import { listedFinding, readWhitelist } from "../host/readWhitelist.ts";
import { InputError, type Opened, run, whyUnreadable } from "./openProject.ts";
import type { Reported } from "./report/reported.ts";

/**
 * The findings that the whitelist leaves visible, and a row for each entry that matches nothing, of packages that
 * were checked; and where everything below `top` was, of those that have no assembly any more.
 */
export function hideListed(
  { project, cwd }: Opened,
  directory: string,
  findings: readonly Finding[],
  checked: readonly string[],
  top: string | undefined,
): { readonly visible: readonly Finding[]; readonly unmatched: readonly Reported[] } {
  const { files, unreadable } = run(readWhitelist(resolve(cwd, directory)));
  // Without it, what it hides would be reported.
  for (const failure of unreadable) {
    const name = relative(resolve(cwd, directory), failure.path);
    throw new InputError(`${name ? join(directory, name) : directory}: ${whyUnreadable(failure)}`);
  }
  if (!files) throw new InputError(`${directory}: no such whitelist directory`);
  if (files.length === 0) throw new InputError(`${directory}: no whitelist in it: no .txt file`);
  const { base } = project.opened;
  const listed = findings.map((finding) => listedFinding(base, finding));
  const { visible, unmatched } = applyWhitelist(files, listed, project.targets);
  // An entry about a package that was not looked at says nothing.
  const packages = new Set(checked);
  const assembly = new Map<string, boolean>();
  const lacksAssembly = (path: string): boolean => {
    if (!assembly.has(path)) assembly.set(path, hasAssembly(path));
    return !assembly.get(path);
  };
  const isChecked = (name: string): boolean => {
    const path = posix.join(base, name);
    if (packages.has(path)) return true;
    // What "p/GOARCH" means depends on the target.
    if (top === undefined || /GOOS|GOARCH|ARCHSUFF/.test(name)) return false;
    return relative(top, path) !== undefined && lacksAssembly(path);
  };
  const rows = unmatched
    .filter(({ text }) => isChecked(dirname(text.slice(0, text.indexOf(": ")))))
    .map(({ file, line, text, targets }): Reported => {
      const names = [...targets].map((i) => project.targets[i]!.name);
      const path = resolve(cwd, directory, file);
      return {
        file: join(directory, file),
        path,
        line: line + 1,
        column: 1,
        endLine: line + 1,
        endColumn: Buffer.byteLength(text) + 1,
        code: "whitelist",
        severity: "warning",
        message: "this entry matches no finding",
        package: "",
        targets: names,
        fileTargets: names,
        source: { text, start: 0, end: text.length },
        related: [],
      };
    });
  return { visible: visible.map(({ finding, targets }) => ({ ...finding, targets })), unmatched: rows };
}

function hasAssembly(directory: string): boolean {
  return run(listEntries(directory))?.some(({ name }) => name.endsWith(".s")) ?? false;
}

/** Writes a whitelist of these findings; returns what was done in one line. Nothing that is there is overwritten. */
export function noteDown({ project, cwd }: Opened, directory: string, findings: readonly Finding[]): string {
  const listed = findings.map((finding) => listedFinding(project.opened.base, finding));
  const files = writeWhitelist(listed, project.targets);
  const top = resolve(cwd, directory);
  if (existsSync(top) && !statSync(top).isDirectory()) throw new InputError(`${directory}: not a directory`);
  const there = files.find(({ name }) => existsSync(join(top, name)));
  if (there)
    throw new InputError(`${join(directory, there.name)}: exists already; write to an empty directory`);
  mkdirSync(top, { recursive: true });
  writeBeside(files.map(({ name, text }) => ({ path: join(top, name), text })));
  const entries = files.reduce((sum, { text }) => sum + text.split("\n").length - 1, 0);
  return `Wrote ${entries} entries to ${files.length} files in ${directory}.\n`;
}

/** Writes all files or, where that fails, none: beside their places first, so that none is there in part. */
function writeBeside(files: readonly { readonly path: string; readonly text: string }[]): void {
  const written = files.map(({ path, text }) => ({ path, text, beside: `${path}.${process.pid}.tmp` }));
  try {
    for (const { beside, text } of written) writeFileSync(beside, text, { flag: "wx" });
    for (const { beside, path } of written) renameSync(beside, path);
  } finally {
    for (const { beside } of written) rmSync(beside, { force: true });
  }
}
