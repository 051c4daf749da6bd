/**
 * `npm run editor`: a real VS Code on localhost, to be opened in any browser, with this checkout's
 * extension loaded and a folder to try it on. After a rebuild, reload the page.
 */
import { resolve } from "node:path";
import { argv, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { editorUrl } from "../test/e2e/runner/openEditor.mjs";
import { startServer } from "../test/e2e/runner/startServer.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: {
    port: { type: "string", default: "8070" },
    extension: { type: "string", default: root },
  },
});
const folder = resolve(positionals[0] ?? `${root}/samples`);

const server = await startServer({ port: Number(values.port) });
const url = editorUrl(server.authority, { folder, extensionPath: values.extension });
stdout.write(`${folder} is open in VS Code at\n\n  ${url}\n\nCtrl+C ends it.\n`);
await server.stopped;
