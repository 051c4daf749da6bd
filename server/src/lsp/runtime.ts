/** What the server needs of the machine it runs on: Node and the browser each have one. */
import type { AsyncFiles } from "../host/fileTask.ts";
import type { GoLocations } from "../host/openTree.ts";
import type { Clock, TimeSlice } from "../host/timeSlice.ts";

export interface Runtime extends Clock {
  /** The files below one scheme and authority; undefined where they cannot be read. */
  files(scheme: string, authority: string, timeSlice: TimeSlice): AsyncFiles | undefined;
  /** Where Go keeps things; `goroot` is the user's setting. */
  goLocations(goroot: string | undefined): GoLocations;
  /** Of rt0. */
  readonly version: string;
  /** What it runs on, for people. */
  readonly platform: string;
  /** Address of the page that explains the checks, where the project has one. */
  readonly checksPage: string | undefined;
  /** Ends the server when the client's process is gone. */
  watchClient?(processId: number): void;
  /** Called whenever the answer to a request is computed: for counting work. */
  onQuestion?(): void;
}
