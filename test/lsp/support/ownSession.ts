/**
 * Gives each test of a file that imports this a server of its own, on a folder of its own: `session` and
 * `folder` are those that the test has started. Afterwards the server must have logged no error.
 */
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { bundleServer, Folder, type Session, type SessionOptions, startSession } from "./session.ts";

/** The bundled server, for sessions beside the test's own. */
export let server: Awaited<ReturnType<typeof bundleServer>>;
export let session: Session;
export let folder: Folder;

/** Starts the session of a test, on a folder with these files. */
export async function start(
  files: Readonly<Record<string, string>>,
  options: Omit<SessionOptions, "folder"> = {},
): Promise<void> {
  folder = new Folder(files);
  session = await startSession(server.script, { ...options, folder });
}

beforeAll(async () => void (server = await bundleServer()));
afterAll(() => server.remove());
afterEach(async () => {
  expect(session.errors).toEqual([]);
  await session.stop();
  folder.remove();
});

/** What makes a folder a module. */
export const module = { "go.mod": "module m\n\ngo 1.24\n" };
