/**
 * What was found in each checked file, by stage of the checks, hidden findings
 * too; the client is told what is to be shown of it as it changes.
 */
import {
  capped,
  type FileFindings,
  type Finding,
  joinArches,
  type Snapshot,
  type SourceFile,
  reconciled,
} from "../core/index.ts";
import { type DiagnosticOptions, toDiagnostic } from "./diagnostics.ts";
import { type FilePath, keyOf } from "./filePath.ts";
import type { OpenProject } from "./projects.ts";
import type { Publisher } from "./publisher.ts";
import type { Session } from "./session.ts";
import type { Whitelist } from "./whitelist.ts";

export interface Findings {
  /** Of one stage in one file. Those of a later stage may still be of the text before. */
  set(open: OpenProject, directory: string, stage: number, file: FileFindings, snapshot: Snapshot): void;
  /** A stage has findings in no other files of the directory than these. */
  keepOnly(open: OpenProject, directory: string, stage: number, files: ReadonlySet<string>): void;
  /** Forgets everything; the client goes on showing it until `tellAll`. */
  clear(): void;
  /** The ones shown in a file that were found in this very text: those of another may stand elsewhere now. */
  shownIn(open: OpenProject, file: FilePath, source: SourceFile): readonly Finding[];
  /** Nothing is left to be checked: tells what only all findings together tell, and takes back what no longer holds. */
  tellAll(): void;
}

interface FileFound extends FilePath {
  readonly directory: string;
  readonly name: string;
  readonly stages: (Found | undefined)[];
}

/** What one stage of the checks found in a file, and the text it was found in. */
interface Found {
  readonly source: SourceFile | undefined;
  readonly findings: readonly Finding[];
}

export interface FindingsInput {
  readonly session: Session;
  readonly publisher: Publisher;
  readonly whitelist: Whitelist;
}

export function createFindings({ session, publisher, whitelist }: FindingsInput): Findings {
  /** By project and key of the file. */
  let found = new Map<OpenProject, Map<string, FileFound>>();

  const show = (open: OpenProject, snapshot: Snapshot, file: FileFound): void => {
    const { settings, client, explain } = session;
    const options: DiagnosticOptions = {
      rules: settings.rules,
      explain,
      showsRelated: client.showsRelated,
      encoding: client.positionEncoding,
      uriOf: (directory, name) => session.uriAt({ site: open.site, path: `${directory}/${name}` }),
    };
    const shown = joinArches(capped(whitelist.visible(open.project, joined(file.stages))));
    publisher.set(
      file,
      shown.flatMap((finding) => toDiagnostic(snapshot, finding, options) ?? []),
    );
  };

  return {
    set(open, directory, stage, { file: name, findings }, snapshot) {
      const path = { site: open.site, path: `${directory}/${name}` };
      let files = found.get(open);
      if (!files) found.set(open, (files = new Map()));
      let file = files.get(keyOf(path));
      if (!file) files.set(keyOf(path), (file = { ...path, directory, name, stages: [] }));
      const source = snapshot.file(directory, name);
      const last = file.stages[stage];
      if (last?.findings === findings && last.source === source) return;
      file.stages[stage] = { source, findings };
      show(open, snapshot, file);
    },

    keepOnly(open, directory, stage, names) {
      const files = found.get(open) ?? new Map<string, FileFound>();
      for (const [key, file] of files) {
        if (file.directory !== directory || names.has(file.name)) continue;
        const hadFindings = (file.stages[stage]?.findings.length ?? 0) > 0;
        file.stages[stage] = undefined;
        if (hadFindings) show(open, open.project.workspace.snapshot, file);
        if (file.stages.every((stage) => !stage || stage.findings.length === 0)) files.delete(key);
      }
    },

    clear() {
      found = new Map();
    },

    shownIn(open, file, source) {
      const stages = found.get(open)?.get(keyOf(file))?.stages ?? [];
      const current = joined(stages.filter((stage) => stage?.source === source));
      const { rules } = session.settings;
      const visible = whitelist.visible(open.project, current);
      return joinArches(visible).filter(({ code }) => rules[code] !== "off");
    },

    tellAll() {
      const all = session.projects.all.map((open) => ({
        project: open.project,
        findings: [...(found.get(open)?.values() ?? [])].flatMap(({ stages }) => joined(stages)),
      }));
      const unmatched = whitelist.unmatched(all);
      for (const { file, diagnostics } of unmatched) publisher.set(file, diagnostics);
      const keys = new Set([...found.values()].flatMap((files) => [...files.keys()]));
      for (const { file } of unmatched) keys.add(keyOf(file));
      publisher.keepOnly((file) => keys.has(keyOf(file)));
    },
  };
}

/** The findings of several stages that are to be shown: what one finds may refute what another does. */
function joined(stages: readonly (Found | undefined)[]): readonly Finding[] {
  return reconciled(stages.flatMap((stage) => stage?.findings ?? []));
}
