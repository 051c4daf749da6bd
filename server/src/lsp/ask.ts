/**
 * How a request about a file is answered: the tree it lies in is opened, and the
 * question asked again until the answer needs nothing that has not been read.
 */
import type { Snapshot } from "../core/index.ts";
import type { OpenProject } from "./projects.ts";

/** A file of a tree; with "" for a name, and a URI that ends in "/", its directory. */
export interface Asked {
  readonly snapshot: Snapshot;
  readonly open: OpenProject;
  readonly directory: string;
  readonly name: string;
}

/**
 * Resolves to undefined for a place whose files cannot be read, and where the question throws, which is logged.
 * With `revise` it is asked of what that makes of the tree.
 */
export type Ask = <T>(
  uri: string,
  question: (asked: Asked) => T,
  revise?: (open: OpenProject) => Promise<Snapshot>,
) => Promise<T | undefined>;
