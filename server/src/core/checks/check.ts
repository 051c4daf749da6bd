/**
 * What a check is: its code, how serious its findings are, what the documents say of it, and how it is run. Each check
 * has a file of its own that exports one; registry.ts lists them.
 */
import type { Package } from "../model/go/packageScope.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import type { AsmProfile } from "./asmdecl/profile.ts";
import type { Finding } from "./finding.ts";
import type { CheckCode } from "./registry.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/**
 * What a check costs. "typing" looks at declarations and lines, and costs next to nothing where one line has changed;
 * "package" reads code; "tree" looks at other packages too.
 */
export type Stage = "typing" | "package" | "tree";

/** A check apart from how it is run. */
export interface About<Code extends string = string> {
  readonly code: Code;
  readonly stage: Stage;
  /** Unless the user says otherwise. */
  readonly severity: Severity;
  readonly title: string;
  /** Why the fault matters and how it comes about, in Markdown. */
  readonly why: string;
  /** A small module with the fault, its files behind lines `-- path --` as in a txtar archive: a test runs every one. */
  readonly bad: string;
  /** The same put right: no check has anything to say of it. */
  readonly good: string;
}

/** A code that registry.ts does not list is refused here by the compiler. */
export interface Check<Code extends CheckCode = CheckCode> extends About<Code> {
  readonly run: FileCheck;
  /** It looks at nothing but the file it reports in. */
  readonly readsOneFile?: true;
}

/** The findings of one check in one file, by position: the same array as last time where nothing changed. */
export type FileCheck = (
  snapshot: Snapshot,
  pkg: Package,
  file: SourceFile,
  profile: AsmProfile,
  /** The check of a code, for what is said about checks. */
  checkOf: (code: string) => Check | undefined,
) => readonly Finding[];
