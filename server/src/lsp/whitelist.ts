/**
 * The whitelists of the user's setting: which findings of a file they hide, and
 * which of their entries hide nothing. What an entry means is the core's business.
 */
import type { Diagnostic } from "vscode-languageserver";
import { applyWhitelist, type Finding, targetNames, type WhitelistFile } from "../core/index.ts";
import { runAsync } from "../host/fileTask.ts";
import type { Project } from "../host/project.ts";
import { listedFinding, readWhitelist } from "../host/readWhitelist.ts";
import { diagnosticAt, namesOf } from "./diagnostics.ts";
import type { FilePath } from "./filePath.ts";
import { Lines } from "./lines.ts";
import type { Session } from "./session.ts";

export interface Whitelist {
  /** The directory that the settings name. */
  readonly directory: FilePath | undefined;
  /** Reads it anew. */
  read(): Promise<void>;
  /** The findings of a project's file that no entry hides. */
  visible(project: Project, findings: readonly Finding[]): readonly Finding[];
  /** What is to be said of entries that hide nothing in any of the projects, given all findings of each. */
  unmatched(
    found: readonly { readonly project: Project; readonly findings: readonly Finding[] }[],
  ): readonly { readonly file: FilePath; readonly diagnostics: readonly Diagnostic[] }[];
}

export function createWhitelist(session: Session): Whitelist {
  let files: readonly WhitelistFile[] = [];

  const directoryOfSetting = (): FilePath | undefined => {
    const path = session.settings.whitelist?.replaceAll("\\", "/").replace(/\/+$/, "");
    if (!path) return undefined;
    const [folder] = session.folders;
    const site = folder?.site ?? "file://";
    if (/^[A-Za-z]:\//.test(path)) return { site, path: `/${path}` };
    if (path.startsWith("/")) return { site, path };
    return folder && { site, path: `${folder.path}/${path}` };
  };

  return {
    get directory() {
      return directoryOfSetting();
    },

    async read() {
      const directory = directoryOfSetting();
      const readable = directory && session.readableFiles(directory.site);
      if (!directory || !readable) {
        files = [];
        return;
      }
      const read = await runAsync(readWhitelist(directory.path), readable);
      files = read.files ?? [];
      for (const { path, reason } of read.unreadable)
        session.connection.console.warn(`${path}: cannot read this whitelist: ${reason}`);
    },

    visible({ opened, targets }, findings) {
      const [first] = findings;
      if (!first || files.length === 0) return findings;
      const { file } = listedFinding(opened.base, first);
      return applyWhitelist(
        files.map(({ name, text }) => ({ name, text: linesAbout(text, file) })),
        findings.map((finding) => listedFinding(opened.base, finding)),
        targets,
      ).visible.map(({ finding, targets }) => ({ ...finding, targets }));
    },

    unmatched(found) {
      const directory = directoryOfSetting();
      const [first, ...others] = found.map(({ project, findings }) => {
        const listed = findings.map((finding) => listedFinding(project.opened.base, finding));
        const { unmatched } = applyWhitelist(files, listed, project.targets);
        return { project, unmatched, keys: new Set(unmatched.map(({ file, line }) => `${file}:${line}`)) };
      });
      if (!directory || !first) return [];
      const { world } = first.project.workspace.snapshot;
      const options = { rules: session.settings.rules, explain: session.explain };
      const byName = new Map<string, Diagnostic[]>();
      for (const { file, line, text, targets } of first.unmatched) {
        if (others.some(({ keys }) => !keys.has(`${file}:${line}`))) continue;
        const end = new Lines(text, session.client.positionEncoding).positionAt(text.length);
        const range = { start: { line, character: 0 }, end: { line, character: end.character } };
        const where =
          targets.count === world.targets.length ? "all targets" : targetNames(namesOf(world, targets));
        const message = `no finding matches this entry (on ${where})`;
        const diagnostic = diagnosticAt(range, { code: "whitelist", severity: "warning", message }, options);
        if (diagnostic) byName.set(file, [...(byName.get(file) ?? []), diagnostic]);
      }
      return Array.from(byName, ([name, diagnostics]) => ({ file: fileIn(directory, name), diagnostics }));
    },
  };
}

function fileIn({ site, path }: FilePath, name: string): FilePath {
  return { site, path: `${path}/${name}` };
}

/** Only the lines that can be about this file: the others would be tried on every target. */
function linesAbout(text: string, file: string): string {
  return text
    .split("\n")
    .filter((line) => {
      const name = line.slice(0, line.indexOf(": "));
      return name === file || /GOOS|GOARCH|ARCHSUFF/.test(name);
    })
    .join("\n");
}
