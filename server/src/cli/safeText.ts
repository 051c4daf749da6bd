/**
 * Makes text safe for where it goes. Names, comments and strings of a tree may hold whatever its author wants a
 * terminal to do, a reader to see or a CI system to obey; `main` hands all that is printed through here, so no command
 * needs to think of it. It must not know who prints.
 */

/** How text is read by whoever reads it: by people and line by line, as JSON, or as GitHub's workflow commands. */
export type Reading = "lines" | "json" | "commands";

// Control characters but for the newline and the tab, what turns the direction of writing, and other ends of lines.
const unsafe =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/** A line of text that people read: nothing in it ends it, and it is as long as it was. */
export function safeLine(line: string): string {
  return safeText(line.replaceAll("\t", " ").replaceAll("\n", "\uFFFD"), "lines");
}

/** All that is printed at once. In JSON every string stays what it was. */
export function safeText(text: string, reading: Reading): string {
  if (reading === "json") return escaped(text);
  const safe = text.replaceAll(unsafe, "\uFFFD").replaceAll("##[", "#\uFFFD[");
  // A workflow command may stand behind blanks.
  return reading === "commands" ? safe : safe.replaceAll(/^([^\S\n]*):(?=:)/gm, "$1\uFFFD:");
}

/** As JSON writes them; outside of strings there are none of these. */
function escaped(json: string): string {
  return json
    .replaceAll(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("##[", "##\\u005b");
}
