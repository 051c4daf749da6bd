/** What a source of hovers is asked, and what it answers. It must not know which sources there are. */
import type { Span } from "../../base/span.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { SourceFile } from "../../workspace/sourceFile.ts";
import type { Entity } from "../entity/entity.ts";

export interface HoverOptions {
  /** The address of a place, for links; undefined where the reader cannot follow any. */
  link?(directory: string, file: string, span: Span): string;
  /** The address that opens the preview of a struct of a package; undefined where the reader has no previews. */
  previewLink?(directory: string, struct: string): string;
  /** Leaves out what Go's own language server says of a symbol. */
  readonly besideGopls: boolean;
}

export interface Hover {
  /** What it is about. */
  readonly span: Span;
  readonly markdown: string;
}

/** The place, and what everybody needs to know of it. */
export interface HoverInput<E extends Entity = Entity> {
  readonly snapshot: Snapshot;
  readonly directory: string;
  readonly source: SourceFile;
  readonly entity: E;
  /** Indexes of the targets that build the file, the one to speak of first in front; never empty. */
  readonly targets: readonly number[];
  readonly options: HoverOptions;
}

/** Undefined where there is nothing to say. */
export type HoverSource<E extends Entity = Entity> = (input: HoverInput<E>) => Hover | undefined;

/** Asks one source after the other. */
export function firstOf<E extends Entity>(...sources: readonly HoverSource<E>[]): HoverSource<E> {
  return (input) => {
    for (const source of sources) {
      const answer = source(input);
      if (answer) return answer;
    }
    return undefined;
  };
}
