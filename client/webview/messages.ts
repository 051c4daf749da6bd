/** What a preview's page and the extension say to each other. Both sides import this file; it holds shapes alone. */
import type { PreviewAnswer, PreviewLink, PreviewSubject } from "../../server/src/lsp/protocol.ts";

/** What a page is about: all that is needed to show it again after a reload. */
export interface PreviewState extends PreviewSubject {
  /** Those the user has chosen; none: what is usual for the kind. */
  readonly targets: readonly string[];
  /** Of the side that the others are compared with, its first target; undefined: none. */
  readonly base?: string | undefined;
  readonly onlyDifferences?: boolean;
  /** What the rows of long tables must contain. */
  readonly filter?: string;
}

/** To the page. */
export type ToPage =
  | { readonly kind: "show"; readonly state: PreviewState; readonly answer: PreviewAnswer }
  /** Something was done that can only be heard of. */
  | { readonly kind: "say"; readonly text: string };

/** From the page. */
export type FromPage =
  /** The page has started and shows nothing yet. */
  | { readonly kind: "ready" }
  /** Show a place in the source. */
  | { readonly kind: "open"; readonly link: PreviewLink }
  /** Show these targets. */
  | { readonly kind: "targets"; readonly targets: readonly string[] }
  /** Let the user choose targets. */
  | { readonly kind: "chooseTargets" }
  /** How the page is shown has changed. */
  | { readonly kind: "state"; readonly state: PreviewState }
  | { readonly kind: "copy" };
