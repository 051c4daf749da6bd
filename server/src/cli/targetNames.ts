/** How many targets are named to a person; the words are the core's. */
export { targetNames } from "../core/index.ts";
