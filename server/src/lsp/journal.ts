/**
 * What the server tells of itself in the editor's output: which rt0 it is, which
 * settings count, which Go it found and why, whose vet it follows, what it could
 * not read, and how long it took. Nothing of it is a finding.
 */
import { LineIndex, type ModuleTree, parseGoMod, type Tree } from "../core/index.ts";
import { readText, runAsync } from "../host/fileTask.ts";
import type { OpenProject } from "./projects.ts";
import type { Status } from "./protocol.ts";
import type { Session } from "./session.ts";
import { readSettings, type Settings } from "./settings.ts";

export interface Journal {
  /** Everything is opened anew. */
  begins(): void;
  /** A tree was opened. */
  opened(open: OpenProject): void;
  /** Everything is checked. How long it took is told once for each beginning; what cannot be read, whenever it is more. */
  checked(status: Status): void;
}

export function createJournal(session: Session): Journal {
  const { connection, runtime } = session;
  const { console } = connection;
  const toldUnreadable = new Set<string>();
  let isFirst = true;
  let begun: number | undefined;

  /** What is wrong in the go.mod of a module, which makes rt0 look for packages in fewer places than Go does. */
  const tellMistakes = async (site: string, { directory }: ModuleTree): Promise<void> => {
    const path = `${directory}/go.mod`;
    const text = await runAsync(readText(path), session.filesOf(site));
    if (text === undefined) return;
    const { module, errors } = parseGoMod(text);
    const index = new LineIndex(text);
    for (const { span, message } of errors)
      console.warn(`${path}:${index.lineAt(span.start) + 1}: ${message}`);
    if (module === "") console.warn(`${path}: no module line`);
  };

  return {
    begins() {
      if (isFirst) console.info(`rt0 ${runtime.version} on ${runtime.platform}`);
      isFirst = false;
      begun = runtime.now();
      console.info(`settings: ${settingsText(session.settings)}`);
    },

    opened({ site, project }) {
      const { trees, root, release, vetRelease } = project.opened;
      const goroot = trees.find(({ kind }) => kind === "goroot");
      const own = trees[0];
      const vet = session.settings.vetRelease ?? vetRelease;
      const { goroot: chosen } = session.settings;
      const reason = goroot && runtime.goLocations(chosen).reasons?.get(goroot.directory);
      const library =
        goroot === undefined
          ? "no Go found, so types of the standard library are unknown"
          : goroot === own
            ? "its own standard library"
            : `standard library of ${goroot.directory}${reason === undefined ? "" : ` (${reason})`}`;
      console.info(
        `${root}: ${treeText(own)}, ${count(project.targets.length, "target")} of Go 1.${release}, ` +
          `findings of the vet of Go 1.${vet}; ${library}`,
      );
      for (const tree of trees)
        if (tree.kind === "module") void session.guard(() => tellMistakes(site, tree));
    },

    checked({ packages, targets, findings }) {
      for (const { project } of session.projects.all) {
        for (const [path, reason] of project.unreadable) {
          if (!toldUnreadable.has(path)) console.warn(`${path}: cannot be read: ${reason}`);
          toldUnreadable.add(path);
        }
      }
      if (begun === undefined) return;
      const seconds = ((runtime.now() - begun) / 1000).toFixed(1);
      begun = undefined;
      const what = `${count(packages, "package")} on ${count(targets, "target")}`;
      console.info(`checked ${what} in ${seconds} s: ${count(findings, "finding")}`);
    },
  };
}

/** Those that differ from what holds without any, as JSON. */
function settingsText(settings: Settings): string {
  const usual = new Map(Object.entries(readSettings(undefined)));
  const changed = Object.entries(settings).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(usual.get(name)),
  );
  return changed.length === 0 ? "none changed" : JSON.stringify(Object.fromEntries(changed));
}

function treeText(tree: Tree | undefined): string {
  switch (tree?.kind) {
    case "goroot":
      return "a Go tree";
    case "gopath":
      return "a GOPATH";
    case "module":
      return `module ${tree.path || "without a name"}`;
    default:
      return "a folder outside modules";
  }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
