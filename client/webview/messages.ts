/** What a preview's page and the extension say to each other. Both sides import this file; it holds shapes, and a name that both write. */
import type { PreviewAnswer, PreviewLink, PreviewSubject } from "../../server/src/lsp/protocol.ts";

/** What the files at hand are compared with. Addresses are URIs. */
export type Revision =
  /** A commit, branch or tag of the git repository that the shown files lie in. */
  | { readonly kind: "commit"; readonly ref: string }
  /** The text of `source` in place of the file `uri`. */
  | { readonly kind: "file"; readonly uri: string; readonly source: string }
  /** Another checkout. */
  | { readonly kind: "folder"; readonly uri: string };

/** What a page is about: all that is needed to show it again after a reload. */
export interface PreviewState extends PreviewSubject {
  /** Those the user has chosen; none: what is usual for the kind. */
  readonly targets: readonly string[];
  /** Of the side that the others are compared with, its first target; undefined: none. */
  readonly base?: string | undefined;
  /** Instead of a side, another revision of the source; undefined: none. */
  readonly against?: Revision | undefined;
  readonly onlyDifferences?: boolean;
  /** What the rows of long tables must contain. */
  readonly filter?: string;
}

/** The same preview of another revision. */
export interface OtherRevision {
  /** As a heading names it. */
  readonly name: string;
  readonly answer: PreviewAnswer;
}

export interface ShownAnswers {
  readonly answer: PreviewAnswer;
  readonly other?: OtherRevision | undefined;
  /** Why there is no other revision, though one was asked for. */
  readonly problem?: string | undefined;
}

/** What the files at hand are called beside a revision. */
export const workingTree = "working tree";

/** To the page. */
export type ToPage =
  | {
      readonly kind: "show";
      readonly state: PreviewState;
      /** `ShownAnswers` as JSON: one string passes the walls between editor and page in a fraction of the time. */
      readonly answers: string;
    }
  /** Something was done that can only be heard of. */
  | { readonly kind: "say"; readonly text: string };

/** From the page. */
export type FromPage =
  /** The page has started and shows nothing yet. */
  | { readonly kind: "ready" }
  /** What can be seen has been drawn. */
  | { readonly kind: "drawn" }
  /** Show a place in the source. */
  | { readonly kind: "open"; readonly link: PreviewLink }
  /** Show these targets. */
  | { readonly kind: "targets"; readonly targets: readonly string[] }
  /** Let the user choose targets. */
  | { readonly kind: "chooseTargets" }
  /** Let the user choose a revision. */
  | { readonly kind: "chooseRevision" }
  /** How the page is shown has changed. */
  | { readonly kind: "state"; readonly state: PreviewState }
  | { readonly kind: "copy" };
