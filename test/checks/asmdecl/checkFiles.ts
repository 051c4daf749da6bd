/**
 * Runs the asmdecl check over the files of one fixture, which are one package.
 * The fixture's comment may name `targets: …` (default linux/amd64) and
 * `release: …`, the Go release whose vet is followed.
 */
import { asmdecl } from "../../../server/src/core/checks/asmdecl/asmdecl.ts";
import { profileFor } from "../../../server/src/core/checks/asmdecl/profile.ts";
import { vetFile } from "../../../server/src/core/checks/asmdecl/vetLines.ts";
import { bodylessFunction } from "../../../server/src/core/model/functionFrame.ts";
import { buildContext, parseTarget } from "../../../server/src/core/model/target.ts";
import { selection } from "../../../server/src/core/workspace/selection.ts";
import { Workspace } from "../../../server/src/core/workspace/workspace.ts";
import { createWorld } from "../../../server/src/core/workspace/world.ts";
import { type Fixture, type FixtureFinding, setting, targetNames } from "../../support/annotations.ts";

export function checkFiles(fixture: Fixture): FixtureFinding[] {
  const names = setting(fixture, "targets") ?? "linux/amd64";
  const release = Number(setting(fixture, "release") ?? 27);
  const targets = names.split(", ").map((name) => parseTarget(name)!);
  const profile = profileFor(release);
  const { sizeRules, keepAliases, beforeAnalysis } = profile;
  const world = createWorld(
    [{ kind: "plain", directory: "/p" }],
    { targets, context: buildContext(release) },
    { sizeRules, keepAliases, tests: true },
  );
  const files = fixture.files.map(({ path, text }) => ({ name: path, text }));
  const snapshot = new Workspace(world).apply({ directories: new Map([["/p", files]]) });
  const pkg = snapshot.package("/p")!;
  return [...snapshot.directories.get("/p")!.files.values()].flatMap((file) => {
    if (file.kind !== "asm") return [];
    const selecting = selection(world, file).targets;
    const findings = asmdecl({
      file: { name: file.name, vet: vetFile(file.text, !beforeAnalysis), targets: selecting },
      packagePath: pkg.path,
      packageName: pkg.files[0]!.summary.packageName,
      profile,
      targets,
      frames: {
        frame(name, target, arch) {
          const view = snapshot.view(target);
          const { found, holds } = bodylessFunction(view, pkg, name, {
            arch,
            nestedArraysFromZero: beforeAnalysis,
          });
          if (found === undefined) return { kind: "none", holds };
          return found.frame ? { kind: "frame", frame: found.frame, holds } : { kind: "unresolved", holds };
        },
      },
    });
    return findings.map(({ start, end, message, targets: on }) => ({
      path: file.name,
      start,
      end,
      message,
      severity: "error" as const,
      code: "asmdecl",
      targets: targetNames(on, selecting, targets),
    }));
  });
}
