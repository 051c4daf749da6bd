/** `rt0 check`: every package's assembly against its Go declarations, on all targets. */
import {
  capped,
  checkDirectory,
  checks,
  checkStages,
  type Finding,
  importPathOf,
  joinArches,
  selectingTargetsOf,
  type Severity,
  type Snapshot,
} from "../core/index.ts";
import { linkedRoots, load, noteUnreadable, settle } from "../host/project.ts";
import { type Arguments, listFlag, UsageError } from "./args.ts";
import {
  assemblyDirectories,
  displayPath,
  type Opened,
  openProject,
  packageDirectories,
  reportUnreadable,
  run,
  topOf,
} from "./openProject.ts";
import type { Output } from "./output.ts";
import { github } from "./report/github.ts";
import { json } from "./report/json.ts";
import { byPosition, type Report, report, type Reported } from "./report/reported.ts";
import { sarif } from "./report/sarif.ts";
import { text } from "./report/text.ts";
import { vet } from "./report/vet.ts";
import { hideListed, noteDown } from "./whitelist.ts";

const reports: Record<string, Report> = { text, vet, json, sarif, github };

/** What `go vet` reports too: all that its format has unless other checks are asked for. */
const vetChecks = ["asmdecl"];

/** Returns the exit status: 1 where a finding fails, else 2 where something could not be read, else 0. */
export function check(args: Arguments, output: Output): number {
  const started = performance.now();
  const { flags, operands } = args;
  const isVet = flags.format === "vet";
  const codes = parseRules(listFlag(args, "rules") ?? (isVet ? vetChecks : undefined));
  const shown = levelOf(args, "severity", "hint");
  const failing = levelOf(args, "fail-on", "information");
  const opened = openProject(args, output, { tests: true, sizes: "vet", walks: true });
  const { project } = opened;
  const directories =
    operands.length > 0 ? packageDirectories(opened, operands) : assemblyDirectories(opened);
  const tell = patiently(output, started);
  const [near, far] = split(codes);
  const ahead = far.size > 0 ? output.readAhead?.(linkedRoots(project), directories) : undefined;
  readAll(opened, directories, tell);
  const askAll = (codes: ReadonlySet<string>) =>
    run(settle(project, (snapshot) => checkAll(opened, snapshot, directories, codes, tell)));
  // What one directory lacks makes no difference to the others, which need not be asked again.
  const askEach = (codes: ReadonlySet<string>) =>
    directories.flatMap((directory, n) => {
      tell("checking", opened, directories, n);
      return run(settle(project, (snapshot) => checkDirectory(snapshot, directory, project.profile, codes)));
    });
  const found = askEach(near);
  const read = ahead?.();
  if (read) {
    project.workspace.apply({ outlying: read.outlying });
    noteUnreadable(project, read.unreadable);
  }
  // Without the rest of the trees, any directory may turn out to need it, and what it holds is news to all.
  if (far.size > 0) found.push(...(read ? askEach(far) : askAll(far)));
  output.progress(undefined);
  const isShort = reportUnreadable(opened, directories, output);
  if (isShort) output.warn("findings that rest on what cannot be read are left out");

  const selected = found.filter(({ code }) => codes.has(code));
  if (typeof flags["write-whitelist"] === "string") {
    output.write(noteDown(opened, flags["write-whitelist"], selected));
    return isShort ? 2 : 0;
  }
  const { visible: findings, unmatched } =
    typeof flags.whitelist === "string"
      ? hideListed(
          opened,
          flags.whitelist,
          selected,
          directories,
          operands.length > 0 ? undefined : topOf({ opened: project.opened, from: opened.from }),
        )
      : { visible: selected, unmatched: [] };
  const perTarget = flags["per-target"] === true;
  // What an entry is about may have been withheld.
  const listed = codes.has("whitelist") && !isShort ? unmatched : [];
  // vet and a single target know one architecture; everybody else is told once what several have in common.
  const joined = isVet || perTarget ? findings : joinArches(findings);
  const isRead = flags.format === undefined || flags.format === "text";
  // Programs take them all.
  const told = isRead ? capped(joined) : joined;
  const all = [...describe(opened, project.workspace.snapshot, told), ...listed];
  const reported = all.filter(({ severity }) => severities.indexOf(severity) <= shown);
  const rows = perTarget
    ? reported.flatMap((row) => row.targets.map((target) => ({ ...row, targets: [target] })))
    : reported;
  const print = reports[typeof flags.format === "string" ? flags.format : "text"]!;
  const { cwd } = opened;
  const summary = {
    packages: directories.length,
    targets: project.targets.length,
    seconds: (performance.now() - started) / 1000,
    perTarget,
    cwd,
    repository: output.environment.GITHUB_WORKSPACE || cwd,
  };
  output.write(print(rows.sort(byPosition), summary));
  if (all.some(({ severity }) => severities.indexOf(severity) <= failing)) return 1;
  return isShort ? 2 : 0;
}

/** From the gravest on. */
const severities = ["error", "warning", "information", "hint"] as const satisfies readonly Severity[];

/** The place in `severities` that a flag names. */
function levelOf({ flags }: Arguments, flag: "severity" | "fail-on", otherwise: Severity): number {
  const name = flags[flag] ?? otherwise;
  const level = severities.findIndex((severity) => severity === name);
  if (level < 0)
    throw new UsageError(`--${flag} ${String(name)}: unknown level; levels are ${severities.join(", ")}`);
  return level;
}

function parseRules(names: readonly string[] | undefined): ReadonlySet<string> {
  const known: readonly string[] = checks.map(({ code }) => code);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`${unknown}: unknown check; checks are ${known.join(", ")}`);
  return new Set(names ?? known);
}

/** The checks that look at one package, and those that may ask for the rest of the tree. */
function split(codes: ReadonlySet<string>): [Set<string>, Set<string>] {
  const last = checkStages.at(-1)!;
  const all = [...codes];
  return [new Set(all.filter((code) => !last.has(code))), new Set(all.filter((code) => last.has(code)))];
}

/** How long work may take, in milliseconds, before it says what it is at; and how often it does then. */
const patience = 1000;
const beat = 100;

/** Says what is done to the nth of so many directories. */
type Tell = (doing: string, opened: Opened, directories: readonly string[], n: number) => void;

function patiently(output: Output, started: number): Tell {
  let next = started + patience;
  return (doing, { project }, directories, n) => {
    const now = performance.now();
    if (now < next) return;
    next = now + beat;
    output.progress(`${doing} ${displayPath(project, directories[n]!)} (${n + 1} of ${directories.length})`);
  };
}

function readAll(opened: Opened, directories: readonly string[], tell: Tell): void {
  // In handfuls, so that there is time to say something in between.
  const handful = 16;
  for (let n = 0; n < directories.length; n += handful) {
    tell("reading", opened, directories, n);
    run(load(opened.project, directories.slice(n, n + handful)));
  }
}

function checkAll(
  opened: Opened,
  snapshot: Snapshot,
  directories: readonly string[],
  codes: ReadonlySet<string>,
  tell: Tell,
): Finding[] {
  return directories.flatMap((directory, n) => {
    tell("checking", opened, directories, n);
    return checkDirectory(snapshot, directory, opened.project.profile, codes);
  });
}

function describe({ project }: Opened, snapshot: Snapshot, findings: readonly Finding[]): Reported[] {
  return findings.map((finding) => {
    const path = `${finding.directory}/${finding.file}`;
    const building = selectingTargetsOf(snapshot, finding.directory, finding.file);
    return report(snapshot, finding, {
      file: displayPath(project, path),
      package: importPathOf(project.opened.trees, finding.directory),
      fileTargets: [...building].map((i) => project.targets[i]!.name),
    });
  });
}
