/** A range of a file of the workspace. */
import type { Span } from "../base/span.ts";

export interface Location {
  readonly directory: string;
  readonly file: string;
  readonly span: Span;
}
