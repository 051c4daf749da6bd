import type { ReadAhead } from "../host/loader.ts";

/** Where a command prints, and what it may know of its surroundings; tests give their own. */
export interface Output {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Of rt0: "0.1.0". */
  readonly version: string;
  /** To standard output. */
  write(text: string): void;
  /** One line to standard error, "rt0: " before it. */
  warn(line: string): void;
  /** What long work is at, where a person watches; a later line replaces it, undefined takes it away. */
  progress(line: string | undefined): void;
  /**
   * Begins to read what `readOutlying` reads on another thread, without directories that are known; the
   * function returned waits for the answer.
   */
  readAhead?(roots: readonly string[], known: readonly string[]): () => ReadAhead | undefined;
  /** Starts the language server on this process's own channels; it goes on when the command has returned. */
  serve?(): void;
}
