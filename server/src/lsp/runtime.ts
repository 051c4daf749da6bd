/** What the server needs of the machine it runs on: Node and the browser each have one. */
import type { AsyncFiles } from "../host/fileTask.ts";
import type { GoPlaces } from "../host/openTree.ts";
import type { Clock, Turns } from "../host/turns.ts";

export interface Runtime extends Clock {
  /** The files below one scheme and authority; undefined where they cannot be read. */
  files(scheme: string, authority: string, turns: Turns): AsyncFiles | undefined;
  /** Where Go keeps things; `goroot` is the user's setting. */
  places(goroot: string | undefined): GoPlaces;
  /** Address of the page that explains the checks, where the project has one. */
  readonly checksPage: string | undefined;
}
