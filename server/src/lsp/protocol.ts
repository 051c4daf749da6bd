/**
 * What client and server say to each other beyond the Language Server Protocol:
 * method names and the shapes of their messages. Both sides import this file, so
 * it imports nothing but shapes of the core.
 */
import type { PreviewModel } from "../core/index.ts";

/** Client to server, with the request to initialize. All of it may be missing. */
export interface InitializationOptions {
  /** The user's settings, for clients that cannot be asked for them. */
  readonly settings: unknown;
  /** The client can pull diagnostics, and wants them pushed all the same. */
  readonly diagnostics: "push";
  /** The client has the command `previewCommand`. */
  readonly previews: boolean;
  /** Address of a page that explains the checks, each under its code, and that the client can open. */
  readonly checksPage: string;
}

/** Opens a preview; its argument is a `PreviewSubject`. A command of the client, which code lenses and hovers name. */
export const previewCommand = "rt0.preview";

export const previewKinds = ["matrix", "struct", "signals", "threads", "poller", "vdso", "syscalls"] as const;

export type PreviewKind = (typeof previewKinds)[number];

/** What is previewed. */
export interface PreviewSubject {
  readonly kind: PreviewKind;
  /** A file, or with "/" at its end a directory: whose package, or whose tree. Without one, the first workspace folder. */
  readonly uri?: string;
  /** A name of the package, of kinds that show one. */
  readonly symbol?: string;
}

/** Client to server, a request: the preview as it is now. */
export const previewMethod = "rt0/preview";

export interface PreviewParams extends PreviewSubject {
  /** By name; those unknown to the tree are left out, and none named means what is usual for the kind. */
  readonly targets: readonly string[];
  /** The preview as it would be with these files; the tree itself stays as it is. */
  readonly revision?: PreviewRevision;
}

/** Files as they were at another time, or are elsewhere. */
export interface PreviewRevision {
  /** A text that was read for a revision of this id is not read again. */
  readonly id: string;
  readonly files: readonly {
    /** A file of the tree. */
    readonly uri: string;
    /** Whose text stands in its place, of any scheme that the client reads. Without any text the file is not there. */
    readonly source: string;
  }[];
}

/** A place in a file, as the protocol writes it. */
export interface PreviewLink {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

export interface PreviewAnswer {
  /** undefined where there is nothing of the name. */
  readonly model?: PreviewModel<PreviewLink>;
  /** What there is to choose from, in the order to offer it. */
  readonly targets: readonly string[];
  /** Those the model shows. */
  readonly chosen: readonly string[];
}

/** Client to server, a request with a `PreviewSubject`: the names there are to preview. Empty for kinds without. */
export const previewSymbolsMethod = "rt0/previewSymbols";

export interface PreviewSymbol {
  readonly name: string;
  /** Stands beside it in a list. */
  readonly detail: string;
}

/** Server to client, a notification without parameters: what previews show may have changed. */
export const previewsChangedMethod = "rt0/previewsChanged";

/** Server to client, a notification: how far the server is. */
export const statusMethod = "rt0/status";

export interface Status {
  readonly state: "checking" | "ready";
  /** Packages that are kept checked. */
  readonly packages: number;
  /** The most targets any opened tree has. */
  readonly targets: number;
  readonly findings: number;
}

/** Client to server, a request without parameters: check every package of the workspace, answer when done. */
export const checkWorkspaceMethod = "rt0/checkWorkspace";

/** Client to server, a request without parameters: the targets to choose from. */
export const targetsMethod = "rt0/targets";

export interface Targets {
  readonly known: readonly string[];
  /** Those that are checked. */
  readonly chosen: readonly string[];
}

/** Server to client, a request: read these files, those of a revision or where the server has no disk. */
export const filesMethod = "rt0/files";

export interface FilesParams {
  readonly requests: readonly { readonly kind: "list" | "read"; readonly uri: string }[];
}

/** One answer for each request, in its order. */
export type FilesResult = readonly FileResult[];

export type FileResult =
  | {
      readonly kind: "entries";
      readonly entries: readonly { readonly name: string; readonly kind: "file" | "directory" | "other" }[];
    }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly reason: string };
