/**
 * Runs the asmdecl check over the files of one fixture, which are one package.
 * The fixture's comment may name `targets: …` (default linux/amd64) and
 * `release: …`, the Go release whose vet is followed.
 */
import {
  buildContext,
  checkDirectory,
  createWorld,
  type Finding,
  parseTarget,
  profileFor,
  selectingTargetsOf,
  Workspace,
} from "../../../server/src/core/index.ts";
import { type Fixture, type FixtureFinding, setting, targetNames } from "../../support/annotations.ts";

export function checkFiles(fixture: Fixture): FixtureFinding[] {
  const { snapshot, targets, findings } = check(fixture);
  return findings.map((finding) => ({
    path: finding.file,
    start: finding.span.start,
    end: finding.span.end,
    message: finding.message,
    severity: finding.severity,
    code: finding.code,
    targets: targetNames(finding.targets, selectingTargetsOf(snapshot, "/p", finding.file), targets),
  }));
}

export function findingsOf(fixture: Fixture): readonly Finding[] {
  return check(fixture).findings;
}

function check(fixture: Fixture) {
  const names = setting(fixture, "targets") ?? "linux/amd64";
  const release = Number(setting(fixture, "release") ?? 27);
  const targets = names.split(", ").map((name) => parseTarget(name)!);
  const profile = profileFor(release);
  const { sizeRules, keepAliases } = profile;
  const world = createWorld(
    [{ kind: "plain", directory: "/p" }],
    { targets, context: buildContext(release) },
    { sizeRules, keepAliases, tests: true },
  );
  const files = fixture.files.map(({ path, text }) => ({ name: path, text }));
  const snapshot = new Workspace(world).apply({ directories: new Map([["/p", files]]) });
  const findings = checkDirectory(snapshot, "/p", profile, new Set(["asmdecl"]));
  return { snapshot, targets, findings };
}
