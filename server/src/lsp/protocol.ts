/**
 * What client and server say to each other beyond the Language Server Protocol:
 * method names and the shapes of their messages. Both sides import this file, so
 * it must import nothing.
 */

/** Client to server, with the request to initialize. All of it may be missing. */
export interface InitializationOptions {
  /** The user's settings, for clients that cannot be asked for them. */
  readonly settings: unknown;
  /** The client can pull diagnostics, and wants them pushed all the same. */
  readonly diagnostics: "push";
}

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

/** Server to client, a request: read these files. Only a server without a disk of its own asks. */
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
