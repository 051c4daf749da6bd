/**
 * After any sequence of edits, openings, closings and changes on disk, the client has been told what a
 * server that never saw anything but the last texts would tell it.
 */
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallProject, sourceNames, type Splice, spliced, splices } from "../support/smallProject.ts";
import { bundleServer, Folder, startSession } from "../lsp/support/session.ts";

type Step =
  | { readonly kind: "open" | "close"; readonly file: string }
  /** In an open file by an edit, else on disk. */
  | { readonly kind: "splice"; readonly file: string; readonly splice: Splice }
  | { readonly kind: "pause" };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: splices.map((splice) => ({ kind: "splice" as const, file: splice.file, splice })),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom("open" as const, "close" as const),
        file: fc.constantFrom(...sourceNames),
      }),
    },
    // Lets the server finish; without it, edits catch it at work.
    { weight: 1, arbitrary: fc.constant({ kind: "pause" } as const) },
  ),
  { minLength: 1, maxLength: 15 },
);

let server: Awaited<ReturnType<typeof bundleServer>>;
beforeAll(async () => void (server = await bundleServer()));
afterAll(() => server.remove());

test("the diagnostics are those of a fresh server", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const folder = new Folder(smallProject);
      const session = await startSession(server.script, { folder });
      const disk = new Map(Object.entries(smallProject));
      const open = new Map<string, string>();
      let version = 1;
      for (const step of steps) {
        if (step.kind === "pause") await session.settled();
        else await take(step);
      }
      await session.settled();

      const fresh = await startSession(server.script, { folder });
      for (const [file, text] of open) await fresh.open(folder.uri(file), text);
      await fresh.settled();
      expect(byUri(session.allPushed)).toEqual(byUri(fresh.allPushed));
      expect([...session.errors, ...fresh.errors]).toEqual([]);
      await Promise.all([session.stop(), fresh.stop()]);
      folder.remove();

      async function take(step: Exclude<Step, { kind: "pause" }>): Promise<void> {
        const { file } = step;
        const uri = folder.uri(file);
        const text = open.get(file);
        if (step.kind === "open" && text === undefined) {
          open.set(file, disk.get(file)!);
          await session.open(uri, disk.get(file)!, version++);
        } else if (step.kind === "close" && text !== undefined) {
          open.delete(file);
          await session.close(uri);
        } else if (step.kind === "splice") {
          const { text: now, from, to, inserted } = spliced(text ?? disk.get(file)!, step.splice);
          if (text === undefined) {
            disk.set(file, now);
            folder.write(file, now);
            await session.watched(uri);
            return;
          }
          open.set(file, now);
          // Lone carriage returns are lines to the protocol: then the whole text is sent.
          const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
          if (now.includes("\r") || text.includes("\r")) await session.edit(uri, version++, now);
          else await session.edit(uri, version++, inserted, range);
        }
      }
    }),
    { numRuns: Number(process.env["RT0_RUNS"] ?? 25) },
  );
});

function byUri(pushed: ReadonlyMap<string, readonly unknown[]>): unknown {
  return Object.fromEntries(pushed);
}
