/** What the files of architectures say where theirs has nothing of a kind. It must not know of what kind. */

export const noNames: ReadonlySet<string> = new Set();
export const noMap: ReadonlyMap<string, never> = new Map<string, never>();
