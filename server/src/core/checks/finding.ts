/** What a check reports: plain data, in offsets of one file's text. */
import type { Span } from "../base/span.ts";
import type { TargetSet } from "../model/targets/targetSet.ts";
import type { Severity } from "./check.ts";
import type { CheckCode } from "./registry.ts";

/** A place that explains a finding. */
export interface Related {
  readonly directory: string;
  readonly file: string;
  readonly span: Span;
  readonly message: string;
}

/** A change of the file the finding is in that does away with it, where one is clear. */
export interface Fix {
  /** What it does, as one says to the user: "Change to x+0(FP)". */
  readonly title: string;
  /** In order and apart from each other. */
  readonly edits: readonly TextEdit[];
}

/** Puts `newText` in place of the span; offsets are those of the text the finding was made from. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

export interface Finding {
  readonly code: CheckCode;
  readonly severity: Severity;
  readonly message: string;
  /**
   * The message, without the targets where it speaks of them: whoever asks for other targets, or of another
   * release, reads others. What refutes vet has vet's message. Whitelists have this one.
   */
  readonly listed?: string;
  readonly directory: string;
  /** Name of the file in its directory. */
  readonly file: string;
  readonly span: Span;
  /** Zero-based line the finding is reported on: vet's line, also where the span is empty. */
  readonly line: number;
  /** The targets the finding holds on. */
  readonly targets: TargetSet;
  /** A comment hides it. It is kept as long as it refutes another finding: asmdecl-misread alone. */
  readonly isIgnored?: true;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}
