/** Builds what is shipped: the bundles in dist/, the notices of what is in them, the command line's compiled code. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { bundle } from "./tools/bundle.mjs";
import { renderNotices } from "./tools/renderNotices.mjs";

const metafiles = await bundle();
writeFileSync(new URL("THIRD_PARTY_NOTICES", import.meta.url), renderNotices(metafiles));

const { status } = spawnSync(process.execPath, ["tools/compileAhead.mjs"], {
  cwd: new URL(".", import.meta.url),
  stdio: ["ignore", "ignore", "inherit"],
});
process.exitCode = status ?? 1;
