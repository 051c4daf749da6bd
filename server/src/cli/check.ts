/** `rt0 check`: every package's assembly against its Go declarations, on all targets. */
import { checkDirectory, type Finding, importPathOf, selectingTargetsOf, type Snapshot } from "../core/index.ts";
import { load, settle } from "../host/project.ts";
import type { Arguments } from "./args.ts";
import { assemblyDirectories, displayPath, type Opened, openProject, packageDirectories, run } from "./openProject.ts";
import type { Output } from "./output.ts";
import { github } from "./report/github.ts";
import { json } from "./report/json.ts";
import { byPosition, type Report, report, type Reported } from "./report/reported.ts";
import { sarif } from "./report/sarif.ts";
import { text } from "./report/text.ts";
import { vet } from "./report/vet.ts";

const reports: Record<string, Report> = { text, vet, json, sarif, github };

/** Returns the exit status: 0 clean, 1 findings. */
export function check(args: Arguments, output: Output): number {
  const started = performance.now();
  const { flags, operands } = args;
  const opened = openProject(args, output.cwd, output.environment, { tests: true, sizes: "vet" });
  const { project } = opened;
  const directories = operands.length > 0 ? packageDirectories(opened, operands) : assemblyDirectories(opened);
  run(load(project, directories));
  const findings = run(
    settle(project, (snapshot) => directories.flatMap((path) => checkDirectory(snapshot, path, project.profile))),
  );
  for (const { path, reason } of project.unreadable) output.warn(`${displayPath(project, path)}: cannot read: ${reason}`);

  const perTarget = flags["per-target"] === true;
  const reported = describe(opened, project.workspace.snapshot, findings);
  const rows = perTarget ? reported.flatMap((row) => row.targets.map((target) => ({ ...row, targets: [target] }))) : reported;
  const print = reports[typeof flags.format === "string" ? flags.format : "text"]!;
  const seconds = (performance.now() - started) / 1000;
  const summary = { packages: directories.length, targets: project.targets.length, seconds, perTarget };
  output.write(print(rows.sort(byPosition), summary));
  return findings.length > 0 ? 1 : 0;
}

function describe({ project }: Opened, snapshot: Snapshot, findings: readonly Finding[]): Reported[] {
  return findings.map((finding) =>
    report(snapshot, finding, {
      file: displayPath(project, `${finding.directory}/${finding.file}`),
      package: importPathOf(project.opened.trees, finding.directory),
      fileTargets: selectingTargetsOf(snapshot, finding.directory, finding.file).count,
    }),
  );
}
