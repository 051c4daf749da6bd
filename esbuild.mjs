/** Bundles everything that is shipped into dist/. */
import { build } from "esbuild";

const node = { bundle: true, platform: "node", format: "cjs", target: "node20", minify: true, logLevel: "warning" };

await build({ ...node, entryPoints: { cli: "server/src/node/cli.ts" }, outdir: "dist", outExtension: { ".js": ".cjs" }, banner: { js: "#!/usr/bin/env node" } });
