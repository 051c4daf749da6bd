/**
 * What was found in each checked file, by stage of the checks, hidden findings
 * too; the client is told what is to be shown of it as it changes.
 */
import {
  type FileFindings,
  type Finding,
  type Snapshot,
  type SourceFile,
  reconciled,
} from "../core/index.ts";
import { type DiagnosticOptions, toDiagnostic } from "./diagnostics.ts";
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
  shownIn(open: OpenProject, uri: string, source: SourceFile): readonly Finding[];
  /** Nothing is left to be checked: tells what only all findings together tell, and takes back what no longer holds. */
  tellAll(): void;
}

interface FileFound {
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
  /** By project and URI. */
  let found = new Map<OpenProject, Map<string, FileFound>>();

  const options = (): DiagnosticOptions => ({
    rules: session.settings.rules,
    checksPage: session.runtime.checksPage,
    showsRelated: session.client.showsRelated,
  });

  const show = (open: OpenProject, uri: string, snapshot: Snapshot, { stages }: FileFound): void => {
    const { site } = open;
    const uriOf = (directory: string, file: string): string =>
      session.uriAt({ site, path: `${directory}/${file}` });
    const shown = whitelist.visible(open.project, joined(stages));
    publisher.set(
      uri,
      shown.flatMap((finding) => toDiagnostic(snapshot, finding, uriOf, options()) ?? []),
    );
  };

  return {
    set(open, directory, stage, { file: name, findings }, snapshot) {
      const uri = session.uriAt({ site: open.site, path: `${directory}/${name}` });
      let files = found.get(open);
      if (!files) found.set(open, (files = new Map()));
      let file = files.get(uri);
      if (!file) files.set(uri, (file = { directory, name, stages: [] }));
      const source = snapshot.file(directory, name);
      const last = file.stages[stage];
      if (last?.findings === findings && last.source === source) return;
      file.stages[stage] = { source, findings };
      show(open, uri, snapshot, file);
    },

    keepOnly(open, directory, stage, names) {
      const files = found.get(open) ?? new Map<string, FileFound>();
      for (const [uri, file] of files) {
        if (file.directory !== directory || names.has(file.name)) continue;
        const hadFindings = (file.stages[stage]?.findings.length ?? 0) > 0;
        file.stages[stage] = undefined;
        if (hadFindings) show(open, uri, open.project.workspace.snapshot, file);
        if (file.stages.every((stage) => !stage || stage.findings.length === 0)) files.delete(uri);
      }
    },

    clear() {
      found = new Map();
    },

    shownIn(open, uri, source) {
      const stages = found.get(open)?.get(uri)?.stages ?? [];
      const current = joined(stages.filter((stage) => stage?.source === source));
      const { rules } = session.settings;
      return whitelist.visible(open.project, current).filter(({ code }) => rules[code] !== "off");
    },

    tellAll() {
      const all = session.projects.all.map((open) => ({
        project: open.project,
        findings: [...(found.get(open)?.values() ?? [])].flatMap(({ stages }) => joined(stages)),
      }));
      const unmatched = whitelist.unmatched(all, options());
      for (const [uri, diagnostics] of unmatched) publisher.set(uri, diagnostics);
      const uris = new Set([...found.values()].flatMap((files) => [...files.keys()]));
      publisher.keepOnly((uri) => uris.has(uri) || unmatched.has(uri));
    },
  };
}

/** The findings of several stages that are to be shown: what one finds may refute what another does. */
function joined(stages: readonly (Found | undefined)[]): readonly Finding[] {
  return reconciled(stages.flatMap((stage) => stage?.findings ?? []));
}
