/**
 * Tells when a stream of messages cannot be read any further. A header that is none leaves the reader waiting for a
 * message that never begins; whoever sends such a thing is better served by a server that ends and says why.
 */
import type { Readable } from "node:stream";

/** Longer lines no client sends. */
const longestLine = 1000;

/** More than V8 can make a string of. */
const largestBody = 2 ** 29;

/** Calls `broken` once, with the reason. The stream is read on by whoever else listens. */
export function watchFraming(input: Readable, broken: (reason: string) => void): void {
  /** What has come of a line of a header. */
  let line = "";
  /** That the header names. */
  let length: number | undefined;
  /** So many bytes of the body are still to come. */
  let left = 0;

  /** Takes a whole line; returns what is wrong with it. */
  const take = (): string | undefined => {
    if (line === "\r") {
      if (length === undefined) return "a header without Content-Length";
      [left, length] = [length, undefined];
      return undefined;
    }
    const [, name = "", value = ""] = /^([!-9;-~]+):[ \t]*(.*)\r$/.exec(line) ?? [];
    if (name === "") return `${JSON.stringify(line.slice(0, 80))} is no header`;
    if (name.toLowerCase() !== "content-length") return undefined;
    length = /^\d+$/.test(value) ? Number(value) : Infinity;
    return length > largestBody
      ? `${JSON.stringify(value.slice(0, 80))} is no length of a message`
      : undefined;
  };

  const listen = (chunk: Buffer): void => {
    for (let at = 0; at < chunk.length;) {
      if (left > 0) {
        const passed = Math.min(left, chunk.length - at);
        [at, left] = [at + passed, left - passed];
        continue;
      }
      const end = chunk.indexOf("\n", at);
      line += chunk.toString("latin1", at, end < 0 ? chunk.length : end);
      at = end < 0 ? chunk.length : end + 1;
      const wrong = line.length > longestLine ? "a header without end" : end < 0 ? undefined : take();
      if (end >= 0) line = "";
      if (wrong === undefined) continue;
      input.off("data", listen);
      broken(wrong);
      return;
    }
  };
  input.on("data", listen);
}
