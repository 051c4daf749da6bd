/**
 * Previews over the protocol: one table says, for each kind, what can be shown,
 * on which targets it is shown unless the user says otherwise, and which function
 * of the core makes it.
 */
import {
  matrixPreview,
  pollerPreview,
  runtimeDirectory,
  type PreviewModel,
  type Location,
  selectingTargetsOf,
  signalPreview,
  type Snapshot,
  structNames,
  structPreview,
  symbolNames,
  syscallsPreview,
  threadPreview,
  vdsoPreview,
  withPlaces,
} from "../core/index.ts";
import {
  type PreviewAnswer,
  type PreviewKind,
  previewKinds,
  type PreviewLink,
  previewMethod,
  type PreviewParams,
  type PreviewSubject,
  type PreviewSymbol,
  previewSymbolsMethod,
} from "./protocol.ts";
import type { Asked } from "./ask.ts";
import { type LocationOptions, toLocation } from "./diagnostics.ts";
import type { Feature } from "./feature.ts";
import { uriOf } from "./filePath.ts";
import { createRevisions } from "./revisions.ts";

/** What a kind is asked for. */
interface PreviewQuestion {
  readonly snapshot: Snapshot;
  /** Of the package that the subject belongs to. */
  readonly directory: string;
  /** "" where none was named. */
  readonly symbol: string;
  /** Indexes. */
  readonly targets: readonly number[];
}

interface PreviewMaker {
  /** How many targets are shown where none is named: all, or the first that builds the file at hand. */
  readonly usual: "all" | "one";
  /** The names of a package to choose from; kinds without have none. */
  symbols?(snapshot: Snapshot, directory: string): readonly PreviewSymbol[];
  /** undefined where there is nothing to show. */
  make(question: PreviewQuestion): PreviewModel | undefined;
}

const makers: Record<PreviewKind, PreviewMaker> = {
  matrix: {
    usual: "all",
    symbols: symbolNames,
    make: ({ snapshot, directory, symbol, targets }) => matrixPreview(snapshot, directory, symbol, targets),
  },
  struct: {
    usual: "one",
    symbols: structNames,
    make: ({ snapshot, directory, symbol, targets }) => structPreview(snapshot, directory, symbol, targets),
  },
  signals: { usual: "one", make: ofRuntime(signalPreview) },
  threads: { usual: "one", make: ofRuntime(threadPreview) },
  poller: { usual: "one", make: ofRuntime(pollerPreview) },
  vdso: { usual: "one", make: ofRuntime(vdsoPreview) },
  syscalls: {
    usual: "one",
    make: ({ snapshot, targets }) => syscallsPreview(snapshot, targets),
  },
};

/** A preview of the package runtime: that of the tree, where one is at hand. */
function ofRuntime(
  preview: (snapshot: Snapshot, directory: string | undefined, targets: readonly number[]) => PreviewModel,
): PreviewMaker["make"] {
  return ({ snapshot, directory, targets }) =>
    preview(snapshot, runtimeDirectory(snapshot, directory), targets);
}

export const previewFeature: Feature = {
  capabilities: {},
  serve(session, ask) {
    const { connection } = session;
    const revisions = createRevisions(connection);
    /** The first folder's tree is meant where no file is named. */
    const uriOfSubject = ({ kind, uri }: PreviewSubject): string | undefined => {
      if (!previewKinds.includes(kind)) return undefined;
      const [folder] = session.folders;
      return uri ?? (folder && uriOf({ ...folder, path: `${folder.path}/` }));
    };

    connection.onRequest(previewMethod, async (params: PreviewParams, token): Promise<PreviewAnswer> => {
      const nothing = { targets: [], chosen: [] };
      const uri = uriOfSubject(params);
      if (uri === undefined) return nothing;
      const revision = params.revision && revisions.of(params.revision);
      const show = (asked: Asked): PreviewAnswer => {
        const { snapshot, directory, open } = asked;
        const maker = makers[params.kind];
        const { targets } = snapshot.world;
        const indexes = chosenTargets(asked, maker, params.targets);
        const model = maker.make({ snapshot, directory, symbol: params.symbol ?? "", targets: indexes });
        const options: LocationOptions = {
          uriOf: (path, file) => revision?.sourceOf(open.site, path, file) ?? asked.uriOf(path, file),
          encoding: session.client.positionEncoding,
        };
        return {
          targets: targets.map(({ name }) => name),
          chosen: indexes.map((i) => targets[i]!.name),
          ...(model && { model: withLinks(model, (location) => toLocation(snapshot, location, options)) }),
        };
      };
      return (await ask(uri, show, { token, revise: revision?.revise })) ?? nothing;
    });

    connection.onRequest(
      previewSymbolsMethod,
      async (subject: PreviewSubject, token): Promise<PreviewSymbol[]> => {
        const uri = uriOfSubject(subject);
        if (uri === undefined) return [];
        const { symbols } = makers[subject.kind];
        const names =
          symbols && (await ask(uri, ({ snapshot, directory }) => symbols(snapshot, directory), { token }));
        return [...(names ?? [])];
      },
    );
  },
};

/** The named targets, in that order; else the usual ones. */
function chosenTargets(
  { snapshot, directory, name }: Asked,
  { usual }: PreviewMaker,
  names: readonly string[],
): number[] {
  const { targets } = snapshot.world;
  const named = names.flatMap((name) => {
    const index = targets.findIndex((target) => target.name === name);
    return index >= 0 ? [index] : [];
  });
  if (named.length > 0) return named;
  const all = [...targets.keys()];
  if (usual === "all") return all;
  const building = name === "" ? all : [...selectingTargetsOf(snapshot, directory, name)];
  const candidates = building.length > 0 ? building : all;
  const first =
    candidates.find((i) => targets[i]!.name === "linux/amd64") ??
    candidates.find((i) => targets[i]!.goos === "linux");
  return [first ?? candidates[0]].filter((i) => i !== undefined);
}

/** The model with its places written as the protocol does. */
function withLinks(model: PreviewModel, link: (place: Location) => PreviewLink): PreviewModel<PreviewLink> {
  const sides = model.sides.map(({ sections, ...side }) => ({
    ...side,
    sections: sections.map((section) => withPlaces(section, link)),
  }));
  return { ...model, sides };
}
