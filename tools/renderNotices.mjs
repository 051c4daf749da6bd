/**
 * THIRD_PARTY_NOTICES: the licences of the modules whose code is in the bundles, as esbuild says of each. It reads what
 * npm installed, and must not know how the bundles are made.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The file's text. Throws where a module comes without a licence. */
export function renderNotices(metafiles) {
  /** The modules that share their terms, word for word. */
  const sharing = new Map();
  for (const directory of bundledModules(metafiles)) {
    const terms = termsOf(directory);
    sharing.set(terms, [...(sharing.get(terms) ?? []), nameOf(directory)]);
  }
  const sections = [...sharing].map(([terms, names]) => `${names.sort().join("\n")}\n${rule}\n\n${terms}\n`);
  return [`${introduction}\n`, ...sections.sort()].join(`\n${rule}\n`);
}

const rule = "=".repeat(80);
const introduction =
  "rt0 is distributed with code of the modules below. Written by `npm run build`. DO NOT EDIT.";

/** The directories of modules that something of which went into a bundle. */
function bundledModules(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    ),
  );
  return new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
}

/** "semver 7.8.6 (ISC)" */
function nameOf(directory) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, directory, "package.json"), "utf8"));
  return `${name} ${version} (${license})`;
}

/** A module's licence, and behind it the notices that it passes on. */
function termsOf(directory) {
  const names = readdirSync(join(root, directory)).sort();
  const licences = names.filter((name) => /^(licen[cs]e|copying)/i.test(name));
  const notices = names.filter((name) => /^(notice|third-?party-?notices)/i.test(name));
  if (licences.length === 0) throw new Error(`${directory}: no licence`);
  return [...licences, ...notices]
    .map((name) =>
      readFileSync(join(root, directory, name), "utf8")
        .replace(/\r\n/g, "\n")
        .trim(),
    )
    .join("\n\n");
}
